"""Show a student's enrollments side by side, as a table for the terminal."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from senr_duck.student.explain import Pair
from senr_duck.student.read_student import Enrollment

if TYPE_CHECKING:
    from rich.console import Console


def can_draw(encoding: str) -> bool:
    """Return whether a terminal with this encoding can show more than ASCII."""
    return encoding.lower().replace("-", "").startswith("utf")


def show_enrollments(
    pairs: Sequence[Pair], console: "Console", width: int
) -> Iterator[Table | Text]:
    """Yield the pairs as a table: key, the exit on each side and after posting.

    Where the width has no room for the table, 80 columns in most cases, each pair is a few lines.
    No value is ever cut.
    """
    table = _tabulate(pairs)
    without_limit = console.options.update(max_width=sys.maxsize)
    if Measurement.get(console, without_limit, table).minimum <= width:
        yield table
        return
    for pair in pairs:
        either = pair.either
        yield Text(
            f"{pair.number:>2} school {either.school or '-'}, start {either.start or '-'}, "
            f"status {either.status or '-'}, grade {either.grade or '-'}"
        )
        yield Text(f"   CALPADS: {say_exit(pair.ods)}")
        yield Text(f"   SIS: {say_exit(pair.shown_sis)}")
        yield Text(f" {'*' if pair.planned else ' '} CALPADS after: {_say_after(pair)}")


def _say_after(pair: Pair) -> str:
    return "deleted" if pair.planned and pair.after is None else say_exit(pair.after)


def _tabulate(pairs: Iterable[Pair]) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("", justify="right", width=2, no_wrap=True)
    for name, width in (("school", 7), ("start", 10), ("st gr", 5)):
        table.add_column(name, min_width=width, no_wrap=True)
    for name in (" CALPADS", " SIS", "   CALPADS after"):
        table.add_column(name, min_width=16, no_wrap=True)
    for pair in pairs:
        either = pair.either
        table.add_row(
            str(pair.number),
            either.school or "-",
            either.start or "-",
            f"{either.status or '-':2} {either.grade or '-'}",
            f" {say_exit(pair.ods)}",
            f" {say_exit(pair.shown_sis)}",
            f" {'*' if pair.planned else ' '} {_say_after(pair)}",
        )
    return table


def say_exit(one: Enrollment | None) -> str:
    """Return an enrollment's exit as `2025-12-19 T160` or `open`, and `-` for none."""
    if one is None:
        return "-"
    return " ".join(part for part in (one.exit or "open", one.exit_reason) if part)
