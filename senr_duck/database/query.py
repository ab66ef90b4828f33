"""Run one query on the published database; it cannot change anything or read anything else."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Thread
from typing import IO, Any, TypeVar

import duckdb

from senr_duck.errors import InputError
from senr_duck.files.database_file import is_of_damage

Row = tuple[Any, ...]
_Result = TypeVar("_Result")

_READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
# Some versions of DuckDB rewrite these statements before they report the kind of statement.
_NOT_READING = ("pragma", "call", "import")
_FIRST_WORD = re.compile(r"(?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/)*(\w*)", re.DOTALL)  # after comments
_SHOW_TABLES = re.compile(r"\s*show\s+tables\s*;?\s*", re.IGNORECASE)
# Errors that DuckDB raises before it reads a row: about the query and the catalog, not a student.
_OF_THE_QUERY = (
    duckdb.ParserException,
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.PermissionException,
)
_HOW_TO_ASK = (
    "`senr-duck views` lists all views and tables; the query `describe recon.finding` lists "
    "the columns of one of them"
)
_ONE_QUERY = (
    "write one query: select, from, with, values, describe, summarize, show, or explain; "
    "a pivot lists its values: pivot recon.accounting on side in ('ods', 'sis') using sum(lines)"
)


class QueryResult:
    """The result of a query: ``columns`` are the names; rows are fetched as they are needed.

    ``is_plan`` is true for an explain, whose second column is text for a person to read.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, sql: str, is_plan: bool) -> None:
        self._con = con
        self._sql = sql
        self.is_plan = is_plan
        self._call(lambda: con.execute(sql))
        self.columns = tuple(str(column[0]) for column in con.description or ())

    def fetch(self, rows: int) -> list[Row]:
        """Return the next rows, at most this many; none when all have been fetched."""
        return self._call(lambda: self._con.fetchmany(rows))

    def fetch_all(self) -> Iterator[Row]:
        """Yield the rows that are not fetched yet."""
        while rows := self.fetch(10_000):
            yield from rows

    def count(self) -> int:
        """Return the total number of rows of the query; no more rows can be fetched after this."""
        counted = "select count(*) from query(?)"
        rows = self._call(lambda: self._con.execute(counted, [self._sql]).fetchall())
        return int(rows[0][0])

    def _call(self, call: Callable[[], _Result]) -> _Result:
        with _explained(self._sql):
            return call_interruptibly(self._con, call)


def read_query(stream: IO[bytes]) -> str:
    """Return the SQL text from a stream; raises InputError if it is not UTF-8."""
    try:
        return stream.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(
            "standard input: found bytes that are not UTF-8, expected a query in UTF-8",
            "save the query again in UTF-8",
        ) from None


def ask(con: duckdb.DuckDBPyConnection, sql: str) -> QueryResult:
    """Return the result of one query on a connection from ``published.open_published``.

    Raises InputError for anything other than one query, and for a query that fails, with DuckDB's
    message. If a value in a row made it fail, the value is left out, because it may be a student's.
    """
    first_word = _FIRST_WORD.match(sql)
    word = first_word[1].lower() if first_word else ""
    refusal = "found a statement of type {}, expected a query"
    if word in _NOT_READING:
        raise InputError(refusal.format(word), _ONE_QUERY)
    with _explained(sql):
        statements = con.extract_statements(sql)
    kinds = [statement.type for statement in statements]
    if len(kinds) != 1:
        raise InputError(f"found {len(kinds)} SQL statements, expected one query", _ONE_QUERY)
    if kinds[0] not in _READING:
        raise InputError(refusal.format(word or kinds[0].name.lower()), _ONE_QUERY)
    if _SHOW_TABLES.fullmatch(sql) and _has_everyday_views(con):
        sql = "show tables from main"  # as in any other program; not all 290 of the search path
    return QueryResult(con, sql, kinds[0] == duckdb.StatementType.EXPLAIN)


def _has_everyday_views(con: duckdb.DuckDBPyConnection) -> bool:
    """Return whether the run came as far as the views of the schema main."""
    found = con.execute("select 1 from duckdb_views() where schema_name = 'main' and not internal")
    return bool(found.fetchall())


def call_interruptibly(con: duckdb.DuckDBPyConnection, call: Callable[[], _Result]) -> _Result:
    """Return what a call that uses the connection returns; Ctrl-C stops it immediately.

    DuckDB itself checks for Ctrl-C only between the steps of a query, which may take hours.
    """
    future: Future[_Result] = Future()

    def work() -> None:
        try:
            future.set_result(call())
        except BaseException as error:
            future.set_exception(error)

    thread = Thread(target=work, daemon=True)
    try:
        thread.start()
        return future.result()
    except KeyboardInterrupt:
        while thread.is_alive():
            con.interrupt()
            thread.join(timeout=0.1)
        raise


@contextmanager
def _explained(sql: str) -> Iterator[None]:
    """Raise DuckDB's errors as InputError."""
    try:
        yield
    except _OF_THE_QUERY as error:
        raise InputError(str(error), _HOW_TO_ASK) from None
    except duckdb.OutOfMemoryException:
        raise InputError(
            "the query needs more memory than is available, and may not write temporary files",
            "select fewer rows or columns, or count groups instead",
        ) from None
    except duckdb.Error as error:
        if is_of_damage(error):
            raise
        kind, _, rest = str(error).partition(":")
        raise InputError(
            f"{kind}: the query fails on a value; DuckDB's message is not shown, "
            f"because it may quote a student's data{_find_place(rest, sql)}",
            "compare codes and SSIDs as text, in quotes; convert with try_cast or try_strptime, "
            "which return null for values that do not fit",
        ) from None


def _find_place(message: str, sql: str) -> str:
    """Return the line of the query that DuckDB points at, with its mark, or an empty text."""
    _, found, place = message.rpartition("\n\nLINE ")
    line = place.partition("\n")[0].partition(": ")[2]
    if not found or line.removeprefix("...").removesuffix("...") not in sql:
        return ""
    return f"\n\nLINE {place}"
