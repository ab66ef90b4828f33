"""The command that writes the report again, with the comparisons of other files."""

from pathlib import Path
from typing import Annotated

import typer

from senr_duck.cli import options
from senr_duck.cli.app import app
from senr_duck.cli.messages import Messages
from senr_duck.cli.output import finish, say


@app.command()
def report(
    db: Annotated[
        Path, typer.Option(help="The published database, of a run or a comparison.")
    ] = Path("senr.duckdb"),
    compared: options.Compared = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="File to write; default: report.html, or report_counts.html without students."
        ),
    ] = None,
    no_student_data: Annotated[
        bool,
        typer.Option(
            "--no-student-data", help="Show counts only, so that the report can be emailed."
        ),
    ] = False,
) -> None:
    """Write one report.html of the run and the comparisons of other files next to it."""
    from senr_duck.database.comparisons import open_comparison, read_comparisons
    from senr_duck.database.published import is_stopped, open_published
    from senr_duck.database.schema import is_comparison
    from senr_duck.ledger import find_run_folder, read_ledger
    from senr_duck.report import (
        refuse_other_file,
        replace_report,
        write_comparison,
        write_report,
    )
    from senr_duck.report.compared import read_comparison
    from senr_duck.report.places import find_places

    path = out or Path("report_counts.html" if no_student_data else "report.html")
    refuse_other_file(path)
    if is_comparison(db):
        options.refuse_compared(compared)
        with open_comparison(db) as con:
            replace_report(path, lambda made: write_comparison(con, made, not no_student_data))
        finish(0, f"{path} is written")
        say(f"report: {path}")
        return
    with open_published(db) as con:
        comparisons, notices = read_comparisons(
            con, db, compared or (), lambda other: read_comparison(other, not no_student_data)
        )
        [(run_id,)] = con.execute("select run_id from reference.run").fetchall()
        with read_ledger(db) as ledger:
            folder = db.parent if is_stopped(con) else find_run_folder(ledger, db, run_id)
        places = find_places(path, folder, db)
        replace_report(
            path,
            lambda made: write_report(con, made, not no_student_data, places, comparisons),
        )
    finish(0, f"{path} is written")
    for notice in notices:
        Messages().notice(notice)
    say(f"report: {path}")
