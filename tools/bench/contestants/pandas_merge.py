"""A pandas merge: reads both files, merges them once, compares and writes what differs."""

import csv
import json
import sys
from pathlib import Path

import pandas as pd

job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
compared, key = job["compared"], job["key"]
if job["reading"] == "text":
    text = {"dtype": str, "keep_default_na": False}
    ods = pd.read_csv(
        job["ods"],
        sep="^",
        header=None,
        names=job["ods_columns"],
        quoting=csv.QUOTE_NONE,
        **text,
    )
    sis = pd.read_csv(job["sis"], **text)
    for column in (*key, *compared):
        ods[column] = ods[column].str.strip()
        sis[column] = sis[column].str.strip()
    for column in job["dates"]:
        sis[column] = sis[column].str.replace("-", "", regex=False)
else:
    ods = pd.read_csv(job["ods"], sep="^", header=None, names=job["ods_columns"])
    sis = pd.read_csv(job["sis"])
merged = ods.merge(sis, on=key, how="outer", suffixes=("", "_sis"), indicator="status")
ours, theirs = merged[compared], merged[[f"{column}_sis" for column in compared]]
theirs = theirs.set_axis(compared, axis="columns")
differs = ((ours != theirs) & ~(ours.isna() & theirs.isna())).any(axis="columns")
names = {"left_only": "removed", "right_only": "added", "both": "changed"}
merged["status"] = merged["status"].astype(str).map(names)
found = merged[(merged["status"] != "changed") | differs]
keys = found[["status", *key]].set_axis(["status", "school", "ssid", "start"], axis="columns")
rest = found.drop(columns="status")
pd.concat([keys, rest], axis="columns").to_csv(Path(job["out"], "differences.csv"), index=False)
