"""The drifts (differences between the two sides), and how often each occurs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from senr_duck.sample import drift_left, drift_persons, drift_sent, drift_typed
from senr_duck.sample.case import Case
from senr_duck.sample.days import NO_DAY


@dataclass(frozen=True)
class Drift:
    """One kind of difference between the sides; ``share`` is the share of all students.

    No share means one student in the whole sample. ``last`` is the state of the last enrollment
    that a student must have. ``by_chance`` means that a second try for the same student may
    succeed.
    """

    change: Callable[[Case], bool]
    last: bool | None
    share: float | None
    by_chance: bool = False


# The states of a student's last enrollment, which exclude most drifts for most students quickly.
OPEN, ENDED, ANY = True, False, None

# By the class that the enrollments get. A student has at most one of these, so that the classes are
# independent of each other.
DRIFTS = (
    # exit
    Drift(drift_sent.miss_exit, ENDED, 0.006),
    Drift(drift_sent.misdate_exit, ENDED, 0.004),
    Drift(drift_sent.miss_summer_exit, ENDED, 0.003),
    # exit of the old enrollment, add of the new one
    Drift(drift_sent.miss_rollover, OPEN, 0.003),
    Drift(drift_sent.miss_move, OPEN, 0.004),
    Drift(drift_sent.miss_split, OPEN, 0.002),
    # exit, with a warning
    Drift(drift_typed.extend_short_term, OPEN, 0.001),
    Drift(drift_typed.leave_after_year, ENDED, 0.001),
    Drift(drift_typed.stay_away_after_summer, OPEN, 0.001),
    # update
    Drift(drift_sent.leave_over_summer, ENDED, 0.005),
    Drift(drift_sent.misgrade, OPEN, 0.004),
    Drift(drift_sent.keep_old_transfer, OPEN, 0.003),
    Drift(drift_sent.mistake_residence, OPEN, 0.0015),
    Drift(drift_sent.mistake_reason, ENDED, 0.003),
    Drift(drift_sent.take_exit_away, OPEN, 0.0015),
    Drift(drift_typed.type_e155_for_senior, OPEN, 0.001),
    # add
    Drift(drift_sent.miss_arrival, OPEN, 0.006),
    Drift(drift_sent.miss_return, OPEN, 0.003),
    Drift(drift_typed.type_apostrophe, OPEN, 0.001),
    # remove with an add
    Drift(drift_sent.misdate_start, OPEN, 0.003),
    # remove with an update
    Drift(drift_sent.split_for_nothing, OPEN, 0.0015),
    # remove
    Drift(drift_sent.enroll_twice, OPEN, 0.0015, by_chance=True),
    Drift(drift_sent.enroll_too_early, OPEN, 0.0015, by_chance=True),
    Drift(drift_typed.delete_in_sis, OPEN, 0.0005, by_chance=True),
    # no_show
    Drift(drift_sent.never_come, OPEN, 0.0025),
    # no_show with an add
    Drift(drift_sent.come_elsewhere, OPEN, 0.002),
    # same: demographics and future exits aren't compared
    Drift(drift_sent.respell_name, ANY, 0.004),
    Drift(drift_left.plan_exit, OPEN, 0.0015),
    Drift(drift_persons.keep_old_local_student_id, ANY, 0.002),
    # kept
    Drift(drift_left.graduate_in_summer, ENDED, 0.0015),
    Drift(drift_left.graduate_in_earlier_summer, ENDED, 0.001),
    Drift(drift_left.lose_history, ANY, 0.002),
    Drift(drift_left.stay_open, ENDED, 0.001),
    Drift(drift_left.leave_no_show, ENDED, 0.001),
    Drift(drift_left.return_soon, ENDED, 0.001),
    # not_sent
    Drift(drift_left.miss_history, ANY, 0.002),
    Drift(drift_left.arrive_soon, OPEN, 0.0015),
    # held
    Drift(drift_left.graduate_unlisted, ENDED, 0.0005),
    Drift(drift_left.mistype_exit_date, OPEN, 0.0005),
    Drift(drift_left.blank_grade, OPEN, 0.0005),
    Drift(drift_left.use_unknown_code, OPEN, 0.0005),
    Drift(drift_left.lack_ssid, OPEN, 0.0005),
    Drift(drift_left.contradict_completion, ENDED, 0.0005),
    Drift(drift_typed.extend_short_term_too_long, OPEN, 0.001),
    Drift(drift_persons.retire_ssid, OPEN, 0.001),
    Drift(drift_persons.share_ssid, OPEN, 0.001),
    # out_of_scope
    Drift(drift_left.start_early_in_ods, ANY, 0.002),
    Drift(drift_left.start_early_in_sis, ANY, 0.002),
    Drift(drift_left.repeat_line, ANY, None),
)

# A due drift waits for a student that it fits. The last part of the students gets no new ones.
_DUE_WITHIN = 0.9


def schedule_drifts(rng: Random, students: int, is_first: bool) -> Mapping[int, list[Drift]]:
    """Return the drifts that are due at each student, by the student's number from 0.

    ``is_first`` is whether the students are the first block of the sample.
    """
    due: dict[int, list[Drift]] = {}
    for drift in DRIFTS:
        count = is_first if drift.share is None else int(drift.share * students + 0.5)
        for _ in range(count):
            due.setdefault(int(rng.random() * _DUE_WITHIN * students), []).append(drift)
    return due


def apply_first_fitting(waiting: list[Drift], case: Case) -> None:
    """Apply the first of the waiting drifts that fits the case, and remove it from the list.

    There are no drifts at the unreported school, because both sides would have to ignore them.
    """
    hidden = case.district.do_not_report
    for enrollment in case.truth:
        if enrollment.school == hidden:
            return
    # Several drifts of one kind may wait for rare students: it is enough to try one of them.
    tried = set()
    other = ENDED if case.truth[-1].exit_day == NO_DAY else OPEN
    for number, drift in enumerate(waiting):
        change = drift.change
        if drift.last is other or change in tried:
            continue
        if change(case):
            del waiting[number]
            return
        if not drift.by_chance:
            tried.add(change)
