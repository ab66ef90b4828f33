"""Show a student's enrollments side by side, as a table for the terminal."""

from collections.abc import Iterable

from rich.table import Table

from senr_duck.student.explain import Pair
from senr_duck.student.read_student import Enrollment


def can_draw(encoding: str) -> bool:
    """Return whether a terminal with this encoding can show more than ASCII."""
    return encoding.lower().replace("-", "").startswith("utf")


def tabulate_enrollments(pairs: Iterable[Pair]) -> Table:
    """Return the pairs as a table of 80 columns: key, the exit on each side and after posting."""
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("", justify="right", width=2, no_wrap=True)
    for name, width in (("school", 7), ("start", 10), ("st gr", 5)):
        table.add_column(name, min_width=width, no_wrap=True)
    for name in (" CALPADS", " SIS", "   CALPADS after"):
        table.add_column(name, min_width=16, no_wrap=True)
    for pair in pairs:
        either = pair.either
        after = "deleted" if pair.planned and pair.after is None else say_exit(pair.after)
        table.add_row(
            str(pair.number),
            either.school or "-",
            either.start or "-",
            f"{either.status or '-':2} {either.grade or '-'}",
            f" {say_exit(pair.ods)}",
            f" {say_exit(pair.shown_sis)}",
            f" {'*' if pair.planned else ' '} {after}",
        )
    return table


def say_exit(one: Enrollment | None) -> str:
    """Return an enrollment's exit as `2025-12-19 T160` or `open`, and `-` for none."""
    if one is None:
        return "-"
    return " ".join(part for part in (one.exit or "open", one.exit_reason) if part)
