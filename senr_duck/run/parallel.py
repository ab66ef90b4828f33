"""Do two things at the same time with one database."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Concatenate, ParamSpec, TypeVar

import duckdb

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


@contextmanager
def start_in_parallel(
    con: duckdb.DuckDBPyConnection,
    work: "Callable[Concatenate[duckdb.DuckDBPyConnection, _Given], _Made]",
    *given: "_Given.args",
    **options: "_Given.kwargs",
) -> "Iterator[Future[_Made]]":
    """Do work on a second connection while the body runs; stop the work if the body fails."""
    with con.cursor() as second, ThreadPoolExecutor(max_workers=1) as pool:
        second.execute("use senr")
        future = pool.submit(work, second, *given, **options)
        try:
            yield future
        except BaseException:
            second.interrupt()
            raise
