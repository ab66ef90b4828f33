"""The rules on codes: the code sets, the years of a code, the grades that it is for."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from senr_duck.reference.layout import all_fields
from senr_duck.reference.resources import read_reference
from senr_duck.simulate.enrollment_record import Enrollment, Record, school_year
from senr_duck.simulate.findings import Finding
from senr_duck.simulate.record_rule import Setting

# A code's first and last academic year, each named by the year in which it begins.
_Years = tuple[int, int]

_ALWAYS: _Years = (school_year(date.min), school_year(date.max))


def check_code_sets(record: Record, line: int, setting: Setting) -> Iterator[Finding]:
    """Yield the codes that are not in their field's code set (GERR0002).

    A delete is not checked, because it repeats what CALPADS has.
    """
    if record.is_delete:
        return
    for position, number, codes in _coded_fields():
        code = record[position]
        if code and code not in codes and not setting.accepts("GERR0002", code):
            yield Finding("GERR0002", line, (number,), "the code is not in the field's code set")


def check_code_dates(sent: Enrollment, setting: Setting) -> Iterator[Finding]:
    """Yield the codes that are not valid on any day of the record's academic year (GERR0007).

    A delete and a no-show are not checked, because they repeat what CALPADS has.
    """
    year = sent.academic_year
    if year is None or sent.no_show or sent.record.is_delete:
        return
    for position, number, codes in _coded_fields():
        code = sent.record[position]
        first, last = codes.get(code, _ALWAYS)
        if not first <= year <= last and not setting.accepts("GERR0007", code):
            message = "the code was not valid on any day of the record's academic year"
            yield Finding("GERR0007", sent.line, (number,), message)


def check_code_grades(sent: Enrollment, setting: Setting) -> Iterator[Finding]:
    """Yield an exit reason or a completion status that is not one for the record's grade."""
    if sent.record.is_delete:
        return
    grades = _grades_on(setting.as_of)
    for rule, code_set, number, code, message in (
        ("EXIT-GRADE", "exit_reason", "1.26", sent.reason, "the exit reason"),
        ("COMPLETION-GRADE", "completion_status", "1.27", sent.completion, "the completion status"),
    ):
        # A code without an entry goes with any grade.
        allowed = grades.get((code_set, code))
        if allowed is None or sent.record.grade_level_code in allowed:
            continue
        if not setting.accepts(rule, code):
            yield Finding(rule, sent.line, ("1.24", number), f"{message} is not one for this grade")


@cache
def _coded_fields() -> tuple[tuple[int, str, dict[str, _Years]], ...]:
    """Return each coded field's position in the record, number, and codes.

    The transaction code is not among them, because it has its own rule, GERR0008.
    """
    sets: dict[str, dict[str, _Years]] = {}
    for row in read_reference("code_sets.csv"):
        first = date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min
        last = date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max
        years = (school_year(first), school_year(last))
        sets.setdefault(row["code_set"], {})[row["code"]] = years
    return tuple(
        (position, field.number, sets[field.code_set])
        for position, field in enumerate(all_fields())
        if field.code_set and field.number != "1.02"
    )


@cache
def _grades_on(as_of: date) -> dict[tuple[str, str], frozenset[str]]:
    """Return the grades that a code is for, by code set and code, as in force on a date."""
    return {
        (row["code_set"], row["code"]): frozenset(row["grades"].split())
        for row in read_reference("code_grades.csv")
        if not row["since"] or date.fromisoformat(row["since"]) <= as_of
    }
