"""The commands that look into the versions of the rules."""

from typing import Annotated

import typer

from senr_duck.cli.app import app

rules = typer.Typer(help="The versions of the rules: what each holds, what is changed.")
app.add_typer(rules, name="rules", no_args_is_help=True)


@rules.command(name="list")
def list_() -> None:
    """List the versions, from when to when each is in force, and what it follows."""
    from rich.console import Console

    from senr_duck.answer import print_rows
    from senr_duck.rules.ruleset import list_rulesets

    rows = [
        (ruleset.name, ruleset.dates, ruleset.extends or "", ruleset.follows)
        for ruleset in list_rulesets()
    ]
    print_rows(("rules", "in force", "extends", "follows"), rows, Console())


@rules.command()
def show(version: Annotated[str, typer.Argument(metavar="VERSION", help="As v1.")]) -> None:
    """Show one version: its dates, what it changes, and the views that it holds itself."""
    from senr_duck.rules.ruleset import check_version, read_ruleset
    from senr_duck.views import read_own_views, read_views

    ruleset = read_ruleset(check_version(version))
    own = read_own_views(version)
    inherited = len(read_views(version)) - len(own)
    typer.echo(f"rules {ruleset.name}, in force {ruleset.dates}")
    typer.echo(f"follows: {ruleset.follows}")
    for change in ruleset.changes:
        typer.echo(f"change:  {change}")
    if ruleset.extends:
        typer.echo(f"extends: {ruleset.extends}, of which it inherits {inherited} views")
    typer.echo(f"\n{len(own)} views of its own:")
    for view in own.values():
        typer.echo(f"{view.qualified_name}  {view.source}  {view.sha256[:12]}")


@rules.command()
def verify() -> None:
    """Hold every version's files against its lock; exit status 2 if one is not as released."""
    from senr_duck.rules.release import refuse_changes
    from senr_duck.rules.ruleset import list_versions

    for version in list_versions():
        refuse_changes(version)
        typer.echo(f"{version}: as released")


@rules.command()
def diff(
    one: Annotated[str, typer.Argument(metavar="A", help="A version, as v1.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another one, as v2.")],
) -> None:
    """Show view by view what two versions do differently; form and comments are no difference."""
    from senr_duck.rules.diff import diff_versions

    differences = diff_versions(one, other)
    for difference in differences:
        typer.echo(f"{difference.view}: {difference.kind}")
        for line in difference.lines:
            typer.echo(f"    {line}")
    if not differences:
        typer.echo(f"{one} and {other} do the same")
