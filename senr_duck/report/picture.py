"""Lay out the picture of where every line of the two extracts went.

At each edge there is a bar with all lines of an extract, to scale. Lines that agree or are out of
scope run straight across; all others are magnified onto a second bar. From there, bands whose
thickness is their number of lines run to the classes in the middle.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from senr_duck.report.counts import ClassCount

_ROW = 30  # from the middle of one class to the next
_BAND_OF_ONE = 2.0  # the thinnest band, even for few lines
_GAP = 3.0
_AGREE = "same"
_OUT = "out_of_scope"


@dataclass(frozen=True)
class Widths:
    """The widths of the picture's columns on either side, and of its middle."""

    bar: int
    magnifier: int
    flow: int
    middle: int

    @property
    def total(self) -> int:
        """Return the width of the whole picture."""
        return 2 * (2 * self.bar + self.magnifier + self.flow) + self.middle


WIDE = Widths(bar=14, magnifier=52, flow=150, middle=270)
NARROW = Widths(bar=7, magnifier=14, flow=28, middle=218)


@dataclass(frozen=True)
class Box:
    """A rectangle of one class, or of the lines to be magnified (class `rest`)."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Flow:
    """A band of one class, as an SVG path."""

    name: str
    path: str


@dataclass(frozen=True)
class Row:
    """The vertical middle of a class's row, and its counts."""

    name: str
    y: float
    ods: int | None
    sis: int | None


@dataclass(frozen=True)
class Picture:
    """Everything that is drawn; x grows to the right and y down, in CSS pixels."""

    widths: Widths
    height: float
    ods_lines: int
    sis_lines: int
    boxes: tuple[Box, ...]
    flows: tuple[Flow, ...]
    rows: tuple[Row, ...]


def draw_accounting(classes: Sequence[ClassCount], widths: Widths) -> Picture:
    """Return the picture of the classes, in the given order."""
    middle = [one for one in classes if one.name not in (_AGREE, _OUT)]
    names = [
        *(one.name for one in classes if one.name == _AGREE),
        *(one.name for one in middle),
        *(one.name for one in classes if one.name == _OUT),
    ]
    places = {name: (index + 0.5) * _ROW for index, name in enumerate(names)}
    height = max(len(names), 1) * _ROW
    counts = {
        "ods": {one.name: one.ods or 0 for one in classes},
        "sis": {one.name: one.sis or 0 for one in classes},
    }
    boxes: list[Box] = []
    flows: list[Flow] = []
    for side, lines in counts.items():
        side_boxes, side_flows = _draw_side(lines, [one.name for one in middle], places, widths)
        if side == "sis":
            side_boxes = [_mirror_box(box, widths.total) for box in side_boxes]
        boxes += side_boxes
        flows += [
            Flow(name, _format_path(points, widths.total if side == "sis" else None))
            for name, points in side_flows
        ]
    by_name = {one.name: one for one in classes}
    return Picture(
        widths=widths,
        height=height,
        ods_lines=sum(counts["ods"].values()),
        sis_lines=sum(counts["sis"].values()),
        boxes=tuple(boxes),
        flows=tuple(flows),
        rows=tuple(Row(name, places[name], by_name[name].ods, by_name[name].sis) for name in names),
    )


_Points = tuple[float, float, float, float, float, float]


def _draw_side(
    lines: dict[str, int], middle: Sequence[str], places: dict[str, float], widths: Widths
) -> tuple[list[Box], list[tuple[str, _Points]]]:
    """Return the boxes of the left side, and its bands: x, top, and bottom of their two ends."""
    total = sum(lines.values())
    height = len(places) * _ROW
    if total == 0:
        return [], []
    rest = sum(lines[name] for name in middle)
    parts = [(_AGREE, lines.get(_AGREE, 0)), ("rest", rest), (_OUT, lines.get(_OUT, 0))]
    boxes: list[Box] = []
    flows: list[tuple[str, _Points]] = []
    y = 0.0
    inner_x = widths.bar + widths.magnifier
    flow_end = 2 * widths.bar + widths.magnifier + widths.flow
    shown = [name for name in middle if lines[name]]
    top = places[middle[0]] - _ROW / 2 if middle else 0.0
    bottom = places[middle[-1]] + _ROW / 2 if middle else 0.0
    for name, count in parts:
        part_height = height * count / total
        if not count:
            continue
        boxes.append(Box(name, 0, y, widths.bar, part_height))
        if name == "rest":
            flows.append((name, (widths.bar, y, y + part_height, inner_x, top, bottom)))
        else:
            middle_y = places[name]
            start = min(max(middle_y, y), y + part_height)
            flows.append(
                (
                    name,
                    (
                        widths.bar,
                        max(start - 4, y),
                        min(start + 4, y + part_height),
                        flow_end,
                        middle_y - 4,
                        middle_y + 4,
                    ),
                )
            )
        y += part_height
    room = bottom - top - _GAP * max(len(shown) - 1, 0)
    thick = {name: max(room * lines[name] / rest, _BAND_OF_ONE) for name in shown}
    excess = sum(thick.values()) / room if shown else 1
    y = top
    for name in shown:
        band = thick[name] / max(excess, 1)
        boxes.append(Box(name, inner_x, y, widths.bar, band))
        end = min(band, _ROW - 4) / 2
        flows.append(
            (
                name,
                (
                    inner_x + widths.bar,
                    y,
                    y + band,
                    flow_end,
                    places[name] - end,
                    places[name] + end,
                ),
            )
        )
        y += band + _GAP
    return boxes, flows


def _mirror_box(box: Box, width: int) -> Box:
    return Box(box.name, width - box.x - box.width, box.y, box.width, box.height)


def _format_path(points: _Points, mirrored_in: int | None) -> str:
    x1, top1, bottom1, x2, top2, bottom2 = points
    if mirrored_in is not None:
        x1, x2 = mirrored_in - x1, mirrored_in - x2
    bend = (x1 + x2) / 2
    return (
        f"M{x1:.1f} {top1:.1f}C{bend:.1f} {top1:.1f} {bend:.1f} {top2:.1f} {x2:.1f} {top2:.1f}"
        f"V{bottom2:.1f}"
        f"C{bend:.1f} {bottom2:.1f} {bend:.1f} {bottom1:.1f} {x1:.1f} {bottom1:.1f}Z"
    )
