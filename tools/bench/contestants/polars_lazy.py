"""A lazy polars script: scans both files, joins them once, compares and writes what differs."""

import json
import sys
from pathlib import Path

import polars as pl

job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
compared, key = job["compared"], job["key"]
if job["reading"] == "text":
    ods = pl.scan_csv(
        job["ods"],
        separator="^",
        has_header=False,
        new_columns=job["ods_columns"],
        infer_schema=False,
        quote_char=None,
    )
    sis = pl.scan_csv(job["sis"], infer_schema=False)
    trimmed = pl.col(pl.String).str.strip_chars().replace("", None)
    ods = ods.with_columns(trimmed)
    sis = sis.with_columns(trimmed).with_columns(pl.col(job["dates"]).str.replace_all("-", ""))
else:
    ods = pl.scan_csv(job["ods"], separator="^", has_header=False, new_columns=job["ods_columns"])
    sis = pl.scan_csv(job["sis"])
joined = ods.with_columns(in_ods=True).join(
    sis.with_columns(in_sis=True), on=key, how="full", suffix="_sis"
)
differs = pl.any_horizontal(pl.col(c).ne_missing(pl.col(f"{c}_sis")) for c in compared)
status = (
    pl.when(pl.col("in_sis").is_null())
    .then(pl.lit("removed"))
    .when(pl.col("in_ods").is_null())
    .then(pl.lit("added"))
    .when(differs)
    .then(pl.lit("changed"))
)
names = zip(key, ("school", "ssid", "start"), strict=True)
keys = (pl.coalesce(column, f"{column}_sis").alias(name) for column, name in names)
rest = pl.exclude(*key, *(f"{column}_sis" for column in key))
found = joined.select(status.alias("status"), *keys, rest).filter(pl.col("status").is_not_null())
found.sink_csv(Path(job["out"], "differences.csv"))
