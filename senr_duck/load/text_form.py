"""Recognize by the first line which of the known text forms an extract has."""

import csv

from senr_duck.errors import InputError
from senr_duck.load.headers import is_header
from senr_duck.load.plain_file import PlainFile
from senr_duck.load.text_records import TextForm, read_lines
from senr_duck.reference.layout import Layout

_EXPECTED = {
    "ods": "an ODS extract (record type SENR-R, caret-delimited, no header)",
    "sis": "a SENR upload file (record type SENR), or CSV, TSV or Parquet with a header",
}
_HINTS = {
    "ods": "use the SSID Enrollment ODS extract (SENR) with --ods, exactly as CALPADS made it",
    "sis": "use the file that the student information system exported with --sis",
}
RECORD_TYPES = {
    "SENR": "a SENR upload file (record type SENR)",
    "SENR-R": "an ODS extract (record type SENR-R)",
    "SENR-E": "a rejected-records extract (record type SENR-E)",
}
OWN_RECORD_TYPE = {"ods": "SENR-R", "sis": "SENR"}


def detect_text_form(file: PlainFile, layout: Layout) -> TextForm:
    """Return the form of a text file, recognized by its first line that is not blank.

    Raises InputError for a file without such a line and for every form that the file's side does
    not accept, such as a rejected-records extract.
    """
    # Latin-1 can decode any byte, and everything searched for is ASCII.
    lines = read_lines(file, "latin-1")
    line = next((line for line in lines if line.strip("\r\n")), None)
    if line is None:
        raise refuse_form(file, "empty")
    line_end = "\r\n" if line.endswith("\r\n") else "\n"
    record_type = line.partition("^")[0].strip().upper() if "^" in line else ""
    if record_type == OWN_RECORD_TYPE[file.side]:
        fields = layout.extract if file.side == "ods" else layout.upload
        return TextForm("^", len(fields), has_header=False, line_end=line_end)
    if record_type == "SENR-E":
        raise InputError(
            f"{file.file_name} is {RECORD_TYPES['SENR-E']}; expected {_EXPECTED[file.side]}",
            "such a file must never be uploaded or compared: correct its records in the student "
            f"information system, and {_HINTS[file.side]}",
        )
    if record_type in RECORD_TYPES:
        raise refuse_form(file, RECORD_TYPES[record_type])
    delimiter = "\t" if "\t" in line else ","
    if not is_header(next(csv.reader([line], delimiter=delimiter))):
        raise refuse_form(file, "neither a SENR file nor one with a header of SENR field names")
    if file.side == "ods":
        raise refuse_form(file, "a file with a header of field names")
    return TextForm(delimiter, line.count(delimiter) + 1, has_header=True, line_end=line_end)


def refuse_form(file: PlainFile, found: str) -> InputError:
    """Return the error for a file of a kind that its side does not accept."""
    return InputError(
        f"{file.file_name} is {found}; expected {_EXPECTED[file.side]}", _HINTS[file.side]
    )
