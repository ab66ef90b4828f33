"""The command that writes the lists for whoever fixes what is wrong."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from senr_duck.cli import options
from senr_duck.cli.app import app
from senr_duck.cli.messages import Messages
from senr_duck.cli.output import finish, say
from senr_duck.errors import InputError
from senr_duck.privacy.shown_list import name_count

if TYPE_CHECKING:
    from senr_duck.work_lists.write_lists import WorkList


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
    db: Annotated[
        Path, typer.Option(help="The published database, of a run or a comparison.")
    ] = Path("senr.duckdb"),
    compared: options.Compared = None,
) -> None:
    """Write an Excel workbook for each LEA: what to fix in all files, with a sheet per school."""
    from senr_duck.database.comparisons import read_comparisons
    from senr_duck.database.published import is_stopped, open_published
    from senr_duck.database.schema import is_comparison
    from senr_duck.ledger import read_ledger
    from senr_duck.work_lists.compared_sheets import read_compared_sheets
    from senr_duck.work_lists.corrections import choose, find_corrections
    from senr_duck.work_lists.earlier import find_new
    from senr_duck.work_lists.items import WorkItem, read_items, read_listed_run
    from senr_duck.work_lists.orphaned_sheet import read_orphaned_sheets
    from senr_duck.work_lists.sheets import Sheet
    from senr_duck.work_lists.write_lists import write_lists

    if is_comparison(db):
        options.refuse_compared(compared)
        _refuse_options_of_runs(since, calpads_is_right)
        _list_comparison(db, out)
        return
    with open_published(db) as con:
        if is_stopped(con):
            Messages().notice("a guard stopped this run; nothing of it can be uploaded")
        run = read_listed_run(con)
        choices = dict.fromkeys(choose(con, wanted) for wanted in calpads_is_right or ())
        corrections = [find_corrections(con, choice) for choice in choices]
        items = read_items(con)
        others: dict[str, list[Sheet]] = {
            lea: [sheet] for lea, sheet in read_orphaned_sheets(con, run).items()
        }
        comparisons, notices = read_comparisons(con, db, compared or (), read_compared_sheets)
    for comparison in comparisons:
        others.setdefault(comparison.lea, []).extend(comparison.sheets)
    earlier: str | None = None
    new: frozenset[WorkItem] = frozenset()
    if since is not None:
        with read_ledger(db) as ledger:
            earlier, new = find_new(ledger, db, since, run.run_id, items)
    lists, files = write_lists(out, run, items, corrections, earlier, new, others)
    finish(0, f"the lists are in {out}")
    for notice in notices:
        Messages().notice(notice)
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
        say(_describe(work_list, is_since=earlier is not None))
    for file in files:
        say(f"{file.path}: {name_count(file.values, 'value')} to correct in the SIS")


def _refuse_options_of_runs(since: str | None, calpads_is_right: list[str] | None) -> None:
    given = {"--since": since, "--calpads-is-right": calpads_is_right}
    if found := [name for name, value in given.items() if value]:
        raise InputError(
            f"{' and '.join(found)}: found with the database of a comparison, expected that of a "
            "SENR run",
            "leave it out: the sheets of a comparison have the values to enter in the SIS",
        )


def _list_comparison(db: Path, out: Path) -> None:
    """Write the workbook of one comparison."""
    from senr_duck.database.comparisons import open_comparison
    from senr_duck.database.published import is_stopped
    from senr_duck.work_lists.compared_sheets import read_compared_sheets
    from senr_duck.work_lists.write_lists import write_lists

    with open_comparison(db) as con:
        if is_stopped(con):
            Messages().notice("a guard stopped this comparison")
        found = read_compared_sheets(con)
    ((work_list,), _) = write_lists(out, found.run, None, (), others={found.lea: found.sheets})
    finish(0, f"the list is in {out}")
    say(_describe(work_list))


def _describe(work_list: "WorkList", *, is_since: bool = False) -> str:
    """Return the line about a workbook: what is in it, in numbers."""
    counts = []
    if work_list.has_problems:
        counts.append(
            f"{name_count(work_list.problems, 'problem')} of "
            f"{name_count(work_list.students, 'student')} at "
            f"{name_count(work_list.schools, 'school')}"
            + (f", {work_list.new:,} new" if is_since else "")
        )
    counts += [f"{title}: {name_count(rows, 'row')}" for title, rows in work_list.others]
    return f"{work_list.path}: {'; '.join(counts)}"
