"""One view as parsed by sqlglot: what each of its columns comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from senr_duck.views.empty_database import Columns
from senr_duck.views.view import View

ROWS = "*"


@dataclass(frozen=True, order=True)
class Place:
    """A column of a table or view; ``*`` means which rows the table has."""

    table: str
    column: str

    def __str__(self) -> str:
        return f"{self.table}.{self.column}"


# A place, and whether it only decides.
_Source = tuple[Place, bool]


class ParsedView:
    """One view, with every column resolved to the part of the query that it belongs to."""

    def __init__(self, view: View, columns: Columns) -> None:
        import sqlglot
        from sqlglot.optimizer.qualify import qualify
        from sqlglot.optimizer.scope import build_scope

        schema: dict[str, Any] = {}
        for name, listed in columns.items():
            database, _, table = name.partition(".")
            schema.setdefault(database, {})[table] = dict(listed)
        tree = qualify(
            sqlglot.parse_one(view.query, read="duckdb"),
            schema=schema,
            dialect="duckdb",
            quote_identifiers=False,
            validate_qualify_columns=False,
        )
        root: Any = build_scope(tree)
        self._root = root
        self._scope_of: dict[int, Any] = {}
        for scope in root.traverse():
            for column in scope.columns:
                self._scope_of.setdefault(id(column), scope)

    def find_sources(self, column: str) -> Iterator[_Source]:
        """Yield what a column comes from, or for ``*``, what decides which rows there are."""
        if column == ROWS:
            yield from self._find_row_sources(self._root, set())
        else:
            yield from self._resolve(self._root, column, False, set())

    def _resolve(self, scope: Any, column: str, decides: bool, seen: set[Any]) -> Iterator[_Source]:
        """Yield what a column of a part of the query comes from."""
        from sqlglot import exp

        if (id(scope), column, decides) in seen:  # a part that reads itself
            return
        seen.add((id(scope), column, decides))
        if isinstance(scope.expression, exp.SetOperation):
            position = scope.expression.named_selects.index(column)
            for part in _list_branches(scope):
                name = part.expression.named_selects[position]
                yield from self._resolve(part, name, decides, seen)
            return
        if not isinstance(scope.expression, exp.Select):  # rows made from a list
            yield from self._follow(scope.expression, decides, seen)
            return
        chosen = scope.expression.selects[scope.expression.named_selects.index(column)]
        if chosen.find(exp.Column):
            yield from self._follow(chosen, decides, seen)
        else:
            yield from self._find_row_sources(scope, seen)

    def _follow(self, expression: Any, decides: bool, seen: set[Any]) -> Iterator[_Source]:
        """Yield what the columns in an expression come from."""
        from sqlglot import exp

        for column in expression.find_all(exp.Column):
            scope = self._scope_of.get(id(column))
            while scope is not None and column.table not in scope.sources:
                scope = scope.parent
            if scope is None:
                continue
            source = scope.sources[column.table]
            chooses = decides or _is_decider(column, expression)
            if isinstance(source, exp.Table):
                yield Place(f"{source.db}.{source.name}", column.name), chooses
            else:
                yield from self._resolve(source, column.name, chooses, seen)

    def _find_row_sources(self, scope: Any, seen: set[Any]) -> Iterator[_Source]:
        """Yield what decides which rows a part of the query has: its conditions, else its rows."""
        from sqlglot import exp

        if (id(scope), ROWS) in seen:
            return
        seen.add((id(scope), ROWS))
        if isinstance(scope.expression, exp.SetOperation):
            for part in _list_branches(scope):
                yield from self._find_row_sources(part, seen)
            return
        parts = [scope.expression.args.get(name) for name in ("where", "having", "qualify")]
        parts += [join.args.get("on") for join in scope.expression.args.get("joins") or ()]
        conditions = [part for part in parts if part is not None and part.find(exp.Column)]
        for condition in conditions:
            yield from self._follow(condition, True, seen)
        if not conditions:
            for source in scope.sources.values():
                if isinstance(source, exp.Table):
                    if source.db:
                        yield Place(f"{source.db}.{source.name}", ROWS), True
                else:
                    yield from self._find_row_sources(source, seen)


def _is_decider(column: Any, expression: Any) -> bool:
    """Return whether a column is in a condition or an order within an expression."""
    from sqlglot import exp

    node = column
    while node is not expression and node.parent is not None:
        parent = node.parent
        if node.arg_key == "this" and isinstance(parent, exp.If | exp.Case | exp.Where):
            return True
        if isinstance(parent, exp.Window) and node.arg_key != "this":
            return True
        if isinstance(parent, exp.Order | exp.Filter) and node.arg_key != "this":
            return True
        node = parent
    return False


def _list_branches(scope: Any) -> list[Any]:
    """Return the parts of a union; sqlglot has changed the name of the class."""
    branches = getattr(scope, "set_operation_scopes", None) or getattr(scope, "union_scopes", None)
    return list(branches or ())
