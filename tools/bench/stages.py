"""Processor time of each stage of a run: ``python -m tools.bench.stages run --ods …``.

The arguments are those of ``senr-duck``. Nothing is done at the same time as anything else here,
because the processor time of a process cannot be told apart between two things that it does at
once; apart from that, the run does the same as always. Prints the seconds of each stage as JSON.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

    from senr_duck.views.view import View

# In the order of a run. The first is the start of the program, its imports included.
STAGES = ("start", "load", "agree", "match", "check", "plan", "report", "files")
# The stage of each layer of the views, by the layer's number; a layer belongs to the last one that
# is not larger.
_LAYERS = {10: "agree", 40: "match", 70: "check", 75: "plan"}


class _Clock:
    """Adds the processor time of the whole process to the stage that it is in."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._stage = STAGES[0]
        self._counted = 0.0

    def enter(self, stage: str) -> None:
        """Count the time until now for the stage before, and what follows for this one."""
        now = time.process_time()
        self.seconds[self._stage] += now - self._counted
        self._stage, self._counted = stage, now


def main() -> None:
    """Run the command, and print the seconds of processor time of each stage."""
    from senr_duck.cli import app
    from senr_duck.reference.tables import create_reference_tables
    from senr_duck.run import job, reconcile

    clock = _Clock()

    def begin_loading(con: "duckdb.DuckDBPyConnection") -> None:
        clock.enter("load")
        create_reference_tables(con)

    def create_views(
        con: "duckdb.DuckDBPyConnection", views: "Sequence[View]", rules: str, *_: object
    ) -> None:
        _create_one_by_one(con, views, rules, clock)

    @contextmanager
    def do_first(
        con: "duckdb.DuckDBPyConnection", work: Callable[..., Any], *given: Any, **options: Any
    ) -> Iterator[Future[Any]]:
        clock.enter("report")
        done: Future[Any] = Future()
        done.set_result(work(con, *given, **options))
        clock.enter("files")
        yield done

    for module, changes in (
        (
            reconcile,
            {"create_reference_tables": begin_loading, "create_views": create_views},
        ),
        (job, {"start_in_parallel": do_first}),
    ):
        for name, change in changes.items():
            setattr(module, name, change)
    app(standalone_mode=False)
    clock.enter(STAGES[-1])
    json.dump({stage: clock.seconds[stage] for stage in STAGES}, sys.stdout)


def _create_one_by_one(
    con: "duckdb.DuckDBPyConnection", views: "Sequence[View]", rules: str, clock: _Clock
) -> None:
    """Create the views as a run does, but one after the other."""
    from senr_duck.views.order import find_views_read

    by_name = {view.qualified_name: view for view in views}
    con.execute("set preserve_insertion_order = false")
    for name in TopologicalSorter(find_views_read(rules, by_name)).static_order():
        clock.enter(name_stage(by_name[name].layer))
        con.execute(by_name[name].statement)
    clock.enter("plan")
    con.execute("set preserve_insertion_order = true")
    for view in views:
        con.execute(view.comment_statement)


def name_stage(layer: str) -> str:
    """Return the stage of a layer of the views, such as ``30_scope``."""
    number = int(layer.partition("_")[0])
    return next(stage for first, stage in reversed(_LAYERS.items()) if number >= first)


if __name__ == "__main__":
    main()
