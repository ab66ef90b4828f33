"""The command ``init``, which writes a first senr.toml."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from senr_duck.cli import options
from senr_duck.cli.app import app
from senr_duck.cli.output import finish, say


@app.command()
def init(
    ods: options.Ods,
    sis: options.Sis,
    out: Annotated[
        Path, typer.Option(help="The file to write; it must not exist yet.", metavar="FILE")
    ] = Path("senr.toml"),
    as_of: options.AsOf = None,
) -> None:
    """Write a first senr.toml from the extracts: column names, local codes, school years."""
    from senr_duck.draft.write import write_draft

    today = datetime.now().date()  # local time: a school day is a day in California
    written = write_draft(ods, sis, out, as_of.date() if as_of else today)
    finish(0, f"{out} is written")
    say(written)
