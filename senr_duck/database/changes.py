"""Compare two runs of the ledger with the same views by which a run compares itself."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from senr_duck.database.print_rows import print_plain, print_rows
from senr_duck.errors import InputError
from senr_duck.ledger import find_run
from senr_duck.versions.ruleset import newest_version
from senr_duck.views.read import read_views

if TYPE_CHECKING:
    import duckdb
    from rich.console import Console

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class ComparedRun:
    """A run in the ledger; ``scope`` names its LEAs, and its schools if not all were compared."""

    run_id: str
    as_of: date
    scope: str


@dataclass(frozen=True)
class FindingChange:
    """A finding that only one of two runs has: ``change`` is new or solved."""

    change: str
    severity: str
    rule: str
    lea: str
    student: str
    local_student_id: str | None
    school: str | None


@dataclass(frozen=True)
class CountChange:
    """A count that differs, with lines and students of both runs; the view run_count has them."""

    kind: str
    record_class: str
    name: str
    lines_before: int
    lines_now: int
    students_before: int
    students_now: int


@dataclass(frozen=True)
class Changes:
    """What differs from one run to another; findings and counts are sorted."""

    before: ComparedRun
    now: ComparedRun
    findings: tuple[FindingChange, ...]
    counts: tuple[CountChange, ...]

    def count(self, change: str) -> int:
        """Return how many findings are ``new`` or ``solved``."""
        return sum(one.change == change for one in self.findings)


def compare_runs(ledger: "duckdb.DuckDBPyConnection", names: Sequence[str]) -> Changes:
    """Return what differs between two runs; one name is compared with the last run.

    Without names, the last run is compared with the one before it of the same LEAs and schools.
    Raises InputError for an unknown run, one whose counts were not kept, and if there are no two.
    """
    before, now = _choose_runs(ledger, [find_run(ledger, name) for name in names])
    _stage_runs(ledger, before.run_id, now.run_id)
    findings = ledger.execute(
        """
        select
            change, severity, rule, reporting_lea, student, local_student_id, school_of_attendance
        from recon.change_since_last_run
        order by change, severity, rule, reporting_lea, student
        """
    ).fetchall()
    counts = ledger.execute(
        """
        select kind, class, name, lines_before, lines_now, students_before, students_now
        from recon.count_change
        order by
            case kind
                when 'class' then 1 when 'school' then 2 when 'reason' then 3 when 'rule' then 4
                else 5
            end,
            class, name
        """
    ).fetchall()
    return Changes(
        before,
        now,
        tuple(FindingChange(*row) for row in findings),
        tuple(CountChange(*row) for row in counts),
    )


def _choose_runs(
    ledger: "duckdb.DuckDBPyConnection", asked: Sequence[str]
) -> tuple[ComparedRun, ComparedRun]:
    kept = {
        run_id: ComparedRun(run_id, as_of, scope)
        for run_id, as_of, scope in ledger.execute(
            """
            select run.run_id, run.as_of, total.scope
            from run inner join run_total as total on run.run_id = total.run_id
            order by run.position desc
            """
        ).fetchall()
    }
    for run_id in asked:
        if run_id not in kept:
            raise InputError(
                f"the ledger has no counts of run {run_id}, which an older senr-duck made",
                "compare runs that were made after the update; the next run keeps its counts",
            )
    runs = list(kept.values())
    if len(asked) == 2:
        return kept[asked[0]], kept[asked[1]]
    now = runs[0] if runs else None
    others = [one for one in runs[1:] if now is not None and one.scope == now.scope]
    before = kept[asked[0]] if asked else others[0] if others else None
    if now is None or before is None or before == now:
        raise InputError(
            "the ledger has no two runs to compare; expected two of the same LEAs and schools",
            "the next run can be compared with the last one; senr-duck status lists the runs",
        )
    return before, now


def _stage_runs(ledger: "duckdb.DuckDBPyConnection", before: str, now: str) -> None:
    """Create in memory what the two views of a run's database read, and the views."""
    ledger.execute("use memory")
    ledger.execute("create schema staging; create schema recon")
    ledger.execute(
        "create table staging.earlier_run as select ? as run_id, true as is_last", [before]
    )
    for table, kept, run_id in (
        ("staging.last_count", "run_count", before),
        ("staging.last_finding", "open_finding", before),
        ("recon.run_count", "run_count", now),
        ("recon.open_finding", "open_finding", now),
    ):
        rows = f"select * exclude (run_id) from ledger.{kept} where run_id = ?"  # noqa: S608 - names of this module
        ledger.execute(f"create table {table} as {rows}", [run_id])
    views = read_views(newest_version())
    for name in ("recon.change_since_last_run", "recon.count_change"):
        ledger.execute(views[name].statement)


def format_changes(changes: Changes) -> str:
    """Return one JSON object: both runs, ``solved`` and ``new``, ``findings`` and ``counts``."""
    listed = {
        "schema_version": SCHEMA_VERSION,
        "before": asdict(changes.before),
        "now": asdict(changes.now),
        "solved": changes.count("solved"),
        "new": changes.count("new"),
        "findings": [asdict(one) for one in changes.findings],
        "counts": [asdict(one) for one in changes.counts],
    }
    return json.dumps(listed, indent=2, default=str)


def print_changes(changes: Changes, console: "Console") -> None:
    """Print what was solved and what is new, then the counts that differ."""
    before, now = changes.before, changes.now
    print_plain(f"from {before.run_id} (as of {before.as_of})", console)
    print_plain(f"to   {now.run_id} (as of {now.as_of})", console)
    print_plain(f"{changes.count('solved'):,} solved, {changes.count('new'):,} new", console)
    if changes.findings:
        print_rows(
            ("change", "severity", "rule", "LEA", "student", "local ID", "school"),
            [tuple(asdict(one).values()) for one in changes.findings],
            console,
        )
    if changes.counts:
        print_plain("\ncounts that differ", console)
        print_rows(
            ("of", "class", "name", "lines before", "now", "students before", "now"),
            [tuple(asdict(one).values()) for one in changes.counts],
            console,
        )
