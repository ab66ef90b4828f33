"""The rules on a record's form: lengths, characters, dates, and required fields."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import gt

from senr_duck.reference.layout import Field, all_fields
from senr_duck.simulate.enrollment_record import Record, read_date
from senr_duck.simulate.findings import Finding

# The delimiter, control characters, and characters that UTF-8 cannot encode (half surrogate pairs).
_FORBIDDEN = re.compile("[\\^\x00-\x1f\x7f-\x9f\ud800-\udfff]")

_BIRTH_COUNTRY = "1.21"
_NEEDS_BIRTH_COUNTRY = ("10", "20", "30")


@dataclass(frozen=True)
class _Form:
    """The layout of an upload record, as positions in the record."""

    fields: tuple[Field, ...]
    lengths: tuple[int, ...]
    required: tuple[int, ...]
    dates: tuple[int, ...]


def check_form(record: Record, line: int) -> Iterator[Finding]:
    """Yield what is wrong with the record's form (FRMT0001, FRMT0002, FRMT0004, GERR0001).

    A record type that is not an upload's is GERR0002.
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
    for number in _find_blanks(record, form):
        yield Finding("GERR0001", line, (number,), "a required field is blank")
    for position in form.dates:
        if record[position] and not _is_date(record[position]):
            number = form.fields[position].number
            yield Finding("FRMT0002", line, (number,), "not a real date written YYYYMMDD")
    if record.record_type_code != "SENR":
        yield Finding("GERR0002", line, ("1.01",), "the record type of an upload is SENR")


def _find_blanks(record: Record, form: _Form) -> Iterator[str]:
    """Yield the numbers of the required fields that are blank."""
    for position in form.required:
        if not record[position].strip():
            yield form.fields[position].number
    if (
        not record.student_birth_country_code.strip()
        and record.enrollment_status_code.strip() in _NEEDS_BIRTH_COUNTRY
    ):
        yield _BIRTH_COUNTRY


@cache
def _form() -> _Form:
    fields = tuple(field for field in all_fields() if not field.number.startswith("R."))
    return _Form(
        fields=fields,
        lengths=tuple(field.max_length for field in fields),
        required=tuple(
            i
            for i, field in enumerate(fields)
            if field.required == "yes" and field.number != _BIRTH_COUNTRY
        ),
        dates=tuple(i for i, field in enumerate(fields) if field.type == "DT"),
    )


def _is_date(text: str) -> bool:
    try:
        read_date(text)
    except ValueError:
        return False
    return True
