"""The commands that reconcile."""

from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from senr_duck.cli.app import app
from senr_duck.errors import DataStop, InputError


@app.command()
def run(
    ctx: typer.Context,
    ods: Annotated[Path, typer.Option(help="The SENR ODS extract from CALPADS.")],
    sis: Annotated[Path, typer.Option(help="The enrollment extract of the SIS.")],
    config: Annotated[
        Path | None, typer.Option(help="Configuration; default senr.toml, if it stands here.")
    ] = None,
    lea: Annotated[
        list[str] | None, typer.Option(help="Reporting LEA, 7 digits; may be given again.")
    ] = None,
    all_leas: Annotated[
        bool, typer.Option("--all-leas", help="Every LEA that the extracts name.")
    ] = False,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As-of date; default today.")
    ] = None,
    ods_date: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Day on which the ODS extract was made; default its newest date.",
        ),
    ] = None,
    school: Annotated[
        list[str] | None, typer.Option(help="Only this school; may be given again.")
    ] = None,
    rules: Annotated[
        str | None, typer.Option(help="Version of the rules; default the as-of date's.")
    ] = None,
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
    sql_overlay: Annotated[
        Path | None, typer.Option(help="Folder of a district's own views, in the place of ours.")
    ] = None,
    allow_changed_rules: Annotated[
        bool, typer.Option("--allow-changed-rules", help="The SQL files may differ from a release.")
    ] = False,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait for another run to end.")] = 0,
    memory_limit: Annotated[str | None, typer.Option(help="Memory for DuckDB, as 4GB.")] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="Threads for DuckDB.")] = None,
    engine: Annotated[
        str, typer.Option(help="What runs the views: duckdb, or spark for more than one machine.")
    ] = "duckdb",
    master: Annotated[
        str | None, typer.Option(help="Spark's master; default local[*].", metavar="URL")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Print nothing but errors, and --json's object.")
    ] = False,
    log_json: Annotated[
        bool,
        typer.Option("--log-json", help="Steps, notices and errors as JSON, one object a line."),
    ] = False,
) -> None:
    """Reconcile two extracts; write the zip of upload files and the database."""
    from rich.console import Console

    from senr_duck.engine import Engine
    from senr_duck.messages import choose_messages
    from senr_duck.run import run_reconciliation
    from senr_duck.settings import load_settings
    from senr_duck.summary import format_json, print_summary

    given: dict[str, Any] = {
        "lea": lea or None,
        "all_leas": all_leas or None,
        "as_of": as_of.date() if as_of else None,
        "ods_date": ods_date.date() if ods_date else None,
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
        "sql_overlay": sql_overlay,
        "allow_changed_rules": allow_changed_rules or None,
    }
    spark_master = _choose_master(engine, master)
    options = {name: value for name, value in given.items() if value is not None}
    today = datetime.now().date()  # local: a school day is a day in California
    settings = load_settings(config, options, today)
    publish = ctx.info_name != "check"
    with choose_messages(log_json, quiet) as messages:
        result = run_reconciliation(
            ods,
            sis,
            settings,
            out,
            db,
            Engine(memory_limit, threads, spark_master),
            messages.step,
            publish=publish,
            wait=wait,
        )
    for notice in result.notices:
        messages.notice(notice)
    if as_json:
        typer.echo(format_json(result))
    elif not quiet:
        print_summary(result, Console())
    messages.finished(result)
    if not publish and (result.held_students or any(file.records for file in result.files)):
        raise typer.Exit(1)


def _choose_master(engine: str, master: str | None) -> str | None:
    """Return where Spark runs, None for DuckDB."""
    if engine not in ("duckdb", "spark"):
        raise InputError(
            f"--engine: found {engine!r}, expected duckdb or spark", "give one of them"
        )
    if engine == "spark":
        return master or "local[*]"
    if master is not None:
        raise InputError("--master: found without --engine spark", "give both, or leave it out")
    return None


@app.command(
    name="check",
    help="Compare as run does, and write nothing: exit status 0 if nothing is to send or to mend, "
    "1 if something is, 2 if it could not be told.",
)
@wraps(run)
def check(*arguments: Any, **options: Any) -> None:
    """Compare, publishing nothing; a guard's stop is trouble here, for it tells nothing."""
    try:
        run(*arguments, **options)
    except DataStop as stop:
        raise InputError(str(stop), stop.hint) from stop
