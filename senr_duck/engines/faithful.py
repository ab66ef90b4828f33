"""Check that a query uses only SQL that is known to mean the same on other engines.

A wrong translation rarely raises an error; it gives different results. So only constructs are
accepted that occur in the views and whose results on a server were compared with DuckDB's.
"""

from collections.abc import Iterator

from sqlglot import exp

from senr_duck.engines.refused import Refused

_CARRIED = frozenset(
    {
        # the frame of a query
        *(exp.Select, exp.From, exp.Table, exp.TableAlias, exp.Alias, exp.Column, exp.Identifier),
        *(exp.Star, exp.CTE, exp.With, exp.Join, exp.Where, exp.Group, exp.Having, exp.Distinct),
        *(exp.Union, exp.Subquery, exp.Paren, exp.Order, exp.Ordered, exp.Window),
        # conditions
        *(exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Between),
        *(exp.In, exp.Is, exp.Null, exp.NullSafeEQ, exp.NullSafeNEQ, exp.Exists, exp.Like),
        *(exp.RegexpFullMatch, exp.RegexpLike),
        # values
        *(exp.Literal, exp.Boolean, exp.Case, exp.If, exp.Coalesce, exp.Greatest, exp.Cast),
        exp.DataType,
        *(exp.Add, exp.Sub, exp.Mul, exp.Mod, exp.Neg, exp.Abs, exp.Interval, exp.Var),
        exp.DateDiff,
        *(exp.DPipe, exp.ConcatWs, exp.Left, exp.Right, exp.Length, exp.Upper, exp.Lower, exp.MD5),
        *(exp.Replace, exp.SplitPart, exp.Chr, exp.Nullif, exp.Translate, exp.Trim),
        *(exp.TimeToStr, exp.Year, exp.Month, exp.DateFromParts),
        # sums
        *(
            exp.Count,
            exp.Sum,
            exp.Min,
            exp.Max,
            exp.LogicalOr,
            exp.GroupConcat,
            exp.RowNumber,
            exp.Lead,
        ),
    }
)
_FAMILIES = {
    "text": frozenset({"TEXT", "VARCHAR", "CHAR"}),
    "number": frozenset({"INT", "BIGINT", "SMALLINT", "TINYINT", "INT128", "DOUBLE", "DECIMAL"}),
    "day": frozenset({"DATE", "TIMESTAMP"}),
    "condition": frozenset({"BOOLEAN"}),
}
_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.NullSafeEQ, exp.NullSafeNEQ)


def family(node: exp.Expr) -> str | None:
    """Return text, number, day, or condition; None for a null or an unknown type."""
    name = node.type.this.name if node.type is not None else ""
    return next((found for found, names in _FAMILIES.items() if name in names), None)


def check_faithful(query: exp.Expr) -> None:
    """Raise Refused with the first construct of a typed query that may mean something else."""
    for node in query.walk():
        if type(node) not in _CARRIED:
            name = node.name if isinstance(node, exp.Anonymous) else type(node).__name__
            raise Refused(f"{name.lower()} ({node.sql(dialect='duckdb')[:60]})")
        for fault in _find_faults(node):
            raise Refused(f"{fault} ({node.sql(dialect='duckdb')[:60]})")


def _find_faults(node: exp.Expr) -> Iterator[str]:
    if isinstance(node, (exp.Min, exp.Max)) and family(node.this) == "condition":
        yield "the least or greatest of conditions"
    if _is_written_out(node):
        yield "a condition as a text"
    if isinstance(node, _COMPARISONS):
        sides = {family(node.this), family(node.expression)} - {None}
        if len(sides) > 1:
            yield "a comparison of two types"
    if isinstance(node, exp.Union):
        for columns in zip(node.left.selects, node.right.selects, strict=True):
            if len({family(one) for one in columns} - {None}) > 1:
                yield "a union of two types in one column"
    if isinstance(node, exp.CTE) and _is_recursive(node) and node.this.args.get("distinct"):
        yield "a recursion with union, not union all"
    if isinstance(node, exp.Window) and node.args.get("spec"):
        yield "a window with a frame"
    if isinstance(node, exp.Interval) and not _is_compared(node):
        yield "a day plus or minus an interval outside of a comparison"
    if isinstance(node, exp.Like) and set(str(node.expression.this)) & set("\\[]"):
        yield "a pattern of like with brackets or backslashes"
    if isinstance(node, exp.TimeToStr) and node.args["format"].this not in ("%Y%m%d", "%m%d"):
        yield "a date format other than %Y%m%d or %m%d"
    if isinstance(node, exp.Replace) and not _is_filled_text(node.expression):
        yield "a replacement of text that is not a constant"
    if isinstance(node, exp.SplitPart) and not _is_filled_text(node.args["delimiter"]):
        yield "a part of a text whose separator is not a constant"
    if isinstance(node, exp.Chr) and not isinstance(node.expressions[0], exp.Literal):
        yield "a character whose number is not a constant"
    if isinstance(node, exp.GroupConcat) and not isinstance(node.this, exp.Order):
        yield "string_agg without an order"
    if isinstance(node, exp.Cast) and node.to.this.name not in ("TEXT", "DATE", "INT", "BIGINT"):
        yield "a cast"


def _is_written_out(node: exp.Expr) -> bool:
    """Return whether a condition becomes a text, which each engine writes differently."""
    parts: list[exp.Expr] = []
    if isinstance(node, exp.DPipe):
        parts = [node.this, node.expression]
    elif isinstance(node, exp.ConcatWs):
        parts = node.expressions
    elif isinstance(node, exp.Cast) and node.to.this.name == "TEXT":
        parts = [node.this]
    return any(family(part) == "condition" for part in parts)


def _is_filled_text(node: exp.Expr) -> bool:
    if isinstance(node, exp.Chr):
        return True  # of a constant, or it is refused itself
    return isinstance(node, exp.Literal) and node.is_string and bool(node.this)


def _is_recursive(cte: exp.CTE) -> bool:
    return any(table.name == cte.alias and not table.db for table in cte.find_all(exp.Table))


def _is_compared(interval: exp.Interval) -> bool:
    """Return whether it makes no difference if a day plus an interval is a day or a timestamp."""
    moved = interval.parent
    around = moved.parent if moved is not None else None
    if isinstance(around, exp.Cast):
        return bool(around.to.this.name == "DATE")
    return isinstance(around, (*_COMPARISONS, exp.Between))
