"""A database of the run's tables without a row in them, in which views can be tried."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import duckdb

from senr_duck.load.raw_table import create_raw_view
from senr_duck.reference.tables import create_reference_tables
from senr_duck.views.views import View

# Column name and type of each view or table, in order, by qualified name.
Columns = dict[str, list[tuple[str, str]]]


@contextmanager
def open_empty_database() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a database in memory of which no statement can read or write a file."""
    with duckdb.connect() as con:
        create_empty_tables(con)
        con.execute("set enable_external_access = false")
        con.execute("set python_enable_replacements = false")
        con.execute("set lock_configuration = true")
        yield con


def create_empty_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Create all that the views read and that is no view: both extracts, and what is looked up."""
    create_reference_tables(con)
    for side in ("ods", "sis"):
        con.execute(f"create table staging.{side}_line (line_number bigint)")
    create_raw_view(con, "ods", "", ())
    create_raw_view(con, "sis", "", ())


def create_in_order(con: duckdb.DuckDBPyConnection, views: Iterable[View]) -> None:
    """Create the views one after the other; raises DuckDB's error of the first that it refuses."""
    for view in views:
        con.execute(view.statement)


def read_columns(con: duckdb.DuckDBPyConnection) -> Columns:
    """Return the columns of all tables and views."""
    columns: Columns = {}
    for name, column, data_type in con.execute(
        """
        select schema_name || '.' || table_name, column_name, data_type
        from duckdb_columns()
        where schema_name in ('staging', 'reference', 'recon')
        order by schema_name, table_name, column_index
        """
    ).fetchall():
        columns.setdefault(name, []).append((column, data_type))
    return columns
