"""What to do next for each LEA: the file to upload now, and the command that records it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.export.archive import name_archive
from senr_duck.ledger.command_line import name_command, name_posted

if TYPE_CHECKING:
    from senr_duck.ledger.status import LedgerRun

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class NextStep:
    """What to do next for an LEA, after its last run.

    ``step`` is ``upload``, ``fix`` after a rejection, ``request`` when everything has posted,
    ``hold`` if there are only students on hold, or ``nothing``. For an upload, ``file`` is the name
    in the zip ``archive``, ``record`` the command that records it, and ``after`` the files that
    follow.
    """

    lea: str
    run_id: str
    as_of: date
    step: str
    held_students: int
    file: str | None = None
    records: int | None = None
    is_unconfirmed: bool = False
    archive: str | None = None
    record: str | None = None
    after: tuple[str, ...] = ()


def find_next_step(run: "LedgerRun", database: Path) -> NextStep:
    """Return what to do next for the LEA of its last run."""
    of_run = (run.lea, run.run_id, run.as_of)
    to_upload = [file for file in run.files if file.state == "written" and file.records]
    if run.next_file is None:
        if any(file.state == "rejected" for file in run.files):
            return NextStep(*of_run, "fix", run.held_students)
        has_posted = any(file.state == "posted" and not file.is_closed for file in run.files)
        step = "request" if has_posted else "hold" if run.held_students else "nothing"
        return NextStep(*of_run, step, run.held_students)
    now, *after = to_upload
    name = now.name.rpartition("/")[2]
    return NextStep(
        *of_run,
        "upload",
        run.held_students,
        file=name,
        records=now.records,
        is_unconfirmed=now.is_unconfirmed,
        archive=str(Path(run.out_dir) / name_archive(run.lea, run.as_of)),
        record=name_posted(database, run.run_id, run.lea if run.is_of_several else None, name),
        after=tuple(file.name.rpartition("/")[2] for file in after),
    )


def format_next(steps: Sequence[NextStep]) -> str:
    """Return one JSON object: ``next``, one entry per LEA."""
    listed = {"schema_version": SCHEMA_VERSION, "next": [asdict(step) for step in steps]}
    return json.dumps(listed, indent=2, default=str)


def describe_next(step: NextStep, database: Path) -> Iterator[str]:
    """Yield the lines that tell a person what to do, with the commands to copy."""
    yield f"LEA {step.lea}, run {step.run_id}, as of {step.as_of}"
    held = f"{step.held_students:,} student{'' if step.held_students == 1 else 's'} on hold"
    if step.step == "upload":
        records = f"{step.records:,} record{'' if step.records == 1 else 's'}"
        yield f"  upload now:       {step.file} ({records}), with Split File off"
        yield f"  it is in:         {step.archive}"
        if step.archive is not None and not Path(step.archive).is_file():
            yield "                    (this zip is not there any more: run again)"
        if step.is_unconfirmed:
            yield (
                "                    (CALPADS does not document whether it accepts these records; "
                "a rejection stops nothing else)"
            )
        yield f"  when it posted:   {step.record}"
        yield f"  if it is refused: {name_command('rejected', database, 'FILE')}"
        yield "                    (FILE is the rejected-records extract that CALPADS offers)"
        if step.after:
            yield f"  after that:       {', '.join(step.after)}"
    elif step.step == "fix":
        yield "  CALPADS rejected a file: fix the records in the SIS, export again, and run again"
        yield "  (senr-duck rejected FILE shows each record and what to do)"
    elif step.step == "request":
        yield "  everything has posted: request a new ODS extract from CALPADS, export the SIS, and"
        yield f"  {name_command('run', database, '--ods', 'FILE', '--sis', 'FILE')}"
    elif step.step == "hold":
        yield (
            f"  nothing to upload; {held}: fix in the SIS what exceptions.csv lists, and run again"
        )
    else:
        yield "  nothing to upload, and no student on hold"
    if step.step in ("upload", "request") and step.held_students:
        yield f"  while you wait:   {held}: fix them in the SIS for the next run"
