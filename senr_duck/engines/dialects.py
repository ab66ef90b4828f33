"""What sqlglot leaves as it is and an engine reads otherwise, put in that engine's words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlglot import exp

from senr_duck.engines.faithful import family
from senr_duck.engines.patterns import check_pattern, to_like
from senr_duck.engines.refused import Refused


@dataclass(frozen=True)
class Dialect:
    """An engine: its name for people, how sqlglot calls it, its longest name in bytes.

    ``types`` are its types by DuckDB's; texts compare by their code points, as in DuckDB.
    ``load_csv`` fills a table from a file of DuckDB's, where a script can do that.
    """

    title: str
    name: str
    longest_name: int
    quotes_names: bool
    types: Mapping[str, str]
    rewrite: Callable[[exp.Expr], exp.Expr]
    load_csv: str = ""


def _call(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    return exp.Anonymous(this=name, expressions=list(arguments))


def _as_text(node: exp.Expr) -> exp.Expr:
    """Concatenate texts only: what is no text is written out first, as DuckDB does unasked."""
    if isinstance(node, exp.DPipe):
        for side in ("this", "expression"):
            part = node.args[side]
            if family(part) not in ("text", None):
                node.set(side, exp.cast(part.copy(), "text"))
    return node


def _pattern(node: exp.Expr) -> str:
    if not isinstance(node.expression, exp.Literal):
        raise Refused("a regular expression that is no constant")
    return check_pattern(node.expression.name)


def _rewrite_postgres(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.RegexpFullMatch):
        pattern = exp.Literal.string(f"^({_pattern(node)})$")
        return exp.Paren(this=exp.RegexpLike(this=node.this, expression=pattern))
    if isinstance(node, exp.RegexpLike):
        _pattern(node)
    if isinstance(node, (exp.Year, exp.Month)):  # extract gives a numeric
        part = exp.var(type(node).__name__.upper())
        return exp.cast(exp.Extract(this=part, expression=node.this), "int")
    if isinstance(node, exp.DateDiff):
        return exp.Paren(this=exp.Sub(this=node.this, expression=node.expression))
    if isinstance(node, exp.DateFromParts):
        return _call("MAKE_DATE", node.args["year"], node.args["month"], node.args["day"])
    if isinstance(node, (exp.Upper, exp.Lower)):  # the collation "C" knows A to Z only
        letters = exp.to_identifier("und-x-icu", quoted=True)
        node.set("this", exp.Collate(this=node.this.copy(), expression=letters))
    return _as_text(node)


def _rewrite_spark(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.RegexpFullMatch):
        pattern = exp.Literal.string(rf"^(?:{_pattern(node)})\z")  # $ forgives a line end
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


def _rewrite_tsql(node: exp.Expr) -> exp.Expr:
    if isinstance(node, (exp.RegexpFullMatch, exp.RegexpLike)):
        whole = isinstance(node, exp.RegexpFullMatch)
        parts, turned = to_like(_pattern(node), whole=whole)
        like = exp.Like(this=node.this, expression=_concatenate(parts))
        return exp.Paren(this=exp.Not(this=like)) if turned else like
    if isinstance(node, (exp.Add, exp.Sub)) and family(node.this) == "day":
        return _move_day_tsql(node)
    if isinstance(node, exp.DateDiff):
        return _call("DATEDIFF", exp.var("DAY"), node.expression, node.this)
    if isinstance(node, exp.TimeToStr):  # format() would ask the session's language
        written = _call("CONVERT", exp.var("CHAR(8)"), node.this, exp.Literal.number(112))
        if node.args["format"].this == "%Y%m%d":
            return written
        return exp.Right(this=written, expression=exp.Literal.number(4))
    if isinstance(node, exp.Length):  # len() overlooks spaces at the end
        ended = exp.Add(this=exp.cast(node.this.copy(), "text"), expression=exp.Literal.string("."))
        return exp.Paren(this=exp.Sub(this=_call("LEN", ended), expression=exp.Literal.number(1)))
    if isinstance(node, exp.MD5):  # the bytes are UTF-8, by the collation of the input tables
        digest = _call("HASHBYTES", exp.Literal.string("MD5"), exp.cast(node.this.copy(), "text"))
        return _call("LOWER", _call("CONVERT", exp.var("CHAR(32)"), digest, exp.Literal.number(2)))
    return _as_text(_repeat_in_recursion(node))


def _move_day_tsql(node: exp.Expr) -> exp.Expr:
    other = node.expression
    unit, count = "DAY", other
    if isinstance(other, exp.Interval):
        unit, count = other.args["unit"].name, exp.Literal.number(other.this.name)
    if isinstance(node, exp.Sub):
        count = exp.Neg(this=count)
    return _call("DATEADD", exp.var(unit), count, node.this)


def _concatenate(parts: list[str | int]) -> exp.Expr:
    """Return a text that holds characters which no literal should."""
    joined: list[str | int] = []
    for part in parts:
        if joined and isinstance(part, str) and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    texts: list[exp.Expr] = [
        exp.Literal.string(part)
        if isinstance(part, str)
        else _call("NCHAR", exp.Literal.number(part))
        for part in joined
    ]
    whole = texts[0]
    for text in texts[1:]:
        whole = exp.Add(this=whole, expression=text)
    return whole if len(texts) == 1 else exp.Paren(this=whole)


def _repeat_in_recursion(node: exp.Expr) -> exp.Expr:
    """Let a recursion give rows twice, where its reader takes maxima and minima only.

    SQL Server has no ``distinct`` there; without it the same steps are made more often.
    """
    if not isinstance(node, exp.CTE) or not isinstance(node.this, exp.Union):
        return node
    step = node.this.expression
    if not any(table.name == node.alias for table in step.find_all(exp.Table)):
        return node
    query = node.find_ancestor(exp.Select)
    for table in query.find_all(exp.Table) if query else ():
        reader = table.find_ancestor(exp.Select)
        if table.name != node.alias or table.find_ancestor(exp.CTE) is node or reader is None:
            continue
        sums = {type(sum_) for one in reader.selects for sum_ in one.find_all(exp.AggFunc)}
        if not reader.args.get("group") or not sums <= {exp.Max, exp.Min}:
            raise Refused("a recursion whose rows are counted once each")
    step.set("distinct", None)
    return node


_NUMBERS_AND_DAYS = {"INTEGER": "integer", "BIGINT": "bigint", "DATE": "date"}
DIALECTS = {
    "postgres": Dialect(
        title="PostgreSQL",
        name="postgres",
        longest_name=63,
        quotes_names=False,
        types=_NUMBERS_AND_DAYS | {"VARCHAR": 'text collate "C"', "DOUBLE": "double precision"},
        rewrite=_rewrite_postgres,
        load_csv="\\copy {table} from '{file}' (format csv, header)",
    ),
    "spark": Dialect(
        title="Spark SQL",
        name="spark",
        longest_name=255,
        quotes_names=False,
        types=_NUMBERS_AND_DAYS | {"VARCHAR": "string", "DOUBLE": "double"},
        rewrite=_rewrite_spark,
    ),
    "tsql": Dialect(
        title="SQL Server",
        name="tsql",
        longest_name=128,
        quotes_names=True,
        types=_NUMBERS_AND_DAYS
        | {"VARCHAR": "varchar(4000) collate Latin1_General_100_BIN2_UTF8", "DOUBLE": "float"},
        rewrite=_rewrite_tsql,
        load_csv="bulk insert {table} from 'C:\\senr\\{file}' "
        "with (format = 'CSV', firstrow = 2, codepage = '65001')",
    ),
}
