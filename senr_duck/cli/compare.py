"""The command ``compare``: SELA, SPRG and SINF, which depend on enrollments."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from senr_duck.cli import options
from senr_duck.cli.app import app
from senr_duck.cli.output import finish, open_console, say
from senr_duck.errors import DataStop, InputError

if TYPE_CHECKING:
    from rich.console import Console

    from senr_duck.compare.result import CompareResult

_SCHEMA_VERSION = 1
_SENR_DATABASE = Path("senr.duckdb")


@app.command()
def compare(
    file: Annotated[str, typer.Argument(metavar="FILE", help="sela, sprg or sinf.")],
    ods: Annotated[
        list[Path],
        typer.Option(help="The ODS extract of that file; repeat the option for more files."),
    ],
    sis: Annotated[
        list[Path],
        typer.Option(help="The same records from the SIS; repeat the option for more files."),
    ],
    senr: Annotated[
        str | None,
        typer.Option(
            metavar="RUN|DB",
            help="The SENR run that has posted, for its enrollments: its ID or part of it, latest "
            "for the last run, its folder, or its database.",
        ),
    ] = None,
    config: options.Config = None,
    lea: Annotated[str | None, typer.Option(help="Reporting LEA, 7 digits.")] = None,
    as_of: options.AsOf = None,
    ods_date: options.OdsDate = None,
    out: options.Out = Path("out"),
    db: Annotated[
        Path | None,
        typer.Option(help="The database to publish; default: compare_sela.duckdb and so on."),
    ] = None,
    allow_stale_ods: Annotated[
        bool,
        typer.Option(
            "--allow-stale-ods",
            help="Accept an ODS extract from before the last SENR file that has posted.",
        ),
    ] = False,
    allow_empty_scope: Annotated[
        bool,
        typer.Option("--allow-empty-scope", help="Accept extracts that have no record in common."),
    ] = False,
    allow_no_meals: Annotated[
        bool,
        typer.Option(
            "--allow-no-meals", help="Accept an ODS extract of SPRG without meal programs."
        ),
    ] = False,
    allow_other_year: options.AllowOtherYear = False,
    allow_changed_rules: options.AllowChangedRules = False,
    wait: Annotated[
        float,
        typer.Option(
            min=0, max=1_000_000, help="Seconds to wait if another run is using the folders."
        ),
    ] = 0,
    memory_limit: options.MemoryLimit = None,
    threads: options.Threads = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Print only errors and the JSON object of --json.")
    ] = False,
    log_json: Annotated[
        bool,
        typer.Option(
            "--log-json", help="Print steps, notices, and errors as JSON, one object per line."
        ),
    ] = False,
) -> None:
    """Compare SELA, SPRG or SINF with the SIS, and list what differs; nothing is sent."""
    from senr_duck.cli.messages import choose_messages
    from senr_duck.cli.summary import format_stop
    from senr_duck.compare.enrollments import find_senr_run
    from senr_duck.compare.job import CompareJob, compare_files
    from senr_duck.reference.compared_tables import name_database
    from senr_duck.run.engine import Engine

    file_type = _check_file(file)
    settings = options.load_run_settings(
        config,
        lea=[lea] if lea else None,
        as_of=as_of,
        ods_date=ods_date,
        allow_stale_ods=allow_stale_ods,
        allow_empty_scope=allow_empty_scope,
        allow_other_year=allow_other_year,
        allow_changed_rules=allow_changed_rules,
    )
    senr_run = find_senr_run(senr, _SENR_DATABASE) if senr is not None else None
    with choose_messages(log_json, quiet) as messages:
        job = CompareJob(
            file_type=file_type,
            ods=ods,
            sis=sis,
            settings=settings,
            out=out,
            database=db or Path(name_database(file_type)),
            senr=senr_run,
            ledger_of=senr_run.database if senr_run else _SENR_DATABASE,
            allow_no_meals=allow_no_meals,
            engine=Engine(memory_limit, threads),
            wait=wait,
            report_step=messages.step,
        )
        try:
            result = compare_files(job)
        except DataStop as stop:
            finish(stop.exit_status, f"the comparison is stopped: {stop}")
            if as_json:
                say(format_stop(stop))
            raise
    finish(0, f"the comparison {result.run_id} is published in {result.out_dir}")
    for notice in result.notices:
        messages.notice(notice)
    if as_json:
        say(_format_json(result))
    elif not quiet:
        _print_summary(result, open_console())


def _check_file(file: str) -> str:
    """Return the code of the file; raises InputError for one that is not compared."""
    from senr_duck.reference.compared_tables import list_compared

    known = [code.lower() for code in list_compared()]
    if file.lower() not in known:
        raise InputError(
            f"compare: found {file!r}, expected {' or '.join(known)}",
            "`senr-duck run` compares SENR" if file.lower() == "senr" else "use one of these names",
        )
    return file.upper()


def _format_json(result: "CompareResult") -> str:
    return json.dumps(
        {
            "schema_version": _SCHEMA_VERSION,
            "file": result.file_type,
            "run_id": result.run_id,
            "out_dir": str(result.out_dir),
            "lea": result.settings.lea,
            "as_of": result.settings.as_of.isoformat(),
            "school_year": result.settings.school_year,
            "senr_run": result.senr_run,
            "ods": result.accounting["ods"],
            "sis": result.accounting["sis"],
            "reasons": [
                {
                    "class": one.class_code,
                    "reason": one.reason,
                    "acts": one.acts,
                    "ods": one.ods,
                    "sis": one.sis,
                }
                for one in result.counts
            ],
            "notices": list(result.notices),
            "seconds": round(result.seconds, 3),
            "list": str(result.list_file),
            "work_list": None if result.work_list is None else str(result.work_list),
            "report": str(result.report),
            "database": str(result.database),
        },
        indent=2,
    )


def _print_summary(result: "CompareResult", console: "Console") -> None:
    """Print where every line went, and who has to act."""
    from rich.table import Table

    console.print(
        f"{result.file_type}, LEA {result.settings.lea}, school year "
        f"{result.settings.school_year}, as of {result.settings.as_of}",
        highlight=False,
    )
    lines = Table(title="Where every line went", title_justify="left")
    for name in ("class", "reason"):
        lines.add_column(name, no_wrap=True)
    for name in ("ODS", "SIS"):
        lines.add_column(name, justify="right")
    lines.add_column("who acts", no_wrap=True)
    for one in result.counts:
        counts = (f"{count:,}" if count else "" for count in (one.ods, one.sis))
        lines.add_row(one.class_code, one.reason, *counts, one.acts)
    lines.add_section()
    read = (f"{result.accounting[side]['lines']:,}" for side in ("ods", "sis"))
    lines.add_row("lines", "", *read, "")
    console.print(lines)
    console.print(
        f"Nothing is sent; the list has {result.listed:,} rows, one per line or differing field",
        highlight=False,
    )
    # one line each, however long: people copy the paths, and scripts search for them
    for name, path in (
        ("report", result.report),
        ("list", result.list_file),
        ("work list", result.work_list or "too many rows for a workbook; see the list"),
        ("database", result.database),
    ):
        console.print(f"{name + ':':10} {path}", highlight=False, soft_wrap=True)
