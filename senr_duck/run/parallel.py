"""Do two things at a time with one database."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Concatenate, ParamSpec, TypeVar

import duckdb

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


@contextmanager
def start_beside(
    con: duckdb.DuckDBPyConnection,
    work: "Callable[Concatenate[duckdb.DuckDBPyConnection, _Given], _Made]",
    *given: "_Given.args",
    **options: "_Given.kwargs",
) -> "Iterator[Future[_Made]]":
    """Do work on a second connection while the body goes on; it ends early if the body fails."""
    with con.cursor() as beside, ThreadPoolExecutor(max_workers=1) as pool:
        beside.execute("use senr")
        future = pool.submit(work, beside, *given, **options)
        try:
            yield future
        except BaseException:
            beside.interrupt()
            raise
