"""The command that writes the lists for whoever fixes what is wrong."""

from pathlib import Path
from typing import Annotated

import typer

from senr_duck.cli.app import app
from senr_duck.cli.messages import Messages
from senr_duck.cli.output import finish, say
from senr_duck.privacy.shown_list import name_count


@app.command()
def work_lists(
    out: Annotated[Path, typer.Option(help="Folder for the lists.")] = Path("work_lists"),
    since: Annotated[
        str | None,
        typer.Option(
            metavar="RUN",
            help="Mark what an earlier run did not have yet: the run's ID, or part of it.",
        ),
    ] = None,
    calpads_is_right: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE|FIELD",
            help="Also write a CSV file for an import into the SIS: CALPADS's values, where this "
            "rule or field differs; repeat the option for more.",
        ),
    ] = None,
    db: Annotated[Path, typer.Option(help="The published database.")] = Path("senr.duckdb"),
) -> None:
    """Write an Excel workbook for each LEA, with a sheet per school: what to fix, worst first."""
    from senr_duck.database.published import is_stopped, open_published
    from senr_duck.ledger import read_ledger
    from senr_duck.work_lists.corrections import choose, find_corrections
    from senr_duck.work_lists.earlier import find_new
    from senr_duck.work_lists.items import WorkItem, read_items, read_listed_run
    from senr_duck.work_lists.write_lists import write_lists

    with open_published(db) as con:
        if is_stopped(con):
            Messages().notice("a guard stopped this run; nothing of it can be uploaded")
        run = read_listed_run(con)
        choices = dict.fromkeys(choose(con, wanted) for wanted in calpads_is_right or ())
        corrections = [find_corrections(con, choice) for choice in choices]
        items = read_items(con)
    earlier: str | None = None
    new: frozenset[WorkItem] = frozenset()
    if since is not None:
        with read_ledger(db) as ledger:
            earlier, new = find_new(ledger, db, since, run.run_id, items)
    lists, files = write_lists(out, run, items, corrections, earlier, new)
    finish(0, f"the lists are in {out}")
    for one in corrections:
        if not one.by_lea:
            Messages().notice(
                f"{one.choice.name}: there is nothing that the SIS could take over from CALPADS"
            )
        for name in one.translated:
            Messages().notice(
                f"senr.toml translates local codes of {name}, and the CSV file has CALPADS's codes"
            )
    for work_list in lists:
        counts = (
            f"{name_count(work_list.problems, 'problem')} of "
            f"{name_count(work_list.students, 'student')} at "
            f"{name_count(work_list.schools, 'school')}"
        )
        say(f"{work_list.path}: {counts}" + (f", {work_list.new:,} new" if earlier else ""))
    for file in files:
        say(f"{file.path}: {name_count(file.values, 'value')} to correct in the SIS")
