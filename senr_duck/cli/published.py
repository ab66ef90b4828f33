"""The commands that show what a run published, and the views."""

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from senr_duck.cli.app import app
from senr_duck.cli.ledger import record_spot_checks
from senr_duck.cli.messages import Messages
from senr_duck.cli.output import open_console, say
from senr_duck.cli.standard_input import read_arguments
from senr_duck.errors import InputError

if TYPE_CHECKING:
    import duckdb


@app.command()
def explain(
    numbers: Annotated[
        list[str],
        typer.Argument(
            metavar="SSID...",
            help="The students' SSIDs; use - to read them from standard input, one per line, so "
            "that the shell's history does not keep them.",
        ),
    ],
    local_id: Annotated[
        bool, typer.Option("--local-id", help="The numbers are local student IDs, not SSIDs.")
    ] = False,
    db: Annotated[Path, typer.Option(help="The published database.")] = Path("senr.duckdb"),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show a student: both sides, what is sent and why, what is on hold and how to fix it."""
    from senr_duck.database.published import open_published
    from senr_duck.student.explain_json import format_explanations
    from senr_duck.student.explain_text import print_explanation
    from senr_duck.student.find import find_students, read_names

    asked = read_arguments(numbers, "the number of a student in each line")
    with open_published(db) as con:
        _say_if_stopped(con)
        explanations = find_students(con, asked, local_id)
        names = read_names(con)
    if as_json:
        say(format_explanations(explanations, names))
        return
    for place, explanation in enumerate(explanations):
        if place:
            say("")
        print_explanation(explanation, names, open_console())


@app.command()
def spot_check(
    students: Annotated[int, typer.Option("-n", min=1, help="How many students to choose.")] = 12,
    seed: Annotated[int, typer.Option(help="Use another number to get other students.")] = 1,
    record: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Instead, record in the ledger who looked up whom: the file that report.html has "
            "saved.",
        ),
    ] = None,
    db: Annotated[Path, typer.Option(help="The published database.")] = Path("senr.duckdb"),
) -> None:
    """Choose students to look up by hand before uploading, with a line to tick for each."""
    if record is not None:
        record_spot_checks(db, record)
        return
    from senr_duck.database.published import open_published
    from senr_duck.ledger import list_look_ups, read_ledger
    from senr_duck.student.find import explain_keys
    from senr_duck.student.spot_check import choose_spot_checks
    from senr_duck.student.spot_check_text import print_spot_checks

    with open_published(db) as con:
        _say_if_stopped(con)
        checks = choose_spot_checks(con, students, seed)
        explained = explain_keys(con, [check.student_key for check in checks])
        [(run_id,)] = con.execute("select run_id from reference.run").fetchall()
    with read_ledger(db) as ledger:
        look_ups = list_look_ups(ledger, run_id)
    if not checks:
        say("no records are sent and no students are on hold, so there is nothing to check")
        return
    by_key = {one.student.key: one for one in explained}
    signed: dict[tuple[str, str, str], list[str]] = {}
    for one in look_ups:
        part = "" if one.ticked == one.lines else f" ({one.ticked} of {one.lines} lines)"
        whom = (one.lea, one.ssid, one.local_student_id)
        signed.setdefault(whom, []).append(f"{one.checked_by} on {one.checked_on}{part}")
    print_spot_checks(
        [(check, by_key[check.student_key]) for check in checks], open_console(), signed
    )


def _say_if_stopped(con: "duckdb.DuckDBPyConnection") -> None:
    """Print a notice if a guard stopped the run that made the database."""
    from senr_duck.database.published import is_stopped

    if is_stopped(con):
        Messages().notice("a guard stopped this run; nothing of it can be uploaded")


class _Format(StrEnum):
    """How the rows of a query are printed."""

    TABLE = "table"
    LINE = "line"
    CSV = "csv"
    JSON = "json"


@app.command(name="sql")
def ask_sql(
    query: Annotated[
        str,
        typer.Argument(
            metavar="QUERY", help="One SQL query; use - to read it from standard input."
        ),
    ],
    db: Annotated[Path, typer.Option(help="The published database.")] = Path("senr.duckdb"),
    form: Annotated[
        _Format | None,
        typer.Option(
            "--format",
            help="table (the default); line for a line per field; csv and json write all rows.",
        ),
    ] = None,
    as_line: Annotated[bool, typer.Option("--line", help="Short for --format line.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Short for --format csv.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False,
    rows: Annotated[
        int,
        typer.Option(
            min=0,
            max=1_000_000_000,
            help="Print at most this many rows of a table, or in lines; 0 means all.",
        ),
    ] = 200,
) -> None:
    """Query the published database (read-only); print a table, lines, CSV, or JSON."""
    from senr_duck.database.print_rows import print_result, write_csv, write_json
    from senr_duck.database.published import open_published
    from senr_duck.database.query import ask, read_query

    chosen = _choose_format(form, line=as_line, csv=as_csv, json=as_json)
    sql = read_query(sys.stdin.buffer) if query == "-" else query
    with open_published(db, is_compared=False) as con:
        result = ask(con, sql)
        if chosen in (_Format.CSV, _Format.JSON):
            write = write_json if chosen == _Format.JSON else write_csv
            write(result, typer.get_binary_stream("stdout"))
        else:
            print_result(result, open_console(), rows, in_lines=chosen == _Format.LINE)


def _choose_format(form: _Format | None, **short: bool) -> _Format:
    """Return the format that the options ask for; raises InputError for several of them."""
    given = [f"--{name}" for name, is_given in short.items() if is_given]
    if form is not None:
        given.append("--format")
    if len(given) > 1:
        raise InputError(
            f"{' and '.join(given)}: found {len(given)}, expected one", "leave out all but one"
        )
    return form or _Format(given[0].removeprefix("--") if given else "table")


@app.command()
def causes(
    db: Annotated[Path, typer.Option(help="The published database.")] = Path("senr.duckdb"),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show where the differences and the holds come from: the school, grade, week, or value."""
    from senr_duck.causes.read_causes import read_causes
    from senr_duck.causes.sentences import NOTHING, describe_cause, format_causes, name_subject
    from senr_duck.database.published import open_published

    with open_published(db) as con:
        _say_if_stopped(con)
        subjects = read_causes(con)
    if as_json:
        say(format_causes(subjects))
        return
    for subject in subjects:
        say(name_subject(subject))
        for cause in subject.causes:
            say(f"  {describe_cause(subject, cause)}")
    if not subjects:
        say(NOTHING)


@app.command()
def views(
    pattern: Annotated[
        str | None,
        typer.Argument(
            metavar="PATTERN",
            help="The view to show, or part of the name or content of those to list; without it, "
            "all views are listed.",
        ),
    ] = None,
    rules: Annotated[
        str | None, typer.Option(help="Version of the rules; default: the one in force today.")
    ] = None,
    db: Annotated[
        Path | None,
        typer.Option(help="Show the views of this database: of its rules, or of its comparison."),
    ] = None,
) -> None:
    """List the SQL views and what each contains, or show one view's header and SQL."""
    from senr_duck.database.list_views import print_view, print_views
    from senr_duck.versions.ruleset import settle_version

    if db is not None and rules is not None:
        raise InputError(
            "--rules and --db: found both, expected one of them", "leave one of them out"
        )
    version = _find_version(db) if db is not None else settle_version(rules, date.today())
    if pattern is None:
        print_views(open_console(), version)
    else:
        print_view(pattern, open_console(), version)


def _find_version(db: Path) -> str:
    """Return the version of the rules that a database has, or the name of its comparison."""
    from senr_duck.database.comparisons import open_comparison
    from senr_duck.database.published import open_published
    from senr_duck.database.schema import find_kind, is_comparison

    if is_comparison(db):
        with open_comparison(db) as con:
            return find_kind(con).lower()
    with open_published(db) as con:
        [(version,)] = con.execute("select rules from reference.run_parameters").fetchall()
    return str(version)
