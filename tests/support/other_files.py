"""Records of SELA, SPRG and SINF, written as CALPADS and a SIS write them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from senr_duck.reference.layout import layout_on
from tests.support.command_line import Ended, senr_duck

AS_OF = ("--as-of", "2026-03-02", "--allow-other-year")
LEA, SCHOOL = "1964733", "1930650"
Record = Mapping[str, str]

USUAL = {
    "reporting_lea": LEA,
    "school_of_attendance": SCHOOL,
    "academic_year_id": "2025-2026",
    "student_legal_first_name": "Ana",
    "student_legal_last_name": "Lopez",
    "student_birth_date": "20150102",
    "student_gender_code": "F",
    "upload_date": "20260301",
    "last_date_updated": "20260301",
}
_USUAL_OF = {
    "SELA": {
        "english_language_acquisition_status_code": "EL",
        "english_language_acquisition_status_start_date": "20240815",
        "primary_language_code": "spa",
    },
    "SPRG": {
        "education_program_code": "127",
        "education_program_membership_start_date": "20250815",
    },
    "SINF": {"effective_start_date": "20250815", "student_race_1_code": "700"},
}


def number(place: int) -> str:
    """Return a student's SSID."""
    return f"80{place:08}"


def columns_of(file_type: str, side: str) -> list[str]:
    """Return the columns of an extract, in the layout's order."""
    from datetime import date

    layout = layout_on(date(2026, 3, 2), file_type)
    return [field.column for field in (layout.extract if side == "ods" else layout.upload)]


def write_side(path: Path, file_type: str, side: str, records: Iterable[Record]) -> None:
    """Write a caret file; a record has the values that it does not name from the usual ones."""
    lines = []
    for record in records:
        unknown = set(record) - set(columns_of(file_type, side))
        assert not unknown, unknown
        values = {**USUAL, **_USUAL_OF[file_type], **record}
        values["record_type_code"] = file_type + ("-R" if side == "ods" else "")
        lines.append("^".join(values.get(column, "") for column in columns_of(file_type, side)))
    path.write_text("".join(f"{line}\r\n" for line in lines), encoding="utf-8", newline="")


def write_pair(folder: Path, file_type: str, ods: Iterable[Record], sis: Iterable[Record]) -> None:
    """Write both extracts of a file, ods.txt and sis.txt."""
    write_side(folder / "ods.txt", file_type, "ods", ods)
    write_side(folder / "sis.txt", file_type, "sis", sis)


def compare(folder: Path, file_type: str, *options: str, **what: Any) -> Ended:
    """Compare the folder's ods.txt and sis.txt; ``what`` are other fields of Call."""
    return senr_duck(
        folder,
        *("compare", file_type.lower(), "--ods", "ods.txt", "--sis", "sis.txt"),
        *AS_OF,
        *options,
        **what,
    )
