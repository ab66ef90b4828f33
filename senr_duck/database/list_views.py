"""List the SQL views on the terminal."""

from fnmatch import fnmatchcase
from itertools import groupby
from typing import TYPE_CHECKING

from senr_duck.database.print_rows import print_plain, print_rows
from senr_duck.errors import InputError
from senr_duck.reference.compared_tables import describe_compared_tables, list_compared
from senr_duck.reference.tables import describe_tables
from senr_duck.settings.nearest_name import find_nearest
from senr_duck.versions.ruleset import read_ruleset
from senr_duck.views.read import read_views
from senr_duck.views.view import LAYERS, View, place_in_schema

if TYPE_CHECKING:
    from rich.console import Console

_SCHEMAS = {
    "staging": "both extracts: every line as text (ods_raw, sis_raw), then trimmed and converted",
    "reference": "lookup tables: the run's options, codes, rules, schools",
    "recon": "the reconciliation, step by step",
}
_COMPARED = "the comparison, step by step"


def print_views(console: "Console", rules: str) -> None:
    """Print the schemas, then the content, grain, and key of each view and table.

    The views are those of one version of the rules, or of the comparison of a file such as
    ``sela``.
    """
    schemas = dict(_SCHEMAS)
    if _is_comparison(rules):
        print_plain(f"comparison of {rules.upper()}\n", console)
        del schemas["recon"]
        schemas[rules] = _COMPARED
    else:
        print_plain(f"rules {rules}, in force {read_ruleset(rules).dates}\n", console)
    for schema, held in schemas.items():
        print_plain(f"{schema}: {held}", console)
    for folder, group in groupby(read_views(rules).values(), lambda view: view.folder):
        print_plain(f"\n{folder}: {LAYERS[folder]}", console)
        print_rows(
            ("view", "content", "grain", "key"),
            [_describe(view, rules) for view in group],
            console,
        )
    print_plain("\ntables", console)
    tables = [(name, held) for name, (held, _) in _describe_tables(rules).items()]
    print_rows(("table", "content"), tables, console)


def print_view(pattern: str, console: "Console", rules: str) -> None:
    """Print the one view or table of a name, or list those that a pattern finds.

    The name may be without its schema. A view is printed as its file: header and SQL; a table as
    its comment and columns. A pattern is part of a name or of the sentence about the content; ``*``
    and ``?`` stand for any characters. The views are those of ``print_views``. Raises InputError if
    nothing is found.
    """
    views = {_place(name, rules): view for name, view in read_views(rules).items()}
    tables = _describe_tables(rules)
    wanted = pattern.strip().lower()
    names = [name for name in (*views, *tables) if wanted in (name, name.partition(".")[2])]
    if names:
        name = names[0]
        if name in views:
            _print_sql(_place(views[name].text.rstrip(), rules), console)
        else:
            held, columns = tables[name]
            _print_sql(f"-- {held}\n\n" + "\n".join(columns), console)
        return
    listed = [_describe(view, rules) for view in views.values()]
    listed += [(name, held, "", "") for name, (held, _) in tables.items()]
    found = [row for row in listed if _is_match(wanted, *row[:2])]
    if not found:
        near = find_nearest(wanted, (*tables, *views), most=3)
        raise InputError(
            f"found no view named {pattern}, expected one listed by `senr-duck views`",
            f"did you mean {' or '.join(near)}?" if near else "`senr-duck views` lists them all",
        )
    print_rows(("view or table", "content", "grain", "key"), found, console)


def _is_match(wanted: str, name: str, sentence: str) -> bool:
    if not set(wanted) & set("*?"):
        return wanted in name or wanted in sentence.lower()
    return any(fnmatchcase(text, wanted) for text in (name, name.partition(".")[2]))


def _print_sql(text: str, console: "Console") -> None:
    if console.is_terminal:
        from rich.syntax import Syntax

        console.print(
            Syntax(
                text,
                "sql",
                theme="ansi_dark",
                background_color="default",
                word_wrap=True,
            )
        )
    else:
        print_plain(text, console)


def _describe(view: View, rules: str) -> tuple[str, ...]:
    """Return a view's row: the first sentence of its header, its grain, and its key."""
    sentence = view.header["comment"].partition(". ")[0].removesuffix(".")
    return (
        _place(view.qualified_name, rules),
        sentence,
        view.header["grain"],
        view.header["key"],
    )


def _is_comparison(rules: str) -> bool:
    return rules.upper() in list_compared()


def _place(text: str, rules: str) -> str:
    """Return a text with the views of a comparison in the schema that its database has."""
    return place_in_schema(text, rules) if _is_comparison(rules) else text


def _describe_tables(rules: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    return describe_compared_tables() if _is_comparison(rules) else describe_tables()
