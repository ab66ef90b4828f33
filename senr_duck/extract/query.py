"""Read the query of a SIS: refuse what does more than read, and find its parameters."""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from senr_duck.errors import InputError
from senr_duck.files.decoding import find_line
from senr_duck.privacy.shown_list import name_first
from senr_duck.privacy.shown_value import escape_controls, show_short
from senr_duck.settings.named_file import read_named_file

# What the databases of SISs speak: Aeries, Infinite Campus and Synergy the first, PowerSchool the
# last. A query need not be right in all of them, but must be a read in each that can parse it.
_DIALECTS = ("tsql", "postgres", "oracle")

# Words that SQL Server reserves, so that they are no names. It needs no semicolon between two
# statements: without this list, `select 1 delete from STU` would parse as a read with an alias.
_WRITING = re.compile(
    "alter|backup|begin|bulk|checkpoint|commit|create|dbcc|declare|delete|deny|drop|exec|execute|"
    "grant|insert|into|kill|load|merge|reconfigure|restore|revert|revoke|rollback|set|shutdown|"
    "truncate|update|updatetext|use|waitfor|writetext"
)
# Functions that write, or that run a text as SQL. A read-only transaction refuses the others.
_WRITING_FUNCTIONS = re.compile(
    "dblink|dblink_exec|lo_create|lo_export|lo_from_bytea|lo_import|lo_put|lo_unlink|nextval|"
    "opendatasource|openquery|openrowset|pg_advisory_lock|pg_cancel_backend|"
    "pg_logical_emit_message|pg_notify|pg_reload_conf|pg_terminate_backend|query_to_xml|"
    "query_to_xml_and_xmlschema|set_config|setval"
)
_WRITING_NODES = (exp.DML, exp.DDL, exp.Command, exp.Into, exp.Lock, exp.NextValueFor)
_PARAMETER = "?"  # the only part of a query that is one
_HINT = "the file must have one select, which may begin with `with`, and nothing else"

_SQLGLOT = logging.getLogger("sqlglot")


@dataclass(frozen=True)
class Query:
    """One reading query: ``text`` has a question mark for each of ``parameters``, in their order.

    ``name`` is the file's name, for messages. ``words`` are the names and texts that occur in the
    query, in lower case: a message of the database may quote them.
    """

    name: str
    text: str
    parameters: tuple[str, ...]
    words: frozenset[str]


def read_query(path: Path, names: Sequence[str]) -> Query:
    """Return the query of a file, without comments; ``names`` are the parameters that it may have.

    Raises InputError for a file that is unreadable, that is not one select, that changes anything,
    or that has another parameter.
    """
    content = read_named_file(path)
    name = escape_controls(path.name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name}, line {find_line(error)}: found bytes that are not UTF-8, expected UTF-8",
            "save the file again in UTF-8",
        ) from None
    return parse_query(text, name, names)


def parse_query(text: str, name: str, names: Sequence[str]) -> Query:
    """Return the query of a text; raises as ``read_query`` does."""
    if not _SQLGLOT.handlers:  # otherwise its warnings, which quote the query, are printed
        _SQLGLOT.addHandler(logging.NullHandler())
    found: list[Query] = []
    fault: InputError | None = None
    for dialect in _DIALECTS:
        try:
            tokens = Dialect.get_or_raise(dialect).tokenize(text)
            _check_words(tokens, name)
            parts, parameters = _split(text, tokens, name, names)
            # PostgreSQL has a question mark as an operator, so a null is parsed in its place
            checked = "".join(" null " if part == _PARAMETER else part for part in parts)
            statements = Dialect.get_or_raise(dialect).parse(checked)
        except SqlglotError:
            continue
        except RecursionError:
            raise InputError(f"{name} is nested too deeply, expected a query", _HINT) from None
        except InputError as error:
            fault = fault or error
            continue
        _check_statements([one for one in statements if one is not None], name)
        words = frozenset(token.text.lower() for token in tokens)
        found.append(Query(name, "".join(parts).strip(), parameters, words))
    if fault:
        raise fault
    if not found:
        raise InputError(
            f"{name} cannot be parsed as SQL of SQL Server, PostgreSQL or Oracle, so that nobody "
            "can say that it only reads",
            f"{_HINT}; run it in your database's own tool to see what is wrong",
        )
    if len({(query.text, query.parameters) for query in found}) > 1:
        raise InputError(
            f"{name} means one thing in one database and something else in another",
            "write texts in single quotes without backslashes, and names in double quotes",
        )
    return found[0]


def fill_parameters(query: Query, values: Mapping[str, str | None]) -> list[str]:
    """Return the texts to bind, in order; raises InputError for a value that the run lacks."""
    if lacking := [name for name in query.parameters if values[name] is None]:
        raise InputError(
            f"{query.name} uses :{lacking[0]}, but the run has no single value for it",
            "name one LEA with --lea or in senr.toml; for several LEAs, let the query give each "
            "record its own",
        )
    return [str(values[name]) for name in query.parameters]


def _check_words(tokens: Sequence[Token], name: str) -> None:
    """Raise InputError for a word that only a writing statement has."""
    for token in tokens:
        is_bare = token.token_type not in (TokenType.STRING, TokenType.IDENTIFIER)
        if is_bare and _WRITING.fullmatch(token.text.lower()):
            raise InputError(
                f"{name}, line {token.line}: found the word {token.text.lower()}, expected a query "
                "that only reads",
                f"{_HINT}; a column or table with such a name must be in double quotes",
            )


def _check_statements(statements: Sequence[exp.Expr], name: str) -> None:
    """Raise InputError unless this is one select without anything in it that writes."""
    if len(statements) != 1:
        raise InputError(
            f"{name}: found {len(statements) or 'no'} statements, expected one query", _HINT
        )
    [statement] = statements
    if not isinstance(statement, exp.Query):
        raise InputError(
            f"{name}: found another statement, expected a query that only reads", _HINT
        )
    for node in statement.walk():
        function = _name_function(node)
        if isinstance(node, _WRITING_NODES) or _WRITING_FUNCTIONS.fullmatch(function):
            what = f"the function {function}" if function else node.key.upper()
            raise InputError(f"{name}: found {what}, expected a query that only reads", _HINT)


def _name_function(node: exp.Expr) -> str:
    if isinstance(node, exp.Anonymous):
        return str(node.name).rpartition(".")[2].lower()
    return node.sql_name().lower() if isinstance(node, exp.Func) else ""


def _split(
    text: str, tokens: Sequence[Token], name: str, names: Sequence[str]
) -> tuple[list[str], tuple[str, ...]]:
    """Return the parts of the query, _PARAMETER in the place of each parameter, and their names.

    A parameter is a colon with a word directly behind it, outside texts, comments and quoted names.
    What is between two tokens is blank or a comment; of a comment, only the line ends are kept, so
    that the database reads nothing that was not checked.
    """
    parts: list[str] = []
    parameters: list[str] = []
    unknown: list[str] = []
    place = 0
    rest: Iterator[tuple[Token, Token | None]] = zip(tokens, [*tokens[1:], None], strict=False)
    for token, following in rest:
        gap = text[place : token.start]
        parts.append(gap if not gap.strip() else "\n" * gap.count("\n") or " ")
        written = text[token.start : token.end + 1]
        place = token.end + 1
        if written == "?":
            raise InputError(
                f"{name}, line {token.line}: found a question mark outside a text, expected a "
                "parameter by name",
                f"write one of {', '.join(f':{one}' for one in names)}",
            )
        is_name = written == ":" and following is not None and following.start == place
        word = text[following.start : following.end + 1] if is_name and following else ""
        if word.isidentifier():
            (parameters if word in names else unknown).append(word)
            parts.append(_PARAMETER)
            place += len(word)
            next(rest)
        else:
            parts.append(written)
    if unknown:
        raise InputError(
            f"{name}: found the parameter {name_first([show_short(one) for one in unknown])}, "
            f"expected {', '.join(f':{one}' for one in names)}",
            "a colon with a word behind it is a parameter, unless it is in a text or in `::`",
        )
    while parts and parts[-1].strip() in ("", ";"):
        parts.pop()
    return parts, tuple(parameters)
