"""How often, and in which ways, the two sides drift apart."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from senr_duck.sample import drift_left, drift_sent
from senr_duck.sample.case import Case


@dataclass(frozen=True)
class Drift:
    """One way in which the sides drift apart.

    ``classes`` are those that its enrollments get beside ``same``; ``share`` is of all students,
    and no share means one student in the whole sample.
    """

    change: Callable[[Case], bool]
    classes: str
    share: float | None


# A student has one of these at most, so that the classes stay independent.
DRIFTS = (
    Drift(drift_sent.miss_exit, "exit", 0.006),
    Drift(drift_sent.misdate_exit, "exit", 0.004),
    Drift(drift_sent.miss_summer_exit, "exit", 0.003),
    Drift(drift_sent.miss_rollover, "exit, add", 0.003),
    Drift(drift_sent.miss_move, "exit, add", 0.004),
    Drift(drift_sent.miss_split, "exit, add", 0.002),
    Drift(drift_sent.leave_over_summer, "update", 0.005),
    Drift(drift_sent.misgrade, "update", 0.004),
    Drift(drift_sent.keep_old_transfer, "update", 0.003),
    Drift(drift_sent.mistake_residence, "update", 0.0015),
    Drift(drift_sent.mistake_reason, "update", 0.003),
    Drift(drift_sent.take_exit_away, "update", 0.0015),
    Drift(drift_sent.miss_arrival, "add", 0.006),
    Drift(drift_sent.miss_return, "add", 0.003),
    Drift(drift_sent.misdate_start, "remove, add", 0.003),
    Drift(drift_sent.split_for_nothing, "remove, update", 0.0015),
    Drift(drift_sent.enroll_for_nothing, "remove", 0.0025),
    Drift(drift_sent.never_come, "no_show", 0.0025),
    Drift(drift_sent.come_elsewhere, "no_show, add", 0.002),
    Drift(drift_sent.respell_name, "same", 0.004),
    Drift(drift_left.plan_exit, "same", 0.0015),
    Drift(drift_left.graduate_in_summer, "kept", 0.0015),
    Drift(drift_left.graduate_in_earlier_summer, "kept", 0.001),
    Drift(drift_left.lose_history, "kept", 0.002),
    Drift(drift_left.stand_open, "kept", 0.001),
    Drift(drift_left.leave_no_show, "kept", 0.001),
    Drift(drift_left.return_soon, "kept", 0.001),
    Drift(drift_left.miss_history, "not_sent", 0.002),
    Drift(drift_left.arrive_soon, "not_sent", 0.0015),
    Drift(drift_left.graduate_unlisted, "held", 0.0005),
    Drift(drift_left.mistype_exit_date, "held", 0.0005),
    Drift(drift_left.blank_grade, "held", 0.0005),
    Drift(drift_left.use_unknown_code, "held", 0.0005),
    Drift(drift_left.lack_ssid, "held", 0.0005),
    Drift(drift_left.contradict_completion, "held", 0.0005),
    Drift(drift_left.start_early_in_ods, "out_of_scope", 0.002),
    Drift(drift_left.start_early_in_sis, "out_of_scope", 0.002),
    Drift(drift_left.repeat_line, "out_of_scope", None),
)

# A drift that is due waits for a student whom it fits; the last part of them is for the waiting.
_DUE_WITHIN = 0.9


def schedule_drifts(rng: Random, students: int) -> Mapping[int, list[Drift]]:
    """Return the drifts that fall due at each student's number (from 0 on), by that number."""
    due: dict[int, list[Drift]] = {}
    for drift in DRIFTS:
        count = 1 if drift.share is None else int(drift.share * students + 0.5)
        for _ in range(count):
            due.setdefault(int(rng.random() * _DUE_WITHIN * students), []).append(drift)
    return due


def apply_first_fitting(waiting: list[Drift], case: Case) -> None:
    """Change the case by the first of the waiting drifts that fits it, and strike that one out.

    Nothing drifts at the school that isn't reported: both sides would have to leave it alone.
    """
    if any(enrollment.school == case.district.do_not_report for enrollment in case.truth):
        return
    for number, drift in enumerate(waiting):
        if drift.change(case):
            del waiting[number]
            return
