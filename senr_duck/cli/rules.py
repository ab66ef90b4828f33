"""The commands that show and compare the versions of the rules."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from senr_duck.cli import options
from senr_duck.cli.app import CommandGroup, app
from senr_duck.cli.output import finish, open_console, say

rules = CommandGroup(help="Show, compare, and check the versions of the rules.")
app.add_typer(rules, name="rules", no_args_is_help=True)


@rules.command(name="list")
def list_() -> None:
    """List the versions, the dates each is in force, and the documents it follows."""
    from senr_duck.database.print_rows import print_rows
    from senr_duck.versions.ruleset import list_rulesets

    rows = [
        (ruleset.name, ruleset.dates, ruleset.overlays or "", ruleset.follows)
        for ruleset in list_rulesets()
    ]
    print_rows(("rules", "in force", "overlays", "follows"), rows, open_console())


@rules.command()
def show(
    version: Annotated[str, typer.Argument(metavar="VERSION", help="The version, such as v1.")],
) -> None:
    """Show one version: its dates, what it changes, and its own views."""
    from senr_duck.versions.ruleset import check_version, read_ruleset
    from senr_duck.views.read import read_own_views, read_views

    ruleset = read_ruleset(check_version(version))
    own = read_own_views(version)
    others = len(read_views(version)) - len(own)
    say(f"rules {ruleset.name}, in force {ruleset.dates}")
    say(f"follows:  {ruleset.follows}")
    for change in ruleset.changes:
        say(f"change:   {change}")
    if ruleset.overlays:
        say(f"overlays: {ruleset.overlays}, which provides the other {others} views")
    say(f"\nits own views: {len(own)}")
    for view in own.values():
        say(f"{view.qualified_name}  {view.source}  {view.sha256[:12]}")


@rules.command()
def verify() -> None:
    """Check that each version's files are as released; exit status 2 if any file has changed."""
    from senr_duck.versions.release import refuse_changes
    from senr_duck.versions.ruleset import list_versions

    for version in list_versions():
        refuse_changes(version)
        say(f"{version}: as released")


@rules.command()
def diff(
    one: Annotated[str, typer.Argument(metavar="A", help="A version, such as v1.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another version, such as v2.")],
) -> None:
    """Show view by view how two versions differ; formatting and comments are ignored."""
    from senr_duck.rulebook.diff import diff_versions

    differences = diff_versions(one, other)
    for difference in differences:
        say(f"{difference.view}: {difference.kind}")
        for line in difference.lines:
            say(f"    {line}")
    if not differences:
        say(f"{one} and {other} do the same")


@rules.command()
def lineage(
    column: Annotated[
        str, typer.Argument(metavar="COLUMN", help="Such as recon.exits.enrollment_exit_date.")
    ],
    version: Annotated[
        str | None, typer.Option("--rules", help="Version of the rules; default: today's.")
    ] = None,
    mermaid: Annotated[
        bool, typer.Option("--mermaid", help="Print it as a Mermaid flowchart.")
    ] = False,
) -> None:
    """Trace a column of a view back through the other views to the extracts."""
    from senr_duck.rulebook.lineage import LineageReader
    from senr_duck.rulebook.lineage_mermaid import format_flowchart
    from senr_duck.rulebook.lineage_text import format_lineage
    from senr_duck.versions.ruleset import settle_version

    found = LineageReader(settle_version(version, date.today())).trace(column)
    for line in format_flowchart(found) if mermaid else format_lineage(found):
        say(line)


@rules.command(name="try")
def try_(
    overlay: Annotated[Path, typer.Option(help="Folder with your district's own views.")],
    ods: options.Ods,
    sis: options.Sis,
    config: options.Config = None,
    lea: Annotated[str | None, typer.Option(help="Reporting LEA, 7 digits.")] = None,
    as_of: options.AsOf = None,
    ods_date: options.OdsDate = None,
    school: options.School = None,
    version: options.Rules = None,
    allow_no_exits: options.AllowNoExits = False,
    allow_other_year: options.AllowOtherYear = False,
    allow_changed_rules: options.AllowChangedRules = False,
    out: options.Out = Path("out"),
    db: Annotated[Path, typer.Option(help="The published database.")] = Path("senr.duckdb"),
    memory_limit: options.MemoryLimit = None,
    threads: options.Threads = None,
) -> None:
    """Compare with and without your own views and show which records change; publish nothing."""
    from senr_duck.cli.messages import choose_messages
    from senr_duck.rulebook.trial import try_overlay
    from senr_duck.rulebook.trial_text import print_trial
    from senr_duck.run.engine import Engine
    from senr_duck.run.reconcile import Job

    settings = options.load_run_settings(
        config,
        sql_overlay=overlay,
        lea=lea,
        as_of=as_of,
        ods_date=ods_date,
        school=school,
        rules=version,
        allow_no_exits=allow_no_exits,
        allow_other_year=allow_other_year,
        allow_changed_rules=allow_changed_rules,
    )
    with choose_messages(False) as messages:
        engine = Engine(memory_limit, threads)
        trial = try_overlay(Job(ods, sis, settings, out, db, engine, report_step=messages.step))
    print_trial(trial, open_console())


@rules.command()
def transpile(
    to: Annotated[str, typer.Option(help="Engine: postgres or spark.")],
    out: Annotated[Path, typer.Option(help="A new folder for the numbered scripts.")],
    version: Annotated[
        str | None, typer.Option("--rules", help="Version of the rules; default: the newest.")
    ] = None,
) -> None:
    """Write the views as numbered scripts for another engine, in the order to run them."""
    from senr_duck.engines.scripts import write_scripts
    from senr_duck.versions.ruleset import check_version, newest_version

    files = write_scripts(check_version(version) if version else newest_version(), to, out)
    finish(0, f"{files} scripts written to {out}")
    say(f"{files} scripts written to {out}")
