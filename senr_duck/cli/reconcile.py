"""The commands ``run`` and ``check``, which reconcile two extracts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from senr_duck.cli import options
from senr_duck.cli.app import app
from senr_duck.cli.output import finish, open_console, say
from senr_duck.errors import DataStop, InputError

if TYPE_CHECKING:
    from senr_duck.run.reconcile import Job
    from senr_duck.run.result import RunResult

# The options that decide how records are compared. The others decide where the results go, what the
# run may use, and how the result is shown.
_SETTINGS = (
    "lea",
    "all_leas",
    "as_of",
    "ods_date",
    "school",
    "rules",
    "change_years",
    "max_removal_share",
    "max_held_share",
    "max_update_share",
    "allow_missing_schools",
    "allow_no_exits",
    "allow_empty_scope",
    "allow_other_year",
    "allow_stale_ods",
    "sql_overlay",
    "allow_changed_rules",
)

_NOT_CONFIGURED = (
    "no senr.toml: the defaults are used; `senr-duck init` writes one from the extracts"
)


@dataclass(frozen=True)
class RunOptions:
    """The options of ``run`` and ``check``, as the command line gives them."""

    ods: options.Ods
    sis: options.Sis
    sprg_ods: Annotated[
        list[Path] | None,
        typer.Option(help="The ODS extract of SPRG: list the programs that are left outside."),
    ] = None
    sela_ods: Annotated[
        list[Path] | None,
        typer.Option(help="The ODS extract of SELA: list the statuses that are left outside."),
    ] = None
    config: options.Config = None
    lea: Annotated[
        list[str] | None, typer.Option(help="Reporting LEA, 7 digits; repeat the option for more.")
    ] = None
    all_leas: Annotated[
        bool, typer.Option("--all-leas", help="Include every LEA that the extracts name.")
    ] = False
    as_of: options.AsOf = None
    ods_date: options.OdsDate = None
    school: options.School = None
    rules: options.Rules = None
    out: options.Out = Path("out")
    db: Annotated[Path, typer.Option(help="The database to publish.")] = Path("senr.duckdb")
    change_years: Annotated[
        str | None,
        typer.Option(help="current, or all to add and remove records in earlier years too."),
    ] = None
    max_removal_share: Annotated[
        float | None, typer.Option(help="Stop if a larger share of records would be removed.")
    ] = None
    max_held_share: Annotated[
        float | None, typer.Option(help="Stop if a larger share of students would be on hold.")
    ] = None
    max_update_share: Annotated[
        float | None,
        typer.Option(help="Stop if one field would change in a larger share of records."),
    ] = None
    allow_missing_schools: Annotated[
        bool,
        typer.Option(
            "--allow-missing-schools",
            help="Accept extracts in which one side lacks a school or a year.",
        ),
    ] = False
    allow_no_exits: options.AllowNoExits = False
    allow_empty_scope: Annotated[
        bool,
        typer.Option(
            "--allow-empty-scope",
            help="Accept an extract without a record in scope: an LEA that is new.",
        ),
    ] = False
    allow_other_year: options.AllowOtherYear = False
    allow_stale_ods: Annotated[
        bool, typer.Option("--allow-stale-ods", help="Accept an ODS extract from last school year.")
    ] = False
    sql_overlay: Annotated[
        Path | None,
        typer.Option(help="Folder with your district's own views, used instead of ours."),
    ] = None
    allow_changed_rules: options.AllowChangedRules = False
    wait: Annotated[
        float,
        typer.Option(
            min=0, max=1_000_000, help="Seconds to wait if another run is using the folders."
        ),
    ] = 0
    memory_limit: options.MemoryLimit = None
    threads: options.Threads = None
    no_shortcut: Annotated[
        bool,
        typer.Option(
            "--no-shortcut",
            help="Compare students in full even if both sides plainly agree: the same result.",
        ),
    ] = False
    engine: Annotated[
        str,
        typer.Option(
            help="Engine that runs the views: duckdb, or spark for more than one machine."
        ),
    ] = "duckdb"
    master: Annotated[
        str | None, typer.Option(help="Spark master; default: local[*].", metavar="URL")
    ] = None
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Print only errors and the JSON object of --json.")
    ] = False
    log_json: Annotated[
        bool,
        typer.Option(
            "--log-json", help="Print steps, notices, and errors as JSON, one object per line."
        ),
    ] = False


def _with_run_options(command: Callable[[RunOptions], None]) -> Callable[..., None]:
    """Return the command with an option for each field of ``RunOptions``."""

    @wraps(RunOptions, assigned=("__annotations__",), updated=())
    def call(**given: Any) -> None:
        command(RunOptions(**given))

    call.__name__, call.__doc__ = command.__name__, command.__doc__
    return call


@app.command()
@_with_run_options
def run(chosen: RunOptions) -> None:
    """Reconcile two extracts; write the zip of upload files, the report, and the database."""
    from senr_duck.run.job import run_job

    _carry_out(run_job, chosen)


@app.command(
    help="Compare like run, but write nothing. Exit status: 0 if there is nothing to send or fix, "
    "1 if there is or a guard stops the comparison, 2 if it could not run.",
)
@_with_run_options
def check(chosen: RunOptions) -> None:
    """Compare without publishing, and say by the exit status whether the sides agree."""
    from senr_duck.run.job import check_job

    _carry_out(check_job, chosen)


def _carry_out(work: "Callable[[Job], RunResult]", chosen: RunOptions) -> None:
    """Do the work that the options describe, and show its result."""
    from senr_duck.cli.messages import choose_messages
    from senr_duck.cli.summary import format_json, format_stop, print_summary
    from senr_duck.settings.settings import find_configuration

    is_configured = find_configuration(chosen.config) is not None
    with choose_messages(chosen.log_json, chosen.quiet) as messages:
        try:
            result = work(_prepare_job(chosen, messages.step))
        except DataStop as stop:
            finish(stop.exit_status, f"the run is stopped: {stop}")
            if not is_configured:
                messages.notice(_NOT_CONFIGURED)
            if chosen.as_json:
                say(format_stop(stop))
            raise
    if result.is_published:
        status, done = 0, f"run {result.run_id} is published in {result.out_dir}"
    else:
        is_to_do = result.held_students or any(file.records for file in result.files)
        status, done = int(bool(is_to_do)), "the exit status has the result"
    finish(status, done)
    if not is_configured:
        messages.notice(_NOT_CONFIGURED)
    for notice in result.notices:
        messages.notice(notice)
    if result.made_before:
        messages.notice(
            f"the same inputs as on {result.made_before}: both extracts, the settings, and what "
            f"has posted; so {result.run_id} is the same run, and its files are the same"
        )
    if chosen.as_json:
        say(format_json(result))
    elif not chosen.quiet:
        print_summary(result, open_console())
    messages.finished(result)
    raise typer.Exit(status)


def _prepare_job(chosen: RunOptions, report_step: Callable[[str], None]) -> "Job":
    from senr_duck.run.engine import Engine
    from senr_duck.run.reconcile import Job

    spark_master = _choose_master(chosen.engine, chosen.master)
    settings = options.load_run_settings(
        chosen.config, **{name: getattr(chosen, name) for name in _SETTINGS}
    )
    return Job(
        ods=chosen.ods,
        sis=chosen.sis,
        sprg_ods=chosen.sprg_ods or (),
        sela_ods=chosen.sela_ods or (),
        settings=settings,
        out=chosen.out,
        database=chosen.db,
        engine=Engine(chosen.memory_limit, chosen.threads, spark_master, not chosen.no_shortcut),
        wait=chosen.wait,
        report_step=report_step,
    )


def _choose_master(engine: str, master: str | None) -> str | None:
    """Return the Spark master to use; None means DuckDB."""
    if engine not in ("duckdb", "spark"):
        raise InputError(
            f"--engine: found {engine!r}, expected duckdb or spark", "use one of these names"
        )
    if engine == "spark":
        return master or "local[*]"
    if master is not None:
        raise InputError("--master: found without --engine spark", "use both options, or neither")
    return None
