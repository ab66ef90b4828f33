"""What else is to hold for one run over made-up students, and what there was to prove it with."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import duckdb

from senr_duck.simulate import Assumptions, Ods, post_archive
from tests.support.convergence import COMPARED, Fault, Scope, Turn
from tests.support.districts import Student, has_odd_name
from tests.support.extracts import Record
from tests.support.holds import may_be_held
from tests.support.lives import fits, key_of, read_day

# What must occur among the sent records, so that everything is covered. The rarest, an exit that
# waits in updates, has cases of its own in test_convergence.py.
KINDS = (
    "a removal",
    "a no-show in place of the last record",
    "a no-show",
    "a new record",
    "an exit",
    "an exit taken away",
    "an update",
    "a diploma",
    "a diploma taken back",
    "one day",
    "status 10",
    "status 20",
    "status 30",
    "status 50",
    "an earlier year",
    "four records of a student",
)


def find_rejections_among_others(
    turn: Turn, lea: str, scope: Scope, calpads: Assumptions
) -> Iterator[Fault]:
    """If CALPADS does not reopen a closed record, that stops only the files set apart for it."""
    (archive,) = (one.archive for one in turn.result.leas if one.lea == lea)
    assert archive is not None
    unconfirmed = {one.name for one in turn.result.files if one.lea == lea and one.is_unconfirmed}
    refuses = replace(calpads, blank_exit_reopens=False)
    for file in post_archive(Ods(turn.before.values(), lea), archive, scope.as_of, refuses):
        if file.name not in unconfirmed and not file.posted:
            yield Fault("", f"{file.name} is rejected, should an exit not be taken away")


def find_other_targets(turn: Turn, students: Iterable[Student], scope: Scope) -> Iterator[Fault]:
    """The views' target is the truth that was made up for the students, if it breaks no rule."""
    for student in students:
        if student.ssid in turn.held or not fits(list(student.truth), scope.as_of):
            continue
        for one in student.truth:
            # what starts after the as-of date is not sent, whatever its target is
            if read_day(one["enrollment_start_date"]) > scope.as_of:
                continue
            wanted = tuple(one.get(column, "") for column in COMPARED)
            if turn.target.get(key_of(one), wanted) != wanted:
                yield Fault(student.ssid, f"the target of {key_of(one)} is another one")


def find_needless_holds(
    turn: Turn, students: Iterable[Student], scope: Scope, odd_names_hold: bool
) -> Iterator[Fault]:
    """Nobody is held without a reason in the contract."""
    for student in students:
        is_odd = odd_names_hold and has_odd_name(student)
        if student.ssid in turn.held and not is_odd and not may_be_held(student, scope):
            yield Fault(student.ssid, "held without cause")


def describe_turn(turn: Turn, lea: str, scope: Scope) -> Iterator[str]:
    """Yield a word for each kind of record that a run sent."""
    unconfirmed = {one.name for one in turn.result.files if one.lea == lea and one.is_unconfirmed}
    for name, records in turn.files.items():
        for sent in records:
            yield f"status {sent.enrollment_status_code}"
            held = turn.before.get(sent.key)
            waits = name.startswith("003") and name not in unconfirmed
            if sent.key[2] < scope.year_start:
                yield "an earlier year"
            if sent.is_delete:
                yield "a removal"
                continue
            if sent.student_exit_reason_code == "N470":
                in_target = sent.key in turn.target
                yield "a no-show" if in_target else "a no-show in place of the last record"
            elif sent.enrollment_exit_date == sent.enrollment_start_date:
                yield "one day"
            if held is None:
                yield "a new record"
            elif sent.enrollment_exit_date == held.enrollment_exit_date:
                yield "an update"
            elif not sent.enrollment_exit_date:
                yield "an exit taken away"
            else:
                yield "an exit that waits in updates" if waits else "an exit"
            is_graduate = sent.student_school_completion_status_code == "100"
            was_graduate = held is not None and held.student_school_completion_status_code == "100"
            if is_graduate != was_graduate:
                yield "a diploma" if is_graduate else "a diploma taken back"
    for count in Counter(sent.ssid for sent in turn.sent).values():
        if count >= 4:
            yield "four records of a student"


def tell_faults(
    title: str, turn: Turn, faults: Sequence[Fault], students: Iterable[Student]
) -> str:
    """Return the faults, and all records of the first students at fault, one per line."""
    lines = [f"{len(faults)} faults in {title}"]
    lines += [f"{fault.ssid}: {fault.text}" for fault in faults[:20]]
    at_fault = list(dict.fromkeys(fault.ssid for fault in faults))[:3]
    for student in students:
        if student.ssid not in at_fault:
            continue
        lines.append(f"{student.ssid}: {student.story}, {', '.join(student.changes)}")
        for side in ("ods", "truth", "sis"):
            lines += [f"  {side:5} {_shorten(one)}" for one in getattr(student, side)]
        lines += [f"  held by {rule}" for rule in _list_rules(turn, student.ssid)]
        for name, records in turn.files.items():
            lines += [
                f"  {name} {one.transaction_type_code} {_shorten(one._asdict())}"
                for one in records
                if one.ssid == student.ssid
            ]
    return "\n".join(lines)


def _list_rules(turn: Turn, ssid: str) -> list[str]:
    with duckdb.connect(str(turn.result.database), read_only=True) as con:
        query = (
            "select distinct rule from recon.exception where ssid = ? and held = 'Y' order by all"
        )
        return [str(rule) for (rule,) in con.execute(query, [ssid]).fetchall()]


def _shorten(one: Record) -> str:
    columns = ("school_of_attendance", "enrollment_start_date", *COMPARED)
    return " ".join(one.get(column) or "-" for column in columns)
