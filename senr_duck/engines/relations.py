"""The columns of every table and view, as DuckDB reports them for empty inputs."""

from collections.abc import Iterable

import duckdb

from senr_duck.views.empty_database import create_in_order, open_empty_database, read_columns
from senr_duck.views.view import View

# DuckDB always runs the views of these schemas: they parse dates and use the ledger.
TAKEN_LAYERS = ("10_posted", "20_stage")

# The columns of each relation by qualified name, with DuckDB's names of their types.
Relations = dict[str, dict[str, str]]


def describe_relations(ordered: Iterable[View]) -> Relations:
    """Return every input table and every view of a version of the rules, sorted by name.

    ``ordered`` are all its views, each after everything that it reads.
    """
    with open_empty_database() as con:
        create_in_order(con, ordered)
        return read_relations(con)


def read_relations(con: duckdb.DuckDBPyConnection) -> Relations:
    """Return the tables and views of the run's schemas in a database, sorted by name."""
    return {name: dict(columns) for name, columns in read_columns(con).items()}
