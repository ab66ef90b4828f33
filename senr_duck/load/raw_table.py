"""Create a side's table of loaded records, and its raw view."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from senr_duck.errors import InputError
from senr_duck.load.file_kind import OWN_RECORD_TYPE, RECORD_TYPES
from senr_duck.load.headers import OPTIONAL_COLUMNS, find_column
from senr_duck.load.plain_file import PlainFile, Side
from senr_duck.load.text_lines import AGAIN, END_MARK
from senr_duck.privacy.shown_list import MOST_NAMED, name_first
from senr_duck.reference.layout import all_fields


@dataclass(frozen=True)
class LoadedLines:
    """What a side's table contains: ``line_number`` and the text columns ``columns``.

    ``sha256`` is that of the uncompressed file.
    """

    columns: tuple[str, ...]
    has_header: bool
    records: int
    sha256: str
    notices: tuple[str, ...]


def create_line_table(
    con: duckdb.DuckDBPyConnection, file: PlainFile, query: str, records: int
) -> None:
    """Create ``staging.ods_line`` or ``staging.sis_line`` from a query that reads the file.

    Raises InputError, and leaves no table, if the number of records differs from that of an earlier
    pass over the file.
    """
    table = f"staging.{file.side}_line"
    changed = InputError(
        f"{file.file_name} changed while it was read",
        "run again when nothing writes to the file any more",
    )
    try:
        con.execute(f"create or replace table {table} as {query}")
    except duckdb.InvalidInputException:
        raise changed from None  # DuckDB's own message would show the line
    if con.execute(f"select count(*) from {table}").fetchall() != [(records,)]:  # noqa: S608 (our own name)
        con.execute(f"drop table {table}")
        raise changed
    con.execute(
        f"comment on table {table} is"
        " 'The records of the extract, as DuckDB read them, with their lines; blank is null.'"
    )


def refuse_other_records(
    con: duckdb.DuckDBPyConnection, file: PlainFile, loaded: LoadedLines
) -> None:
    """Raise InputError, and drop the table, if a record has another type than its side's.

    In a file with a header, a blank type counts as the side's own.
    """
    if "record_type_code" not in loaded.columns:
        return
    own = OWN_RECORD_TYPE[file.side]
    others = con.execute(
        f"""
        with typed as (
            select
                line_number,
                coalesce(
                    nullif(upper(trim(record_type_code)), ''),
                    '{own if loaded.has_header else ""}'
                ) as record_type
            from staging.{file.side}_line
        )
        select line_number, record_type, count(*) over ()
        from typed
        where record_type <> '{own}'
        order by line_number
        limit {MOST_NAMED}
        """  # noqa: S608 (our own names)
    ).fetchall()
    if others:
        con.execute(f"drop table staging.{file.side}_line")
        faults = [f"line {number} ({_name_type(found)})" for number, found, _ in others]
        raise InputError(
            f"{file.file_name} has records that are not {own}: {name_first(faults, others[0][2])}",
            f"{AGAIN[file.side]}: all its records must have one type",
        )


def refuse_repeated_header(con: duckdb.DuckDBPyConnection, file: PlainFile, ssid_name: str) -> None:
    """Raise InputError, and drop the table, if a line has the name of the SSID as its SSID."""
    table = f"staging.{file.side}_line"
    repeated = con.execute(
        f"select line_number from {table} where ssid = ? order by line_number",  # noqa: S608 (our own name)
        [ssid_name],
    ).fetchall()
    if repeated:
        con.execute(f"drop table {table}")
        faults = name_first([f"line {number}" for (number,) in repeated])
        verb = "repeats" if len(repeated) == 1 else "repeat"
        raise InputError(
            f"{file.file_name} {faults} {verb} the header; expected one header, above all records",
            f"{AGAIN[file.side]}; to read two files as one side, name them both",
        )


def raw_columns(side: Side) -> tuple[str, ...]:
    """Return all columns that a side's extract can have, in the layout's order."""
    if side == "ods":
        return tuple(field.column for field in all_fields())
    fields = (field.column for field in all_fields() if not field.number.startswith("R."))
    return (*fields, *OPTIONAL_COLUMNS)


def create_raw_view(
    con: duckdb.DuckDBPyConnection,
    side: Side,
    file_name: str,
    landed: Sequence[str],
    other_file: str = "null",
) -> None:
    """Create ``staging.ods_raw`` or ``staging.sis_raw``; a column that was not loaded is null.

    ``other_file`` is the column that names another file than ``file_name`` for some lines.
    """
    values = ", ".join(
        column if column in landed else f"cast(null as varchar) as {column}"
        for column in raw_columns(side)
    )
    quoted = file_name.replace("'", "''")
    con.execute(
        f"create or replace view staging.{side}_raw as"  # noqa: S608 (our own names, a quoted one)
        f" select coalesce({other_file}, '{quoted}') as file_name, line_number, {values}"
        f" from staging.{side}_line"
    )
    con.execute(
        f"comment on view staging.{side}_raw is 'Every record of the extract as text, with"
        " the number of its first line; a column that the extract lacks is null.'"
    )


def _name_type(record_type: str) -> str:
    if record_type in RECORD_TYPES:
        return record_type
    if find_column(record_type) == "record_type_code":
        return "a header line"
    if record_type.startswith(END_MARK):
        return "an end-of-file mark before its type"
    return "unknown" if record_type else "blank"  # an unknown type may be student data
