"""Rewrite the SQL that sqlglot leaves unchanged although an engine understands it differently."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlglot import exp

from senr_duck.engines.faithful import family
from senr_duck.engines.patterns import check_pattern
from senr_duck.engines.refused import Refused


@dataclass(frozen=True)
class Dialect:
    """An engine: its title, its name in sqlglot, and the length in bytes of its longest name.

    ``types`` are its types by DuckDB's types; texts compare by code points, as in DuckDB.
    ``load_csv`` loads a table from a file that DuckDB wrote, if a script can do that.
    """

    title: str
    name: str
    longest_name: int
    types: Mapping[str, str]
    rewrite: Callable[[exp.Expr], exp.Expr]
    load_csv: str = ""


def _call(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    return exp.Anonymous(this=name, expressions=list(arguments))


def _as_text(node: exp.Expr) -> exp.Expr:
    """Convert everything in a concatenation to text, as DuckDB does implicitly."""
    if isinstance(node, exp.DPipe):
        for side in ("this", "expression"):
            part = node.args[side]
            if family(part) not in ("text", None):
                node.set(side, exp.cast(part.copy(), "text"))
    return node


def _pattern(node: exp.Expr) -> str:
    if not isinstance(node.expression, exp.Literal):
        raise Refused("a regular expression that is not a constant")
    return check_pattern(node.expression.name)


def _rewrite_postgres(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.RegexpFullMatch):
        pattern = exp.Literal.string(f"^({_pattern(node)})$")
        return exp.Paren(this=exp.RegexpLike(this=node.this, expression=pattern))
    if isinstance(node, exp.RegexpLike):
        _pattern(node)
    if isinstance(node, (exp.Year, exp.Month)):  # extract returns a numeric
        part = exp.var(type(node).__name__.upper())
        return exp.cast(exp.Extract(this=part, expression=node.this), "int")
    if isinstance(node, exp.DateDiff):
        return exp.Paren(this=exp.Sub(this=node.this, expression=node.expression))
    if isinstance(node, exp.DateFromParts):
        return _call("MAKE_DATE", node.args["year"], node.args["month"], node.args["day"])
    if isinstance(
        node, (exp.Upper, exp.Lower)
    ):  # with the collation "C", only A to Z have upper and lower case
        letters = exp.to_identifier("und-x-icu", quoted=True)
        node.set("this", exp.Collate(this=node.this.copy(), expression=letters))
    return _as_text(node)


def _rewrite_spark(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.RegexpFullMatch):
        pattern = exp.Literal.string(
            rf"^(?:{_pattern(node)})\z"
        )  # $ also matches before a final line end
        return exp.RegexpLike(this=node.this, expression=pattern)
    if isinstance(node, exp.RegexpLike):
        _pattern(node)
    if isinstance(node, exp.DateDiff):
        return _call("DATEDIFF", node.this, node.expression)
    is_sum = isinstance(node, (exp.Add, exp.Sub))
    if is_sum and (family(node.this), family(node.expression)) == ("day", "number"):
        name = "DATE_ADD" if isinstance(node, exp.Add) else "DATE_SUB"
        return _call(name, node.this, node.expression)
    return _as_text(node)


_SAME_TYPES = {"INTEGER": "integer", "BIGINT": "bigint", "DATE": "date", "BOOLEAN": "boolean"}
DIALECTS = {
    "postgres": Dialect(
        title="PostgreSQL",
        name="postgres",
        longest_name=63,
        types=_SAME_TYPES | {"VARCHAR": 'text collate "C"', "DOUBLE": "double precision"},
        rewrite=_rewrite_postgres,
        load_csv="\\copy {table} from '{file}' (format csv, header)",
    ),
    "spark": Dialect(
        title="Spark SQL",
        name="spark",
        longest_name=255,
        types=_SAME_TYPES | {"VARCHAR": "string", "DOUBLE": "double"},
        rewrite=_rewrite_spark,
    ),
}
