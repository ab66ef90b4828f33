"""The versioned SQL views: read, put in dependency order, applied to a database."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from queue import SimpleQueue

import duckdb

from senr_duck.errors import InputError
from senr_duck.reference.resources import resource
from senr_duck.versions.lock import read_lock
from senr_duck.versions.ruleset import read_ruleset, trace_chain

SCHEMAS = ("staging", "reference", "recon")

# The views that say which records follow the lines of the ODS extract, before all others.
POSTED_LAYER = "10_posted"

# The layer whose folders hold the checks.
CHECK_LAYER = "70_check"

# What each folder promises. No view reads a view of a later layer.
LAYERS = {
    "10_posted": "what CALPADS has taken since the ODS extract was made",
    "20_stage": "every line of both extracts, typed and named; no joins, no line dropped",
    "30_scope": "codes translated, LEA and school found; what is out of scope; keys found twice",
    "40_target": "the SIS side as CALPADS should show it",
    "50_match": "both sides paired, every row classified, the records that would be sent",
    "60_order": "which records of a student conflict, and which must post first",
    "70_check": "what all checks found, and the students on hold; the checks are in its folders",
    "70_check/match": "checks of what the comparison shows; the record need not be one to be sent",
    "70_check/record": "checks of a record to be sent alone",
    "70_check/school": "checks of a record to be sent against the school list",
    "70_check/student": "checks of a record to be sent with the student's other records",
    "75_explain": "why each record is where it is, in codes and sentences",
    "80_plan": "which record goes into which file, and in which order",
    "85_account": "where every line went",
    "90_guard": "one row for each reason to stop the run; empty means go ahead",
    "95_export": "the exact records of the files",
}

_CREATE = re.compile(r"^create or replace view (\w+)\.(\w+) as$", re.MULTILINE)
_HEADER_FIELD = re.compile(r"^-- (\w+): +(.*)$")


@dataclass(frozen=True)
class View:
    """One SQL file: its text, its name and what its header promises."""

    path: Path
    text: str

    @property
    def is_view(self) -> bool:
        """Whether the text creates a view as ours do; all else of this needs it."""
        return _CREATE.search(self.text) is not None

    @cached_property
    def _created(self) -> re.Match[str]:
        found = _CREATE.search(self.text)
        if found is None:
            raise InputError(
                f"{self.path.name} has no line `create or replace view schema.name as`",
                "restore the file, or install senr-duck again",
            )
        return found

    @cached_property
    def source(self) -> str:
        """The file's place under ``sql/``, such as ``v2/40_target/target_exit.sql``."""
        return self.path.relative_to(resource("sql")).as_posix()

    @property
    def version(self) -> str:
        """The version that holds the file, such as ``v2``."""
        return self.source.partition("/")[0]

    @property
    def folder(self) -> str:
        """The folder in the version, such as ``40_target`` or ``70_check/record``."""
        return "/".join(self.source.split("/")[1:-1])

    @property
    def layer(self) -> str:
        """The layer, which is the folder or what holds it, such as ``70_check``."""
        return self.folder.partition("/")[0]

    @property
    def is_check(self) -> bool:
        """Whether the view is a check: its rows are what offends a rule."""
        return self.layer == CHECK_LAYER and self.folder != CHECK_LAYER

    @property
    def schema(self) -> str:
        """The schema of the view."""
        return self._created[1]

    @property
    def name(self) -> str:
        """The name of the view, without its schema."""
        return self._created[2]

    @property
    def qualified_name(self) -> str:
        """``schema.name``."""
        return f"{self.schema}.{self.name}"

    @cached_property
    def header(self) -> dict[str, str]:
        """The header's fields, such as ``grain`` and ``key``; ``comment`` is its prose."""
        fields: dict[str, str] = {}
        prose: list[str] = []
        last = ""
        for line in self.text[: self._created.start()].splitlines():
            if match := _HEADER_FIELD.match(line):
                last = match[1]
                if last == self.name:
                    prose.append(match[2])
                else:
                    fields[last] = match[2]
            elif last in fields and line.startswith("--   "):
                fields[last] += " " + line[2:].strip()
            else:
                prose.append(line[2:].strip())
        return {"comment": " ".join(line for line in prose if line), **fields}

    @property
    def is_stored(self) -> bool:
        """Whether the view is kept as a table, for speed; nothing else changes for its reader."""
        return self.header.get("stored") == "yes"

    @property
    def sha256(self) -> str:
        """The checksum of the file's text, line ends as LF."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def query(self) -> str:
        """The query that the view is."""
        return self.text[self._created.end() :]

    @property
    def statement(self) -> str:
        """The statement that creates the view, or the table if it is stored."""
        create = self.text[self._created.start() :]
        if self.is_stored:
            return create.replace("create or replace view", "create or replace table", 1)
        return create

    @property
    def comment_statement(self) -> str:
        """The statement that comments on the view with what its header says."""
        header = self.header
        comment = f"{header['comment']} Grain: {header['grain']}. Key: {header['key']}."
        kind = "table" if self.is_stored else "view"
        quoted = comment.replace("'", "''")
        return f"comment on {kind} {self.qualified_name} is '{quoted}'"


def read_own_views(version: str) -> dict[str, View]:
    """Return the views that a version of the rules holds itself, as ``read_views`` does."""
    paths = sorted(read_ruleset(version).folder.rglob("*.sql"))
    views = [View(path, path.read_text(encoding="utf-8")) for path in paths]
    return {view.qualified_name: view for view in views}


def read_views(rules: str) -> dict[str, View]:
    """Return the views of a version of the rules such as ``v1`` by qualified name.

    Those that it holds itself take the place of those of the version that it overlays. Sorted by
    folder, then by file name.
    """
    views: dict[str, View] = {}
    for ruleset in trace_chain(rules):
        views |= read_own_views(ruleset.name)
    return dict(sorted(views.items(), key=lambda named: (named[1].folder, named[1].path.name)))


def parse_reads(view: View) -> list[str]:
    """Return the qualified names of the tables that a view reads, sorted, as sqlglot sees them."""
    import sqlglot
    from sqlglot import exp

    tree = sqlglot.parse_one(view.statement, read="duckdb")
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    tables = {
        f"{table.db}.{table.name}"
        for table in tree.find_all(exp.Table)
        if table.db or table.name not in own
    }
    return sorted(tables - {view.qualified_name})


def read_dependencies(rules: str, views: Mapping[str, View]) -> dict[str, list[str]]:
    """Return what each view reads.

    Parsing a hundred views takes longer than running them on a small district, so what sqlglot
    read is kept in the locks with each file's checksum; a file that has changed is parsed anew.
    """
    locks = [read_lock(ruleset.name) for ruleset in trace_chain(rules)]
    kept = {
        (name, view.sha256): view.reads
        for lock in locks
        if lock is not None
        for name, view in lock.views.items()
    }
    return {
        name: list(kept[name, view.sha256]) if (name, view.sha256) in kept else parse_reads(view)
        for name, view in views.items()
    }


def _find_reads(rules: str, views: dict[str, View]) -> dict[str, list[str]]:
    """Return which other views each view reads."""
    reads = read_dependencies(rules, views)
    return {name: [read for read in reads[name] if read in views] for name in views}


def order_views(rules: str, overlay: Mapping[str, View] | None = None) -> list[View]:
    """Return the views so that each comes after all that it reads; ties in the order of paths.

    Those of the overlay stand in the place of ours. Raises InputError that names the views of a
    cycle.
    """
    views = read_views(rules) | dict(overlay or {})
    try:
        return [views[name] for name in TopologicalSorter(_find_reads(rules, views)).static_order()]
    except CycleError as error:
        raise InputError(
            f"sql/{rules}: these views read each other in a circle: {' -> '.join(error.args[1])}",
            "take one of them out of the circle",
        ) from error


def create_views(con: duckdb.DuckDBPyConnection, views: Sequence[View], rules: str) -> None:
    """Create the views, or the tables of stored ones, each after all that it reads.

    Two at a time, as most are too small to keep every core at work; the stored ones first, which
    others wait for. What a view holds does not depend on what else is created beside it; its rows
    have no order. Each has its header's prose as comment. Leaves ``preserve_insertion_order`` on.
    """
    by_name = {view.qualified_name: view for view in views}
    sorter = TopologicalSorter(_find_reads(rules, by_name))
    sorter.prepare()
    # A view has no order; to keep one in its table would cost time and, above all, memory.
    con.execute("set preserve_insertion_order = false")
    with con.cursor() as one, con.cursor() as other, ThreadPoolExecutor(2) as pool:
        idle: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
        for cursor in (one, other):
            cursor.execute("use senr")
            idle.put(cursor)

        def create(view: View) -> str:
            cursor = idle.get()
            try:
                cursor.execute(view.statement)
            finally:
                idle.put(cursor)
            return view.qualified_name

        running: set[Future[str]] = set()
        try:
            while sorter.is_active():
                ready = [by_name[name] for name in sorter.get_ready()]
                for view in sorted(ready, key=lambda view: not view.is_stored):
                    running.add(pool.submit(create, view))
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    sorter.done(future.result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            one.interrupt()
            other.interrupt()
            raise
    con.execute("set preserve_insertion_order = true")
    con.begin()  # one commit to the disk for all of them
    for view in views:
        con.execute(view.comment_statement)
    con.commit()
