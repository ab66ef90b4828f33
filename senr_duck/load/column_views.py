"""Show the values of a side's raw view as they are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from senr_duck.load.column_forms import Column, Form
from senr_duck.reference.sql_tables import quote

if TYPE_CHECKING:
    import duckdb

# Local codes and CALPADS's codes, by column.
Translations = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Reading:
    """The forms in which some values of a column are read, in one file of a side."""

    column: Column
    file_name: str
    forms: tuple[Form, ...]


def is_read(con: "duckdb.DuckDBPyConnection", side: str) -> bool:
    """Return whether a side's raw view shows the values as they are read."""
    [(views,)] = con.execute(
        """
        select count(*) from duckdb_views()
        where schema_name = 'staging' and view_name = $raw and contains(sql, $written)
        """,
        {"raw": f"{side}_raw", "written": f"{side}_written"},
    ).fetchall()
    return bool(views)


def read_in_view(
    con: "duckdb.DuckDBPyConnection",
    side: str,
    readings: Sequence[Reading],
    translations: Translations,
) -> None:
    """Put a view of the values as they are read in the place of the raw view, and keep that one."""
    by_column: dict[str, list[Reading]] = {}
    for reading in readings:
        by_column.setdefault(reading.column.column, []).append(reading)
    values = ", ".join(
        f"{_read_value(column, of_column, translations)} as {column}"
        for column, of_column in by_column.items()
    )
    con.execute(f"drop view if exists staging.{side}_written")
    con.execute(f"alter view staging.{side}_raw rename to {side}_written")
    con.execute(
        f"create view staging.{side}_raw as"  # noqa: S608 (our own names and SQL)
        f" select * replace ({values}) from staging.{side}_written"
    )
    con.execute(
        f"comment on view staging.{side}_written is"
        " 'Every record of the extract as it was written, with the number of its first line.'"
    )
    con.execute(
        f"comment on view staging.{side}_raw is 'Every record of the extract as text, with the"
        f" number of its first line. Dates, SSIDs and codes that {side}_written shows as they were"
        " written are here in the form of the SENR layout.'"
    )


def _read_value(name: str, readings: Sequence[Reading], translations: Translations) -> str:
    """Return the SQL of a column's value as it is read."""
    branches = [f"when {is_translated(readings[0].column, translations)} then {name}"]
    for reading in readings:
        branches += [
            f"when file_name = {quote(reading.file_name)} and {form.test} then {form.reading}"
            for form in reading.forms
        ]
    return f"case {' '.join(branches)} else {name} end".replace("<value>", f"trim({name})")


def is_translated(column: Column, translations: Translations) -> str:
    """Return the SQL condition for a value that is a local code of the column."""
    codes = translations.get(column.translation or "", {})
    if not codes:
        return "false"
    return f"upper(<value>) in ({', '.join(quote(code.strip().upper()) for code in codes)})"
