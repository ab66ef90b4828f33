"""What a district's own views change: the same run twice, and the planned records side by side."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.errors import DataStop
from senr_duck.export.upload_names import CATEGORIES
from senr_duck.reference.layout import compared_columns
from senr_duck.reference.tables import UPLOAD_COLUMNS
from senr_duck.run.engine import Engine
from senr_duck.run.reconcile import run_reconciliation

if TYPE_CHECKING:
    import duckdb

    from senr_duck.settings.settings import Settings

_Key = tuple[str | bool | None, ...]
_KEY_COLUMNS = ("ssid", "local_student_id", "school_of_attendance", "enrollment_start_date")
# All of an upload record but its own hash.
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
    """What one of the two runs planned: records by key, findings by rule, students held."""

    records: dict[_Key, _Planned]
    findings: dict[str, int]
    held: int


@dataclass(frozen=True)
class RecordChange:
    """How many records of one file and class appear, vanish or change, and one of them.

    ``example`` has an SSID and codes, never a name or a birth date.
    """

    kind: str
    category: str
    record_class: str
    records: int
    example: str


@dataclass(frozen=True)
class Trial:
    """What the own views change: records, findings by rule, students held; without and with."""

    records: tuple[RecordChange, ...]
    findings: dict[str, tuple[int, int]]
    held: tuple[int, int]
    stops: tuple[str | None, str | None]


def try_overlay(
    ods: Path,
    sis: Path,
    settings: "Settings",
    out: Path,
    database: Path,
    engine: Engine,
    report_step: Callable[[str], None],
) -> Trial:
    """Run with the settings' own views, then without them, and return the difference.

    Nothing is published, and a guard's stop is told instead of raised. Raises as a run does.
    """

    def plan(chosen: "Settings") -> tuple[_Plan, str | None]:
        plans: list[_Plan] = []
        arguments = (ods, sis, chosen, out, database, engine, report_step)
        try:
            run_reconciliation(
                *arguments, publish=False, visit=lambda con: plans.append(_read_plan(con))
            )
        except DataStop as stop:
            if not plans:
                raise
            return plans[0], str(stop)
        return plans[0], None

    with_own, stop_with = plan(settings)
    without, stop_without = plan(replace(settings, sql_overlay=None))
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


def _read_plan(con: "duckdb.DuckDBPyConnection") -> _Plan:
    """Take down every record of the upload files, by its key and whether it is removed."""
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
    """Yield the changes by kind, file and class; the example is the first by its key."""
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
    """Return a record's key, and what changes in it; values only of the enrollment's own fields."""
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
