"""List the SQL views on the terminal."""

from itertools import groupby
from typing import TYPE_CHECKING

from senr_duck.database.print_rows import print_plain, print_rows
from senr_duck.errors import InputError
from senr_duck.reference.tables import describe_tables
from senr_duck.settings.nearest_name import find_nearest
from senr_duck.versions.ruleset import read_ruleset
from senr_duck.views.read import read_views
from senr_duck.views.view import LAYERS, View

if TYPE_CHECKING:
    from rich.console import Console

_SCHEMAS = {
    "staging": "both extracts: every line as text (ods_raw, sis_raw), then trimmed and converted",
    "reference": "lookup tables: the run's options, codes, rules, schools",
    "recon": "the reconciliation, step by step",
}


def print_views(console: "Console", rules: str) -> None:
    """Print the schemas, then the content, grain, and key of each view and table.

    The views are those of one version of the rules.
    """
    print_plain(f"rules {rules}, in force {read_ruleset(rules).dates}\n", console)
    for schema, held in _SCHEMAS.items():
        print_plain(f"{schema}: {held}", console)
    for folder, group in groupby(read_views(rules).values(), lambda view: view.folder):
        print_plain(f"\n{folder}: {LAYERS[folder]}", console)
        print_rows(
            ("view", "content", "grain", "key"),
            [_describe(view) for view in group],
            console,
        )
    print_plain("\ntables", console)
    tables = [(name, held) for name, (held, _) in describe_tables().items()]
    print_rows(("table", "content"), tables, console)


def print_view(name: str, console: "Console", rules: str) -> None:
    """Print a view's file, header, and SQL, or a table's comment and columns.

    The view is that of one version of the rules. The name may be without its schema. Raises
    InputError if there is no view or table of that name.
    """
    known: dict[str, str] = {
        name: f"-- {held}\n\n" + "\n".join(columns)
        for name, (held, columns) in describe_tables().items()
    } | {name: view.text.rstrip() for name, view in read_views(rules).items()}
    wanted = name.strip().lower()
    found = [known for known in known if wanted in (known, known.partition(".")[2])]
    if not found:
        near = find_nearest(wanted, known, most=3)
        raise InputError(
            f"found no view named {name}, expected one listed by `senr-duck views`",
            f"did you mean {' or '.join(near)}?" if near else "`senr-duck views` lists them all",
        )
    if console.is_terminal:
        from rich.syntax import Syntax

        console.print(
            Syntax(
                known[found[0]],
                "sql",
                theme="ansi_dark",
                background_color="default",
                word_wrap=True,
            )
        )
    else:
        print_plain(known[found[0]], console)


def _describe(view: View) -> tuple[str, ...]:
    """Return a view's row: the first sentence of its header, its grain, and its key."""
    sentence = view.header["comment"].partition(". ")[0].removesuffix(".")
    return view.qualified_name, sentence, view.header["grain"], view.header["key"]
