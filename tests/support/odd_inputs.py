"""The inputs of a small district, and what may be odd about them."""

from pathlib import Path
from random import Random

from tests.support.canaries import NAMES, SSIDS, canaries
from tests.support.extracts import LEA, Record
from tests.support.fuzz_rounds import Inputs
from tests.support.odd_bytes import mutate
from tests.support.odd_files import (
    ODS_COLUMNS,
    SIS_COLUMNS,
    SIS_FORMS,
    pack,
    write_carets,
    write_header_file,
    write_parquet,
)
from tests.support.odd_values import put_odd_values

CONFIG = f"""\
lea = "{LEA}"
encoding = "utf-8"

[scope]
change_years = "all"
prior_year_open_until = "08-15"

[calendar."2025-2026"]
last_day = 2026-03-05
schools = {{ "1930650" = 2026-06-11 }}
[calendar."2024-2025"]
last_day = 2025-06-06

[year_end]
close_open_enrollments = true
window_days = 14
grade_12 = "hold"

[schools]
do_not_report = ["1930659"]
list = "schools.csv"

[keep]
file = "keep.csv"

[no_show]
exit_date = "day_before"

[translate.grade_level_code]
"K" = "KN"

[rules]
"UCCSU-100" = "warning"

[evidence]
use = true
students = 2

[guards]
max_removal_share = 0.02
allow_empty_scope = false
allow_stale_ods = false
""".encode()

KEEP = f"""\
ssid,school_of_attendance,enrollment_start_date,why
{SSIDS}05,1930651,20250901,entered by hand for {NAMES[0]}
{SSIDS}06,1930650,2025-08-14,"{NAMES[1]}, by hand"
""".encode()

SCHOOLS = b"""\
CDSCode,School,GSoffered,OpenDate,ClosedDate,SOCType,StatusType
19647330000000,,K-12,,,,Active
19647331930650,Adams,K-8,07/01/1980,,Elementary Schools (Public),Active
19647331930651,Baker,9-12,1980-07-01,No Data,High Schools (Public),Active
"""

# The share of rounds in which a file may be damaged; what is left has odd values at most.
DAMAGED = 0.5
LISTS = {"senr.toml": CONFIG, "keep.csv": KEEP, "schools.csv": SCHOOLS}


def odd_extract(rng: Random, side: str, form: str, how: str, folder: Path) -> bytes:
    """Return an extract that is odd in its ``values``, its ``bytes``, or as a ``packed`` file."""
    records = canaries()[side == "sis"]
    if how == "values":
        columns = ODS_COLUMNS if side == "ods" else SIS_COLUMNS
        records = put_odd_values(rng, records, columns, quoted=form in ("csv", "tsv", "parquet"))
    content = write_extract(rng, records, side, form, folder)
    if how == "bytes":
        content = mutate(rng, content)
    content = pack(rng, content)
    return mutate(rng, content) if how == "packed" else content


def write_extract(rng: Random, records: list[Record], side: str, form: str, folder: Path) -> bytes:
    if side == "ods" or form == "carets":
        return write_carets(records, side, rng.choice(("\r\n", "\n")))
    if form == "parquet":
        return write_parquet(records, folder / "made.parquet")
    return write_header_file(rng, records, form)


def odd_inputs(rng: Random, folder: Path) -> Inputs:
    """Return the inputs of a run; in every second one only values are odd, so that many publish."""
    files = dict(LISTS)
    damaged = rng.random() < DAMAGED
    names = ("ods.txt", "sis.txt", "sis.txt", "keep.csv", "schools.csv", "senr.toml")
    odd = rng.sample(names if damaged else names[:2], 2)
    for side in ("ods", "sis"):
        name = f"{side}.txt"
        how = rng.choice(("values", "values", "bytes", "packed")) if damaged else "values"
        form = rng.choice(SIS_FORMS)
        files[name] = odd_extract(rng, side, form, how if name in odd else "", folder)
    for name in set(odd) & set(LISTS):
        files[name] = mutate(rng, files[name], most=1)
    return Inputs(files)
