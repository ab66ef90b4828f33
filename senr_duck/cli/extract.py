"""The command ``extract-sis``, which reads the SIS's own database."""

import os
from pathlib import Path
from typing import Annotated

import typer

from senr_duck.cli import options
from senr_duck.cli.app import app
from senr_duck.cli.output import finish, say


@app.command(name="extract-sis")
def extract_sis(
    query: Annotated[
        Path | None,
        typer.Option(help="File of the query; default: sis.query in senr.toml.", metavar="FILE"),
    ] = None,
    out: Annotated[Path, typer.Option(help="The Parquet file to write.", metavar="FILE")] = Path(
        "sis.parquet"
    ),
    connection: Annotated[
        str | None,
        typer.Option(
            help="Connection string of ODBC, without a password; default: that of senr.toml.",
            metavar="TEXT",
        ),
    ] = None,
    dsn: Annotated[
        str | None, typer.Option(help="Data source of ODBC, instead of a connection string.")
    ] = None,
    user: Annotated[str | None, typer.Option(help="User who signs in to the database.")] = None,
    password_file: Annotated[
        Path | None,
        typer.Option(
            help="File with the password; default: the variable SENR_DUCK_SIS_PASSWORD, or "
            "sis.password_file in senr.toml, or the driver's own means.",
            metavar="FILE",
        ),
    ] = None,
    config: options.Config = None,
    lea: Annotated[
        str | None, typer.Option(help="Reporting LEA, 7 digits: the parameter :lea.")
    ] = None,
    as_of: options.AsOf = None,
    allow_other_year: options.AllowOtherYear = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print only errors.")] = False,
    log_json: Annotated[
        bool,
        typer.Option(
            "--log-json", help="Print steps, notices, and errors as JSON, one object per line."
        ),
    ] = False,
) -> None:
    """Run one reading query in the SIS's database over ODBC; write the extract that run reads."""
    from senr_duck.cli.messages import choose_messages
    from senr_duck.extract.source import Wanted, choose_source
    from senr_duck.extract.write import extract_sis as write_extract

    with choose_messages(log_json, quiet) as messages:
        settings = options.load_run_settings(
            config, lea=[lea] if lea else None, as_of=as_of, allow_other_year=allow_other_year
        )
        wanted = Wanted(query, connection, dsn, user, password_file)
        source = choose_source(wanted, config, os.environ)
        extracted = write_extract(source, settings, out, messages.step)
    finish(0, f"{out} is written")
    for notice in extracted.notices:
        messages.notice(notice)
    if not quiet:
        say(f"{out}: {extracted.records:,} records with {extracted.columns} columns")
