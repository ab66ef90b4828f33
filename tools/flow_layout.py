"""Where the picture of the views' flow has its panels, boxes and arrows, in pixels."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tools.flow import Box, Flow, Panel

Point = tuple[float, float]

_LETTER = 7.23  # width of a letter of a 12-pixel monospaced font
_SMALL_LETTER = 5.9  # its mean in an 11-pixel proportional one
_BOX_HEIGHT, _ROW = 22, 34  # a row's rest is a corridor for arrows that pass
_TITLE, _LINE = 26, 13  # heights of a title, of a caption's line
_LANE = 6
_PAD, _MARGIN, _PANEL_GAP = 7, 8, 14
_OUT, _IN = -4, 4  # arrows leave above a box's middle and arrive below it: so none seems another


@dataclass(frozen=True)
class Area:
    """A rectangle; ``x`` and ``y`` are of its left upper corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower side."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True)
class PlacedPanel:
    """A panel, its area, and the lines of its caption."""

    panel: Panel
    area: Area
    caption: tuple[str, ...]


@dataclass(frozen=True)
class PlacedArrow:
    """An arrow's corners from the source's side to the target's; ``hue`` numbers its source."""

    source: str
    target: str
    points: tuple[Point, ...]
    hue: int


@dataclass(frozen=True)
class Layout:
    """The whole picture: its size, and all that is drawn; ``boxes`` by name with their areas."""

    width: float
    height: float
    panels: tuple[PlacedPanel, ...]
    boxes: dict[str, tuple[Box, Area]]
    arrows: tuple[PlacedArrow, ...]


@dataclass(frozen=True)
class _Run:
    """A straight part of an arrow that must share its lane with no other source's."""

    source: str
    low: float
    high: float


def place_flow(flow: Flow) -> Layout:
    """Return where everything goes: columns from left to right, arrows in lanes between them."""
    return _Placer(flow).place()


class _Placer:
    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._column_of = {
            box.name: column
            for column, panels in enumerate(flow.columns)
            for panel in panels
            for box in panel.boxes
        }
        self._lanes: list[list[list[_Run]]] = [[] for _ in flow.columns]
        self._corridors: dict[float, list[_Run]] = {}

    def place(self) -> Layout:
        # the heights do not depend on the lanes, the lanes' number decides the widths: so twice
        self._place_columns([0] * len(self._flow.columns))
        routes = self._route()
        self._place_columns([len(lanes) for lanes in self._lanes])
        arrows = tuple(self._draw(*arrow, routes[arrow]) for arrow in self._flow.arrows)
        lowest = max([p.area.bottom for p in self._panels] + list(self._corridors))
        return Layout(
            width=self._right + _MARGIN,
            height=lowest + _MARGIN,
            panels=tuple(self._panels),
            boxes=self._boxes,
            arrows=arrows,
        )

    def _place_columns(self, lanes: list[int]) -> None:
        """Place panels and boxes, each column halfway down the highest one."""
        self._panels: list[PlacedPanel] = []
        self._boxes: dict[str, tuple[Box, Area]] = {}
        self._gap_starts: list[float] = []
        widths = [
            max(len(box.label) for panel in panels for box in panel.boxes) * _LETTER + 4 * _PAD
            for panels in self._flow.columns
        ]
        heights = [
            sum(_measure_panel(panel, width) for panel in panels) + _PANEL_GAP * (len(panels) - 1)
            for panels, width in zip(self._flow.columns, widths, strict=True)
        ]
        x: float = _MARGIN
        for column, panels in enumerate(self._flow.columns):
            y: float = _MARGIN + (max(heights) - heights[column]) // 2
            for panel in panels:
                y = self._place_panel(panel, x, y, widths[column]) + _PANEL_GAP
            self._right = x + widths[column]
            self._gap_starts.append(self._right)
            x = self._right + _LANE * (lanes[column] + 1)

    def _place_panel(self, panel: Panel, x: float, y: float, width: float) -> float:
        caption = _wrap_caption(panel, width)
        top = y + _TITLE + _LINE * len(caption) + _PAD
        for row, box in enumerate(panel.boxes):
            area = Area(x + _PAD, top + row * _ROW, width - 2 * _PAD, _BOX_HEIGHT)
            self._boxes[box.name] = (box, area)
        area = Area(x, y, width, _measure_panel(panel, width))
        self._panels.append(PlacedPanel(panel, area, caption))
        return area.bottom

    def _route(self) -> dict[tuple[str, str], tuple[int, float | None, int]]:
        """Return of each arrow its first lane, and where it passes columns: corridor, last lane."""
        routes: dict[tuple[str, str], tuple[int, float | None, int]] = {}
        # the nearest first: they get the lanes next to their source
        for source, target in sorted(self._flow.arrows, key=self._span):
            start, end = self._y(source, _OUT), self._y(target, _IN)
            first, last = self._column_of[source], self._column_of[target]
            if self._is_next(source, target):
                routes[source, target] = (-1, None, -1)
            elif last - first <= 1:
                routes[source, target] = (self._take_lane(first, source, start, end), None, -1)
            else:
                corridor = self._find_corridor(source, first + 1, last, start, end)
                lane = self._take_lane(first, source, start, corridor)
                last_lane = self._take_lane(last - 1, source, corridor, end)
                routes[source, target] = (lane, corridor, last_lane)
        return routes

    def _span(self, arrow: tuple[str, str]) -> tuple[int, float, str, str]:
        source, target = arrow
        columns = abs(self._column_of[target] - self._column_of[source])
        return columns, abs(self._y(target, _IN) - self._y(source, _OUT)), source, target

    def _is_next(self, source: str, target: str) -> bool:
        """Say whether the target stands right below the source."""
        upper, lower = self._boxes[source][1], self._boxes[target][1]
        return upper.x == lower.x and lower.y == upper.y + _ROW

    def _y(self, name: str, shift: int) -> float:
        return self._boxes[name][1].middle[1] + shift

    def _take_lane(self, gap: int, source: str, start: float, end: float) -> int:
        """Return the number of a lane that is free there; an arrow's source may share its own."""
        run = _Run(source, min(start, end) - _LANE, max(start, end) + _LANE)
        for number, lane in enumerate(self._lanes[gap]):
            if _is_free(lane, run):
                lane.append(run)
                return number
        self._lanes[gap].append([run])
        return len(self._lanes[gap]) - 1

    def _find_corridor(self, source: str, first: int, last: int, start: float, end: float) -> float:
        """Return the y at which an arrow passes the columns from first up to last, the last not."""
        run = _Run(source, first, last - 0.5)
        candidates = sorted(self._list_corridors(first, last), key=lambda y: _detour(y, start, end))
        corridor = next(y for y in candidates if _is_free(self._corridors.get(y, []), run))
        self._corridors.setdefault(corridor, []).append(run)
        return corridor

    def _list_corridors(self, first: int, last: int) -> Iterator[float]:
        """Yield every y at which no box and no words of the columns are in the way."""
        blocks = [
            area for name, (_, area) in self._boxes.items() if first <= self._column_of[name] < last
        ]
        for placed in self._panels:
            if first <= self._column_of[placed.panel.boxes[0].name] < last:
                words = _TITLE + _LINE * len(placed.caption)
                blocks.append(Area(placed.area.x, placed.area.y, placed.area.width, words))
        bottom = max(block.bottom for block in blocks)
        for y in range(_MARGIN, int(bottom) + 8 * _LANE, 2):
            if all(not block.y - 4 < y < block.bottom + 4 for block in blocks):
                yield y

    def _draw(self, source: str, target: str, route: tuple[int, float | None, int]) -> PlacedArrow:
        lane, corridor, last_lane = route
        start, end = self._boxes[source][1], self._boxes[target][1]
        first, last = self._column_of[source], self._column_of[target]
        hue = list(self._boxes).index(source)
        if lane < 0:
            x = start.middle[0]
            return PlacedArrow(source, target, ((x, start.bottom), (x, end.y)), hue)
        out, into = self._y(source, _OUT), self._y(target, _IN)
        x = self._gap_starts[first] + _LANE * (lane + 1)
        points = [(start.right, out), (x, out)]
        if corridor is None:
            points.append((x, into))
        else:
            last_x = self._gap_starts[last - 1] + _LANE * (last_lane + 1)
            points += [(x, corridor), (last_x, corridor), (last_x, into)]
        points.append((end.right if first == last else end.x, into))
        return PlacedArrow(source, target, tuple(points), hue)


def _wrap_caption(panel: Panel, width: float) -> tuple[str, ...]:
    return tuple(textwrap.wrap(panel.caption, int((width - 2 * _PAD) / _SMALL_LETTER)))


def _measure_panel(panel: Panel, width: float) -> int:
    """Return the height of a panel."""
    words = _TITLE + _LINE * len(_wrap_caption(panel, width))
    return words + _PAD + len(panel.boxes) * _ROW - _ROW + _BOX_HEIGHT + _PAD


def _is_free(runs: list[_Run], wanted: _Run) -> bool:
    return all(
        run.source == wanted.source or run.high <= wanted.low or wanted.high <= run.low
        for run in runs
    )


def _detour(y: float, start: float, end: float) -> tuple[float, float]:
    return abs(start - y) + abs(y - end), y


def list_segments(arrow: PlacedArrow) -> list[tuple[Point, Point]]:
    """Return an arrow's straight parts, in order."""
    return list(pairwise(arrow.points))
