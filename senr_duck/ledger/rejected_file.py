"""Read CALPADS's rejected-records extract."""

from dataclasses import dataclass
from pathlib import Path

from senr_duck.errors import InputError
from senr_duck.files.decoding import decode_text
from senr_duck.files.regular_file import find_fault
from senr_duck.privacy.shown_value import escape_controls
from senr_duck.reference.layout import all_fields

_ERROR_FIELDS = 5  # code, severity, description, field, value
_MILD = ("w", "i")  # warning and information; any other text means that the record was rejected


@dataclass(frozen=True)
class ReportedError:
    """One error that CALPADS reports, and the fields that identify its record.

    ``line`` is the line number, from 1; ``severity`` is ``fatal`` or ``warning``.
    """

    line: int
    local_record_id: str
    ssid: str
    school_of_attendance: str
    enrollment_start_date: str
    code: str
    severity: str
    description: str
    field: str
    value: str


def read_rejected_file(path: Path) -> tuple[ReportedError, ...]:
    """Return the errors of a SENR-E file. Each line has a record, then five error columns.

    The record has the 35 fields in force since 2023-09-19 or the 34 of earlier years. Columns after
    the error columns are passed over. Raises InputError for a file that cannot be read, is empty,
    or has a line of another type or form.
    """
    columns = [field.column for field in all_fields() if not field.number.startswith("R.")]
    expected = "a rejected-records extract (record type SENR-E, caret-delimited)"
    hint = "download the rejected records of the submission from CALPADS, and use that file"
    if found := find_fault(path):
        raise InputError(
            f"{escape_controls(path.name or path)}: found {found}, expected {expected}", hint
        )
    text = decode_text(path.read_bytes(), errors="replace")
    lines = [line.rstrip("\r") for line in text.rstrip("\r\n").split("\n")]
    if lines == [""]:
        raise InputError(f"{path.name} is empty; expected {expected}", hint)
    errors = []
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line.split("^")]
        if cells[0].upper() != "SENR-E":
            raise InputError(
                f"{path.name} line {number} is not of record type SENR-E; expected {expected}", hint
            )
        # what follows the error columns is passed over
        fields = min(len(cells) - _ERROR_FIELDS, len(columns))
        if fields < len(columns) - 1:
            raise InputError(
                f"{path.name} line {number} has {len(cells)} fields; the rejected records of the "
                f"35-field layout have {len(columns) + _ERROR_FIELDS} or more",
                hint,
            )
        record = dict(zip(columns, cells[:fields], strict=False))
        code, severity, description, field, value = cells[fields : fields + _ERROR_FIELDS]
        errors.append(
            ReportedError(
                line=number,
                local_record_id=record["local_record_id"],
                ssid=record["ssid"],
                school_of_attendance=record["school_of_attendance"].upper(),
                enrollment_start_date=record["enrollment_start_date"].replace("-", ""),
                code=code.upper(),
                severity="warning" if severity.lower().startswith(_MILD) else "fatal",
                description=description,
                field=field,
                value=value,
            )
        )
    return tuple(errors)
