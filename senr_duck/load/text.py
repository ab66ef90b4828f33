"""Load the records of a text extract unchanged."""

from pathlib import Path

import duckdb

from senr_duck.load.headers import Header, match_header
from senr_duck.load.plain_file import PlainFile, quote_path
from senr_duck.load.raw_table import LoadedLines, create_line_table
from senr_duck.load.text_form import detect_text_form, refuse_form
from senr_duck.load.text_records import TextForm, read_header, rewrite_records
from senr_duck.load.text_survey import survey_text
from senr_duck.reference.layout import Layout

_STRICTLY = (
    "auto_detect = false, header = false, nullstr = '', null_padding = false,"
    " ignore_errors = false, strict_mode = true, compression = 'none', hive_partitioning = false"
)


def load_text(
    con: duckdb.DuckDBPyConnection, file: PlainFile, layout: Layout, folder: Path
) -> LoadedLines:
    """Create the table of the file's side with its records, each known column as text.

    DuckDB reads a file with even lines directly. Any other file is first rewritten in ``folder``,
    and wrong lines are reported. Raises InputError for a file that has the wrong form, no record,
    or wrong lines.
    """
    form = detect_text_form(file, layout)
    survey = survey_text(file.path, form)
    header = _match_columns(file, form, survey.encoding, layout)
    if survey.lines is None:
        rewritten = folder / "records.csv"
        records = rewrite_records(file, form, survey.encoding, rewritten)
        query = _select_rewritten(rewritten, header)
    else:
        records = survey.lines - form.has_header
        query = _select_even(file.path, header, form)
    if records == 0:
        raise refuse_form(file, "without any record")
    create_line_table(con, file, query, records)
    notices = header.notices
    if survey.encoding == "cp1252":
        notices = (f"{file.file_name}: read as Windows-1252, because it is not UTF-8", *notices)
    return LoadedLines(
        columns=header.known,
        has_header=form.has_header,
        records=records,
        sha256=survey.sha256,
        notices=notices,
    )


def _match_columns(file: PlainFile, form: TextForm, encoding: str, layout: Layout) -> Header:
    if form.has_header:
        return match_header(read_header(file, form, encoding), file.file_name, layout)
    fields = layout.extract if file.side == "ods" else layout.upload
    return Header(tuple(field.column for field in fields), ())


def _select_even(path: Path, header: Header, form: TextForm) -> str:
    """Return the query for a file in which every line is known to have the header's columns.

    Each record is one line here, so counting the records gives the line numbers.
    """
    return (
        f"select row_number() over () + {int(form.has_header)} as line_number,"  # noqa: S608 (our own names, a quoted path)
        f" {', '.join(header.known)}"
        f" from read_csv({quote_path(path)},"
        f" columns = {{{_list_columns(header)}}}, skip = {int(form.has_header)},"
        f" delim = '{form.delimiter}', quote = '', escape = '', {_STRICTLY})"
    )


def _select_rewritten(path: Path, header: Header) -> str:
    """Return the query for a file that rewrite_records wrote.

    Because of line breaks within quotes, the query names the line end, so that DuckDB does not take
    those for it, and uses one thread, so that no thread starts inside a quoted field.
    """
    return (
        f"select line_number, {', '.join(header.known)}"  # noqa: S608 (our own names, a quoted path)
        f" from read_csv({quote_path(path)},"
        f" columns = {{'line_number': 'BIGINT', {_list_columns(header)}}},"
        f""" delim = ',', quote = '"', escape = '"', new_line = '\\n', parallel = false,"""
        f" {_STRICTLY})"
    )


def _list_columns(header: Header) -> str:
    names = [column or f"set_aside_{place}" for place, column in enumerate(header.columns)]
    return ", ".join(f"'{name}': 'VARCHAR'" for name in names)
