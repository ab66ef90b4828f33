"""pointblank's compare() on DuckDB: two CSV files as relations; writes the counts."""

import json
import sys
from pathlib import Path

import duckdb
import pointblank

job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
compared, key = job["compared"], job["key"]
con = duckdb.connect()
if job["reading"] == "text":
    ods = con.read_csv(job["commas"], header=True, all_varchar=True)
    sis = con.read_csv(job["sis"], header=True, all_varchar=True)
    trimmed = "nullif(trim({0}), '') as {0}"
    undashed = "nullif(replace(trim({0}), '-', ''), '') as {0}"
    columns = [*key, *compared]
    ods = ods.project(", ".join(trimmed.format(c) for c in columns))
    sis = sis.project(
        ", ".join((undashed if c in job["dates"] else trimmed).format(c) for c in columns)
    )
else:
    ods, sis = con.read_csv(job["commas"]), con.read_csv(job["sis"])
found = pointblank.compare(ods, sis, keys=key, columns=compared, schema="common")
counts = {"removed": found.n_missing, "added": found.n_extra, "changed": found.n_changed}
Path(job["out"], "counts.json").write_text(
    json.dumps({**counts, "flagged": found.n_dup_key_values}), encoding="utf-8"
)
