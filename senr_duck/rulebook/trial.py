"""Find what a district's own views change: reconcile twice and compare the planned records."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from senr_duck.errors import DataStop
from senr_duck.export.upload_names import CATEGORIES
from senr_duck.files.own_file import refuse_changes
from senr_duck.reference.layout import compared_columns
from senr_duck.reference.tables import UPLOAD_COLUMNS
from senr_duck.run.guards import check_guards
from senr_duck.run.reconcile import Job, reconcile

if TYPE_CHECKING:
    import duckdb

_Key = tuple[str | bool | None, ...]
_KEY_COLUMNS = ("ssid", "local_student_id", "school_of_attendance", "enrollment_start_date")
# All columns of an upload record except its hash.
_COLUMNS = tuple(column for column in UPLOAD_COLUMNS if column != "local_record_id")
# The others may name a student.
_SHOWN = compared_columns()


@dataclass(frozen=True)
class _Planned:
    """A record of an upload file: the file's category, the class, the fields by column."""

    category: str
    record_class: str
    row: dict[str, str | None]


@dataclass(frozen=True)
class _Plan:
    """What one of the two runs planned: records by key, findings by rule, students on hold."""

    records: dict[_Key, _Planned]
    findings: dict[str, int]
    held: int


@dataclass(frozen=True)
class RecordChange:
    """How many records of one file and class appear, disappear, or change, with an example.

    ``example`` has an SSID and codes, but never a name or a birth date.
    """

    kind: str
    category: str
    record_class: str
    records: int
    example: str


@dataclass(frozen=True)
class Trial:
    """What the own views change: records, findings by rule, students on hold; without and with."""

    records: tuple[RecordChange, ...]
    findings: dict[str, tuple[int, int]]
    held: tuple[int, int]
    stops: tuple[str | None, str | None]


def try_overlay(job: Job) -> Trial:
    """Reconcile with the settings' own views, then without them, and return the difference.

    Nothing is published, and a guard that would stop the run is part of the result. Raises as
    ``reconcile`` does.
    """
    ours = replace(job, settings=replace(job.settings, sql_overlay=None))
    with refuse_changes(*job.ods, *job.sis):
        with_own, stop_with = _plan(job)
        without, stop_without = _plan(ours)
    findings = {
        rule: (without.findings.get(rule, 0), with_own.findings.get(rule, 0))
        for rule in sorted({*without.findings, *with_own.findings})
    }
    return Trial(
        records=tuple(_compare(without.records, with_own.records)),
        findings={rule: counts for rule, counts in findings.items() if counts[0] != counts[1]},
        held=(without.held, with_own.held),
        stops=(stop_without, stop_with),
    )


def _plan(job: Job) -> tuple[_Plan, str | None]:
    """Return what a run would send, and the message of a guard that would stop it."""
    with reconcile(job) as reconciled:
        plan = _read_plan(reconciled.con)
        try:
            check_guards(reconciled.con, reconciled.settings)
        except DataStop as stop:
            return plan, str(stop)
    return plan, None


def _read_plan(con: "duckdb.DuckDBPyConnection") -> _Plan:
    """Read every record of the upload files, by key and whether it is a removal."""
    records: dict[_Key, _Planned] = {}
    columns = ", ".join(_COLUMNS)
    for category, _, _ in CATEGORIES:
        answer = con.execute(
            f"select class, {columns} from recon.{category} order by all"  # noqa: S608 - our names
        )
        for record_class, *values in answer.fetchall():
            row = dict(zip(_COLUMNS, values, strict=True))
            key = (*(row[name] for name in _KEY_COLUMNS), record_class == "remove")
            records[key] = _Planned(category, record_class, row)
    findings = con.execute("select rule, count(*) from recon.finding group by rule").fetchall()
    [(held,)] = con.execute("select count(*) from recon.held_student").fetchall()
    return _Plan(records, dict(findings), held)


def _compare(
    without: dict[_Key, _Planned], with_own: dict[_Key, _Planned]
) -> Iterator[RecordChange]:
    """Yield the changes by kind, file, and class; the example is the first by key."""
    examples: dict[tuple[str, str, str], str] = {}
    counts: Counter[tuple[str, str, str]] = Counter()
    for key in sorted({*without, *with_own}, key=repr):
        before, after = without.get(key), with_own.get(key)
        if before == after:
            continue
        kind = "appears" if before is None else "vanishes" if after is None else "changes"
        shown = with_own[key] if key in with_own else without[key]
        group = (kind, shown.category, shown.record_class)
        counts[group] += 1
        examples.setdefault(group, _describe(shown, before, after))
    for group in sorted(counts):
        yield RecordChange(*group, counts[group], examples[group])


def _describe(shown: _Planned, before: _Planned | None, after: _Planned | None) -> str:
    """Return a record's key and what changes in it, with values of enrollment fields only."""
    row = shown.row
    who = row["ssid"] or f"local student ID {row['local_student_id']}"
    text = f"{who} at {row['school_of_attendance']} from {row['enrollment_start_date']}"
    if before is None or after is None:
        return text
    changes = [
        f"{name} {before.row[name] or 'blank'} -> {after.row[name] or 'blank'}"
        if name in _SHOWN
        else name
        for name in _COLUMNS
        if before.row[name] != after.row[name]
    ]
    if before.category != after.category:
        changes.insert(0, f"{before.category} -> {after.category}")
    if before.record_class != after.record_class:
        changes.insert(0, f"{before.record_class} -> {after.record_class}")
    return f"{text}: {', '.join(changes)}"
