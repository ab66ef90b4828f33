"""Tiny extracts for tests: one record is a few words, everything else is a plain default."""

from collections.abc import Iterable
from pathlib import Path

from senr_duck.reference.layout import all_fields

LEA = "1964733"
ADAMS, BAKER = "1930650", "1930651"
YEAR = "20250814"  # the first day of school

_EXTRACT = [field.column for field in all_fields()]
_UPLOAD = [column for column in _EXTRACT if column not in ("upload_date", "last_date_updated")]

Record = dict[str, str]


def record(ssid: str, school: str, start: str, **fields: str) -> Record:
    """Return an open primary enrollment; ``start`` and all dates are YYYYMMDD."""
    first_year = int(start[:4]) - (start[4:6] < "07")
    return {
        "reporting_lea": LEA,
        "school_of_attendance": school,
        "academic_year_id": f"{first_year}-{first_year + 1}",
        "ssid": ssid,
        "local_student_id": f"L{ssid[-4:]}",
        "student_legal_first_name": "Ana",
        "student_legal_last_name": "Nuñez",
        "student_birth_date": "20150310",
        "student_gender_code": "F",
        "student_birth_country_code": "US",
        "enrollment_start_date": start,
        "enrollment_status_code": "10",
        "grade_level_code": "05",
        "upload_date": "20260201",
        "last_date_updated": "20260201",
        **fields,
    }


def closed(one: Record, exit_date: str, reason: str, **fields: str) -> Record:
    """Return the record with an exit."""
    exit_fields = {"enrollment_exit_date": exit_date, "student_exit_reason_code": reason}
    return {**one, **exit_fields, **fields}


def every_class() -> tuple[list[Record], list[Record]]:
    """Return both sides of eleven students: every class of the contract at least once."""
    agrees = record("1000000001", ADAMS, YEAR)
    leaves = record("1000000002", ADAMS, YEAR)
    regraded = record("1000000003", ADAMS, YEAR)
    arrives = record("1000000004", BAKER, "20260112")
    keeps_one = record("1000000005", ADAMS, YEAR)
    too_much = record("1000000005", BAKER, "20250901", enrollment_status_code="20")
    never_came = record("1000000006", ADAMS, YEAR)
    history = closed(record("1000000007", ADAMS, "20240815"), "20250606", "E155")
    future = record("1000000008", ADAMS, "20260601")
    broken = record("1000000009", ADAMS, YEAR, grade_level_code="99")
    before_window = closed(record("1000000010", ADAMS, "20220815"), "20230609", "E155")
    graduate = closed(
        record("1000000011", ADAMS, YEAR, grade_level_code="12"),
        "20251219",
        "E230",
        student_school_completion_status_code="100",
    )
    ods = [
        agrees,
        leaves,
        regraded,
        keeps_one,
        too_much,
        never_came,
        history,
        {**broken, "grade_level_code": "05"},
        before_window,
        graduate,
    ]
    sis = [
        agrees,
        closed(leaves, "20251201", "T160"),
        {**regraded, "grade_level_code": "04"},
        arrives,
        keeps_one,
        future,
        broken,
    ]
    return ods, sis


def ordered_updates() -> tuple[list[Record], list[Record]]:
    """Return both sides of students whose records must post in an order."""
    year = "20250814"
    # a primary and a secondary enrollment change places while one exit is corrected
    primary = record("1000000021", ADAMS, year)
    secondary = record("1000000021", BAKER, "20250820", enrollment_status_code="20")
    # an exit that must wait for an update: the other record first gives up being primary
    gives_way = record("1000000022", ADAMS, year)
    grows = closed(record("1000000022", BAKER, "20240815"), "20250813", "T160")
    # a start on the day another enrollment ends
    hands_over = record("1000000023", ADAMS, year)
    takes_over = record("1000000023", BAKER, "20251201")
    # an exit taken away
    reopened = record("1000000024", ADAMS, year)
    ods = [primary, secondary, gives_way, grows, hands_over, closed(reopened, "20251201", "T160")]
    sis = [
        {**primary, "enrollment_status_code": "20"},
        {**secondary, "enrollment_status_code": "10"},
        {**gives_way, "enrollment_status_code": "50"},
        closed(grows, "20250901", "T160"),
        closed(hands_over, "20251201", "T160"),
        takes_over,
        reopened,
    ]
    return ods, sis


def write_every_class(folder: Path) -> Path:
    """Write both sides of ``every_class`` as ods.txt and sis.txt; return the folder."""
    ods, sis = every_class()
    write_ods(folder / "ods.txt", ods)
    write_sis(folder / "sis.txt", sis)
    return folder


def write_ods(path: Path, records: Iterable[Record], line_end: str = "\r\n") -> Path:
    """Write an ODS extract of 37 fields."""
    return _write(path, records, "SENR-R", _EXTRACT, line_end)


def write_sis(path: Path, records: Iterable[Record], line_end: str = "\r\n") -> Path:
    """Write a SIS extract in the SENR upload layout of 35 fields."""
    return _write(path, records, "SENR", _UPLOAD, line_end)


def _write(
    path: Path, records: Iterable[Record], record_type: str, columns: list[str], line_end: str
) -> Path:
    lines = (
        "^".join({"record_type_code": record_type, **one}.get(column, "") for column in columns)
        for one in records
    )
    path.write_text("".join(line + line_end for line in lines), encoding="utf-8", newline="")
    return path
