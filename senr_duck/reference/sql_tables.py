"""Create tables with comments, insert rows by column name, quote a text, and name a file."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb


def escape_pattern(path: Path) -> str:
    """Return a path for DuckDB's functions that read files, such that it names only this file.

    They treat ``[``, ``*``, and ``?`` as a pattern: ``ods[1].txt`` would read ``ods1.txt``.
    """
    return re.sub(r"([\[*?])", r"[\1]", str(path))


def quote(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def create_tables(con: "duckdb.DuckDBPyConnection", tables: Mapping[str, tuple[str, str]]) -> None:
    """Create empty tables; for each name, there is a comment and the columns with their types."""
    for statement in write_statements(tables):
        con.execute(statement)


def write_statements(tables: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """Yield the statements that create empty tables, as ``create_tables`` does."""
    for table, (comment, columns) in tables.items():
        yield f"create table {table} ({columns})"
        yield f"comment on table {table} is '{comment}'"


def insert_rows(
    con: "duckdb.DuckDBPyConnection", table: str, rows: Iterable[Mapping[str, Any]]
) -> None:
    """Insert rows in one statement; each has its values by column, and all the same columns."""
    listed = list(rows)
    if not listed:
        return
    columns = {name: [row[name] for row in listed] for name in listed[0]}
    values = ", ".join(f"unnest(${name}) as {name}" for name in columns)
    con.execute(f"insert into {table} by name select {values}", columns)
