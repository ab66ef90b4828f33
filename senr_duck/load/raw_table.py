"""Keep a side's landed records in its table, shown by its raw view."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from senr_duck.errors import InputError
from senr_duck.load.headers import OPTIONAL_COLUMNS
from senr_duck.load.plain_file import PlainFile, Side
from senr_duck.load.text_form import OWN_RECORD_TYPE, RECORD_TYPES
from senr_duck.load.text_records import AGAIN
from senr_duck.privacy.shown_list import MOST_NAMED, name_first
from senr_duck.reference.layout import all_fields


@dataclass(frozen=True)
class LoadedLines:
    """What stands in a side's table: ``line_number`` and ``columns``, these all text.

    ``sha256`` is of the uncompressed file.
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

    Raises InputError, and leaves no table, if it does not give the number of records that an
    earlier pass over the file found.
    """
    table = f"staging.{file.side}_line"
    changed = InputError(
        f"{file.file_name} changed while it was read",
        "run again when nothing writes to the file any more",
    )
    try:
        con.execute(f"create or replace table {table} as {query}")
    except duckdb.InvalidInputException:
        raise changed from None  # DuckDB's own text shows the line
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
    """Raise InputError, and drop the table, if a record is of another type than its side's.

    Where there is a header, a blank type is the side's own.
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
            f"{file.file_name} has records of another type than {own}: "
            f"{name_first(faults, others[0][2])}",
            f"{AGAIN[file.side]}: all its records are of one type",
        )


def raw_columns(side: Side) -> tuple[str, ...]:
    """Return every column that a side's extract can have, in the layout's order."""
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
    """Create ``staging.ods_raw`` or ``staging.sis_raw``; a column that was not landed is null.

    ``other_file`` is the column that names, for some lines, another file than ``file_name``.
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
    return "unknown" if record_type else "blank"  # what is unknown may be student data
