"""Read the keep list: the ODS records that must never be removed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from senr_duck.privacy.shown_value import describe_text
from senr_duck.reference.cds_code import is_cds_code
from senr_duck.settings.named_file import parse_date, read_table

_COLUMNS = ("ssid", "school_of_attendance", "enrollment_start_date", "why")


@dataclass(frozen=True)
class KeepEntry:
    """The key of an ODS record never to be removed, its line from 1; ``why`` may be blank."""

    ssid: str
    school_of_attendance: str
    enrollment_start_date: date
    why: str
    line_number: int


def read_keep_list(path: Path) -> tuple[KeepEntry, ...]:
    """Return the entries of a keep list, in file order, each operational key once.

    The file is CSV with the columns ``ssid``, ``school_of_attendance``,
    ``enrollment_start_date`` (YYYYMMDD or YYYY-MM-DD) and ``why``, in any order. Of two entries
    with the same key, the first counts. Raises InputError for anything else; the error contains no
    SSID.
    """
    entries: dict[tuple[str, str, date], KeepEntry] = {}
    for entry in read_table(path, _COLUMNS, _parse_entry, others_allowed=False):
        key = (entry.ssid, entry.school_of_attendance, entry.enrollment_start_date)
        entries.setdefault(key, entry)
    return tuple(entries.values())


def _parse_entry(row: Mapping[str, str], line_number: int) -> KeepEntry:
    if not re.fullmatch("[0-9]{10}", row["ssid"]):
        raise _describe_length(row, "ssid", "10 digits")
    if not is_cds_code(row["school_of_attendance"]):
        raise _describe_length(row, "school_of_attendance", "7 digits")
    start = parse_date(row["enrollment_start_date"])
    if start is None:
        raise _describe_length(row, "enrollment_start_date", "YYYYMMDD or YYYY-MM-DD")
    return KeepEntry(row["ssid"], row["school_of_attendance"], start, row["why"], line_number)


def _describe_length(row: Mapping[str, str], column: str, expected: str) -> ValueError:
    """Return the error for a wrong value without showing it: it may be a student's data."""
    return ValueError(f"{column}: found {describe_text(row[column])}, expected {expected}")
