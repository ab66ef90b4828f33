"""Run the views on Spark: DuckDB's staging tables go there as Parquet, the results come back."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from senr_duck.engines.dialects import DIALECTS
from senr_duck.engines.relations import TAKEN_LAYERS, Relations, describe_relations
from senr_duck.engines.scripts import find_inputs
from senr_duck.engines.spark_session import open_spark
from senr_duck.engines.statements import create_input_table, create_schema, create_view
from senr_duck.engines.translate import select_translated
from senr_duck.reference.sql_tables import escape_pattern
from senr_duck.views.create import create_views
from senr_duck.views.order import order_views
from senr_duck.views.view import SCHEMAS, View


def create_views_on_spark(
    con: duckdb.DuckDBPyConnection, views: Sequence[View], rules: str, master: str, folder: Path
) -> None:
    """Create the views like ``create_views``, but let Spark compute the rows of the stored views.

    ``views`` are those that do not exist yet, each after everything that it reads. DuckDB writes
    the tables that they read as Parquet files to ``folder``; Spark writes its tables there too, and
    DuckDB imports them as tables of the same name. The other views are created in DuckDB as usual.
    Raises InputError if Spark is not available, or if a view cannot be translated for it.
    """
    taken = [view for view in views if view.layer in TAKEN_LAYERS]
    create_views(con, taken, rules)
    translated = select_translated(views)
    relations = describe_relations(order_views(rules))
    inputs = find_inputs(rules, translated)
    dialect = DIALECTS["spark"]
    statements = [create_schema(schema) for schema in SCHEMAS]
    for name in inputs:
        place = _export_table(con, name, folder)
        created = create_input_table(name, relations[name], dialect)
        statements.append(f"{created} using parquet location '{place.as_uri()}'")
    for view in translated:
        statements += create_view(view, relations, dialect)
    with open_spark(master, folder) as spark:
        for statement in statements:
            spark.sql(statement)
    for view in translated:
        if view.is_stored:
            _import_table(con, view, relations, folder)
    create_views(con, [view for view in translated if not view.is_stored], rules)


def _export_table(con: duckdb.DuckDBPyConnection, name: str, folder: Path) -> Path:
    place = folder / "inputs" / name
    place.mkdir(mode=0o700, parents=True)
    path = str(place / "rows.parquet").replace("'", "''")
    con.execute(f"copy (from {name}) to '{path}' (format parquet)")
    return place


def _import_table(
    con: duckdb.DuckDBPyConnection, view: View, relations: Relations, folder: Path
) -> None:
    """Import a table from Spark, with the column types that it would have in DuckDB."""
    columns = relations[view.qualified_name]
    listed = ", ".join(f"{column} {type_}" for column, type_ in columns.items())
    con.execute(f"create table {view.qualified_name} ({listed})")
    files = sorted((folder / f"{view.schema}.db" / view.name).glob("*.parquet"))
    if files:
        con.execute(
            f"insert into {view.qualified_name}"  # noqa: S608 - names of the views
            f" select {', '.join(columns)} from read_parquet(?)",
            [[escape_pattern(file) for file in files]],
        )
    con.execute(view.comment_statement)
