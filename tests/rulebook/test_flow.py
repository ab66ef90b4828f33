"""The picture of the views' flow: not stale, nothing missing, drawn so that one can follow it."""

import re
from itertools import combinations

import pytest

from senr_duck.reference.resources import resource
from senr_duck.versions.ruleset import newest_version
from senr_duck.views.views import read_dependencies, read_views
from tools.flow import read_flow
from tools.flow_layout import Area, Layout, PlacedArrow, list_segments, place_flow
from tools.flow_svg import draw_flow

VIEWS = read_views(newest_version())
READS = read_dependencies(newest_version(), VIEWS)
FLOW = read_flow(newest_version())
CHECKS = {read for read in READS["recon.finding"] if read in VIEWS}


def name_box(view: str) -> str:
    """Return the box in which a view must be: what `finding` reads are the checks."""
    if view in CHECKS:
        return "70_check/check"
    if view.startswith("recon.guard_"):
        return "90_guard/guard"
    return view


@pytest.fixture(scope="module")
def layout() -> Layout:
    return place_flow(FLOW)


def test_the_picture_is_not_stale(layout: Layout) -> None:
    picture = resource("docs", "views.svg").read_text(encoding="utf-8")
    assert picture == draw_flow(layout), "run make lock"


def test_the_index_of_the_views_shows_the_picture() -> None:
    assert "](../docs/views.svg)" in resource("sql", "README.md").read_text(encoding="utf-8")


def test_every_view_has_a_box_and_every_box_views(layout: Layout) -> None:
    expected = {name_box(view) for view in VIEWS} | {"staging.ods_raw", "staging.sis_raw"}
    assert set(layout.boxes) == expected
    picture = draw_flow(layout)
    guards = [view for view in VIEWS if view.startswith("recon.guard_")]
    for views, noun in ((CHECKS, "checks"), (guards, "guards")):
        assert f">{len(views)} {noun}</text>" in picture
    for view in VIEWS:
        if name_box(view) == view:
            assert f">{view.partition('.')[2]}</text>" in picture


def test_what_a_view_reads_leads_to_it_and_nothing_else_does() -> None:
    reads: dict[str, set[str]] = {}
    for view, named in READS.items():
        known = {read for read in named if read in VIEWS or read.endswith("_raw")}
        reads.setdefault(name_box(view), set()).update(map(name_box, known))
    for box in reads:
        reads[box].discard(box)

    def close(sources: dict[str, set[str]]) -> dict[str, set[str]]:
        closed = {box: set(found) for box, found in sources.items()}
        for _ in closed:
            for found in closed.values():
                found.update(*(closed.get(source, set()) for source in set(found)))
        return closed

    drawn: dict[str, set[str]] = {box: set() for box in reads}
    for source, target in FLOW.arrows:
        drawn[target].add(source)
    origins = close(drawn)
    assert origins == close(reads)
    for box, sources in drawn.items():  # and none that others imply
        assert sources <= reads[box]
        for source in sources:
            others = sources - {source}
            assert not any(source in origins.get(other, set()) for other in others)


def test_panels_go_from_left_to_right(layout: Layout) -> None:
    places = {placed.panel.title: placed.area.x for placed in layout.panels}
    in_order = ["20_stage", "30_scope", "40_target", "50_match", "70_check", "80_plan", "95_export"]
    assert sorted(in_order, key=places.__getitem__) == in_order
    for arrow in layout.arrows:
        source, target = (layout.boxes[name][1] for name in (arrow.source, arrow.target))
        assert source.x <= target.x


def test_nothing_overlaps_and_every_label_fits(layout: Layout) -> None:
    areas = [area for _, area in layout.boxes.values()]
    panels = [placed.area for placed in layout.panels]
    for group in (areas, panels):
        for one, other in combinations(group, 2):
            assert not overlap(one, other)
    for box, area in layout.boxes.values():
        assert len(box.label) * 7.3 <= area.width
        assert sum(holds(panel, area) for panel in panels) == 1
    for panel in panels:
        assert holds(Area(0, 0, layout.width, layout.height), panel)


def test_no_arrow_runs_through_a_box(layout: Layout) -> None:
    for arrow in layout.arrows:
        for start, end in list_segments(arrow):
            assert start[0] == end[0] or start[1] == end[1]
            low, high = sorted((start, end))
            line = Area(low[0], min(low[1], high[1]), high[0] - low[0], abs(high[1] - low[1]))
            for name, (_, area) in layout.boxes.items():
                inner = Area(area.x + 1, area.y + 1, area.width - 2, area.height - 2)
                assert not overlap(line, inner), (arrow.source, arrow.target, name)


def test_no_arrow_runs_along_that_of_another_source(layout: Layout) -> None:
    def list_uprights(arrow: PlacedArrow) -> list[Area]:
        return [
            Area(start[0] - 1, min(start[1], end[1]), 2, abs(start[1] - end[1]))
            for start, end in list_segments(arrow)
            if start[0] == end[0]
        ]

    for one, other in combinations(layout.arrows, 2):
        if one.source != other.source:
            for upright in list_uprights(one):
                assert not any(overlap(upright, beside) for beside in list_uprights(other)), (
                    one.source,
                    other.source,
                )


def test_the_picture_needs_nothing_from_elsewhere() -> None:
    picture = resource("docs", "views.svg").read_text(encoding="utf-8")
    addresses = re.findall(r"\w+://[^\"' ]+", picture)
    assert addresses == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"<(script|image|foreignObject|use)\b|@import|url\(", picture)


def overlap(one: Area, other: Area) -> bool:
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    ) or (
        # a line has no area of its own
        min(one.width, one.height) == 0
        and one.x <= other.right
        and other.x <= one.right
        and one.y <= other.bottom
        and other.y <= one.bottom
    )


def holds(outer: Area, inner: Area) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.right <= outer.right
        and inner.bottom <= outer.bottom
    )
