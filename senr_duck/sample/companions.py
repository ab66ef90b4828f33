"""Write the sample's other files next to its two extracts."""

import csv
from collections.abc import Iterable
from pathlib import Path

from senr_duck.sample.aeries_tables import PRESCHOOL
from senr_duck.sample.days import iso_text, school_years
from senr_duck.sample.lines import LOCAL_GRADES
from senr_duck.sample.place import Place

_SCHOOL_COLUMNS = (
    "CDSCode",
    "StatusType",
    "County",
    "District",
    "School",
    "OpenDate",
    "ClosedDate",
    "Charter",
    "DOCType",
    "SOCType",
    "GSoffered",
)


def write_config(path: Path, place: Place, with_aeries_grades: bool = False) -> None:
    """Write ``senr.toml``; the files that it names are in the same folder.

    It names the LEA only if there is just one. ``with_aeries_grades`` adds the local grades of the
    tables of Aeries.
    """
    districts = place.districts
    lea = f'lea = "{districts[0].lea}"\n' if len(districts) == 1 else ""
    own = [district.schools[district.own_calendar].code for district in districts]
    written = []
    for year in school_years():
        days = ", ".join(f'"{code}" = {iso_text(year.own_last_day)}' for code in own)
        written.append(
            f'[calendar."{year.name}"]\n'
            f"last_day = {iso_text(year.last_day)}\n"
            f"schools = {{ {days} }}\n"
        )
    calendars = "\n".join(written)
    not_reported = ", ".join(
        f'"{district.schools[district.do_not_report].code}"'
        for district in districts
        if district.do_not_report is not None
    )
    grades = {local: code for code, local in LOCAL_GRADES.items()}
    if with_aeries_grades:
        grades[str(PRESCHOOL)] = "PS"
    translations = "\n".join(f'"{local}" = "{code}"' for local, code in grades.items())
    text = f"""\
# {place.name}: made-up students, real schools.
{lea}
{calendars}
[schools]
do_not_report = [{not_reported}]
list = "schools.csv"

[keep]
file = "keep.csv"

[translate.grade_level_code]
{translations}
"""
    path.write_text(text, encoding="utf-8", newline="\n")


def write_keep_list(path: Path, rows: list[tuple[str, str, str, str]]) -> None:
    """Write ``keep.csv`` from rows of SSID, school, start date (YYYY-MM-DD), and why."""
    _write_csv(path, ("ssid", "school_of_attendance", "enrollment_start_date", "why"), rows)


def write_schools(path: Path, place: Place) -> None:
    """Write ``schools.csv``: the place's schools as in the public schools file.

    The opening dates are made up, because our list of schools has none.
    """
    rows = []
    for district, row in ((d, row) for d in place.districts for row in d.rows):
        low, high = row["low_grade"], row["high_grade"]
        rows.append(
            (
                district.lea + row["school_code"],
                "Active",
                row["county"],
                row["district"],
                row["school"],
                # Codes below 0200000 were assigned since 2000, the others before.
                "08/20/2012" if row["school_code"] < "0200000" else "07/01/1980",
                "No Data",
                "Y" if row["charter"] == "Yes" else "N",
                row["district_type"],
                row["school_type"],
                low if low == high else f"{low}-{high}",
            )
        )
    _write_csv(path, _SCHOOL_COLUMNS, rows)


def _write_csv(path: Path, header: tuple[str, ...], rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(rows)
