"""The commands that reconcile."""

from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from senr_duck.cli import options
from senr_duck.cli.app import app
from senr_duck.errors import DataStop, InputError


@app.command()
def run(
    ctx: typer.Context,
    ods: options.Ods,
    sis: options.Sis,
    config: options.Config = None,
    lea: Annotated[
        list[str] | None, typer.Option(help="Reporting LEA, 7 digits; may be given again.")
    ] = None,
    all_leas: Annotated[
        bool, typer.Option("--all-leas", help="Every LEA that the extracts name.")
    ] = False,
    as_of: options.AsOf = None,
    ods_date: options.OdsDate = None,
    school: options.School = None,
    rules: options.Rules = None,
    out: options.Out = Path("out"),
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
    allow_no_exits: options.AllowNoExits = False,
    allow_other_year: options.AllowOtherYear = False,
    allow_stale_ods: Annotated[
        bool, typer.Option("--allow-stale-ods", help="The ODS extract may be of last year.")
    ] = False,
    sql_overlay: Annotated[
        Path | None, typer.Option(help="Folder of a district's own views, in the place of ours.")
    ] = None,
    allow_changed_rules: options.AllowChangedRules = False,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait for another run to end.")] = 0,
    memory_limit: options.MemoryLimit = None,
    threads: options.Threads = None,
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

    from senr_duck.cli.messages import choose_messages
    from senr_duck.cli.summary import format_json, print_summary
    from senr_duck.run.engine import Engine
    from senr_duck.run.reconcile import run_reconciliation

    spark_master = _choose_master(engine, master)
    settings = options.load_run_settings(
        config,
        lea=lea,
        all_leas=all_leas,
        as_of=as_of,
        ods_date=ods_date,
        school=school,
        rules=rules,
        change_years=change_years,
        max_removal_share=max_removal_share,
        max_held_share=max_held_share,
        max_update_share=max_update_share,
        allow_missing_schools=allow_missing_schools,
        allow_no_exits=allow_no_exits,
        allow_other_year=allow_other_year,
        allow_stale_ods=allow_stale_ods,
        sql_overlay=sql_overlay,
        allow_changed_rules=allow_changed_rules,
    )
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
def check(*arguments: Any, **given: Any) -> None:
    """Compare, publishing nothing; a guard's stop is trouble here, for it tells nothing."""
    try:
        run(*arguments, **given)
    except DataStop as stop:
        raise InputError(str(stop), stop.hint) from stop
