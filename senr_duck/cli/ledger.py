"""The commands that record in the ledger what happened to the files, and that read it."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from senr_duck.cli.app import app
from senr_duck.cli.messages import Messages
from senr_duck.cli.open_ledger import Database, change_runs, read_runs
from senr_duck.cli.output import finish, open_console, say
from senr_duck.cli.standard_input import read_arguments
from senr_duck.errors import InputError
from senr_duck.privacy.shown_list import name_count


def _choose_day(on: datetime | None) -> date:
    """Return the day that the user means, today without one; raises InputError for one to come."""
    today = datetime.now().date()
    day = on.date() if on else today
    if day > today:
        raise InputError(
            f"--on: found {day}, expected a day up to today, {today}",
            "record it when CALPADS has answered",
        )
    return day


@app.command()
def posted(
    run: Annotated[
        str,
        typer.Argument(
            metavar="RUN",
            help="The run's ID, or part of it; latest for the last run; - to read it from standard "
            "input.",
        ),
    ],
    lea: Annotated[
        str | None, typer.Option(help="The LEA whose files were posted, if the run has several.")
    ] = None,
    through: Annotated[
        str | None, typer.Option(help="The last posted file, such as 002_Exits; default: all.")
    ] = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of posting; default: today.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Mark the files as not posted.")] = False,
    db: Database = Path("senr.duckdb"),
) -> None:
    """Record in the ledger which files of a run CALPADS has posted."""
    from senr_duck.ledger import mark_posted, unmark_posted

    expected = "the ID of one run"
    asked = read_arguments([run], expected)
    if len(asked) > 1:
        raise InputError(
            f"standard input: found {len(asked):,} lines, expected {expected}",
            "record one run after the other",
        )
    with change_runs(db) as ledger:
        if undo:
            news = unmark_posted(ledger, asked[0], lea, through)
        else:
            news = mark_posted(ledger, asked[0], lea, through, _choose_day(on))
    finish(0, "the ledger has it")
    for notice in news.notices:
        Messages().notice(notice)
    state = "written" if undo else "posted"
    for name in news.files:
        say(f"{news.run_id} {name}: {state}")
    if not news.files:
        say(f"{news.run_id}: nothing new")


@app.command()
def rejected(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The rejected-records extract from CALPADS.")
    ],
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day of the rejection; default: today."),
    ] = None,
    undo: Annotated[
        bool,
        typer.Option("--undo", help="Forget what this file reported; its records are sent again."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    db: Database = Path("senr.duckdb"),
) -> None:
    """Record in the ledger what CALPADS rejected; show each record, the reason, and the fix."""
    from senr_duck.ledger import keep_rejections, take_back_rejections
    from senr_duck.ledger.status_text import format_rejections, print_rejections

    with change_runs(db) as ledger:
        if undo:
            taken = take_back_rejections(ledger, file)
        else:
            found = keep_rejections(ledger, file, _choose_day(on))
    finish(0, "the ledger has it")
    if undo:
        say(f"{taken} errors of {file.name} removed from the ledger")
    elif as_json:
        say(format_rejections(found))
    else:
        print_rejections(found, open_console())


def record_spot_checks(db: Path, file: Path) -> None:
    """Record in the ledger the students that a file of the report's page has, and say how many."""
    from senr_duck.ledger import keep_spot_checks, read_spot_checks_file

    checks = read_spot_checks_file(file, datetime.now().date())
    with change_runs(db) as ledger:
        new = keep_spot_checks(ledger, checks)
    finish(0, "the ledger has it")
    listed = name_count(len(checks.look_ups), "student")
    say(f"{checks.run_id}: {listed} looked up, {new:,} new in the ledger")


@app.command()
def status(
    runs: Annotated[int, typer.Option("-n", min=1, help="How many of the last runs to show.")] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    db: Database = Path("senr.duckdb"),
) -> None:
    """Show the last runs, which of their files are posted, and which file to upload next."""
    from senr_duck.ledger import read_status
    from senr_duck.ledger.status_text import format_status, print_status

    with read_runs(db) as ledger:
        listed = read_status(ledger, db, runs)
    if as_json:
        say(format_status(listed))
    else:
        print_status(listed, open_console())


@app.command()
def clean_runs(
    keep: Annotated[
        int, typer.Option(min=1, help="How many of each LEA's last runs to keep.")
    ] = 10,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder with the runs; default: those next to the database or below it."),
    ] = None,
    db: Database = Path("senr.duckdb"),
) -> None:
    """Remove the folders of old runs, except runs that are only partly posted."""
    from senr_duck.ledger import clean_runs as remove_old
    from senr_duck.ledger import list_run_folders

    with read_runs(db) as ledger:
        outs = (out,) if out else list_run_folders(ledger, db)
    with change_runs(db, *outs) as ledger:
        cleaned = remove_old(ledger, db, keep, outs)
    finish(2 if cleaned.left else 0, f"{name_count(len(cleaned.removed), 'run')} removed")
    for folder in cleaned.removed:
        say(f"removed: {folder}")
    for folder in sorted({one.parent for one in cleaned.elsewhere}):
        Messages().notice(f"{folder} has old runs, too; name it with --out")
    for folder in cleaned.added_to:
        Messages().notice(f"{folder} stays, because it has files that the run did not write")
    if cleaned.left:
        left = "\n".join(f"{folder}: not removed: {reason}" for folder, reason in cleaned.left)
        raise InputError(left, "close what has their files open, and run the command again")
