"""Read the school list, CDE's public schools file; some rules need it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from senr_duck.settings.named_file import describe_fault, parse_date, read_table

# The only place that defines the order of the grades. TK counts as KN in a school's grade span.
GRADE_ORDER: Mapping[str, int] = (
    {"IN": -3, "TD": -2, "PS": -1, "TK": 0, "KN": 0}
    | {f"{grade:02}": grade for grade in range(1, 13)}
    | {"AD": 13}
)
# The words that CDE uses in GSoffered; AD is the only CALPADS grade after 12.
_CDE_GRADES = {"P": "PS", "K": "KN", "ADULT": "AD", "POST SECONDARY": "AD"}
_NOTHING_SAID = ("", "NO DATA", "N/A")


@dataclass(frozen=True)
class School:
    """One school of the list; ``lea`` and ``school`` are 7 digits, both dates are inclusive.

    Grades are CALPADS grade codes. ``school_type`` is CDE's type, with the educational option after
    a semicolon if there is one: ``K-12 Schools (Public); Home and Hospital``. Values that the list
    does not have are None.
    """

    lea: str
    school: str
    name: str | None
    low_grade: str | None
    high_grade: str | None
    open_date: date | None
    close_date: date | None
    school_type: str | None


def read_school_list(path: Path) -> tuple[School, ...]:
    """Return the schools of CDE's public schools file, in file order, without district offices.

    The file is CDE's own (tab-separated) or CSV with the same headers. CDSCode is required; School,
    GSoffered, OpenDate, ClosedDate (MM/DD/YYYY or YYYY-MM-DD), SOCType, and EdOpsName are optional;
    all other columns are ignored. Raises InputError for a value that it cannot read, because
    ignoring a grade span or a date would silently switch off a rule.
    """
    first_lines: dict[str, int] = {}

    def parse_school(row: Mapping[str, str], line_number: int) -> School | None:
        code = row["CDSCode"]
        if not re.fullmatch("[0-9]{14}", code):
            raise describe_fault(row, "CDSCode", "14 digits")
        if code.endswith("0000000"):
            return None
        if first_lines.setdefault(code, line_number) != line_number:
            raise ValueError(f"CDSCode: same as in line {first_lines[code]}, expected another")
        low_grade, high_grade = _parse_span(row)
        return School(
            lea=code[:7],
            school=code[7:],
            name=_said(row, "School"),
            low_grade=low_grade,
            high_grade=high_grade,
            open_date=_parse_us_date(row, "OpenDate"),
            close_date=_parse_us_date(row, "ClosedDate"),
            school_type=_join_types(row),
        )

    entries = read_table(path, ("CDSCode",), parse_school, others_allowed=True)
    return tuple(school for school in entries if school is not None)


def _said(row: Mapping[str, str], column: str) -> str | None:
    value = row.get(column, "")
    return None if value.upper() in _NOTHING_SAID else value


def _join_types(row: Mapping[str, str]) -> str | None:
    """Return SOCType and EdOpsName, which is ``Traditional`` if there is no option."""
    option = _said(row, "EdOpsName")
    types = [_said(row, "SOCType"), None if option == "Traditional" else option]
    return "; ".join(said for said in types if said is not None) or None


def _parse_us_date(row: Mapping[str, str], column: str) -> date | None:
    text = _said(row, column)
    if text is None:
        return None
    day = parse_date(re.sub("^([0-9]{2})/([0-9]{2})/([0-9]{4})$", r"\3-\1-\2", text))
    if day is None:
        raise describe_fault(row, column, "MM/DD/YYYY or YYYY-MM-DD")
    return day


def _parse_span(row: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Return the lowest and the highest grade of GSoffered; a single grade is both."""
    span = _said(row, "GSoffered")
    if span is None or span.upper() == "UNGRADED":
        return None, None
    words = [word.strip().upper() for word in span.split("-")]
    grades = [_CDE_GRADES.get(word, word.zfill(2)) for word in words]
    places = [GRADE_ORDER[grade] for grade in grades if grade in GRADE_ORDER]
    if len(grades) > 2 or len(places) < len(grades) or places != sorted(places):
        raise describe_fault(row, "GSoffered", "a span of grades such as K-5, P-8, 9-12 or Adult")
    return grades[0], grades[-1]
