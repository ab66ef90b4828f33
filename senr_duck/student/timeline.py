"""Draw enrollments as lines of characters over the school years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

# A day of another year, such as 0001 or 9999, is a typing error, or stands for "no end".
_YEARS = range(1900, 2100)


@dataclass(frozen=True)
class Bar:
    """One line of a timeline: ``start`` and ``end`` are inclusive; an ``end`` of None is open.

    Without a ``start``, ``text`` is shown instead of a bar.
    """

    label: str
    start: date | None
    end: date | None
    text: str = ""


@dataclass(frozen=True)
class Pen:
    """The characters that a bar is drawn with."""

    first: str
    middle: str
    last: str
    open_end: str
    single: str


UNICODE = Pen("├", "─", "┤", "▶", "│")
ASCII = Pen("|", "-", "|", ">", "|")


@dataclass(frozen=True)
class _Scale:
    """Convert days to columns: the ``days`` from ``first`` on fill the ``columns``."""

    first: date
    days: int
    columns: int

    def column(self, day: date) -> int:
        return (day - self.first).days * (self.columns - 1) // self.days


def read_day(text: str | None) -> date | None:
    """Return the day of a text YYYY-MM-DD, or None if it is not a day, or none to draw."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def draw_timeline(bars: Sequence[Bar], as_of: date, width: int, pen: Pen) -> list[str]:
    """Return the lines: one of school years, then one per bar, none longer than ``width``.

    The years go from that of the earliest start to the latest end, or the as-of date. An open bar
    goes to the as-of date; even the shortest bar is drawn. If no bar has a day, there are no lines.
    """
    days = [day for bar in bars for day in (bar.start, bar.end) if day is not None]
    if not days:
        return []
    first = _school_year_start(min(days))
    last = max(*days, as_of)
    label_width = max(len(bar.label) for bar in bars) + 2
    columns = max(width - label_width, 12)

    scale = _Scale(first, max((last - first).days, 1), columns)
    lines = [" " * label_width + _draw_years(scale, last)]
    for bar in bars:
        drawn = bar.text
        if bar.start is not None:
            start = scale.column(bar.start)
            # a no-show may end on the day before its start
            end = max(start, scale.column(bar.end or max(as_of, bar.start)))
            drawn = " " * start + _draw_bar(end - start + 1, bar.end is None, pen)
        lines.append(f"{bar.label:{label_width}}{drawn}".rstrip())
    return lines


def _draw_bar(length: int, is_open: bool, pen: Pen) -> str:
    if length == 1:
        return pen.open_end if is_open else pen.single
    return pen.first + pen.middle * (length - 2) + (pen.open_end if is_open else pen.last)


def _draw_years(scale: _Scale, last: date) -> str:
    """Return the school years, each at its July 1; years without room are left out."""
    line = ""
    year = scale.first.year
    while date(year, 7, 1) <= last:
        start = scale.column(date(year, 7, 1))
        name = f"{year}-{(year + 1) % 100:02}"
        if len(line) < start or not line:
            line = line.ljust(start) + name
        year += 1
    return line[: scale.columns]


def _school_year_start(day: date) -> date:
    return date(day.year - (day.month < 7), 7, 1)
