"""Format what the ledger has, as text or as JSON."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from senr_duck.ledger import LedgerFile, LedgerRun, RejectedRecord

SCHEMA_VERSION = 1


def format_status(runs: "Sequence[LedgerRun]") -> str:
    """Return one JSON object: ``runs``, newest first, each with its files."""
    listed = {"schema_version": SCHEMA_VERSION, "runs": [asdict(run) for run in runs]}
    return json.dumps(listed, indent=2, default=str)


def print_status(runs: "Sequence[LedgerRun]", console: "Console") -> None:
    """Print a table of the runs' files, then what to do next for each LEA."""
    if not runs:
        console.print("no runs yet", highlight=False)
        return
    table = Table(title="The last runs, newest first", title_justify="left")
    for name in ("run", "file", "records", "state"):
        table.add_column(
            name,
            justify="right" if name == "records" else "left",
            no_wrap=name != "state",
            overflow="fold",
        )
    for run in runs:
        for number, file in enumerate(run.files):
            table.add_row(
                run.run_id if number == 0 else "",
                file.name,
                f"{file.records:,}",
                Text(_describe_file(file)),
            )
        table.add_section()
    without_limit = console.options.update(max_width=sys.maxsize)
    if Measurement.get(console, without_limit, table).minimum <= console.width:
        console.print(table)
    else:  # an ID that is cut could not be copied
        for run in runs:
            console.print(run.run_id, soft_wrap=True)
            for file in run.files:
                state = _describe_file(file)
                console.print(f"  {file.name}, {file.records:,}: {state}", soft_wrap=True)
    last_of: dict[str, LedgerRun] = {}
    for run in runs:
        last_of.setdefault(run.lea, run)
    for run in last_of.values():
        console.print(
            f"LEA {run.lea}: {_describe_next(run)}", highlight=False, soft_wrap=True, markup=False
        )


def _describe_file(file: "LedgerFile") -> str:
    if file.state == "rejected":
        errors = ", ".join(f"{code} {records:,}" for code, records in file.errors)
        return f"rejected: {errors}"
    if file.state == "written":
        return "written" if file.records else "nothing to upload"
    posted = f"posted {file.posted_on}"
    if not file.is_closed:
        return posted
    if file.contradicted_records:
        differ = "record differs" if file.contradicted_records == 1 else "records differ"
        return f"{posted}; {file.contradicted_records:,} {differ} in the ODS extract"
    return f"{posted}; in the ODS extract"


def _describe_next(run: "LedgerRun") -> str:
    if run.next_file:
        return f"upload {run.next_file} of {run.out_dir} next"
    if any(file.state == "rejected" for file in run.files):
        return "fix the rejected records in the SIS, then export and run again"
    if run.held_students:
        students = "student" if run.held_students == 1 else "students"
        return (
            f"nothing to upload; {run.held_students:,} {students} on hold: "
            "fix in the SIS, then run again"
        )
    return "nothing to upload"


def format_rejections(rejected: "Sequence[RejectedRecord]") -> str:
    """Return one JSON object: ``rejected``, one entry per error in the file's order."""
    listed = {"schema_version": SCHEMA_VERSION, "rejected": [asdict(one) for one in rejected]}
    return json.dumps(listed, indent=2)


def print_rejections(rejected: "Sequence[RejectedRecord]", console: "Console") -> None:
    """Print each error with its record, what we know about the rule, and what to do."""

    def say(line: str) -> None:
        console.print(line, highlight=False, markup=False, soft_wrap=True)

    for one in rejected:
        error = one.error
        say(
            f"line {error.line}: SSID {error.ssid}, school {error.school_of_attendance}, "
            f"start {error.enrollment_start_date}"
        )
        say(f"  CALPADS: {error.severity} {error.code} {error.description}")
        if error.field:
            say(f"  field:   {error.field} = {error.value}")
        if one.run_id is None:
            say("  record:  not in this ledger, neither by Local Record ID nor by key")
        else:
            say(f"  record:  {one.record_class} ({one.reason}) in {one.file_name} of {one.run_id}")
        say(f"  rule:    {one.meaning or 'not in the rule catalog'}")
        say(f"  do:      {one.fix or 'read the description, fix it in the SIS, run again'}")
        say(f"  foreseen: {one.was_foreseen}")
    fatal = {
        (one.run_id, one.file_name)
        for one in rejected
        if one.error.severity == "fatal" and one.run_id is not None
    }
    for run_id, name in sorted(fatal, key=str):
        say(f"{name} of {run_id} counts as rejected: CALPADS posted none of its records")
