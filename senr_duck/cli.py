"""The command line: options in, one function called, errors printed."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from senr_duck import __version__
from senr_duck.errors import InputError, SenrError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

app = typer.Typer(
    name="senr-duck",
    help="Reconcile CALPADS student enrollment (SENR) with a student information system.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its tracebacks show locals, which hold student data
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"senr-duck {__version__}")
        raise typer.Exit


@app.callback()
def _main_options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print it."),
    ] = False,
) -> None:
    pass


@app.command()
def run(
    ods: Annotated[Path, typer.Option(help="The SENR ODS extract from CALPADS.")],
    sis: Annotated[Path, typer.Option(help="The enrollment extract of the SIS.")],
    config: Annotated[
        Path | None, typer.Option(help="Configuration; default senr.toml, if it stands here.")
    ] = None,
    lea: Annotated[str | None, typer.Option(help="Reporting LEA, 7 digits.")] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As-of date; default today.")
    ] = None,
    school: Annotated[
        list[str] | None, typer.Option(help="Only this school; may be given again.")
    ] = None,
    rules: Annotated[str | None, typer.Option(help="Version of the rules.")] = None,
    out: Annotated[Path, typer.Option(help="Folder of the runs.")] = Path("out"),
    db: Annotated[Path, typer.Option(help="The database to publish.")] = Path("senr.duckdb"),
    change_years: Annotated[
        str | None, typer.Option(help="current, or all: add and remove in earlier years too.")
    ] = None,
    max_removal_share: Annotated[
        float | None, typer.Option(help="Stop above this share of records removed.")
    ] = None,
    max_held_share: Annotated[
        float | None, typer.Option(help="Stop above this share of students held.")
    ] = None,
    max_update_share: Annotated[
        float | None, typer.Option(help="Stop above this share of records with one field changed.")
    ] = None,
    allow_missing_schools: Annotated[
        bool, typer.Option("--allow-missing-schools", help="One side may lack a school or a year.")
    ] = False,
    allow_no_exits: Annotated[
        bool, typer.Option("--allow-no-exits", help="The ODS extract may have no exit date.")
    ] = False,
    allow_other_year: Annotated[
        bool, typer.Option("--allow-other-year", help="Reproduce a run of another school year.")
    ] = False,
    allow_stale_ods: Annotated[
        bool, typer.Option("--allow-stale-ods", help="The ODS extract may be of last year.")
    ] = False,
    memory_limit: Annotated[str | None, typer.Option(help="Memory for DuckDB, as 4GB.")] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="Threads for DuckDB.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Print nothing but errors, and --json's object.")
    ] = False,
) -> None:
    """Reconcile two extracts; write the zip of upload files and the database."""
    from rich.console import Console

    from senr_duck.run import Engine, run_reconciliation
    from senr_duck.settings import load_settings
    from senr_duck.summary import format_json, print_summary

    given: dict[str, Any] = {
        "lea": lea,
        "as_of": as_of.date() if as_of else None,
        "school": school or None,
        "rules": rules,
        "change_years": change_years,
        "max_removal_share": max_removal_share,
        "max_held_share": max_held_share,
        "max_update_share": max_update_share,
        "allow_missing_schools": allow_missing_schools or None,
        "allow_no_exits": allow_no_exits or None,
        "allow_other_year": allow_other_year or None,
        "allow_stale_ods": allow_stale_ods or None,
    }
    options = {name: value for name, value in given.items() if value is not None}
    today = datetime.now().date()  # local: a school day is a day in California
    settings = load_settings(config, options, today)
    messages = Console(stderr=True, highlight=False, soft_wrap=True)
    with _show_progress(messages, quiet) as report_step:
        result = run_reconciliation(
            ods, sis, settings, out, db, Engine(memory_limit, threads), report_step
        )
    if not quiet:
        for notice in result.notices:
            messages.print(f"notice: {notice}", markup=False)
    if as_json:
        typer.echo(format_json(result))
    elif not quiet:
        print_summary(result, Console())


@contextmanager
def _show_progress(console: "Console", quiet: bool) -> "Iterator[Callable[[str], None]]":
    """Give a function that shows the step at hand, on a terminal only."""
    if quiet or not console.is_terminal:
        yield lambda _: None
        return
    with console.status("Starting") as status:
        # with a spinner named the line is drawn at once; a short step would not be seen otherwise
        yield lambda step: status.update(step, spinner="dots")


@app.command()
def report(
    db: Annotated[Path, typer.Option(help="The published database.")] = Path("senr.duckdb"),
    out: Annotated[
        Path | None,
        typer.Option(help="File; default report.html, or report_counts.html without students."),
    ] = None,
    no_student_data: Annotated[
        bool, typer.Option("--no-student-data", help="Counts only: a report that can be mailed.")
    ] = False,
) -> None:
    """Make report.html anew from the published database, or one without student data."""
    from senr_duck.published import open_published
    from senr_duck.report import replace_report

    path = out or Path("report_counts.html" if no_student_data else "report.html")
    with open_published(db) as con:
        replace_report(con, path, with_student_data=not no_student_data)
    typer.echo(f"report: {path}")


@app.command()
def sample(
    district: Annotated[str, typer.Option(help="A district of the state's school list.")],
    out: Annotated[Path, typer.Option(help="Folder to write to.")],
    students: Annotated[
        int | None, typer.Option(min=1, help="How many; default the district's real size.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 1,
) -> None:
    """Make a pair of extracts of made-up students, with a drift between them."""
    from senr_duck.sample import AS_OF, write_sample

    paths = write_sample(district, students, seed, out)
    typer.echo(f"ODS extract: {paths.ods}")
    typer.echo(f"SIS extract: {paths.sis}")
    typer.echo(f"configuration: {paths.config}")
    typer.echo(f"as-of date: {AS_OF}")


@app.command()
def simulate(
    archive: Annotated[Path, typer.Argument(metavar="ZIP", help="The zip of upload files.")],
    ods: Annotated[Path, typer.Option(help="The ODS extract that the files are posted to.")],
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of posting; default today.")
    ] = None,
    write_ods: Annotated[
        Path | None, typer.Option(help="Write the ODS extract as it is afterwards.")
    ] = None,
) -> None:
    """Post the zip's files in order to a model of CALPADS; exit status 1 if one is rejected."""
    from senr_duck.simulate import (
        format_results,
        is_any_rejected,
        post_archive,
        read_extract,
        write_extract,
    )

    # Records are plain tuples without circles: to look for some took half of the time.
    gc.disable()
    held = read_extract(ods)
    results = post_archive(held, archive, as_of.date() if as_of else datetime.now().date())
    typer.echo(format_results(results))
    if write_ods is not None:
        write_extract(held, write_ods)
    if is_any_rejected(results):
        raise typer.Exit(1)


@app.command()
def explain(
    number: Annotated[str, typer.Argument(metavar="SSID", help="The student's SSID.")],
    local_id: Annotated[
        bool, typer.Option("--local-id", help="The number is a local student ID.")
    ] = False,
    db: Annotated[Path, typer.Option(help="The published database.")] = Path("senr.duckdb"),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show one student: both sides, what is sent and why, what is held and how to mend it."""
    from rich.console import Console

    from senr_duck.explain import find_students, read_names
    from senr_duck.explain_json import format_explanations
    from senr_duck.explain_text import print_explanation
    from senr_duck.published import open_published

    with open_published(db) as con:
        explanations = find_students(con, number, local_id)
        names = read_names(con)
    if as_json:
        typer.echo(format_explanations(explanations, names))
        return
    for explanation in explanations:
        print_explanation(explanation, names, Console())


@app.command()
def spot_check(
    students: Annotated[int, typer.Option("-n", min=1, help="How many students.")] = 12,
    seed: Annotated[int, typer.Option(help="Another seed gives other students.")] = 1,
    db: Annotated[Path, typer.Option(help="The published database.")] = Path("senr.duckdb"),
) -> None:
    """Choose students to look up by hand before uploading, with a line to tick for each."""
    from rich.console import Console

    from senr_duck.explain import explain_keys
    from senr_duck.published import open_published
    from senr_duck.spot_check import choose_spot_checks
    from senr_duck.spot_check_text import print_spot_checks

    with open_published(db) as con:
        checks = choose_spot_checks(con, students, seed)
        explained = explain_keys(con, [check.student_key for check in checks])
    if not checks:
        typer.echo("nothing is sent or held: there is nobody to check")
        return
    by_key = {one.student.key: one for one in explained}
    print_spot_checks([(check, by_key[check.student_key]) for check in checks], Console())


# Looking into what a run published, and into the views.


@app.command(name="sql")
def ask_sql(
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help="One SQL query; - reads it from standard input.")
    ],
    db: Annotated[Path, typer.Option(help="The published database.")] = Path("senr.duckdb"),
    as_csv: Annotated[bool, typer.Option("--csv", help="Write all rows as CSV.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write all rows as JSON.")] = False,
    rows: Annotated[
        int, typer.Option(min=0, help="Print at most so many rows of a table; 0 means all.")
    ] = 200,
) -> None:
    """Query the published database: read-only, as a table, CSV or JSON."""
    from rich.console import Console

    from senr_duck.answer import print_answer, write_csv, write_json
    from senr_duck.published import open_published
    from senr_duck.query import ask, read_query

    if as_csv and as_json:
        raise InputError("--csv and --json: found both, expected one", "leave one of them out")
    sql = read_query(sys.stdin.buffer) if query == "-" else query
    with open_published(db) as con:
        answer = ask(con, sql)
        if as_csv or as_json:
            write = write_json if as_json else write_csv
            write(answer, typer.get_binary_stream("stdout"))
        else:
            print_answer(answer, Console(), rows)


@app.command()
def views(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="A view; without it, the list of all.")
    ] = None,
) -> None:
    """List the SQL views with what each holds, or show one view's header with its SQL."""
    from rich.console import Console

    from senr_duck.catalogue import print_view, print_views

    if name is None:
        print_views(Console())
    else:
        print_view(name, Console())


def main() -> None:
    """Run the command line; a SenrError is printed, everything else keeps its traceback."""
    try:
        app()
    except SenrError as error:
        print(f"error: {error}\n\nhint: {error.hint}", file=sys.stderr)
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        sys.exit(130)
    except RuntimeError as error:
        if str(error) != "Query interrupted":  # DuckDB's word for Ctrl-C within a statement
            raise
        sys.exit(130)
