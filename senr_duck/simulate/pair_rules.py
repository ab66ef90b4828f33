"""The fatal rules on two records of one student."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from senr_duck.simulate.assumptions import Assumptions
from senr_duck.simulate.enrollment_record import Enrollment
from senr_duck.simulate.findings import Finding


@dataclass(frozen=True)
class PairRule:
    """A fatal rule on two records, whichever of them is uploaded."""

    code: str
    fields: tuple[str, ...]
    message: str
    breaks: Callable[[Enrollment, Enrollment, Assumptions], bool]
    since: date = date.min

    def report(self, one: Enrollment, rival: str) -> Finding:
        """Return what CALPADS reports for ``one``; ``rival`` says where the other record is."""
        return Finding(self.code, one.line, self.fields, f"{self.message} {rival}")


def _conflict(one: Enrollment, other: Enrollment, assumptions: Assumptions) -> bool:
    if assumptions.handover_day_is_free:
        return one.start < other.end and other.start < one.end
    return one.start <= other.end and other.start <= one.end


def _primaries_overlap(one: Enrollment, other: Enrollment, assumptions: Assumptions) -> bool:
    both = one.primary and other.primary and one.lea == other.lea
    return both and _conflict(one, other, assumptions)


def _overlap_at_one_school(one: Enrollment, other: Enrollment, assumptions: Assumptions) -> bool:
    if one.key[0] != other.key[0] or one.lea != other.lea:
        return False
    if assumptions.no_show_blocks_nothing and (one.no_show or other.no_show):
        return False
    return _conflict(one, other, assumptions)


def _exits_after_graduation(one: Enrollment, other: Enrollment, assumptions: Assumptions) -> bool:
    return any(
        graduate.completion == "100"
        and graduate.exit is not None
        and leaver.status != "20"
        and leaver.reason != "N470"
        and leaver.exit is not None
        and leaver.exit > graduate.exit
        for graduate, leaver in ((one, other), (other, one))
    )


def _open_after_graduation(one: Enrollment, other: Enrollment, assumptions: Assumptions) -> bool:
    """Whether one is open and starts after a graduate's record, whatever its status is."""
    return any(
        graduate.completion == "100" and stayer.exit is None and graduate.start < stayer.start
        for graduate, stayer in ((one, other), (other, one))
    )


PAIR_RULES = (
    PairRule(
        "SENR0027", ("1.22", "1.23", "1.25"), "two primary enrollments overlap:", _primaries_overlap
    ),
    PairRule(
        "SENR0178",
        ("1.05", "1.22", "1.25"),
        "two enrollments at one school overlap:",
        _overlap_at_one_school,
        since=date(2022, 7, 1),
    ),
    PairRule(
        "SENR0586",
        ("1.23", "1.25", "1.26", "1.27"),
        "an exit after the student's graduation:",
        _exits_after_graduation,
        since=date(2022, 5, 1),
    ),
    PairRule(
        "SENR0587",
        ("1.25", "1.27"),
        "an open enrollment after the student's graduation:",
        _open_after_graduation,
        since=date(2022, 5, 1),
    ),
)
