"""Format what a run did: a short summary on the terminal, or JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from senr_duck.export.upload_names import CATEGORIES
from senr_duck.ledger.command_line import name_command
from senr_duck.reference.classes import classes_in_accounting
from senr_duck.run.notices import YEAR_END

if TYPE_CHECKING:
    from senr_duck.errors import DataStop
    from senr_duck.export.archive import UploadFile
    from senr_duck.run.result import LeaResult, RunResult

SCHEMA_VERSION = 1


def format_json(result: "RunResult") -> str:
    """Return one JSON object with the keys that the documentation of ``--json`` lists.

    In a run of several LEAs, ``zip``, ``lea``, and ``files`` are null; ``leas`` has them per LEA.
    """
    lea = result.settings.lea
    return json.dumps(
        {
            "schema_version": SCHEMA_VERSION,
            "run_id": result.run_id,
            "out_dir": str(result.out_dir),
            "zip": str(result.archive) if result.archive else None,
            "lea": lea,
            **({} if lea else {"leas": [_describe_lea(one) for one in result.leas]}),
            "as_of": result.settings.as_of.isoformat(),
            "school_year": result.settings.school_year,
            "rules": result.settings.rules,
            "files": _describe_files(result.files) if lea else None,
            "ods": result.accounting["ods"],
            "sis": result.accounting["sis"],
            "exceptions": result.exceptions,
            "held_students": result.held_students,
            **({} if result.orphaned is None else {"orphaned": result.orphaned}),
            "notices": list(result.notices),
            "seconds": round(result.seconds, 3),
            "report": _name_file(result, "report.html"),
            "exceptions_csv": _name_file(result, "exceptions.csv"),
            "made_before": result.made_before,
            "since_last_run": _describe_since(result),
        },
        indent=2,
    )


def _describe_since(result: "RunResult") -> dict[str, Any] | None:
    since = result.since_last_run
    return {**asdict(since), "as_of": since.as_of.isoformat()} if since else None


def _name_file(result: "RunResult", name: str) -> str | None:
    return str(result.out_dir / name) if result.is_published else None


def format_stop(stop: "DataStop") -> str:
    """Return one JSON object for a run that was stopped: it has no zip, and says why."""
    return json.dumps(
        {
            "schema_version": SCHEMA_VERSION,
            "stopped": list(stop.messages),
            "hint": stop.hint,
            "out_dir": str(stop.left) if stop.left else None,
        },
        indent=2,
    )


def _describe_lea(one: "LeaResult") -> dict[str, Any]:
    return {
        "lea": one.lea,
        "zip": str(one.archive) if one.archive else None,
        "files": _describe_files(one.files),
        "held_students": one.held_students,
    }


def _describe_files(files: "Iterable[UploadFile]") -> list[dict[str, Any]]:
    return [{"name": file.name, "records": file.records, "sha256": file.sha256} for file in files]


def print_summary(result: "RunResult", console: Console) -> None:
    """Print what to upload in which order, where every line went, and what was left alone."""
    settings = result.settings
    reporter = f"LEA {settings.lea}" if settings.lea else f"{len(settings.leas):,} LEAs"
    console.print(
        f"{reporter}, school year {settings.school_year}, as of {settings.as_of}, "
        f"rules {settings.rules}",
        highlight=False,
    )
    console.print(_list_files(result) if settings.lea else _list_leas(result))
    lines = Table(title="Where every line went", title_justify="left")
    lines.add_column("class")
    lines.add_column("ODS", justify="right")
    lines.add_column("SIS", justify="right")
    lines.add_column("meaning")
    classes = [(one.code, one.summary) for one in classes_in_accounting()]
    for name, meaning in (*classes, ("lines", "lines read")):
        counts = [result.accounting[side].get(name, 0) for side in ("ods", "sis")]
        if name == "lines":
            lines.add_section()
        if any(counts):
            lines.add_row(name, *(f"{count:,}" if count else "" for count in counts), meaning)
    console.print(lines)
    for notice in result.notices:
        if notice.startswith(YEAR_END):
            console.print(notice, highlight=False, markup=False)
    if result.exceptions:
        listed = ", ".join(f"{rule} {count:,}" for rule, count in result.exceptions.items())
        console.print(f"Listed in exceptions.csv: {listed}", highlight=False)
    console.print(f"Students on hold: {result.held_students:,}", highlight=False)
    if result.orphaned is not None:
        left = ", ".join(f"{name} {count:,}" for name, count in result.orphaned.items())
        console.print(
            f"Programs and statuses that the files leave outside enrollments: {left}",
            highlight=False,
        )
    if not result.is_published:
        console.print("Nothing was written; use senr-duck run to make the files", highlight=False)
        return
    # one line each, however long: people copy the paths, and scripts search for them
    for line in _list_places(result):
        console.print(line, highlight=False, soft_wrap=True)


def _list_places(result: "RunResult") -> Iterator[str]:
    """Yield the lines that say where everything is, and which command comes next."""
    if since := result.since_last_run:
        yield (
            f"Since the last run ({since.run_id}): {since.solved:,} solved, {since.new:,} new; "
            f"{name_command('changes', result.database)} lists them"
        )
    if result.archive:
        yield f"zip:        {result.archive}"
    else:
        yield f"zips:       {result.out_dir}/*.zip"
    yield f"report:     {result.out_dir / 'report.html'}"
    yield f"exceptions: {result.out_dir / 'exceptions.csv'}"
    yield f"database:   {result.database}"
    yield f"next:       read the report, then {name_command('next', result.database)}"


def _list_files(result: "RunResult") -> Table:
    files = Table(
        title="Upload in this order; wait for each file to post before the next",
        title_justify="left",
    )
    files.add_column("file")
    files.add_column("records", justify="right")
    files.add_column("note")
    for file in result.files:
        note = "nothing to upload" if not file.records else ""
        if file.is_unconfirmed:
            note = (
                "upload last: CALPADS does not document whether it accepts these; "
                "a rejection does not affect the other files"
            )
        files.add_row(file.name, f"{file.records:,}", note)
    return files


def _list_leas(result: "RunResult") -> Table:
    leas = Table(
        title="One zip per LEA; upload its files in the order of their names", title_justify="left"
    )
    leas.add_column("LEA")
    for name in (*(category for category, _, _ in CATEGORIES), "students on hold"):
        leas.add_column(name, justify="right")
    for one in result.leas:
        records: Counter[str] = Counter()
        for file in one.files:
            records[file.category] += file.records
        counts = [*(records[category] for category, _, _ in CATEGORIES), one.held_students]
        leas.add_row(one.lea, *(f"{count:,}" if count else "" for count in counts))
    return leas
