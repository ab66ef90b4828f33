"""The way back from a column as a page: a drawing, and the same step by step."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from senr_duck.errors import InputError
from senr_duck.rulebook.lineage import Lineage
from senr_duck.rulebook.lineage_text import format_lineage
from senr_duck.rulebook.parsed_view import Place

_FOLDER = Path(__file__).parent
_HEIGHT = 40
_GAP = 14
_BETWEEN = 70  # of two columns of boxes, for the arrows
_LETTER = 7.6  # as wide as a bold letter is on average
_MARGIN = 14


@dataclass(frozen=True)
class Box:
    """A place in the drawing; lengths in pixels, from the top left corner."""

    x: float
    y: float
    width: float
    height: float
    table: str
    column: str
    note: str
    is_given: bool
    is_asked: bool


@dataclass(frozen=True)
class Arrow:
    """From the right of a box to the left of another."""

    x1: float
    y1: float
    x2: float
    y2: float


def write_lineage(path: Path, lineage: Lineage, rules: str) -> None:
    """Write the page, over one that stands there; raises InputError where it cannot."""
    try:
        path.write_text(render_lineage(lineage, rules), encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            f"cannot write {path}: {error.strerror}",
            "choose a file for --html in a folder that exists and can be written to",
        ) from error


def render_lineage(lineage: Lineage, rules: str) -> str:
    """Return the page as one HTML text that loads nothing and runs no script."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_FOLDER, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    boxes = place_boxes(lineage)
    arrows = [
        Arrow(
            *(boxes[source].x + boxes[source].width, boxes[source].y + _HEIGHT / 2),
            *(boxes[place].x, boxes[place].y + _HEIGHT / 2),
        )
        for place, step in lineage.items()
        for source in step.sources
    ]
    return environment.get_template("lineage.html").render(
        title=str(next(iter(lineage))),
        rules=rules,
        boxes=list(boxes.values()),
        arrows=arrows,
        width=max(box.x + box.width for box in boxes.values()) + _MARGIN,
        height=max(box.y + box.height for box in boxes.values()) + _MARGIN,
        lines=list(format_lineage(lineage)),
    )


def place_boxes(lineage: Lineage) -> dict[Place, Box]:
    """Return the boxes, each left of all that comes from it; none lies over another."""
    depths = _measure_depths(lineage)
    columns: list[list[Place]] = [[] for _ in range(max(depths.values()) + 1)]
    for place in lineage:
        columns[depths[place]].append(place)
    boxes: dict[Place, Box] = {}
    x = float(_MARGIN)
    asked = next(iter(lineage))
    for column in reversed(columns):
        width = max(max(len(p.table), len(p.column)) for p in column) * _LETTER + 16
        for row, place in enumerate(column):
            step = lineage[place]
            decided = f", decided by {', '.join(map(str, step.deciders))}" if step.deciders else ""
            boxes[place] = Box(
                x=x,
                y=_MARGIN + row * (_HEIGHT + _GAP),
                width=width,
                height=_HEIGHT,
                table=place.table,
                column=place.column,
                note=f"{place}{decided}",
                is_given=not step.sources,
                is_asked=place == asked,
            )
        x += width + _BETWEEN
    return boxes


def _measure_depths(lineage: Lineage) -> Mapping[Place, int]:
    """Return how many steps each place is from the one asked for, by the longest way."""
    from graphlib import TopologicalSorter

    depths = dict.fromkeys(lineage, 0)
    order = TopologicalSorter({place: step.sources for place, step in lineage.items()})
    for place in reversed(list(order.static_order())):
        for source in lineage[place].sources:
            depths[source] = max(depths[source], depths[place] + 1)
    return depths
