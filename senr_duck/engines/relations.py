"""The columns of every table and view, as DuckDB itself gives them over empty inputs."""

from collections.abc import Iterable

import duckdb

from senr_duck.views.empty_database import create_in_order, open_empty_database, read_columns
from senr_duck.views.view import View

# Their views are DuckDB's work everywhere: they read dates, and follow the ledger.
TAKEN_LAYERS = ("10_posted", "20_stage")

# The columns of each relation by qualified name, with DuckDB's names of their types.
Relations = dict[str, dict[str, str]]


def describe_relations(ordered: Iterable[View]) -> Relations:
    """Return every input table and every view of a set of rules, sorted by name.

    ``ordered`` are all its views, each after all that it reads.
    """
    with open_empty_database() as con:
        create_in_order(con, ordered)
        return read_relations(con)


def read_relations(con: duckdb.DuckDBPyConnection) -> Relations:
    """Return the tables and views of the run's schemas in a database, sorted by name."""
    return {name: dict(columns) for name, columns in read_columns(con).items()}
