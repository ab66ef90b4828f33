"""The rules on the records of one student together."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from senr_duck.simulate.assumptions import Assumptions
from senr_duck.simulate.enrollment_record import Enrollment
from senr_duck.simulate.findings import Finding
from senr_duck.simulate.pair_rules import PAIR_RULES
from senr_duck.simulate.student_warnings import warn_about


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
        if _differs_in_person(one, other):
            yield _report_person(one, f"line {other.line} of the file has")
            yield _report_person(other, f"line {one.line} of the file has")
    for one in sent:
        others = [record for record in held if record.key != one.key]
        for other in others:
            for rule in rules:
                if rule.breaks(one, other, assumptions):
                    yield rule.report(one, "an enrollment that CALPADS has")
        if any(_differs_in_person(one, record) for record in held):
            yield _report_person(one, "CALPADS has")
        if not assumptions.blank_exit_reopens and any(_reopens(one, record) for record in held):
            message = "a blank exit date does not reopen the record that CALPADS has"
            yield Finding("EXIT-REOPENED", one.line, ("1.25",), message)
        others.extend(record for record in sent if record.key != one.key)
        yield from warn_about(one, others, as_of)


def _reopens(one: Enrollment, held: Enrollment) -> bool:
    return one.key == held.key and one.exit is None and held.exit is not None


def _differs_in_person(one: Enrollment, other: Enrollment) -> bool:
    """Whether gender or birth year differ; a blank does not count as different."""
    return any(
        mine != theirs and mine != "" and theirs != ""
        for mine, theirs in zip(_read_person(one), _read_person(other), strict=True)
    )


def _read_person(one: Enrollment) -> tuple[str, str]:
    """Return the gender code and the birth year."""
    return one.record.student_gender_code.strip(), one.record.student_birth_date.strip()[:4]


def _report_person(one: Enrollment, rival: str) -> Finding:
    message = f"{rival} another gender or birth year for this SSID"
    return Finding("SENR0035", one.line, ("1.17", "1.18"), message)
