"""The command that carries the rules to another engine."""

from pathlib import Path
from typing import Annotated

import typer

from senr_duck.cli.app import app

rules_app = typer.Typer(help="The rules: versions and what becomes of them.", no_args_is_help=True)
app.add_typer(rules_app, name="rules")


@rules_app.callback()
def rules() -> None:
    """Work with the rules, the versioned SQL views."""


@rules_app.command()
def transpile(
    to: Annotated[str, typer.Option(help="The engine: postgres, spark or tsql.")],
    out: Annotated[Path, typer.Option(help="A new folder for the numbered scripts.")],
    rules: Annotated[str, typer.Option(help="Version of the rules.")] = "v1",
) -> None:
    """Write the views as scripts for another engine, in the order in which they must run."""
    from senr_duck.engines.scripts import write_scripts

    files = write_scripts(rules, to, out)
    typer.echo(f"{files} scripts: {out}")
