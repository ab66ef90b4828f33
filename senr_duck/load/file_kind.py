"""Recognize by its first bytes, or by its record type, a file that is not the expected extract."""

import codecs
import re

from senr_duck.errors import InputError
from senr_duck.load.plain_file import PlainFile

_EXPECTED = {
    "ods": "an ODS extract (record type {type.ods_type}, caret-delimited, no header)",
    "sis": "a {type.code} upload file (record type {type.code}), or CSV, TSV, an Excel workbook "
    "(.xlsx) or Parquet with a header",
}
_HINTS = {
    "ods": "use the {type.ods_name} with --ods, exactly as CALPADS made it",
    "sis": "use the file that the student information system exported with --sis",
}
RECORD_TYPES = {
    "SENR": "a SENR upload file (record type SENR)",
    "SENR-R": "an ODS extract (record type SENR-R)",
    "SENR-E": "a rejected-records extract (record type SENR-E)",
    "CENR-R": "a cumulative enrollment extract (record type CENR-R)",
    "SINF": "a student information upload file (record type SINF)",
    "SINF-R": "a student information extract (record type SINF-R)",
    "SELA": "an English language acquisition upload file (record type SELA)",
    "SELA-R": "an English language acquisition extract (record type SELA-R)",
    "SPRG": "a student programs upload file (record type SPRG)",
    "SPRG-R": "a student programs extract (record type SPRG-R)",
    "SSID-R": "an extract of SSIDs (record type SSID-R)",
}
# Other files that districts upload. Only such a type is shown: any other word may be a name.
_OTHER_UPLOADS = re.compile(
    "CENR|CRSC|CRSE|PSTS|SASS|SCSC|SCSE|SCTE|SDEM|SELA|SINC|SIRS|SOFF|SPED|SPRG|SSID|STAS|WBLR"
)
_TYPE = re.compile(r'"?\s*([A-Z]{4}(?:-[A-Z])?)\s*"?\s*([\^,\t;|])', re.IGNORECASE)

_MOST_LOOKED_AT = 40  # characters of a line
_HEAD = 4096  # bytes in which a page shows that it is one
_SAVE_AS = "open it in Excel and save it as an Excel workbook (.xlsx), or as CSV UTF-8"
_SIGNATURES = {
    b"%PDF": "a PDF document",
    b"{\\rtf": "an RTF document",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"\x1f\x8b": "a gzip file in a compressed file",
    b"SQLite format 3\0": "an SQLite database",
    b"\0\1\0\0Standard": "an Access database",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
}
_OLE = b"\xd0\xcf\x11\xe0"  # Office until 2003, and today's files with a password


def refuse_form(file: PlainFile, found: str) -> InputError:
    """Return the error for a file of a kind that its side does not accept."""
    return InputError(
        f"{file.file_name} is {found}; expected {_EXPECTED[file.side].format(type=file.file_type)}",
        _hint(file),
    )


def _hint(file: PlainFile) -> str:
    return _HINTS[file.side].format(type=file.file_type)


def find_record_type(line: str) -> tuple[str, str] | None:
    """Return the record type with which a line begins, and the delimiter behind it."""
    if found := _TYPE.match(line.lstrip()[:_MOST_LOOKED_AT]):
        record_type, delimiter = found[1].upper(), found[2]
        if (
            "-" in record_type
            or record_type in RECORD_TYPES
            or _OTHER_UPLOADS.fullmatch(record_type)
        ):
            return record_type, delimiter
    return None


def refuse_record_type(file: PlainFile, record_type: str) -> InputError:
    """Return the error for a file whose first record has another type than its side's."""
    error = refuse_form(
        file,
        RECORD_TYPES.get(record_type, f"another file of CALPADS (record type {record_type})"),
    )
    if record_type == "SENR-E":
        error.hint = (
            "such a file must never be uploaded or compared: correct its records in the student "
            f"information system, and {_hint(file)}"
        )
    return error


def refuse_other_kind(file: PlainFile) -> None:
    """Raise InputError if a file is known to be no table; the message says what it is."""
    with file.path.open("rb") as content:
        head = content.read(_HEAD)
    if head.startswith(_OLE):
        raise _refuse_ole(file)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "replace").encode()
    head = head.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n")
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature):
            raise refuse_form(file, kind)
    if head.startswith(b"<"):
        raise _refuse_markup(file, head.lower())
    if re.match(rb'(\[\s*)?\{\s*"|\[\s*\[', head):
        raise refuse_form(file, "a JSON file")


def _refuse_ole(file: PlainFile) -> InputError:
    content = file.path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        kind, hint = "an Office file with a password", "save it without a password"
    elif any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        kind, hint = "an old Excel workbook (.xls)", _SAVE_AS
    else:
        kind, hint = "an old Office file", _hint(file)
    error = refuse_form(file, kind)
    if file.side == "sis":
        error.hint = hint
    return error


def _refuse_markup(file: PlainFile, head: bytes) -> InputError:
    """Return the error for a page or another file in markup, of which ``head`` is the start."""
    if b"office:spreadsheet" in head:
        error = refuse_form(file, "a spreadsheet in XML")
        error.hint = _SAVE_AS
        return error
    if head.startswith(b"<?xml") and b"<html" not in head:
        return refuse_form(file, "an XML file")
    error = refuse_form(file, "an HTML page")
    error.hint = (
        "a web site writes such a file when the login has expired: log in and download again"
        + ("" if file.side == "ods" else f"; if Excel shows a table in it, {_SAVE_AS}")
    )
    return error
