"""Read the records of a query through an ODBC driver; say what the driver says, without secrets."""

import locale
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from senr_duck.errors import InputError
from senr_duck.extract.query import Query
from senr_duck.extract.source import Source
from senr_duck.privacy.shown_list import name_count
from senr_duck.privacy.shown_value import escape_controls
from senr_duck.privacy.traceback_text import withhold_values
from senr_duck.settings.connection_string import read_keywords

if TYPE_CHECKING:
    import pyarrow as pa

_LOGIN_SECONDS = 60
_UTF8_LOCALE = "C.UTF-8"
# A field has at most 255 characters. The driver's buffers are as long as the longest value allowed,
# whatever a column says about itself: 35 columns and 2,000 records are 40 MB, twice. A query with
# hundreds of columns gets fewer records at a time.
_LONGEST_TEXT = 256
_RECORDS = 2_000
_BUFFER = 40_000_000  # bytes

_TOO_LONG = "too large to be written into the allocated buffer"
_DIAGNOSTIC = re.compile(r"State: (\w+), Native error: -?\d+, Message: (.*)", re.DOTALL)
_MARK = "[\"'`\u2018\u2019\u201c\u201d]"
_QUOTED = re.compile(f"{_MARK}({_MARK.replace('[', '[^')}*){_MARK}")
_LONGEST_MESSAGE = 500
_HIDDEN = "(withheld)"

# PostgreSQL's driver keeps the whole result in memory unless it is asked for a cursor.
_POSTGRES = re.compile("postgres|psqlodbc", re.IGNORECASE)
_POSTGRES_CURSOR = f"UseDeclareFetch=1;Fetch={_RECORDS};"


@contextmanager
def open_query(
    source: Source, query: Query, values: Sequence[str]
) -> Iterator[tuple["pa.Schema", Iterator["pa.RecordBatch"]]]:
    """Send a query, its parameters bound to values, and provide its schema and its records.

    The transaction is read-only where the database knows that, and is never committed. Raises
    InputError, also while records are read, for whatever the driver refuses.
    """
    odbc = import_arrow_odbc()
    _choose_utf8()
    show = _Shown(source, query)
    try:
        with _open_result(odbc, source, query, values, show) as result:
            yield result
    except InputError:
        raise
    except Exception as error:  # a bug, whose traceback must not have the password
        told = f"{type(error).__name__}: {error}"
        if not show.has_secret(told):
            raise
        raise RuntimeError(show.connecting(told)).with_traceback(error.__traceback__) from None


@contextmanager
def _open_result(
    odbc: Any, source: Source, query: Query, values: Sequence[str], show: "_Shown"
) -> Iterator[tuple["pa.Schema", Iterator["pa.RecordBatch"]]]:
    unreached = "the database cannot be reached"
    with _explain(odbc.Error, unreached, _find_connect_hint, show.connecting):
        connection = _connect(odbc, source)
    try:
        connection.execute("set transaction read only")
    except odbc.Error:  # SQL Server does not know it
        _roll_back(connection, odbc.Error)
    with _explain(odbc.Error, f"the database refuses {query.name}", _find_query_hint, show.reading):
        reader = connection.read_arrow_batches(
            query.text,
            batch_size=_RECORDS,
            parameters=values or None,
            max_bytes_per_batch=_BUFFER,
            max_text_size=_LONGEST_TEXT,
            max_binary_size=_LONGEST_TEXT,
            payload_text_encoding=odbc.TextEncoding.UTF16,  # the other one follows the locale
        )
        schema = reader.schema
    try:
        yield schema, _read(reader, odbc.Error, show)
    finally:
        del reader
        _roll_back(connection, odbc.Error)


def _read(reader: Any, error: type[Exception], show: "_Shown") -> Iterator["pa.RecordBatch"]:
    records = 0
    while True:
        with _explain(
            error,
            f"the database stopped after {name_count(records, 'record')}",
            _find_reading_hint,
            show.reading,
        ):
            batch = next(reader, None)
        if batch is None:
            return
        records += batch.num_rows
        yield batch


def import_arrow_odbc() -> Any:
    """Return the package that reads from ODBC drivers; raises InputError if it is not there."""
    try:
        import arrow_odbc
    except ImportError as error:
        is_missing = isinstance(error, ModuleNotFoundError)
        raise InputError(
            f"the package arrow-odbc {'is not installed' if is_missing else 'cannot be loaded'}, "
            "which reads from ODBC drivers",
            "install senr-duck with it: pip install 'senr-duck[odbc]' (docs/install.md)"
            if is_missing
            else "install the driver manager of ODBC: on Debian, apt-get install unixodbc",
        ) from None
    return arrow_odbc


def _choose_utf8() -> None:
    """Let drivers convert letters as UTF-8: some follow the locale, which for a job may be C.

    A driver looks at the locale of this process, or sets it again from the environment.
    """
    chosen = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "")
    if os.name == "posix" and "utf" not in chosen.lower():
        os.environ["LC_ALL"] = _UTF8_LOCALE
        with suppress(locale.Error):  # a system without it: the driver says what it cannot convert
            locale.setlocale(locale.LC_CTYPE, _UTF8_LOCALE)


def _connect(odbc: Any, source: Source) -> Any:
    """Return a connection; one to PostgreSQL reads through a cursor, which takes little memory."""
    keywords = read_keywords(source.connection) or {}
    extra = _POSTGRES_CURSOR if _POSTGRES.search(keywords.get("driver", "")) else ""
    connection = _open(odbc, source, extra)
    if "driver" not in keywords:
        try:
            connection.execute("show server_version")
        except odbc.Error:  # not PostgreSQL
            _roll_back(connection, odbc.Error)
        else:
            return _open(odbc, source, _POSTGRES_CURSOR)
    return connection


def _open(odbc: Any, source: Source, extra: str) -> Any:
    # the first of two equal keywords counts, so what the user chose stays
    return odbc.connect(
        source.connection + extra,
        user=source.user,
        password=source.password,
        login_timeout_sec=_LOGIN_SECONDS,
        autocommit=False,
    )


def _roll_back(connection: Any, error: type[Exception]) -> None:
    with suppress(error):  # there is no connection any more, and so no transaction
        connection.rollback()


class _Shown:
    """What may be shown of a driver's messages.

    Neither the password, nor a text in quotes unless it is a word of the query: that may be a value
    of a student.
    """

    def __init__(self, source: Source, query: Query) -> None:
        self._secrets = []
        if source.password:
            escaped = source.password.replace("}", "}}")
            self._secrets = sorted({source.password, escaped}, key=len, reverse=True)
        self._words = query.words

    def has_secret(self, message: str) -> bool:
        """Return whether the password is in a message."""
        return any(secret in message for secret in self._secrets)

    def connecting(self, message: str) -> str:
        """Return a message about the connection, which knows nothing of any student."""
        for secret in self._secrets:
            message = message.replace(secret, _HIDDEN)
        text = escape_controls(" ".join(message.split()))
        return text if len(text) <= _LONGEST_MESSAGE else f"{text[:_LONGEST_MESSAGE]}…"

    def reading(self, message: str) -> str:
        """Return a message about a query, without values."""
        text = self.connecting(message)
        # a name such as dbo.ENR is several words of the query
        names = [name for part in _QUOTED.findall(text) for name in part.lower().split(".")]
        is_odd = re.search(_MARK, _QUOTED.sub("", text))  # O'Brien
        if not is_odd and all(name in self._words for name in names):
            return re.sub(r"\d[\d/.-]{3,}", _HIDDEN, text)
        return withhold_values(text)


@contextmanager
def _explain(
    kind: type[Exception],
    what: str,
    find_hint: Callable[[str, str], str],
    show: Callable[[str], str],
) -> Iterator[None]:
    """Raise InputError for a driver's error; the error itself may hold the password or a value."""
    try:
        yield
    except kind as error:
        text = str(error)
        diagnostic = _DIAGNOSTIC.search(text)
        state, message = (diagnostic[1], diagnostic[2]) if diagnostic else ("", text)
        told = f"{what}: {show(message)}{f' ({state})' if state else ''}"
        raised = InputError(told, find_hint(state, message))
    else:
        return
    raise raised  # outside the except clause, so that the driver's error is not behind it


def _find_connect_hint(state: str, message: str) -> str:
    if state in ("IM002", "IM003") or "Can't open lib" in message:
        return (
            "install the driver, and write its name as the system has it: `odbcinst -q -d` lists "
            "drivers and `odbcinst -q -s` data sources; on Windows, ODBC Data Sources (64-bit) does"
        )
    if state == "28000":
        return "check the user and the password, and that this user may sign in to the database"
    return (
        "check the name of the server and of the database, the user and the password, and that "
        "this computer may connect to the server"
    )


def _find_query_hint(state: str, message: str) -> str:
    return (
        "run the query in your database's own tool, as the same user; the tables and columns may "
        "have other names there, or the user may not read them"
    )


def _find_reading_hint(state: str, message: str) -> str:
    if _TOO_LONG in message:
        return (
            f"a value has more than {_LONGEST_TEXT - 1} characters, and no field of CALPADS has as "
            "many: leave that column out of the query, or shorten it there"
        )
    return "nothing is written; run the command again, and the query in your database's own tool"
