"""The commands for trying senr-duck out: made-up extracts, and a model of CALPADS."""

import gc
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from senr_duck.cli.app import app
from senr_duck.cli.output import finish, say
from senr_duck.errors import InputError


@app.command()
def sample(
    out: Annotated[Path, typer.Option(help="Folder to write to.")],
    district: Annotated[
        str | None, typer.Option(help="A district in the state's school list.")
    ] = None,
    county: Annotated[str | None, typer.Option(help="All districts of a county.")] = None,
    statewide: Annotated[bool, typer.Option("--statewide", help="All of California.")] = False,
    students: Annotated[
        int | None, typer.Option(min=1, help="How many students; default: the real enrollment.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 1,
    form: Annotated[
        str,
        typer.Option(
            "--as",
            help="Form of the SIS side: csv, or aeries-tables for tables of Aeries too, as SQL.",
            metavar="FORM",
        ),
    ] = "csv",
    all_files: Annotated[
        bool, typer.Option("--all-files", help="Also write pairs of SELA, SPRG and SINF.")
    ] = False,
) -> None:
    """Write an ODS and a SIS extract of made-up students, with typical differences.

    Choose a district, a county, or the whole state.
    """
    from senr_duck.sample import AS_OF, write_sample

    if form not in ("csv", "aeries-tables"):
        raise InputError(
            f"--as: found {form!r}, expected csv or aeries-tables", "use one of these names"
        )
    paths = write_sample(
        district,
        students,
        seed,
        out,
        county=county,
        statewide=statewide,
        with_aeries_tables=form == "aeries-tables",
        all_files=all_files,
    )
    finish(0, f"the sample is written to {out}")
    say(f"ODS extract: {paths.ods}")
    say(f"SIS extract: {paths.sis}")
    if paths.tables:
        say(f"tables of Aeries: {paths.tables}")
    if all_files:
        say(f"pairs of SELA, SPRG and SINF: {out}/*_ods.txt, {out}/*_sis.csv")
    say(f"configuration: {paths.config}")
    say(f"as-of date: {AS_OF}")


@app.command()
def simulate(
    archive: Annotated[Path, typer.Argument(metavar="ZIP", help="The zip of upload files.")],
    ods: Annotated[
        list[Path],
        typer.Option(help="The ODS extract to post the files to; repeat the option for more."),
    ],
    lea: Annotated[
        str | None, typer.Option(help="The zip's LEA, if the ODS extract names several.")
    ] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of posting; default: today.")
    ] = None,
    write_ods: Annotated[
        Path | None, typer.Option(help="Write the ODS extract as it is after posting to this file.")
    ] = None,
) -> None:
    """Post a zip's files in order to a model of CALPADS; exit status 1 if a file is rejected."""
    from senr_duck.simulate import (
        format_results,
        is_any_rejected,
        post_archive,
        read_extract,
        refuse_existing_extract,
        write_extract,
    )

    if write_ods is not None:
        refuse_existing_extract(write_ods)

    # Records are plain tuples without reference cycles; looking for cycles took half of the time.
    gc.disable()
    first, *more = ods
    held = read_extract(first, lea, *more)
    results = post_archive(held, archive, as_of.date() if as_of else datetime.now().date())
    if write_ods is not None:
        write_extract(held, write_ods)
    status = int(is_any_rejected(results))
    finish(status, f"{write_ods} is written" if write_ods else "the exit status has the result")
    say(format_results(results))
    raise typer.Exit(status)
