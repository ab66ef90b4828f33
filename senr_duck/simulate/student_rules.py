"""The rules on the records of one student together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from senr_duck.simulate.enrollment_record import Enrollment
from senr_duck.simulate.findings import Finding


@dataclass(frozen=True)
class Assumptions:
    """Assumptions about CALPADS that no public source confirms; True is the one that rejects less.

    ``blank_exit_reopens``: a record without exit date reopens the closed record with its key.
    ``handover_day_is_free``: an enrollment may start on the day on which the last one ended.
    ``no_show_blocks_nothing``: a no-show may overlap enrollments at its own school; in either case
    it is not primary.
    """

    blank_exit_reopens: bool = True
    handover_day_is_free: bool = True
    no_show_blocks_nothing: bool = True


PERMISSIVE = Assumptions()


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


def check_student(
    sent: Sequence[Enrollment], held: Sequence[Enrollment], as_of: date, assumptions: Assumptions
) -> Iterator[Finding]:
    """Yield the rules that one student's records break, except deletes.

    ``sent`` are the student's records in the file, ``held`` those that CALPADS had before the file.
    The sent records are compared with each other, then each of them with the held records that have
    another key, because it replaces the one with its own key. Other changes in the file are
    ignored.
    """
    rules = [rule for rule in PAIR_RULES if rule.since <= as_of]
    for one, other in combinations(sent, 2):
        for rule in rules:
            if one.key != other.key and rule.breaks(one, other, assumptions):
                yield rule.report(one, f"line {other.line} of the file")
                yield rule.report(other, f"line {one.line} of the file")
    for one in sent:
        others = [record for record in held if record.key != one.key]
        for other in others:
            for rule in rules:
                if rule.breaks(one, other, assumptions):
                    yield rule.report(one, "an enrollment that CALPADS has")
        if any(_differs_in_person(one, record) for record in held):
            message = "the gender or the birth year differs from what CALPADS has"
            yield Finding("SENR0035", one.line, ("1.17", "1.18"), message)
        if not assumptions.blank_exit_reopens and any(_reopens(one, record) for record in held):
            message = "a blank exit date does not reopen the record that CALPADS has"
            yield Finding("EXIT-REOPENED", one.line, ("1.25",), message)
        others.extend(record for record in sent if record.key != one.key)
        yield from _warn(one, others, as_of)


def _warn(one: Enrollment, others: Sequence[Enrollment], as_of: date) -> Iterator[Finding]:
    """Yield the warnings on a sent record compared with the student's other records."""
    if any(_hands_over(other, one) for other in others):
        message = "starts on the day a primary enrollment ends"
        yield Finding("HANDOVER-DAY", one.line, ("1.22", "1.25"), message)
    if any(_graduates_before(other, one) for other in others):
        message = "starts after the student's graduation"
        yield Finding("SENR0024", one.line, ("1.22", "1.27"), message)
    ends_in_mid_year = one.reason == "E150" and one.exit is not None
    if ends_in_mid_year and as_of >= date(2023, 5, 1) and not any(_follows(one, o) for o in others):
        message = "no enrollment at the same school starts on the next day"
        yield Finding("SENR0286", one.line, ("1.22", "1.25", "1.26"), message)


def _hands_over(held: Enrollment, one: Enrollment) -> bool:
    return held.primary and held.exit == one.start and held.lea == one.lea


def _graduates_before(held: Enrollment, one: Enrollment) -> bool:
    graduated = held.reason == "E230" and held.completion in ("100", "250")
    return graduated and held.lea == one.lea and held.end < one.start


def _follows(one: Enrollment, other: Enrollment) -> bool:
    return one.key[0] == other.key[0] and (other.start - one.end).days == 1


def _reopens(one: Enrollment, held: Enrollment) -> bool:
    return one.key == held.key and one.exit is None and held.exit is not None


def _differs_in_person(one: Enrollment, held: Enrollment) -> bool:
    """Whether CALPADS has another gender or birth year; a blank does not count as different."""
    gender = held.record.student_gender_code.strip()
    birth_year = held.record.student_birth_date.strip()[:4]
    return (gender != "" and gender != one.record.student_gender_code) or (
        birth_year != "" and birth_year != one.record.student_birth_date[:4]
    )


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
        and _may_not_outlast_graduation(leaver)
        and leaver.exit is not None
        and leaver.exit > graduate.exit
        for graduate, leaver in ((one, other), (other, one))
    )


def _open_after_graduation(one: Enrollment, other: Enrollment, assumptions: Assumptions) -> bool:
    return any(
        graduate.completion == "100"
        and _may_not_outlast_graduation(stayer)
        and stayer.exit is None
        and graduate.start < stayer.start
        for graduate, stayer in ((one, other), (other, one))
    )


def _may_not_outlast_graduation(enrollment: Enrollment) -> bool:
    return enrollment.status != "20" and enrollment.reason != "N470"


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
