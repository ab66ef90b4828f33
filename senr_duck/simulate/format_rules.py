"""The rules on a record's form: lengths, characters, dates, required fields, and codes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import gt

from senr_duck.reference.layout import Field, all_fields
from senr_duck.reference.resources import read_reference
from senr_duck.simulate.enrollment_record import Enrollment, Record, read_date, school_year
from senr_duck.simulate.findings import Finding

# The delimiter, control characters, and characters that UTF-8 cannot encode (half surrogate pairs).
_FORBIDDEN = re.compile("[\\^\x00-\x1f\x7f-\x9f\ud800-\udfff]")

# A code's first and last academic year, each named by the year in which it begins.
_Years = tuple[int, int]


@dataclass(frozen=True)
class _Form:
    """The layout of an upload record, as positions in the record."""

    fields: tuple[Field, ...]
    lengths: tuple[int, ...]
    required: tuple[int, ...]
    dates: tuple[int, ...]
    codes: tuple[tuple[int, dict[str, _Years]], ...]


def check_form(record: Record, line: int) -> Iterator[Finding]:
    """Yield what is wrong with the record's form (FRMT0001, FRMT0002, FRMT0004, GERR0001/2).

    Code sets are not checked for a delete, because it repeats what CALPADS has.
    """
    form = _form()
    if any(map(gt, map(len, record), form.lengths)):
        for value, field in zip(record, form.fields, strict=False):
            if len(value) > field.max_length:
                limit = f"longer than {field.max_length} characters"
                yield Finding("FRMT0001", line, (field.number,), limit)
    if _FORBIDDEN.search("".join(record)):
        for value, field in zip(record, form.fields, strict=False):
            if _FORBIDDEN.search(value):
                found = "contains a caret, a control character, or half a character"
                yield Finding("FRMT0004", line, (field.number,), found)
    for position in form.required:
        if not record[position].strip():
            number = form.fields[position].number
            yield Finding("GERR0001", line, (number,), "a required field is blank")
    for position in form.dates:
        if record[position] and not _is_date(record[position]):
            number = form.fields[position].number
            yield Finding("FRMT0002", line, (number,), "not a real date written YYYYMMDD")
    if record.record_type_code != "SENR":
        yield Finding("GERR0002", line, ("1.01",), "the record type of an upload is SENR")
    if record.is_delete:
        return
    for position, codes in form.codes:
        if record[position] and record[position] not in codes:
            number = form.fields[position].number
            yield Finding("GERR0002", line, (number,), "the code is not in the field's code set")


def check_code_dates(sent: Enrollment) -> Iterator[Finding]:
    """Yield the codes that are not valid on any day of the record's academic year (GERR0007)."""
    year = sent.academic_year
    if year is None:
        return
    for position, codes in _form().codes:
        value = sent.record[position]
        if value and not codes[value][0] <= year <= codes[value][1]:
            number = _form().fields[position].number
            message = "the code is not valid in the record's academic year"
            yield Finding("GERR0007", sent.line, (number,), message)


@cache
def _form() -> _Form:
    fields = tuple(field for field in all_fields() if not field.number.startswith("R."))
    codes = _read_code_sets()
    return _Form(
        fields=fields,
        lengths=tuple(field.max_length for field in fields),
        required=tuple(i for i, field in enumerate(fields) if field.required == "yes"),
        dates=tuple(i for i, field in enumerate(fields) if field.type == "DT"),
        # The transaction code has its own rule, GERR0008.
        codes=tuple(
            (i, codes[field.code_set])
            for i, field in enumerate(fields)
            if field.code_set and field.number != "1.02"
        ),
    )


def _read_code_sets() -> dict[str, dict[str, _Years]]:
    """Return each code's academic years, by code set; a code without dates is always valid."""
    sets: dict[str, dict[str, _Years]] = {}
    for row in read_reference("code_sets.csv"):
        first = date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min
        last = date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max
        years = (school_year(first), school_year(last))
        sets.setdefault(row["code_set"], {})[row["code"]] = years
    return sets


def _is_date(text: str) -> bool:
    try:
        read_date(text)
    except ValueError:
        return False
    return True
