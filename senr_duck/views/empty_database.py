"""Create an in-memory database with the run's tables, all empty, to try views in."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import duckdb

from senr_duck.load.raw_table import create_raw_view
from senr_duck.reference.compared_tables import create_compared_tables, create_empty_lines
from senr_duck.reference.tables import create_reference_tables
from senr_duck.versions.lock import read_lock
from senr_duck.versions.ruleset import trace_chain
from senr_duck.views.order import order_views
from senr_duck.views.read import read_views
from senr_duck.views.view import View

# The names and types of the columns of each view or table, by qualified name.
Columns = dict[str, list[tuple[str, str]]]


@contextmanager
def open_empty_database() -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory whose statements cannot read or write files."""
    with duckdb.connect() as con:
        create_empty_tables(con)
        con.execute("set enable_external_access = false")
        con.execute("set python_enable_replacements = false")
        con.execute("set lock_configuration = true")
        yield con


def create_empty_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Create the tables that the views read: both extracts, and the lookup tables."""
    create_reference_tables(con)
    create_compared_tables(con)
    create_empty_lines(con)
    for side in ("ods", "sis"):
        con.execute(f"create table staging.{side}_line (line_number bigint)")
    create_raw_view(con, "ods", [("", 0)])
    create_raw_view(con, "sis", [("", 0)])


def create_empty_table(
    con: duckdb.DuckDBPyConnection, name: str, columns: Iterable[tuple[str, str]]
) -> None:
    """Create an empty table with a view's qualified name and columns, to use instead of it."""
    listed = ", ".join(f"{column} {data_type}" for column, data_type in columns)
    con.execute(f"create or replace table {name} ({listed})")


def create_in_order(con: duckdb.DuckDBPyConnection, views: Iterable[View]) -> None:
    """Create the views one after the other; raises DuckDB's error for the first that fails."""
    for view in views:
        con.execute(view.statement)


def read_columns(con: duckdb.DuckDBPyConnection) -> Columns:
    """Return the columns of all tables and views."""
    columns: Columns = {}
    for name, column, data_type in con.execute(
        """
        select schema_name || '.' || table_name, column_name, data_type
        from duckdb_columns()
        where schema_name in ('staging', 'reference', 'recon', 'compare')
        order by schema_name, table_name, column_index
        """
    ).fetchall():
        columns.setdefault(name, []).append((column, data_type))
    return columns


def read_view_columns(rules: str) -> Columns:
    """Return the columns of a version's views.

    They come from the locks, because creating all views takes two seconds. If a file differs from
    its lock, all views are created on empty tables.
    """
    kept = {
        file.sha256: list(file.columns.items())
        for ruleset in trace_chain(rules)
        for file in read_lock(ruleset.name).files.values()
    }
    views = read_views(rules)
    if all(view.sha256 in kept for view in views.values()):
        return {name: kept[view.sha256] for name, view in views.items()}
    with open_empty_database() as con:
        create_in_order(con, order_views(rules))
        return read_columns(con)
