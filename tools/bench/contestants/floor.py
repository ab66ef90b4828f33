"""The bare floor: one DuckDB script that loads, joins once, compares and writes what differs."""

import csv
import json
import sys
from pathlib import Path

import duckdb

job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
out = Path(job["out"])
if job["reading"] == "text":
    with Path(job["sis"]).open(encoding="utf-8", newline="") as sis_file:
        sis_header = next(csv.reader(sis_file))
    options = "auto_detect=false, nullstr=''"
    ods_columns = json.dumps(dict.fromkeys(job["ods_columns"], "VARCHAR"))
    sis_columns = json.dumps(dict.fromkeys(sis_header, "VARCHAR"))
    ods = (
        f"read_csv('{job['ods']}', delim='^', header=false, columns={ods_columns}, "
        f"quote='', escape='', {options})"
    )
    sis = (
        f"read_csv('{job['sis']}', delim=',', header=true, columns={sis_columns}, "
        f"quote='\"', escape='\"', {options})"
    )
    ods_value, sis_value = "coalesce(trim(ods.{0}), '')", "coalesce(trim(sis.{0}), '')"
    sis_date = "coalesce(replace(trim(sis.{0}), '-', ''), '')"
    differs = " or ".join(
        f"{ods_value.format(column)} <> "
        f"{(sis_date if column in job['dates'] else sis_value).format(column)}"
        for column in job["compared"]
    )
    pairs = " and ".join(
        f"trim(ods.{column}) = replace(trim(sis.{column}), '-', '')"
        if column in job["dates"]
        else f"trim(ods.{column}) = trim(sis.{column})"
        for column in job["key"]
    )
else:
    ods = f"read_csv('{job['ods']}', delim='^', header=false, names={job['ods_columns']})"
    sis = f"read_csv('{job['sis']}')"
    differs = " or ".join(f"ods.{c} is distinct from sis.{c}" for c in job["compared"])
    pairs = " and ".join(f"ods.{column} = sis.{column}" for column in job["key"])

con = duckdb.connect(":memory:" if job["straight"] else str(out / "floor.duckdb"))
kind = "view" if job["straight"] else "table"
con.execute(f"create {kind} ods as from {ods}")
con.execute(f"create {kind} sis as from {sis}")
names = zip(job["key"], ("school", "ssid", "start"), strict=True)
key = ", ".join(f"coalesce(ods.{column}, sis.{column}) as {name}" for column, name in names)
con.execute(
    "copy (select case when sis.reporting_lea is null then 'removed' "
    f"when ods.reporting_lea is null then 'added' else 'changed' end as status, {key}, "
    f"ods.*, sis.* from ods full outer join sis on {pairs} "
    f"where ods.reporting_lea is null or sis.reporting_lea is null or {differs}) "
    f"to '{out / 'differences.csv'}' (format csv, header true)"
)
con.close()
