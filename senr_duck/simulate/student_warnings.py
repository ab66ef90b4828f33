"""The warnings on one record that come from the student's other records."""

from collections.abc import Iterator, Sequence
from datetime import date

from senr_duck.simulate.enrollment_record import Enrollment, school_year
from senr_duck.simulate.findings import Finding


def warn_about(one: Enrollment, others: Sequence[Enrollment], as_of: date) -> Iterator[Finding]:
    """Yield the warnings on a sent record compared with the student's other records."""
    if any(_hands_over(other, one) for other in others):
        message = "starts on the day a primary enrollment ends"
        yield Finding("HANDOVER-DAY", one.line, ("1.22", "1.25"), message)
    if any(_graduates_before(other, one) for other in others):
        message = "starts after the student's graduation"
        yield Finding("SENR0024", one.line, ("1.22", "1.27"), message)
    if _is_open_short_term(one) and not any(_is_open_primary_before(o, one) for o in others):
        message = "open, and the student has no open primary enrollment that began before it"
        yield Finding("SENR0185", one.line, ("1.22", "1.23"), message)
    ends_in_mid_year = one.reason == "E150" and one.exit is not None
    if ends_in_mid_year and as_of >= date(2023, 5, 1) and not any(_follows(one, o) for o in others):
        message = "no enrollment at the same school starts on the next day"
        yield Finding("SENR0286", one.line, ("1.22", "1.25", "1.26"), message)
    is_no_show = one.reason == "N470" and as_of >= date(2018, 7, 1)
    if is_no_show and any(_ended_the_year_before(other, one) for other in others):
        message = "a no-show of a student who was here at the end of the school year before"
        yield Finding("N470-RETURNING", one.line, ("1.22", "1.26"), message)
    if one.reason == "E155" and _goes_to_another_school(one, others):
        message = "the exit reason is E155, but the student goes to another school"
        yield Finding("YEAR-END-CODE", one.line, ("1.24", "1.25", "1.26"), message)


def _hands_over(held: Enrollment, one: Enrollment) -> bool:
    return held.primary and held.exit == one.start and held.lea == one.lea


def _graduates_before(held: Enrollment, one: Enrollment) -> bool:
    graduated = held.reason == "E230" and held.completion in ("100", "250")
    return graduated and held.lea == one.lea and held.end < one.start


def _is_open_short_term(one: Enrollment) -> bool:
    return one.status == "30" and one.exit is None


def _is_open_primary_before(held: Enrollment, one: Enrollment) -> bool:
    return held.primary and held.exit is None and held.start < one.start


def _follows(one: Enrollment, other: Enrollment) -> bool:
    return one.key[0] == other.key[0] and (other.start - one.end).days == 1


def _ended_the_year_before(held: Enrollment, one: Enrollment) -> bool:
    """Whether a record of the LEA ends the school year before the other one's start."""
    return (
        held.lea == one.lea
        and held.reason in ("E155", "E156")
        and held.exit is not None
        and school_year(held.exit) == school_year(one.start) - 1
    )


def _goes_to_another_school(one: Enrollment, others: Sequence[Enrollment]) -> bool:
    """Whether the student's next primary enrollment is at another school; no-shows are none."""
    if one.exit is None:
        return False
    later = [other for other in others if other.primary and other.start > one.exit]
    return bool(later) and min(later, key=lambda other: other.start).key[0] != one.key[0]
