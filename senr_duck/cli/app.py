"""The application that every command joins."""

from typing import Annotated

import typer

from senr_duck import __version__

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
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    pass
