"""Translate a view's query into another engine's SQL."""

from collections.abc import Callable, Sequence

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify

from senr_duck.engines.dialects import Dialect
from senr_duck.engines.faithful import check_faithful, family
from senr_duck.engines.refused import Refused
from senr_duck.engines.relations import TAKEN_LAYERS, Relations
from senr_duck.errors import InputError
from senr_duck.views.view import View


def select_translated(ordered: Sequence[View]) -> list[View]:
    """Return the views that run on another engine, in the same order."""
    return [view for view in ordered if view.layer not in TAKEN_LAYERS]


def translate_view(view: View, relations: Relations, dialect: Dialect) -> exp.Query:
    """Return a view's query as a tree in the dialect, with the table of every column.

    Raises InputError with the name of the view if it has SQL that is not known to mean the same.
    """
    try:
        query = _read_query(view, relations)
        check_faithful(query)
        _check_names(query, dialect)
        return _rewrite(query, dialect.rewrite)
    except Refused as refused:
        raise InputError(
            f"{view.qualified_name} cannot be translated for {dialect.title}: {refused}",
            "write that part of the view in plainer SQL, then transpile again",
        ) from refused


def write_query(query: exp.Query, dialect: Dialect) -> str:
    """Return the text of a translated query, without a semicolon."""
    return query.sql(
        dialect=dialect.name,
        pretty=True,
        unsupported_level=sqlglot.ErrorLevel.RAISE,
        comments=False,
    )


def _read_query(view: View, relations: Relations) -> exp.Query:
    created = sqlglot.parse_one(view.statement, read="duckdb")
    read = [table for table in created.expression.find_all(exp.Table) if table.db]
    schema: dict[str, object] = {
        schema_name: {
            table.name: relations[f"{schema_name}.{table.name}"]
            for table in read
            if table.db == schema_name
        }
        for schema_name in {table.db for table in read}
    }
    query = qualify(
        created.expression,
        dialect="duckdb",
        schema=schema,
        quote_identifiers=False,
        identify=False,
    )
    typed = annotate_types(query, schema=schema, dialect="duckdb")
    # sqlglot gives a difference of two days the type day
    return annotate_types(_rewrite(typed, _count_days), schema=schema, dialect="duckdb")


def _rewrite(query: exp.Query, rewrite: Callable[[exp.Expr], exp.Expr]) -> exp.Query:
    """Rewrite a query in place, from the inside out; each replacement keeps the type."""
    for node in reversed(list(query.walk())):
        rewritten = rewrite(node)
        if rewritten is not node:
            rewritten.type = node.type
            node.replace(rewritten)
    return query


def _count_days(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Sub) and family(node.this) == family(node.expression) == "day":
        return exp.DateDiff(this=node.this, expression=node.expression, unit=exp.var("day"))
    return node


def _check_names(query: exp.Query, dialect: Dialect) -> None:
    for identifier in query.find_all(exp.Identifier):
        if len(identifier.name.encode()) > dialect.longest_name:
            raise Refused(f"the name {identifier.name}, longer than {dialect.longest_name} bytes")
