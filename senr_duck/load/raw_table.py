"""Create a side's table of loaded records, and its raw view."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from senr_duck.errors import InputError
from senr_duck.files.own_file import name_change
from senr_duck.load.file_kind import RECORD_TYPES
from senr_duck.load.plain_file import PlainFile, Side
from senr_duck.load.text_lines import AGAIN, END_MARK
from senr_duck.privacy.shown_list import MOST_NAMED, name_first
from senr_duck.reference.column_names import find_column, optional_columns
from senr_duck.reference.file_types import SENR
from senr_duck.reference.layout import all_fields
from senr_duck.reference.sql_tables import quote


@dataclass(frozen=True)
class LoadedLines:
    """What a side's table contains: ``line_number`` and the text columns ``columns``.

    ``sha256`` is that of the uncompressed file. ``unknown_names`` are those of its header that mean
    no column.
    """

    columns: tuple[str, ...]
    has_header: bool
    records: int
    sha256: str
    notices: tuple[str, ...]
    unknown_names: tuple[str, ...] = ()


def create_line_table(
    con: duckdb.DuckDBPyConnection, file: PlainFile, query: str, records: int
) -> None:
    """Create ``staging.ods_line`` or ``staging.sis_line`` from a query that reads the file.

    The lines of a side's second file are added to the table of the first: their line numbers go on
    after those of the files before. A column that one of the files lacks is null in its lines.

    Raises InputError, and leaves no table, if the number of records differs from that of an earlier
    pass over the file.
    """
    table = f"staging.{file.side}_line"
    changed = name_change(file.file_name)
    try:
        if file.lines_before:
            _add_lines(con, table, file.lines_before, query)
        else:
            con.execute(f"create or replace table {table} as {query}")
    except duckdb.InvalidInputException:
        raise changed from None  # DuckDB's own message would show the line
    added = f"select count(*) from {table} where line_number > {file.lines_before}"  # noqa: S608 (our own name)
    if con.execute(added).fetchall() != [(records,)]:
        drop_line_table(con, file.side)
        raise changed
    con.execute(
        f"comment on table {table} is"
        " 'The records of the extract, as DuckDB read them, with their lines; blank is null.'"
    )


def _add_lines(con: duckdb.DuckDBPyConnection, table: str, lines_before: int, query: str) -> None:
    there = _read_columns(con, table)
    for column in _read_columns(con, f"({query})"):
        if column not in there:
            con.execute(f"alter table {table} add column {column} varchar")
    con.execute(
        f"insert into {table} by name"  # noqa: S608 (our own names)
        f" select * replace (line_number + {lines_before} as line_number) from ({query})"
    )


def _read_columns(con: duckdb.DuckDBPyConnection, source: str) -> list[str]:
    described = con.execute(f"describe select * from {source}").fetchall()  # noqa: S608 (our own names)
    return [str(column) for column, *_ in described]


def drop_line_table(con: duckdb.DuckDBPyConnection, side: Side) -> None:
    """Drop the table of a side, if there is one."""
    con.execute(f"drop table if exists staging.{side}_line")


def find_last_line(con: duckdb.DuckDBPyConnection, side: Side) -> int:
    """Return the last line number in the table of a side."""
    query = f"select max(line_number) from staging.{side}_line"  # noqa: S608 (our own name)
    [(last_line,)] = con.execute(query).fetchall()
    return int(last_line)


def refuse_other_records(
    con: duckdb.DuckDBPyConnection, file: PlainFile, loaded: LoadedLines
) -> None:
    """Raise InputError if a record of the file has another type than its side's.

    In a file with a header, a blank type counts as the side's own.
    """
    if "record_type_code" not in loaded.columns:
        return
    own = file.record_type
    others = con.execute(
        f"""
        with typed as (
            select
                line_number - {file.lines_before} as line_number,
                coalesce(
                    nullif(upper(trim(record_type_code)), ''),
                    '{own if loaded.has_header else ""}'
                ) as record_type
            from staging.{file.side}_line
            where line_number > {file.lines_before}
        )
        select line_number, record_type, count(*) over ()
        from typed
        where record_type <> '{own}'
        order by line_number
        limit {MOST_NAMED}
        """  # noqa: S608 (our own names)
    ).fetchall()
    if others:
        faults = [f"line {number} ({_name_type(found)})" for number, found, _ in others]
        raise InputError(
            f"{file.file_name} has records that are not {own}: {name_first(faults, others[0][2])}",
            f"{AGAIN[file.side]}: all its records must have one type",
        )


def refuse_repeated_header(con: duckdb.DuckDBPyConnection, file: PlainFile, ssid_name: str) -> None:
    """Raise InputError if a line of the file has the name of the SSID as its SSID."""
    repeated = con.execute(
        f"""
        select line_number - {file.lines_before} as line_number
        from staging.{file.side}_line
        where ssid = ? and line_number > {file.lines_before}
        order by line_number
        """,  # noqa: S608 (our own name)
        [ssid_name],
    ).fetchall()
    if repeated:
        faults = name_first([f"line {number}" for (number,) in repeated])
        verb = "repeats" if len(repeated) == 1 else "repeat"
        raise InputError(
            f"{file.file_name} {faults} {verb} the header; expected one header, above all records",
            f"{AGAIN[file.side]}; to read two files as one side, name them both",
        )


def raw_columns(side: Side, file_type: str = SENR) -> tuple[str, ...]:
    """Return all columns that a side's extract of a file can have, in the layout's order."""
    listed = all_fields(file_type)
    if side == "ods":
        return tuple(field.column for field in listed)
    fields = (field.column for field in listed if not field.number.startswith("R."))
    return (*fields, *optional_columns(file_type))


def create_raw_view(
    con: duckdb.DuckDBPyConnection,
    side: Side,
    files: Sequence[tuple[str, int]],
    other_file: str = "null",
    file_type: str = SENR,
) -> None:
    """Create ``staging.ods_raw`` or ``staging.sis_raw``; a column that was not loaded is null.

    ``files`` are the names of the side's files, in the order of their lines, each with the number
    of lines before it. ``other_file`` is the column that names another file for some lines.
    """
    landed = _read_columns(con, f"staging.{side}_line")
    values = ", ".join(
        column if column in landed else f"cast(null as varchar) as {column}"
        for column in raw_columns(side, file_type)
    )
    quoted = [(quote(name), before) for name, before in files]
    file_name, line_number = quoted[0][0], "line_number"
    if len(quoted) > 1:
        last_first = [(f"line_number > {before}", name, before) for name, before in quoted[::-1]]
        names = " ".join(f"when {has_line} then {name}" for has_line, name, _ in last_first)
        numbers = " ".join(f"when {has_line} then {before}" for has_line, _, before in last_first)
        file_name, line_number = f"case {names} end", f"line_number - case {numbers} end"
    con.execute(
        f"create or replace view staging.{side}_raw as"  # noqa: S608 (our own names, quoted ones)
        f" select line_number as source_line, coalesce({other_file}, {file_name}) as file_name,"
        f" {line_number} as line_number, {values} from staging.{side}_line"
    )
    con.execute(
        f"comment on view staging.{side}_raw is 'Every record of the extract as text, with"
        " the number of its first line in its file; source_line counts the lines of all files of"
        " the side. A column that the extract lacks is null.'"
    )


def _name_type(record_type: str) -> str:
    if record_type in RECORD_TYPES:
        return record_type
    if find_column(record_type) == "record_type_code":
        return "a header line"
    if record_type.startswith(END_MARK):
        return "an end-of-file mark before its type"
    return "unknown" if record_type else "blank"  # an unknown type may be student data
