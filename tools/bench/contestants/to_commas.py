"""Convert the ODS extract to CSV with a header; some tools only read commas."""

import csv
import json
import sys
from pathlib import Path

job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
with (
    Path(job["ods"]).open(encoding="utf-8", newline="") as carets,
    Path(job["commas"]).open("w", encoding="utf-8", newline="") as commas,
):
    writer = csv.writer(commas, lineterminator="\n")
    writer.writerow(job["ods_columns"])
    writer.writerows(csv.reader(carets, delimiter="^", quoting=csv.QUOTE_NONE))
