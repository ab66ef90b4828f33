"""Explain what a run did with one student: both sides' enrollments, what is sent, what is not."""

from collections.abc import Mapping
from dataclasses import dataclass

from senr_duck.export.upload_names import PlannedFile
from senr_duck.reference.classes import sent_classes
from senr_duck.student.read_student import Difference, Enrollment, Finding, RecordReason, Student


@dataclass(frozen=True)
class Pair:
    """One enrollment as both sides have it; ``number`` counts a student's from 1, by start date.

    ``either`` is CALPADS's record if there is one, else the SIS's; use it for the key. ``sis`` is
    the SIS's own record, ``target`` the record that CALPADS should have, ``planned`` the record
    that is sent, ``after`` the record that CALPADS has when all files have posted; each may be
    None.
    """

    number: int
    either: Enrollment
    ods: Enrollment | None
    sis: Enrollment | None
    target: Enrollment | None
    planned: Enrollment | None
    after: Enrollment | None

    @property
    def shown_sis(self) -> Enrollment | None:
        """The SIS's side as CALPADS should show it, or unchanged if the run leaves it out."""
        return self.target or self.sis


@dataclass(frozen=True)
class Sent:
    """A record that is sent: in which file, which enrollment it is about, and why."""

    file: PlannedFile
    number: int
    record: Enrollment
    reason: RecordReason


@dataclass(frozen=True)
class Left:
    """A record that is left alone, or that waits while its student is on hold, and why.

    ``fix`` is what to do according to the rule catalog, or None.
    """

    number: int
    reason: RecordReason
    fix: str | None


@dataclass(frozen=True)
class Found:
    """A finding, with the number of the enrollment that it is about, and its line on each side."""

    number: int
    finding: Finding
    ods: Enrollment | None
    sis: Enrollment | None


@dataclass(frozen=True)
class Explanation:
    """Everything to tell a person about a student, in reading order."""

    student: Student
    pairs: tuple[Pair, ...]
    holds: tuple[Found, ...]
    waiting: tuple[Left, ...]
    sent: tuple[Sent, ...]
    left: tuple[Left, ...]
    listed: tuple[Found, ...]
    differences: tuple[tuple[int, Difference], ...]


def explain_student(student: Student, files: Mapping[str, PlannedFile]) -> Explanation:
    """Combine what is known about a student; ``files`` are the files of the zip by name."""
    pairs = _pair_enrollments(student)
    numbers: dict[tuple[str, int | None], int] = {}
    for pair in pairs:
        if pair.ods is not None:
            numbers["ods", pair.ods.ods_line] = pair.number
        if pair.sis is not None:
            numbers["sis", pair.sis.sis_line] = pair.number

    def number_of(one: RecordReason | Finding | Difference | Enrollment) -> int:
        key = ("ods", one.ods_line) if one.ods_line is not None else ("sis", one.sis_line)
        return numbers[key]

    reasons = {(one.ods_line, one.sis_line): one for one in student.reasons}
    fixes = {(f.rule, f.ods_line, f.sis_line): f.fix for f in student.findings}
    waiting, left = [], []
    for reason in student.reasons:
        fix = fixes.get((reason.reason, reason.ods_line, reason.sis_line))
        entry = Left(number_of(reason), reason, fix)
        if student.is_held and reason.record_class in sent_classes():
            waiting.append(entry)
        # a rule that would put the student on hold may be switched off
        elif reason.record_class in ("kept", "not_sent") or (
            reason.record_class == "held" and not student.is_held
        ):
            left.append(entry)
    told = {(one.reason.reason, one.reason.ods_line, one.reason.sis_line) for one in left}
    ods = {one.ods_line: one for one in student.ods}
    sis = {one.sis_line: one for one in student.sis}
    found = [
        Found(number_of(one), one, ods.get(one.ods_line), sis.get(one.sis_line))
        for one in student.findings
    ]
    holds = [one for one in found if one.finding.severity == "fatal"]
    sent = [
        Sent(
            files[record.file or ""],
            number_of(record),
            record,
            reasons[record.ods_line, record.sis_line],
        )
        for record in student.planned
    ]
    order = list(files)
    return Explanation(
        student=student,
        pairs=pairs,
        holds=tuple(holds),
        waiting=tuple(waiting),
        sent=tuple(sorted(sent, key=lambda one: order.index(one.file.name))),
        left=tuple(left),
        listed=tuple(
            one
            for one in found
            if one not in holds
            and (one.finding.rule, one.finding.ods_line, one.finding.sis_line) not in told
        ),
        differences=tuple((number_of(one), one) for one in student.differences),
    )


def _pair_enrollments(student: Student) -> tuple[Pair, ...]:
    """Return both sides' records as pairs, by start date, then school, then line."""
    sis = {one.sis_line: one for one in student.sis}
    target = {one.sis_line: one for one in student.target}
    planned = {(one.ods_line, one.sis_line): one for one in student.planned}
    # records that the run leaves out are not compared, but the same key is one enrollment to people
    left_out = {
        (one.school, one.start): one.sis_line
        for one in student.sis
        if one.record_class == "out_of_scope"
    }
    sides = []
    for one in student.ods:
        sis_line = one.sis_line
        if one.record_class == "out_of_scope":
            sis_line = left_out.get((one.school, one.start))
        sides.append((one, one, sis.pop(sis_line, None)))
    pairs = []
    for number, (either, ods, own) in enumerate(
        sorted([*sides, *((one, None, one) for one in sis.values())], key=_order), start=1
    ):
        sent = planned.get((ods.ods_line if ods else None, own.sis_line if own else None))
        # a posted record has its own pair, instead of the pair of the line that it replaced
        after = None if ods is not None and ods.reason == "POSTED-SINCE" else ods
        if sent is not None:
            after = None if sent.record_class == "remove" else sent
        pairs.append(
            Pair(number, either, ods, own, target.get(own.sis_line) if own else None, sent, after)
        )
    return tuple(pairs)


def _order(sides: tuple[Enrollment, Enrollment | None, Enrollment | None]) -> tuple[str, str, int]:
    either, ods, own = sides
    line = (ods and ods.ods_line) or (own and own.sis_line) or 0
    return (either.start or "", either.school or "", line)
