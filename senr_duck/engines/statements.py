"""The statements that create a view, a stored view's table, or an input table on an engine."""

from collections.abc import Mapping

from senr_duck.engines.dialects import Dialect
from senr_duck.engines.relations import Relations
from senr_duck.engines.translate import translate_view, write_query
from senr_duck.views.view import View


def create_view(view: View, relations: Relations, dialect: Dialect) -> tuple[str, ...]:
    """Return the statements that replace a view, or its table if it is stored.

    Each must be sent separately, without a semicolon. Raises InputError with the name of the view
    if it has SQL that is not known to mean the same on that engine.
    """
    name = view.qualified_name
    text = write_query(translate_view(view, relations, dialect), dialect)
    if dialect.name == "spark":
        if view.is_stored:
            return (f"drop table if exists {name}", f"create table {name} using parquet as\n{text}")
        return (f"create or replace view {name} as\n{text}",)
    kind = "table" if view.is_stored else "view"
    created = (f"drop {kind} if exists {name} cascade", f"create {kind} {name} as\n{text}")
    return (*created, f"analyze {name}") if view.is_stored else created


def create_schema(schema: str) -> str:
    """Return the statement that creates a schema if it does not exist."""
    return f"create schema if not exists {schema}"


def create_input_table(name: str, columns: Mapping[str, str], dialect: Dialect) -> str:
    """Return the statement that creates an empty table for data that DuckDB has loaded."""
    listed = ",\n".join(f"  {column} {dialect.types[type_]}" for column, type_ in columns.items())
    return f"create table {name} (\n{listed}\n)"
