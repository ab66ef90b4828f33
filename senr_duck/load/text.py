"""Load the records of a text extract unchanged."""

from itertools import islice
from pathlib import Path

import duckdb

from senr_duck.load.file_kind import refuse_form, refuse_other_kind
from senr_duck.load.headers import ColumnNames, Header, match_header
from senr_duck.load.plain_file import PlainFile, hash_file, quote_path
from senr_duck.load.plain_text import plain_text
from senr_duck.load.raw_table import LoadedLines, create_line_table, refuse_repeated_header
from senr_duck.load.record_writer import Written, describe_passed_over, write_records
from senr_duck.load.text_form import detect_text_form
from senr_duck.load.text_records import TextForm, read_header, read_rows
from senr_duck.load.text_survey import survey_text
from senr_duck.load.wrong_lines import refuse_wrong_lines

_STRICTLY = (
    "auto_detect = false, header = false, nullstr = '', null_padding = false,"
    " ignore_errors = false, strict_mode = true, compression = 'none', hive_partitioning = false"
)


def load_text(
    con: duckdb.DuckDBPyConnection, file: PlainFile, known: ColumnNames, folder: Path
) -> LoadedLines:
    """Create the table of the file's side with its records, each known column as text.

    DuckDB reads a file with even lines directly. Any other file is first rewritten in ``folder``,
    and wrong lines are reported. Raises InputError for a file that has the wrong form, no record,
    or wrong lines.
    """
    refuse_other_kind(file)
    given, file = file, plain_text(file, folder)
    form, notices = detect_text_form(file, known)
    survey = survey_text(file.path, form)
    header = _match_columns(file, form, survey.encoding, known)
    if survey.lines is None or form.has_rule:
        rewritten = folder / "records.csv"
        written = _rewrite(file, form, survey.encoding, rewritten)
        records = written.records
        query = select_rewritten(rewritten, header)
        notices = (*notices, *describe_passed_over(file.file_name, written, form.delimiter))
    else:
        records = survey.lines - form.has_header
        query = _select_even(file.path, header, form)
    if records == 0:
        raise refuse_form(file, "without any record")
    create_line_table(con, file, query, records)
    if form.is_table and "ssid" in header.known:  # a draft may lack it
        names = read_header(file, form, survey.encoding)
        refuse_repeated_header(con, file, names[header.columns.index("ssid")])
    if survey.encoding == "cp1252":
        notices = (f"{file.file_name}: read as Windows-1252, because it is not UTF-8", *notices)
    return LoadedLines(
        columns=header.known,
        has_header=form.is_table,
        records=records,
        sha256=survey.sha256 if file.path == given.path else hash_file(given.path),
        notices=(*file.notices, *notices, *header.notices),
        unknown_names=header.unknown_names,
    )


def _match_columns(file: PlainFile, form: TextForm, encoding: str, known: ColumnNames) -> Header:
    if form.is_table:
        return match_header(read_header(file, form, encoding), file.file_name, known)
    layout = known.layout
    fields = layout.extract if file.side == "ods" else layout.upload
    return Header(tuple(field.column for field in fields), ())


def _rewrite(file: PlainFile, form: TextForm, encoding: str, target: Path) -> Written:
    rows = islice(read_rows(file, form, encoding), form.has_header + form.has_rule, None)
    header = read_header(file, form, encoding) if form.is_table else None
    # Counted again: a quoted name may contain the delimiter.
    written = write_records(rows, len(header) if header else form.fields, target, header)
    refuse_wrong_lines(file, written, form.delimiter, has_names=form.is_table)
    return written


def _select_even(path: Path, header: Header, form: TextForm) -> str:
    """Return the query for a file in which every line is known to have the header's columns.

    Each record is one line here, so counting the records gives the line numbers.
    """
    above = form.above + form.has_header
    return (
        f"select row_number() over () + {above} as"  # noqa: S608 (our own names, a quoted path)
        f" {', '.join(['line_number', *header.known])}"
        f" from read_csv({quote_path(path)},"
        f" columns = {{{_list_columns(header)}}}, skip = {above},"
        f" delim = '{form.delimiter}', quote = '', escape = '', {_STRICTLY})"
    )


def select_rewritten(path: Path, header: Header) -> str:
    """Return the query for a file that write_records wrote.

    Because of line breaks within quotes, the query names the line end, so that DuckDB does not take
    those for it, and uses one thread, so that no thread starts inside a quoted field.
    """
    return (
        f"select {', '.join(['line_number', *header.known])}"  # noqa: S608 (our own names, a quoted path)
        f" from read_csv({quote_path(path)},"
        f" columns = {{'line_number': 'BIGINT', {_list_columns(header)}}},"
        f""" delim = ',', quote = '"', escape = '"', new_line = '\\n', parallel = false,"""
        f" {_STRICTLY})"
    )


def _list_columns(header: Header) -> str:
    names = [column or f"set_aside_{place}" for place, column in enumerate(header.columns)]
    return ", ".join(f"'{name}': 'VARCHAR'" for name in names)
