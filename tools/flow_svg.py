"""Draw the picture of the views' flow as SVG: the same text for the same views."""

from html import escape
from pathlib import Path

from senr_duck.reference.resources import resource
from senr_duck.versions.ruleset import newest_version
from tools.flow import read_flow
from tools.flow_layout import Area, Layout, PlacedArrow, PlacedPanel, Point, place_flow

PICTURE = Path("docs", "views.svg")

# Dark enough on white to follow, far enough apart to tell; the lines do not rely on them.
_HUES = ("#1f5fa8", "#a3431f", "#2e7d32", "#7b3fa0", "#8a6d00", "#00747c", "#b0235f", "#555555")
_STYLE = """
  text { fill: #1a1a1a; }
  .title { font: bold 13px Helvetica, Arial, sans-serif; }
  .caption { font: 11px Helvetica, Arial, sans-serif; fill: #444; }
  .name { font: 12px Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace; }
  .panel { fill: #f3f4f6; stroke: #c9ccd1; }
  .box { fill: #fff; stroke: #6b7280; }
  .stored { fill: #fff3cd; stroke: #8a6d00; stroke-width: 1.5; }
  .arrow { fill: none; stroke-width: 1.3; }
"""
_LEGEND = (
    "An arrow leads from what is read to what reads it; one that other arrows imply is left out, "
    "and so are the reference tables."
)
_RADIUS = 4


def draw_flow(layout: Layout) -> str:
    """Return the SVG document."""
    legend_y = layout.height
    height = layout.height + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {layout.width:.0f} {height:.0f}" '
        f'width="{layout.width:.0f}" height="{height:.0f}" role="img">',
        "<title>How the views feed each other</title>",
        f"<style>{_STYLE}</style>",
        f'<rect width="{layout.width:.0f}" height="{height:.0f}" fill="#fff"/>',
        *map(_draw_panel, layout.panels),
        *map(_draw_arrow, layout.arrows),
    ]
    for box, area in layout.boxes.values():
        parts.append(_draw_area(area, "stored" if box.is_stored else "box", 3))
        x, y = area.middle
        parts.append(_draw_text(x, y + 4, "name", box.label, middle=True))
    parts.append(_draw_area(Area(10, legend_y, 22, 14), "stored", 3))
    parts.append(_draw_text(38, legend_y + 11, "caption", f"stored as a table. {_LEGEND}"))
    return "\n".join([*parts, "</svg>"]) + "\n"


def write_picture(rules: str) -> None:
    """Write the picture of a set of rules beside the documents."""
    path = resource(*PICTURE.parts)
    path.write_text(draw_flow(place_flow(read_flow(rules))), encoding="utf-8", newline="\n")


def _draw_panel(placed: PlacedPanel) -> str:
    area = placed.area
    parts = [
        _draw_area(area, "panel", 6),
        _draw_text(area.x + 8, area.y + 18, "title", placed.panel.title),
    ]
    for number, line in enumerate(placed.caption):
        parts.append(_draw_text(area.x + 8, area.y + 34 + 13 * number, "caption", line))
    return "\n".join(parts)


def _draw_area(area: Area, style: str, radius: int) -> str:
    return (
        f'<rect class="{style}" x="{area.x:.1f}" y="{area.y:.1f}" width="{area.width:.1f}" '
        f'height="{area.height:.1f}" rx="{radius}"/>'
    )


def _draw_text(x: float, y: float, style: str, text: str, *, middle: bool = False) -> str:
    anchor = ' text-anchor="middle"' if middle else ""
    return f'<text class="{style}" x="{x:.1f}" y="{y:.1f}"{anchor}>{escape(text)}</text>'


def _draw_arrow(arrow: PlacedArrow) -> str:
    colour = _HUES[arrow.hue % len(_HUES)]
    line = f'<path class="arrow" stroke="{colour}" d="{_round_corners(arrow.points)}"/>'
    return f'{line}<path fill="{colour}" d="{_draw_head(*arrow.points[-2:])}"/>'


def _round_corners(points: tuple[Point, ...]) -> str:
    path = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _approach(corner, before), _approach(corner, after)
        path.append(f"L{start[0]:.1f} {start[1]:.1f}")
        path.append(f"Q{corner[0]:.1f} {corner[1]:.1f} {end[0]:.1f} {end[1]:.1f}")
    path.append(f"L{points[-1][0]:.1f} {points[-1][1]:.1f}")
    return "".join(path)


def _approach(corner: Point, other: Point) -> Point:
    """Return the point near a corner on the way to another point."""
    (x, y), (dx, dy) = corner, (other[0] - corner[0], other[1] - corner[1])
    length = max(abs(dx), abs(dy), 0.1)
    step = min(_RADIUS, length / 2) / length
    return x + dx * step, y + dy * step


def _draw_head(before: Point, tip: Point) -> str:
    (x, y), (dx, dy) = tip, (tip[0] - before[0], tip[1] - before[1])
    length = max(abs(dx), abs(dy), 0.1)
    ux, uy = dx / length * 6, dy / length * 6
    return (
        f"M{x:.1f} {y:.1f}L{x - ux + uy / 2:.1f} {y - uy - ux / 2:.1f}"
        f"L{x - ux - uy / 2:.1f} {y - uy + ux / 2:.1f}Z"
    )


if __name__ == "__main__":
    write_picture(newest_version())
