"""Read the SQL files of a version of the rules, and what each view reads."""

from collections.abc import Mapping

from senr_duck.versions.lock import read_lock
from senr_duck.versions.ruleset import read_ruleset, trace_chain
from senr_duck.views.view import View


def read_own_views(version: str) -> dict[str, View]:
    """Return only a version's own views, by qualified name."""
    views = [
        View(path, path.read_text(encoding="utf-8")) for path in read_ruleset(version).sql_files
    ]
    return {view.qualified_name: view for view in views}


def read_views(rules: str) -> dict[str, View]:
    """Return the views of a version of the rules such as ``v1`` by qualified name.

    Its own views replace those of the version that it overlays. They are sorted by folder, then by
    file name.
    """
    views: dict[str, View] = {}
    for ruleset in trace_chain(rules):
        views |= read_own_views(ruleset.name)
    return dict(sorted(views.items(), key=lambda named: (named[1].folder, named[1].path.name)))


def parse_reads(view: View) -> list[str]:
    """Return the qualified names of the tables that a view reads, sorted, according to sqlglot."""
    import sqlglot
    from sqlglot import exp

    tree = sqlglot.parse_one(view.statement, read="duckdb")
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    tables = {
        f"{table.db}.{table.name}"
        for table in tree.find_all(exp.Table)
        if table.db or table.name not in own
    }
    return sorted(tables - {view.qualified_name})


def read_dependencies(rules: str, views: Mapping[str, View]) -> dict[str, list[str]]:
    """Return the qualified names of the tables and views that each view reads, sorted.

    Parsing a hundred views takes longer than running them for a small district. So the locks keep
    the result next to each file's checksum, and only a changed file is parsed again.
    """
    kept = {
        file.sha256: file.reads
        for ruleset in trace_chain(rules)
        for file in read_lock(ruleset.name).files.values()
    }
    return {
        name: list(kept[view.sha256]) if view.sha256 in kept else parse_reads(view)
        for name, view in views.items()
    }
