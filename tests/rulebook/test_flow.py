"""The flowcharts of the views: nothing missing, nothing made up, and text that Mermaid reads."""

import re
from dataclasses import dataclass, field

import pytest

from senr_duck.reference.resources import resource
from senr_duck.rulebook.flow import format_flow, format_overview
from senr_duck.versions.ruleset import newest_version
from senr_duck.views.read import read_dependencies, read_views
from senr_duck.views.view import LAYERS, View

VIEWS = read_views(newest_version())
READS = read_dependencies(newest_version(), VIEWS)
INPUTS = {"ODS extract", "SIS extract", "ledger", "SPRG extract", "SELA extract"}
INPUT_OF = {
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

NODE = re.compile(r'([a-z][a-z0-9_]*)(\[|\(\[|\[\(|\[\[)"([^"]+)"(\]|\]\)|\)\]|\]\])')
SUBGRAPH = re.compile(r'subgraph ([a-z][a-z0-9_]*)\["([^"]+)"\]')
ARROW = re.compile(r"([a-z][a-z0-9_]*) (-->|-\.->) ([a-z][a-z0-9_]*)")
SHAPES = {"[": "]", "([": "])", "[(": ")]", "[[": "]]"}
LAYER_PROMISES = {folder: held for folder, held in LAYERS.items() if "/" not in folder}
# Words that Mermaid does not take as the name of a node.
RESERVED = {"class", "classdef", "click", "default", "end", "flowchart", "graph", "style"}
RESERVED |= {"linkstyle", "subgraph"}

Sources = dict[str, set[str]]


@dataclass
class Chart:
    """A flowchart as it is read: labels by name, the subgraph of each node, and the arrows."""

    labels: dict[str, str] = field(default_factory=dict)
    opening: dict[str, str] = field(default_factory=dict)
    subgraph_of: dict[str, str] = field(default_factory=dict)
    sources: Sources = field(default_factory=dict)
    dotted: set[tuple[str, str]] = field(default_factory=set)


def read_chart(lines: list[str]) -> Chart:
    """Return a chart from its text; a line that is no part of one fails."""
    assert lines[0] == "flowchart TB"
    chart = Chart()
    names: list[str] = []
    subgraph = ""
    for line in map(str.strip, lines[1:]):
        if found := SUBGRAPH.fullmatch(line):
            assert not subgraph
            subgraph = found[2]
            names.append(found[1])
        elif line == "end":
            assert subgraph
            subgraph = ""
        elif found := NODE.fullmatch(line):
            name, opening, label, closing = found.groups()
            assert closing == SHAPES[opening]
            names.append(name)
            chart.labels[name], chart.opening[name] = label, opening
            chart.subgraph_of[name] = subgraph
            chart.sources[name] = set()
        else:
            arrow = ARROW.fullmatch(line)
            assert arrow, line
            source, kind, target = arrow.groups()
            assert source in chart.labels
            assert source not in chart.sources[target]  # no arrow twice
            chart.sources[target].add(source)
            if kind == "-.->":
                chart.dotted.add((source, target))
    assert len(names) == len(set(names))
    assert not RESERVED & set(names)
    assert not subgraph
    return chart


def find_folder(view: View) -> tuple[str, ...]:
    """Return the folders of a view's file below its version."""
    return view.path.relative_to(resource("sql")).parts[1:-1]


def close(sources: Sources) -> Sources:
    """Return all that feeds each node, near or far."""
    closed = {node: set(found) for node, found in sources.items()}
    for _ in closed:
        for found in closed.values():
            found.update(*(closed[source] for source in set(found)))
    return closed


def list_reads(node_of: dict[str, str]) -> Sources:
    """Return which nodes feed each node, as the locked reads of the views have it."""
    reads: Sources = {node: set() for node in node_of.values()}
    for view, named in READS.items():
        reads[node_of[view]] |= {node_of[read] for read in named if read in node_of}
    return {node: found - {node} for node, found in reads.items()}


@pytest.fixture(scope="module")
def overview() -> Chart:
    return read_chart(list(format_overview(newest_version())))


@pytest.fixture(scope="module")
def flow() -> Chart:
    return read_chart(list(format_flow(newest_version())))


@pytest.fixture(scope="module")
def node_of(flow: Chart) -> dict[str, str]:
    """Return the node of every view and input; a view without one of its own has its folder's."""
    name_of = {label: name for name, label in flow.labels.items() if not re.match(r".*\d ", label)}
    nodes = {table: name_of[label] for table, label in INPUT_OF.items()}
    for name, view in VIEWS.items():
        nodes[name] = name_of.get(view.name) or f"folder_{'_'.join(find_folder(view))}"
    return nodes


def test_the_index_of_the_views_shows_both_charts() -> None:
    text = resource("sql", "README.md").read_text(encoding="utf-8")
    charts = re.findall(r"^```mermaid\n(.*?)\n```$", text, re.MULTILINE | re.DOTALL)
    assert [chart.splitlines() for chart in charts] == [
        list(format_overview(newest_version())),
        list(format_flow(newest_version())),
    ]
    for chart in charts:  # what Mermaid draws at most
        assert len(chart) < 50_000
        assert len(ARROW.findall(chart)) < 500


def test_every_view_is_in_one_node_of_its_layer(flow: Chart, node_of: dict[str, str]) -> None:
    assert set(node_of.values()) == set(flow.labels)
    for node, label in flow.labels.items():
        views = [VIEWS[name] for name, other in node_of.items() if other == node and name in VIEWS]
        if label in INPUTS:
            assert not views
            assert (flow.subgraph_of[node], flow.opening[node]) == ("", "([")
            continue
        ((layer, *subfolders),) = {find_folder(view) for view in views}
        assert flow.subgraph_of[node] == layer
        if flow.opening[node] != "[[":
            assert [view.name for view in views] == [label]
            assert flow.opening[node] == ("[(" if views[0].is_stored else "[")
            continue
        noun = "checks" if layer.endswith("_check") else "views"
        assert label == ": ".join([*subfolders, f"{len(views)} {noun}"])


def test_only_checks_and_guards_share_a_node(flow: Chart, node_of: dict[str, str]) -> None:
    for name, view in VIEWS.items():
        layer = find_folder(view)[0]
        is_check = layer.endswith("_check") and "rule" in view.header
        shares = is_check or layer.endswith("_guard")
        assert (flow.opening[node_of[name]] == "[[") == shares, name


def test_what_a_view_reads_leads_to_it_and_nothing_else_does(
    flow: Chart, node_of: dict[str, str]
) -> None:
    tables = {read for reads in READS.values() for read in reads} - set(VIEWS)
    assert {table for table in tables if not table.startswith("reference.")} == set(INPUT_OF)
    reads = list_reads(node_of)
    origins = close(flow.sources)
    assert origins == close(reads)
    for node, sources in flow.sources.items():
        assert sources <= reads[node]
        for source in sources:  # no arrow that others imply
            assert not any(source in origins[other] for other in sources)
    assert not flow.dotted


def test_the_overview_has_every_layer_with_its_views(overview: Chart) -> None:
    counts = dict.fromkeys(LAYER_PROMISES, 0)
    for view in VIEWS.values():
        counts[find_folder(view)[0]] += 1
    expected = {f"{layer}<br/>{held}" for layer, held in LAYER_PROMISES.items()}
    layers = set(overview.labels.values()) - INPUTS
    assert set(overview.labels.values()) > INPUTS
    assert {label.rpartition("<br/>")[0] for label in layers} == expected
    for label in layers:
        assert re.search(r"<br/>(\d+) views?$", label)[1] == str(counts[label[: label.index("<")]])


def test_what_the_views_of_a_layer_read_leads_to_it_in_the_overview(overview: Chart) -> None:
    name_of = {label.partition("<")[0]: name for name, label in overview.labels.items()}
    layer_of = {name: name_of[find_folder(view)[0]] for name, view in VIEWS.items()}
    reads = list_reads({t: name_of[label] for t, label in INPUT_OF.items()} | layer_of)
    assert close(overview.sources) == close(reads)
    origins = close(overview.sources)
    for node, sources in overview.sources.items():
        assert sources <= reads[node]
        for source in sources:  # no arrow that others imply
            assert not any(source in origins[other] for other in sources)
    assert not overview.dotted
