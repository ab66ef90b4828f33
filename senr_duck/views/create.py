"""Create the views in a run's database."""

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from graphlib import TopologicalSorter
from queue import SimpleQueue

import duckdb

from senr_duck.errors import InputError
from senr_duck.views.order import find_views_read
from senr_duck.views.view import View, place_in_schema


def create_views(
    con: duckdb.DuckDBPyConnection,
    views: Sequence[View],
    rules: str,
    own: Collection[str] = (),
    *,
    schema: str | None = None,
) -> None:
    """Create the views, and the tables of stored views, each after everything that it reads.

    Two tables are created at a time, because most are too small to keep every core busy. The
    content of a table does not depend on what else is created at the same time; its rows have no
    order. Each view gets the text of its header as a comment. Leaves ``preserve_insertion_order``
    on. The columns of a view may be unknown until ``bind_views``.

    ``own`` are the qualified names of a district's own views; raises InputError for one that has
    several rows with the same key, because all views that read it count on the key.

    The views of a comparison are written for the schema ``compare``. With ``schema``, they get the
    name of their file instead: ``sela.pair``.
    """
    if schema is not None:
        con.execute(f"create schema if not exists {schema}")
    _create_plain_views(con, [view for view in views if not view.is_stored], schema)
    # A view has no order; keeping one in its table would cost time and, above all, memory.
    con.execute("set preserve_insertion_order = false")
    _store_views(con, {view.qualified_name: view for view in views}, rules, own, schema)
    con.execute("set preserve_insertion_order = true")
    con.begin()  # one commit to the disk for all of them
    for view in views:
        con.execute(_place(view.comment_statement, schema))
    con.commit()


def bind_views(con: duckdb.DuckDBPyConnection) -> None:
    """Let DuckDB find out the columns of all views, which older versions of DuckDB need.

    Asking for the columns of all views at once takes a third of the time of creating each view with
    its columns, because a view that reads others finds out their columns too.
    """
    con.execute("select count(*) from duckdb_columns()")


def _create_plain_views(
    con: duckdb.DuckDBPyConnection, views: Sequence[View], schema: str | None
) -> None:
    con.begin()  # one commit to the disk for all of them
    for view in views:
        con.execute(_place(view.deferred_statement, schema))
    con.commit()


def _store_views(
    con: duckdb.DuckDBPyConnection,
    by_name: Mapping[str, View],
    rules: str,
    own: Collection[str],
    schema: str | None,
) -> None:
    """Create the tables of the stored views, and look at the keys of own views of both kinds."""
    sorter = TopologicalSorter(find_views_read(rules, by_name))
    sorter.prepare()
    with con.cursor() as one, con.cursor() as other, ThreadPoolExecutor(2) as pool:
        idle: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
        for cursor in (one, other):
            cursor.execute("use senr")
            idle.put(cursor)

        def create(view: View) -> str:
            cursor = idle.get()
            try:
                if view.is_stored:
                    cursor.execute(_place(view.statement, schema))
                if view.qualified_name in own:
                    _check_key(cursor, view)
            finally:
                idle.put(cursor)
            return view.qualified_name

        running: set[Future[str]] = set()
        try:
            while sorter.is_active():
                for name in sorter.get_ready():
                    if by_name[name].is_stored or name in own:
                        running.add(pool.submit(create, by_name[name]))
                    else:
                        sorter.done(name)
                if running:
                    done, running = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        sorter.done(future.result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            one.interrupt()
            other.interrupt()
            raise


def _place(statement: str, schema: str | None) -> str:
    return statement if schema is None else place_in_schema(statement, schema)


def _check_key(con: duckdb.DuckDBPyConnection, view: View) -> None:
    key = view.header["key"]
    twice = con.execute(
        f"select {key} from {view.qualified_name} group by all having count(*) > 1 limit 1"  # noqa: S608 - of a file that is checked
    ).fetchall()
    if twice:
        raise InputError(
            f"--sql-overlay: {view.qualified_name} has several rows with the same {key}; expected "
            "one, as in ours",
            "look for a join that finds several rows, or for a union all",
        )
