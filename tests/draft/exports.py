"""An export as a vendor's SIS writes it: its own names of columns, its own codes."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from senr_duck.settings.configuration import Configuration, read_configuration
from tests.support.command_line import Ended, senr_duck
from tests.support.extracts import ADAMS, BAKER, YEAR, Record, closed, record

AS_OF = ("--as-of", "2026-03-02")
INIT = ("init", "--ods", "ods.txt", "--sis", "sis.csv", *AS_OF)
LAKEWOOD, PARAMOUNT = "1964725", "1964873"

# The names of a student information system, each for the column that it is.
VENDOR = {
    "State Student ID": "ssid",
    "Perm ID": "local_student_id",
    "School Code": "school_of_attendance",
    "First Name": "student_legal_first_name",
    "Last Name": "student_legal_last_name",
    "Birthdate": "student_birth_date",
    "Gender": "student_gender_code",
    "Birth Country": "student_birth_country_code",
    "Enter Date": "enrollment_start_date",
    "Status": "enrollment_status_code",
    "Grade": "grade_level_code",
    "Leave Date": "enrollment_exit_date",
    "Leave Reason": "student_exit_reason_code",
    "ResDistrict": "district_of_geographic_residence_code",
}
# Its codes, by the code of CALPADS.
LOCAL = {
    "school_of_attendance": {ADAMS: "101", BAKER: "102"},
    "student_gender_code": {"F": "Female"},
    "grade_level_code": {"KN": "K"},
    "student_exit_reason_code": {"T160": "W1"},
    "district_of_geographic_residence_code": {LAKEWOOD: "LW", PARAMOUNT: "PM"},
}


def both_sides() -> tuple[list[Record], list[Record]]:
    """Return sixteen students of two schools, with one exit and one grade to send."""
    ods = []
    for number in range(16):
        one = record(
            f"10000001{number:02}",
            ADAMS if number < 8 else BAKER,
            YEAR,
            grade_level_code="KN" if number < 8 else "05",
            district_of_geographic_residence_code=LAKEWOOD if number % 2 else PARAMOUNT,
        )
        ods.append(closed(one, "20251201", "T160") if number in (1, 2, 3, 9) else one)
    sis = [dict(one) for one in ods]
    sis[0] = closed(sis[0], "20251219", "T160")
    sis[8]["grade_level_code"] = "06"
    return ods, sis


def localize(records: Iterable[Record]) -> list[Record]:
    """Return the records with the vendor's codes."""
    return [
        {column: LOCAL.get(column, {}).get(value, value) for column, value in one.items()}
        for one in records
    ]


def write_table(
    path: Path, records: Iterable[Record], names: Mapping[str, str] = VENDOR, *others: str
) -> Path:
    """Write a CSV with these names as its header, each for a column; the others are "x"."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([*names, *others])
        for one in records:
            rows.writerow([*(one.get(c, "") for c in names.values()), *("x" for _ in others)])
    return path


def uncomment(text: str) -> str:
    """Take away the marks of all suggestions."""
    return re.sub(r'^# (?=["\[]|[a-z_]+ = )', "", text, flags=re.MULTILINE)


def read_both(path: Path) -> tuple[Configuration, Configuration]:
    """Return the configuration as it was written, and with all suggestions."""
    written = read_configuration(path)
    path.with_name("whole.toml").write_text(
        uncomment(path.read_text(encoding="utf-8")), encoding="utf-8", newline=""
    )
    return written, read_configuration(path.with_name("whole.toml"))


def init(folder: Path, *options: str, **what: object) -> Ended:
    """Write the folder's senr.toml from its ods.txt and sis.csv."""
    done = senr_duck(folder, *INIT, *options, **what)
    assert done.returncode == 0, done.stderr
    return done


def section(folder: Path, title: str) -> Sequence[str]:
    """Return the lines of a table of the folder's senr.toml, up to the next blank line."""
    text = (folder / "senr.toml").read_text(encoding="utf-8")
    lines = text.partition(f"[{title}]\n")[2].splitlines()
    return lines[: lines.index("")]
