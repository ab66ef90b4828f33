"""How the views feed each other: boxes in panels, and the arrows that no longer way implies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter

from senr_duck.views.views import CHECK_LAYER, LAYERS, View, read_dependencies, read_views

Arrow = tuple[str, str]

_INPUTS = {"staging.ods_raw": "ODS extract", "staging.sis_raw": "SIS extract"}
# All checks are one box, and all guards.
_CHECKS = f"{CHECK_LAYER}/check"
_GUARDS = "90_guard/guard"
_EARLY = ", ahead"


@dataclass(frozen=True)
class Box:
    """A view, an extract, or all checks, or all guards."""

    name: str
    label: str
    is_stored: bool


@dataclass(frozen=True)
class Panel:
    """The boxes of one layer, or its part before or after the checks, each after its sources."""

    title: str
    caption: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Flow:
    """``columns`` of panels, left to right; every arrow names two boxes, the source first."""

    columns: tuple[tuple[Panel, ...], ...]
    arrows: tuple[Arrow, ...]


def read_flow(rules: str) -> Flow:
    """Return the flow of a set of rules such as ``v1``, from what sqlglot reads of its views.

    An arrow is left out where other arrows lead from its source to its target, and so are the
    tables that many views look things up in.
    """
    views = read_views(rules)
    box_of = {name: _name_box(view) for name, view in views.items()} | {n: n for n in _INPUTS}
    sources: dict[str, set[str]] = {box: set() for box in box_of.values()}
    for name, reads in read_dependencies(rules, views).items():
        sources[box_of[name]] |= {box_of[read] for read in reads if read in box_of}
    for box in sources:
        sources[box].discard(box)
    origins = _find_origins(sources)
    direct = {
        box: {s for s in found if not any(s in origins[other] for other in found)}
        for box, found in sources.items()
    }
    panel_of = _assign_panels(views, box_of, origins[_CHECKS])
    return Flow(
        columns=_arrange(views, direct, panel_of),
        arrows=tuple(sorted((source, box) for box in direct for source in direct[box])),
    )


def _name_box(view: View) -> str:
    """Return a view's name, or for a check or a guard the box of them all."""
    if view.is_check:
        return _CHECKS
    is_guard = view.qualified_name.startswith("recon.guard_")
    return _GUARDS if is_guard else view.qualified_name


def _sort(sources: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the nodes, each after its sources, chains together: the same for the same graph."""
    order = {node: place for place, node in enumerate(sources)}
    left = {node: set(sources[node]) & set(order) for node in order}
    found: list[str] = []
    while left:
        free = [node for node in left if not left[node] - set(found)]
        if not free:
            raise AssertionError(f"these feed each other in a circle: {', '.join(left)}")
        # go on from the newest source, so that what follows each other stands together
        free.sort(key=lambda n: (-max((found.index(s) for s in left[n]), default=-1), order[n]))
        found.append(free[0])
        del left[free[0]]
    return found


def _find_origins(sources: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Return of each box all that feeds it, near or far."""
    origins: dict[str, set[str]] = {}
    for box in TopologicalSorter(sources).static_order():
        origins[box] = sources[box].union(*(origins[source] for source in sources[box]))
    return origins


def _assign_panels(
    views: Mapping[str, View], box_of: Mapping[str, str], read_by_checks: set[str]
) -> dict[str, str]:
    """Return each box's panel: its layer.

    What the checks read of their own layer is in a panel ahead of them.
    """
    panels = {box: next(iter(views.values())).layer for box in _INPUTS}
    for name, view in views.items():
        is_early = view.layer == CHECK_LAYER and box_of[name] in read_by_checks
        panels[box_of[name]] = f"{view.layer}{_EARLY}" if is_early else view.layer
    return panels


def _arrange(
    views: Mapping[str, View], sources: Mapping[str, set[str]], panel_of: Mapping[str, str]
) -> tuple[tuple[Panel, ...], ...]:
    """Return the panels in columns, each right of all that feed it."""
    members: dict[str, list[str]] = {}
    for box, panel in panel_of.items():
        members.setdefault(panel, []).append(box)
    feeds = {
        panel: {panel_of[source] for box in boxes for source in sources[box]} - {panel}
        for panel, boxes in members.items()
    }
    column_of: dict[str, int] = {}
    for panel in TopologicalSorter(feeds).static_order():
        column_of[panel] = max((column_of[feed] + 1 for feed in feeds[panel]), default=0)
    columns: list[list[Panel]] = [[] for _ in range(max(column_of.values()) + 1)]
    for panel, boxes in members.items():
        layer, early, _ = panel.partition(_EARLY)
        caption = "what the checks read" if early else LAYERS[layer]
        in_order = _sort({box: sources[box] for box in boxes})
        columns[column_of[panel]].append(
            Panel(panel, caption, tuple(_build_box(box, views) for box in in_order))
        )
    return tuple(map(tuple, columns))


def _build_box(box: str, views: Mapping[str, View]) -> Box:
    if box in _INPUTS:
        return Box(box, _INPUTS[box], is_stored=False)
    if box in views:
        return Box(box, views[box].name, views[box].is_stored)
    count = sum(_name_box(view) == box for view in views.values())
    return Box(box, f"{count} {box.partition('/')[2]}s", is_stored=False)
