"""What the ledger says, for a person or as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from senr_duck.ledger import LedgerFile, LedgerRun, RejectedRecord

SCHEMA_VERSION = 1


def format_status(runs: "Sequence[LedgerRun]") -> str:
    """Return one JSON object: ``runs``, the newest first, each with its files."""
    listed = {"schema_version": SCHEMA_VERSION, "runs": [asdict(run) for run in runs]}
    return json.dumps(listed, indent=2, default=str)


def print_status(runs: "Sequence[LedgerRun]", console: "Console") -> None:
    """Print a table of the runs' files, then for each LEA what comes next."""
    if not runs:
        console.print("no run yet", highlight=False)
        return
    table = Table(title="The last runs, the newest first", title_justify="left")
    for name in ("run", "file", "records", "state"):
        table.add_column(name, justify="right" if name == "records" else "left")
    for run in runs:
        for number, file in enumerate(run.files):
            table.add_row(
                run.run_id if number == 0 else "",
                file.name,
                f"{file.records:,}",
                Text(_describe_file(file)),
            )
        table.add_section()
    console.print(table)
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
    told = f"posted {file.posted_on}"
    if not file.is_closed:
        return told
    if file.contradicted_records:
        return f"{told}; the ODS shows {file.contradicted_records:,} otherwise"
    return f"{told}; in the ODS"


def _describe_next(run: "LedgerRun") -> str:
    if run.next_file:
        return f"next is {run.next_file} of {run.out_dir}"
    if any(file.state == "rejected" for file in run.files):
        return "mend what was rejected in the SIS, export again and run again"
    if run.held_students:
        return f"nothing to upload; {run.held_students:,} students are held: mend, then run again"
    return "nothing to upload"


def format_rejections(rejected: "Sequence[RejectedRecord]") -> str:
    """Return one JSON object: ``rejected``, one entry per error in the file's order."""
    listed = {"schema_version": SCHEMA_VERSION, "rejected": [asdict(one) for one in rejected]}
    return json.dumps(listed, indent=2)


def print_rejections(rejected: "Sequence[RejectedRecord]", console: "Console") -> None:
    """Print each error with its record, what we know of the rule, and what to do."""

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
            say("  record:  in no run of this ledger, by Local Record ID or key")
        else:
            say(f"  record:  {one.record_class} ({one.reason}) in {one.file_name} of {one.run_id}")
        say(f"  rule:    {one.meaning or 'not in the catalogue of rules'}")
        say(f"  do:      {one.fix or 'read the description, correct it in the SIS, run again'}")
        say(f"  foreseen: {one.was_foreseen}")
    fatal = {
        (one.run_id, one.file_name)
        for one in rejected
        if one.error.severity == "fatal" and one.run_id is not None
    }
    for run_id, name in sorted(fatal, key=str):
        say(f"{name} of {run_id} counts as rejected: CALPADS took none of its records")
