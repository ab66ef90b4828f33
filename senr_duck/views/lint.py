"""The rules for our SQL, checked on the parsed text: a view must not depend on chance.

Each rule is a function that takes a parsed view and yields texts of what is wrong.
"""

from collections.abc import Callable, Iterator
from typing import Any

import sqlglot
from sqlglot import ErrorLevel, exp

from senr_duck.views.functions import BARE, CALLABLE
from senr_duck.views.view import SCHEMAS, View

# A parsed statement, or part of it; sqlglot has changed the name of this class.
Tree = Any
Rule = Callable[[Tree], Iterator[str]]

_ZONED = {"TIMESTAMPTZ", "TIMESTAMPLTZ", "TIMETZ"}
# Aggregates whose value depends on the order of the rows.
_ORDERED = {
    "any_value",
    "arbitrary",
    "array_agg",
    "first",
    "group_concat",
    "histogram",
    "json_group_array",
    "json_group_object",
    "last",
    "list",
    "listagg",
    "map_from_entries",
    "string_agg",
}
# Aggregates that choose among equal rows, and do not accept an order.
_CHOOSING = {
    "approx_quantile",
    "approx_top_k",
    "arg_max",
    "arg_min",
    "argmax",
    "argmin",
    "max_by",
    "min_by",
    "mode",
    "reservoir_quantile",
}
# Functions over a window that need its order.
_WINDOWED = {
    "cume_dist",
    "dense_rank",
    "first",
    "first_value",
    "lag",
    "last",
    "last_value",
    "lead",
    "nth_value",
    "ntile",
    "percent_rank",
    "rank",
    "row_number",
}
_WITH_VIEWS = {"recon", "compare"}
_ROW_SOURCES = {"generate_series", "range", "unnest"}


def find_second_statement(text: str) -> Iterator[str]:
    """Each file has one view and nothing else."""
    statements = [tree for tree in sqlglot.parse(text, read="duckdb") if tree is not None]
    creates = [
        tree
        for tree in statements
        if isinstance(tree, exp.Create)
        and tree.args.get("kind") == "VIEW"
        and isinstance(tree.expression, exp.Query)
    ]
    if len(statements) != 1 or len(creates) != 1:
        yield f"{len(statements)} statements, {len(creates)} of which create a view"


def find_foreign_call(tree: Tree) -> Iterator[str]:
    """No clock, no chance, no settings: only functions whose value depends on their input."""
    for function in tree.find_all(exp.Func):
        if CALLABLE.isdisjoint(_list_names(function)):
            written = function.sql(dialect="duckdb", unsupported_level=ErrorLevel.IGNORE)
            yield f"{written.partition('(')[0].lower()}() is not a function that a view may call"
    for misread in tree.find_all(exp.Aliases):  # a function that sqlglot parses as something else
        yield f"{misread.this.name}() is not a function that a view may call"
    for column in tree.find_all(exp.Column):
        if not column.table and column.name.lower() in BARE:
            yield f"{column.name} is not a function that a view may call"


def find_time_zone(tree: Tree) -> Iterator[str]:
    """No time with a zone, because its day depends on the settings of the session."""
    if tree.find(exp.AtTimeZone) or any(
        kind.this.name in _ZONED for kind in tree.find_all(exp.DataType)
    ):
        yield "a time with a zone depends on the settings of the session"


def find_star(tree: Tree) -> Iterator[str]:
    """No star, except of a part of the same file, or of one view in a filter or a union."""
    parts = _list_parts(tree)
    for select in tree.find_all(exp.Select):
        if not select.is_star:
            continue
        source = select.args.get("from_") or select.args.get("from")
        name = source.this if source is not None else None
        in_union = isinstance(select.parent, exp.SetOperation)
        is_filter = len(select.expressions) == 1 and select.args.get("where") is not None
        if (
            select.args.get("joins")
            or not isinstance(name, exp.Table)
            or not (
                name.name in parts or ((in_union or is_filter) and name.db in ("recon", "compare"))
            )
        ):
            yield "a star that is not of a part of the same file"


def find_columns_expression(tree: Tree) -> Iterator[str]:
    """No columns(): the file of a view must list its columns."""
    for name, _ in _list_functions(tree, {"columns"}):
        yield f"{name}() hides which columns there are"


def find_unordered(tree: Tree) -> Iterator[str]:
    """No choice among rows without an order."""
    if any(distinct.args.get("on") for distinct in tree.find_all(exp.Distinct)):
        yield "distinct on chooses a row"
    if tree.find(exp.TableSample):
        yield "a sample is drawn by chance"
    for query in tree.find_all(exp.Query):
        if (query.args.get("limit") or query.args.get("offset")) and not query.args.get("order"):
            yield "limit without an order"
    for name, function in _list_functions(tree, _WINDOWED):
        window = _find_window(function)
        if window is not None and not window.args.get("order"):
            yield f"{name}() over a window without an order"
    for name, _ in _list_functions(tree, _CHOOSING):
        yield f"{name}() chooses among rows that are equal"
    for name, function in _list_functions(tree, _ORDERED):
        if _find_window(function) is None and not _is_ordered(function):
            yield f"{name}() without an order"


def find_foreign_source(tree: Tree) -> Iterator[str]:
    """Only tables and views of the run are read: no files, settings, or other catalogs."""
    parts = _list_parts(tree)
    created = tree.this if isinstance(tree, exp.Create) else None
    for table in tree.find_all(exp.Table):
        if table is created:
            continue
        if not isinstance(table.this, exp.Identifier):
            name = table.this.sql(dialect="duckdb").partition("(")[0].lower()
            if name not in _ROW_SOURCES:
                yield f"{name}() reads what is not a table of the run"
        elif table.catalog or (table.db not in SCHEMAS if table.db else table.name not in parts):
            yield f"{table.sql(dialect='duckdb')} is not a table of the run"
    for lateral in tree.find_all(exp.Lateral):
        if not isinstance(lateral.this, exp.Subquery | exp.Unnest):
            yield "a lateral function reads what is not a table of the run"


def find_own_name(tree: Tree) -> Iterator[str]:
    """No view reads itself."""
    if isinstance(tree, exp.Create):
        names = [(table.db, table.name) for table in tree.find_all(exp.Table)]
        if names.count((tree.this.db, tree.this.name)) > 1:
            yield "it reads itself"


RULES: tuple[Rule, ...] = (
    find_foreign_call,
    find_time_zone,
    find_star,
    find_columns_expression,
    find_unordered,
    find_foreign_source,
    find_own_name,
)


def lint_view(view: View, rules: tuple[Rule, ...] = RULES) -> list[str]:
    """Return texts of what breaks the rules in a view's file; raises sqlglot's ParseError."""
    faults = list(find_second_statement(view.text))
    if faults:
        return faults
    tree = sqlglot.parse_one(view.text, read="duckdb")
    return sorted({fault for rule in rules for fault in rule(tree)})


def _list_parts(tree: Tree) -> set[str]:
    """Return the names that the file itself defines for queries."""
    return {cte.alias for cte in tree.find_all(exp.CTE)}


def _list_functions(tree: Tree, names: set[str]) -> Iterator[tuple[str, Tree]]:
    """Yield the calls of the named functions, each with its name."""
    for function in tree.find_all(exp.Func):
        for name in _list_names(function):
            if name in names:
                yield name, function
                break


def _list_names(function: Tree) -> list[str]:
    """Return the names of a function, with the one that sqlglot prefers first."""
    if isinstance(function, exp.Anonymous):
        return [function.name.lower()]
    return [name.lower() for name in type(function).sql_names()]


def _find_window(function: Tree) -> exp.Window | None:
    parent = function.parent
    while isinstance(parent, exp.IgnoreNulls | exp.RespectNulls | exp.Filter):
        parent = parent.parent
    return parent if isinstance(parent, exp.Window) else None


def _is_ordered(function: Tree) -> bool:
    return isinstance(function.parent, exp.WithinGroup) or function.find(exp.Order) is not None
