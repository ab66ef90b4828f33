"""Show a side's landed records as its raw view."""

from dataclasses import dataclass

import duckdb

from senr_duck.errors import InputError
from senr_duck.headers import OPTIONAL_COLUMNS
from senr_duck.intake import PlainFile, Side
from senr_duck.layout import all_fields
from senr_duck.text_form import OWN_RECORD_TYPE, RECORD_TYPES
from senr_duck.text_records import AGAIN, LINES_NAMED, name_lines


@dataclass(frozen=True)
class Landing:
    """What stands in the table of a side, which has ``columns`` and perhaps ``line_number``.

    ``line_number`` is SQL over the table. ``sha256`` is of the uncompressed file.
    """

    columns: tuple[str, ...]
    has_header: bool
    line_number: str
    records: int
    sha256: str
    notices: tuple[str, ...]


def line_table(side: Side) -> str:
    """Return the name of the table in which a side's records land."""
    return f"staging.{side}_line"


def create_raw_view(con: duckdb.DuckDBPyConnection, file: PlainFile, landing: Landing) -> None:
    """Create ``staging.ods_raw`` or ``staging.sis_raw``, a column that was not landed being null.

    Raises InputError, and drops table and view, if a record is of another type than its side's;
    where there is a header, a blank type is the side's own.
    """
    side = file.side
    columns = [
        field.column for field in all_fields() if side == "ods" or not field.number.startswith("R.")
    ]
    if side == "sis":
        columns += OPTIONAL_COLUMNS
    values = [
        column if column in landing.columns else f"cast(null as varchar) as {column}"
        for column in columns
    ]
    file_name = file.file_name.replace("'", "''")
    con.execute(
        f"create or replace view staging.{side}_raw as select '{file_name}' as file_name,"
        f" {landing.line_number} as line_number, {', '.join(values)} from {line_table(side)}"
    )
    con.execute(
        f"comment on table {line_table(side)} is"
        " 'The extract as DuckDB read it: one row per record, in its order; blank is null.'"
    )
    con.execute(
        f"comment on view staging.{side}_raw is 'Every record of the extract as text, with the "
        "number of its first line; a column that the file lacks is null.'"
    )
    try:
        _refuse_other_records(con, file, landing.has_header)
    except InputError:
        con.execute(f"drop view staging.{side}_raw")
        con.execute(f"drop table {line_table(side)}")
        raise


def _refuse_other_records(
    con: duckdb.DuckDBPyConnection, file: PlainFile, blank_allowed: bool
) -> None:
    own = OWN_RECORD_TYPE[file.side]
    blank = own if blank_allowed else ""
    others = con.execute(
        "with typed as ("
        " select line_number,"
        f" coalesce(nullif(upper(trim(record_type_code)), ''), '{blank}') as record_type"
        f" from staging.{file.side}_raw)"
        " select line_number, record_type, count(*) over () from typed"
        f" where record_type <> '{own}' order by line_number limit {LINES_NAMED}"
    ).fetchall()
    if others:
        faults = [f"line {number} ({_name_type(found)})" for number, found, _ in others]
        raise InputError(
            f"{file.file_name} has records of another type than {own}: "
            f"{name_lines(faults, others[0][2])}",
            f"{AGAIN[file.side]}: all its records are of one type",
        )


def _name_type(record_type: str) -> str:
    if record_type in RECORD_TYPES:
        return record_type
    return "unknown" if record_type else "blank"  # what is unknown may be student data
