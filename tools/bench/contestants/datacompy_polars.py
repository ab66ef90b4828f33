"""datacompy's polars engine: reads and compares both files, and writes what differs."""

import json
import sys
from pathlib import Path

import polars as pl
from datacompy import PolarsCompare

job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
compared, key = job["compared"], job["key"]
if job["reading"] == "text":
    ods = pl.read_csv(
        job["ods"],
        separator="^",
        has_header=False,
        new_columns=job["ods_columns"],
        infer_schema=False,
        quote_char=None,
    )
    sis = pl.read_csv(job["sis"], infer_schema=False)
    trimmed = pl.col(pl.String).str.strip_chars().replace("", None)
    ods = ods.with_columns(trimmed)
    sis = sis.with_columns(trimmed).with_columns(pl.col(job["dates"]).str.replace_all("-", ""))
else:
    ods = pl.read_csv(job["ods"], separator="^", has_header=False, new_columns=job["ods_columns"])
    sis = pl.read_csv(job["sis"])
columns = [*key, *compared]
compare = PolarsCompare(
    ods.select(columns), sis.select(columns), key, df1_name="ods", df2_name="sis"
)
found = {
    "removed": compare.df1_unq_rows,
    "added": compare.df2_unq_rows,
    "changed": compare.all_mismatch(),
}
names = dict(zip(key, ("school", "ssid", "start"), strict=True))
for status, rows in found.items():
    keys = (pl.col(column).alias(name) for column, name in names.items())
    rows.select(pl.lit(status).alias("status"), *keys, pl.exclude(key)).write_csv(
        Path(job["out"], f"{status}.csv")
    )
