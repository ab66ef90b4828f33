"""The columns of every table and view, as DuckDB itself gives them over empty inputs."""

import duckdb

from senr_duck.landing import raw_columns
from senr_duck.reference import create_reference_tables
from senr_duck.views import SCHEMAS, View

# Their views are DuckDB's work everywhere: they read dates, and follow the ledger.
TAKEN_LAYERS = ("05_posted", "10_stage")

# The columns of each relation by qualified name, with DuckDB's names of their types.
Relations = dict[str, dict[str, str]]


def describe_relations(ordered: list[View]) -> Relations:
    """Return every input table and every view of a set of rules, sorted by name.

    ``ordered`` are all its views, each after all that it reads.
    """
    with duckdb.connect() as con:
        create_empty_inputs(con)
        for view in ordered:
            con.execute(view.statement)
        return read_relations(con)


def create_empty_inputs(con: duckdb.DuckDBPyConnection) -> None:
    """Create what loading would, without a row: the reference tables, both extracts as text."""
    create_reference_tables(con)
    for side in ("ods", "sis"):
        texts = ", ".join(f"{column} varchar" for column in raw_columns(side))
        con.execute(
            f"create table staging.{side}_raw (file_name varchar, line_number bigint, {texts})"
        )


def read_relations(con: duckdb.DuckDBPyConnection) -> Relations:
    """Return the tables and views of the run's schemas in a database, sorted by name."""
    found = con.execute(
        """
        select schema_name || '.' || table_name, column_name, data_type
        from duckdb_columns()
        where list_contains(?, schema_name)
        order by 1, column_index
        """,
        [list(SCHEMAS)],
    ).fetchall()
    relations: Relations = {}
    for name, column, data_type in found:
        relations.setdefault(name, {})[column] = data_type
    return relations
