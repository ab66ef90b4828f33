"""Read and write the files of the simulation."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from senr_duck.errors import InputError
from senr_duck.files.decoding import decode_text, find_line
from senr_duck.files.disk import explain_disk_faults
from senr_duck.files.own_file import refuse_foreign
from senr_duck.files.regular_file import find_fault
from senr_duck.files.workspace import create_private_file, open_scratch, publish_new_file
from senr_duck.load.packed_file import read_members, read_unpacked
from senr_duck.privacy.shown_value import escape_controls
from senr_duck.reference.layout import layout_on
from senr_duck.settings.settings import check_layout_day
from senr_duck.simulate.assumptions import PERMISSIVE, Assumptions
from senr_duck.simulate.enrollment_record import Record
from senr_duck.simulate.findings import FileResult, Finding, summarize_file
from senr_duck.simulate.ods import Ods
from senr_duck.simulate.posting import post_file

_HOW_TO_GET_ONE = "request the SSID Enrollment ODS extract from CALPADS, by date range"

# The option that names the file to write, and what that is.
_WRITTEN = ("--write-ods", "an ODS extract")

_OTHER_FILES = {"SENR": "an upload file", "SENR-E": "a rejected-records extract"}

_Content = TypeVar("_Content")


def read_extract(path: Path, lea: str | None = None, *more: Path) -> Ods:
    """Read an ODS extract: SENR-R, 37 fields or, before 2023-09-19, 36; plain, gzip, or zip.

    ``more`` are its other files, if it has several. The text is UTF-8 with or without byte-order
    mark, or Windows-1252, with CR LF or LF. Raises InputError for anything else, with the line,
    what was found, and what was expected; and for files that differ in the number of fields.
    """
    records, columns = _read_records(path)
    for other in more:
        others, found = _read_records(other)
        if found != columns:
            raise InputError(
                f"{other.name} has {found} fields per record; {path.name} has {columns}",
                hint="download the extracts again, all on one day",
            )
        records += others
    return Ods(records, lea, columns)


def _read_records(path: Path) -> tuple[list[Record], int]:
    """Return the records of a file with 37 fields, and how many fields the file's lines have."""
    try:
        lines = _split_lines(_read(path, read_unpacked, "an ODS extract"))
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path.name} line {find_line(error)} is neither UTF-8 nor Windows-1252 text",
            hint="download the extract again, and do not change it",
        ) from None
    if not lines:
        raise InputError(f"{path.name} is empty; expected an ODS extract", hint=_HOW_TO_GET_ONE)
    columns = lines[0].count("^") + 1
    records = []
    for number, line in enumerate(lines, start=1):
        fields = line.split("^")
        if fields[0] != "SENR-R" or len(fields) != columns or columns not in (36, 37):
            raise _wrong_line(path, number, fields, columns)
        # The layout before 2023-09-19 lacks 1.35, the last field before the extract's own two.
        if columns == 36:
            fields.insert(34, "")
        records.append(Record._make(fields))
    return records, columns


def write_extract(ods: Ods, path: Path) -> None:
    """Write the ODS extract that CALPADS would make, sorted by school, SSID, and start date.

    It is UTF-8 with CR LF, and has as many columns as the extract that was read. Raises InputError
    if there is such a file already.
    """
    with explain_disk_faults(), open_scratch(path) as scratch:
        new = scratch / "ods.txt"
        create_private_file(new)
        with new.open("w", encoding="utf-8", newline="") as file:
            for record in ods.records():
                fields = record[:34] + record[35:] if ods.columns == 36 else record
                file.write("^".join(fields) + "\r\n")
        publish_new_file(new, path, *_WRITTEN)


def refuse_existing_extract(path: Path) -> None:
    """Raise InputError if there is anything at the path to which ``write_extract`` would write."""
    refuse_foreign(path, *_WRITTEN)


def post_archive(
    ods: Ods,
    archive: Path,
    as_of: date,
    assumptions: Assumptions = PERMISSIVE,
    stop_at_rejection: bool = False,
) -> list[FileResult]:
    """Post the zip's files to ``ods`` in order of their names.

    After a rejected file, the next ones are still posted, unless ``stop_at_rejection`` is set,
    which is what a person would do. Raises InputError if the archive cannot be read, or if the ODS
    extract's layout is not the one in force on the as-of date.
    """
    check_layout_day(as_of)
    expected = len(layout_on(as_of).extract)
    if ods.columns != expected:
        raise InputError(
            f"the ODS extract has {ods.columns} fields; on {as_of} it has {expected}",
            hint="download the extract again, or use the as-of date of this one",
        )
    results = []
    for name, data in _read(archive, read_members, "a zip of SENR upload files"):
        result = _post_bytes(ods, name, data, as_of, assumptions)
        results.append(result)
        if stop_at_rejection and not result.posted:
            break
    return results


def _post_bytes(
    ods: Ods, name: str, data: bytes, as_of: date, assumptions: Assumptions
) -> FileResult:
    try:
        lines = _split_lines(data)
    except UnicodeDecodeError as error:
        message = "neither UTF-8 nor Windows-1252 text"
        return summarize_file(
            name, data.count(b"\n"), [Finding("FRMT0004", find_line(error), (), message)]
        )
    if lines and lines[0].partition("^")[0].strip().upper() == "SENR-E":
        raise InputError(
            f"{name} is a rejected-records extract (record type SENR-E); expected an upload file "
            "(record type SENR)",
            hint="never upload such a file: read it with senr-duck rejected, correct its "
            "records in the student information system, then run again",
        )
    width = len(layout_on(as_of).upload)
    rows = [line.split("^") for line in lines]
    findings = [
        Finding("FIELD-COUNT", number, (), f"{len(row)} fields; the layout has {width}")
        for number, row in enumerate(rows, start=1)
        if len(row) != width
    ]
    if findings:
        return summarize_file(name, len(rows), findings)
    return post_file(ods, name, [Record(*row) for row in rows], as_of, assumptions)


def _read(path: Path, read: Callable[[Path], _Content], expected: str) -> _Content:
    found = find_fault(path)
    if not found:
        try:
            return read(path)
        except OSError as error:
            found = f"a file that cannot be read ({error.strerror})"
    raise InputError(
        f"{escape_controls(path.name or path)}: found {found}, expected {expected}",
        hint="check the path, and check that the file is complete",
    )


def _split_lines(data: bytes) -> list[str]:
    """Return the lines without their ends, and without blank lines after the last record.

    Raises UnicodeDecodeError as decode_text does.
    """
    # Not splitlines: it would also split at unusual characters that a name may contain.
    lines = [line.removesuffix("\r") for line in decode_text(data).split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _wrong_line(path: Path, number: int, fields: list[str], columns: int) -> InputError:
    """Return the error for a wrong line; it quotes only the record type from the line."""
    place = f"{path.name} line {number}"
    if fields[0] in _OTHER_FILES:
        return InputError(
            f"{place} has the record type {fields[0]}, {_OTHER_FILES[fields[0]]}; "
            "an ODS extract has SENR-R",
            hint=_HOW_TO_GET_ONE,
        )
    if fields[0] != "SENR-R":
        return InputError(
            f"{place} does not begin with a record type; an ODS extract has SENR-R",
            hint=_HOW_TO_GET_ONE,
        )
    if columns in (36, 37):
        return InputError(
            f"{place} has {len(fields)} fields; line 1 has {columns}",
            hint="download the extract again, or check for a stray ^ or line end there",
        )
    return InputError(
        f"{place} has {len(fields)} fields; an ODS extract has 37, or 36 before 2023-09-19 "
        "(the layouts with 33 and 39 input fields, 35 and 41 in extracts, are not supported)",
        hint=_HOW_TO_GET_ONE,
    )
