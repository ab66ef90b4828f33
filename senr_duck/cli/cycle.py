"""The commands that lead from one run to the next: what to do now, and what has changed."""

from pathlib import Path
from typing import Annotated

import typer

from senr_duck.cli.app import app
from senr_duck.cli.messages import Messages
from senr_duck.cli.open_ledger import Database, read_runs
from senr_duck.cli.output import open_console, say
from senr_duck.errors import InputError


@app.command(name="next")
def show_next(
    lea: Annotated[str | None, typer.Option(help="Only this LEA, if there are several.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    db: Database = Path("senr.duckdb"),
) -> None:
    """Say which file to upload now, and the command that records that it posted."""
    from senr_duck.ledger import read_last_runs
    from senr_duck.ledger.next_step import describe_next, find_next_step, format_next

    with read_runs(db) as ledger:
        runs = read_last_runs(ledger, db)
    if lea is not None:
        known = ", ".join(sorted(run.lea for run in runs))
        runs = tuple(run for run in runs if run.lea == lea)
        if not runs:
            raise InputError(
                f"--lea: found {lea!r}, expected an LEA of the ledger: {known}",
                "leave out --lea to see all of them",
            )
    steps = [find_next_step(run, db) for run in runs]
    if as_json:
        say(format_next(steps))
        return
    for number, step in enumerate(steps):
        if number:
            say("")
        for line in describe_next(step, db):
            say(line)


@app.command()
def changes(
    runs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RUN [RUN]]",
            help="Two runs, by their ID or a part of it; one is compared with the last run. "
            "Default: the last run and the one before it.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    db: Database = Path("senr.duckdb"),
) -> None:
    """List what was solved from one run to another, what is new, and which counts differ."""
    from senr_duck.database.changes import compare_runs, format_changes, print_changes

    if runs and len(runs) > 2:
        raise InputError(f"found {len(runs)} runs, expected at most two", "name two runs")
    with read_runs(db) as ledger:
        compared = compare_runs(ledger, runs or ())
    if compared.before.scope != compared.now.scope:
        Messages().notice("these two runs are of different LEAs or schools")
    if as_json:
        say(format_changes(compared))
    else:
        print_changes(compared, open_console())
