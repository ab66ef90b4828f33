"""Write the views as numbered scripts for another engine, in the order to run them."""

from pathlib import Path

from senr_duck import __version__
from senr_duck.engines.dialects import DIALECTS, Dialect
from senr_duck.engines.parity import write_parity
from senr_duck.engines.relations import Relations, describe_relations
from senr_duck.engines.statements import create_input_table, create_schema, create_view
from senr_duck.engines.translate import select_translated
from senr_duck.errors import InputError
from senr_duck.files.workspace import create_private_folder, write_text
from senr_duck.views.order import order_views
from senr_duck.views.read import read_dependencies
from senr_duck.views.view import SCHEMAS, View


def write_scripts(rules: str, to: str, folder: Path) -> int:
    """Write one script per view of a version for the engine ``to``; return the number of files.

    The first script creates the schemas and the empty input tables, the next ones create one view
    each, in dependency order, and the last compares the results with DuckDB's. Writes all of them
    or none. Raises InputError for an unknown engine, a folder that is not empty, and a view that
    cannot be translated.
    """
    if to not in DIALECTS:
        raise InputError(
            f"--to: found {to!r}, expected {' or '.join(DIALECTS)}", "use one of these names"
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            f"--out: {folder} is not an empty folder",
            "use a new folder, so that old and new scripts do not mix",
        )
    dialect = DIALECTS[to]
    ordered = order_views(rules)
    relations = describe_relations(ordered)
    views = select_translated(ordered)
    texts = {"000_inputs.sql": _write_inputs(rules, views, relations, dialect)}
    for number, view in enumerate(views, start=1):
        statements = create_view(view, relations, dialect)
        header = _describe_view(view, dialect)
        texts[f"{number:03}_{view.name}.sql"] = header + join_statements(statements)
    if dialect.load_csv:
        text = join_statements(write_parity(relations, dialect))
        texts["999_parity.sql"] = _describe_parity(dialect) + text
    create_private_folder(folder)
    for name, text in texts.items():
        write_text(folder / name, text)
    return len(texts)


def find_inputs(rules: str, views: list[View]) -> list[str]:
    """Return the tables that the translated views read but do not create, by name."""
    reads = read_dependencies(rules, {view.qualified_name: view for view in views})
    return sorted({read for found in reads.values() for read in found} - set(reads))


def join_statements(statements: tuple[str, ...]) -> str:
    """Return statements as the text of a script."""
    return "\n".join(f"{statement};\n" for statement in statements)


def _write_inputs(rules: str, views: list[View], relations: Relations, dialect: Dialect) -> str:
    inputs = find_inputs(rules, views)
    statements = (
        *(create_schema(schema) for schema in SCHEMAS),
        *(create_input_table(name, relations[name], dialect) for name in inputs),
    )
    header = (
        f"-- The empty tables that the views of the rules {rules} read, for {dialect.title}.\n"
        f"-- Written by senr-duck {__version__}. Fill them from senr.duckdb: docs/engines.md.\n\n"
    )
    return header + join_statements(statements)


def _describe_view(view: View, dialect: Dialect) -> str:
    header = view.header
    kind = "a table" if view.is_stored else "a view"
    return (
        f"-- {view.qualified_name} for {dialect.title}, {kind}.\n"
        f"-- from:   {view.source}, translated by senr-duck {__version__}\n"
        f"-- sha256: {view.sha256}\n"
        f"-- grain:  {header['grain']}\n"
        f"-- key:    {header['key']}\n"
        "-- Do not change this file; change the view that it comes from.\n\n"
    )


def _describe_parity(dialect: Dialect) -> str:
    return (
        f"-- Compares the results on {dialect.title} with DuckDB's: no rows mean no difference.\n"
        "-- First write DuckDB's results, each with\n"
        "--   senr-duck sql 'from recon.removals' --csv > removals.csv\n"
        "-- and so on for exits, updates, and accounting, into the folder named below.\n"
        f"-- Written by senr-duck {__version__}.\n\n"
    )
