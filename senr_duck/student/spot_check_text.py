"""Print the students to look up, with both sides, CALPADS after posting, and lines to tick."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from senr_duck.student.enrollment_table import can_draw, show_enrollments
from senr_duck.student.explain import Explanation, Pair
from senr_duck.student.spot_check import SpotCheck
from senr_duck.student.timeline import read_day

if TYPE_CHECKING:
    from rich.console import Console

_WIDTH = 100


def print_spot_checks(
    checks: Sequence[tuple[SpotCheck, Explanation]],
    console: "Console",
    signed: Mapping[tuple[str, str, str], Sequence[str]] = MappingProxyType({}),
) -> None:
    """Print each student with the chosen record, why it is sent or on hold, and a line to tick.

    ``signed`` has who looked up a student and when, by LEA, SSID and local student ID; such a
    student has these lines instead of one to tick. Shows the student's enrollments of the school
    years in which something is sent or on hold.
    """
    width = min(console.width, _WIDTH)
    box, done = ("☐", "☑") if can_draw(console.encoding) else ("[ ]", "[x]")
    console.print(
        Text(
            "Look up these students in CALPADS and in the SIS; tick a line when both screens show "
            "what is printed here."
        ),
        width=width,
    )
    for place, (check, explanation) in enumerate(checks, start=1):
        student = explanation.student
        console.print(
            Text(
                f"\n{place}. SSID {student.ssid or 'missing'}, "
                f"local ID {student.local_student_id or 'missing'}   "
                f"({check.record_class}: {check.reason})",
                "bold",
            ),
            width=width,
        )
        shown = _choose_pairs(explanation)
        for block in show_enrollments(shown, console, width):
            console.print(block, width=width, highlight=False)
        for line in _say_why(check, explanation):
            console.print(Padding(Text(line), (0, 0, 0, 3), expand=False), width=width)
        whom = (student.lea or "", student.ssid or "", student.local_student_id or "")
        for who in signed.get(whom, ()):
            console.print(Text(f"   {done} checked by {who}"))
        if whom not in signed:
            console.print(Text(f"   {box} checked by ____________________ on ______________"))


def _choose_pairs(explanation: Explanation) -> list[Pair]:
    numbers = {one.number for one in explanation.sent} | {one.number for one in explanation.holds}
    years = {_school_year(pair) for pair in explanation.pairs if pair.number in numbers}
    return [pair for pair in explanation.pairs if _school_year(pair) in years]


def _school_year(pair: Pair) -> int | None:
    start = read_day(pair.either.start)
    return None if start is None else start.year - (start.month < 7)


def _say_why(check: SpotCheck, explanation: Explanation) -> list[str]:
    if explanation.student.is_held:
        return [
            f"ON HOLD: {one.finding.message}"
            for one in explanation.holds
            if one.finding.rule == check.reason
        ]
    return [
        f"{one.file.name}, enrollment {one.number}: {one.reason.explanation}"
        for one in explanation.sent
    ]
