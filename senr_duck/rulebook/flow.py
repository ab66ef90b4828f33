"""How the views feed each other, as Mermaid flowcharts: layer by layer, and view by view."""

from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter

from senr_duck.rulebook.mermaid import BOX, CYLINDER, DOUBLE, ROUND, format_arrow, format_node
from senr_duck.views.read import read_dependencies, read_views
from senr_duck.views.view import LAYERS, View

# The inputs of a run, by their tables. The reference tables are left out, because so many views use
# them that their arrows would hide the others.
_INPUTS = {
    "staging.ods_raw": "ODS extract",
    "staging.sis_raw": "SIS extract",
    "staging.sis_column_given": "SIS extract",
    "staging.posted_record": "ledger",
    "staging.rejected_record": "ledger",
    "staging.earlier_run": "ledger",
    "staging.last_count": "ledger",
    "staging.last_finding": "ledger",
    "staging.program": "SPRG extract",
    "staging.language_status": "SELA extract",
}

# The nodes that feed each node directly, in the order of the chart.
_Sources = dict[str, set[str]]


def format_overview(rules: str) -> Iterator[str]:
    """Yield the lines of a flowchart of a version of the rules, with one node per layer.

    An arrow is left out if others lead from its source to its target.
    """
    views = read_views(rules)
    layers = [view.layer for view in views.values()]
    yield "flowchart TB"
    yield from _format_inputs()
    for layer, held in _list_layers():
        count = layers.count(layer)
        lines = [layer, held, f"{count} view{'s' if count > 1 else ''}"]
        yield f"    {format_node(_name_layer(layer), lines)}"
    node_of = dict(zip(views, map(_name_layer, layers), strict=True))
    yield from _format_arrows(_reduce(_read_sources(rules, views, node_of)))


def format_flow(rules: str) -> Iterator[str]:
    """Yield the lines of a flowchart of all views, each in the subgraph of its layer.

    The checks of a folder are one node, and so are the views of a guard folder. An arrow is left
    out if others lead from its source to its target.
    """
    views = read_views(rules)
    node_of = {name: _name_node(view) for name, view in views.items()}
    members: dict[str, list[View]] = {}
    for name, view in views.items():
        members.setdefault(node_of[name], []).append(view)
    yield "flowchart TB"
    yield from _format_inputs()
    for layer, _ in _list_layers():
        yield f'    subgraph {_name_layer(layer)}["{layer}"]'
        for node, grouped in members.items():
            if grouped[0].layer == layer:
                yield f"        {_format_views(node, grouped)}"
        yield "    end"
    yield from _format_arrows(_reduce(_read_sources(rules, views, node_of)))


def _list_layers() -> list[tuple[str, str]]:
    """Return the layers and what each contains, without the folders in them."""
    return [(folder, held) for folder, held in LAYERS.items() if "/" not in folder]


def _is_grouped(view: View) -> bool:
    """Return whether a view shares a node with others of its folder: checks, parts of a guard."""
    layer = view.layer
    return layer.endswith("_guard") or (layer.endswith("_check") and "rule" in view.header)


def _name_node(view: View) -> str:
    if _is_grouped(view):
        return f"folder_{view.folder.replace('/', '_')}"
    return view.qualified_name.replace(".", "_")


def _name_layer(layer: str) -> str:
    return f"layer_{layer}"


def _name_input(label: str) -> str:
    return label.lower().replace(" ", "_")


def _format_inputs() -> Iterator[str]:
    for label in dict.fromkeys(_INPUTS.values()):
        yield f"    {format_node(_name_input(label), [label], ROUND)}"


def _format_views(node: str, views: list[View]) -> str:
    """Return the node of a view, or of the views that share one."""
    first = views[0]
    if not _is_grouped(first):
        return format_node(node, [first.name], CYLINDER if first.is_stored else BOX)
    layer, _, subfolder = first.folder.partition("/")
    count = f"{len(views)} {'checks' if layer.endswith('_check') else 'views'}"
    return format_node(node, [f"{subfolder}: {count}" if subfolder else count], DOUBLE)


def _read_sources(rules: str, views: Mapping[str, View], node_of: Mapping[str, str]) -> _Sources:
    """Return what feeds each node, where ``node_of`` names the node of each view."""
    known = {table: _name_input(label) for table, label in _INPUTS.items()} | dict(node_of)
    sources: _Sources = {node: set() for node in known.values()}
    for name, reads in read_dependencies(rules, views).items():
        sources[node_of[name]] |= {known[read] for read in reads if read in known}
    return {node: found - {node} for node, found in sources.items()}


def _reduce(sources: _Sources) -> _Sources:
    """Return the sources without those that also feed a node through another source."""
    origins: _Sources = {}
    for node in TopologicalSorter(sources).static_order():
        origins[node] = sources[node].union(*(origins[source] for source in sources[node]))
    return {
        node: {source for source in found if not any(source in origins[s] for s in found)}
        for node, found in sources.items()
    }


def _format_arrows(sources: _Sources) -> Iterator[str]:
    for node, found in sources.items():
        for source in sorted(found):
            yield f"    {format_arrow(source, node)}"
