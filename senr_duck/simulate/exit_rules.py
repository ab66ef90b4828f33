"""The rules on how a record's enrollment ends."""

from datetime import date, timedelta

from senr_duck.simulate.enrollment_record import Enrollment, school_year
from senr_duck.simulate.record_rule import RecordRule, Setting


def _exits_at_the_wrong_time(sent: Enrollment, setting: Setting) -> bool:
    if sent.exit is None:
        return False
    if sent.reason == "N470":
        return not sent.no_show
    return sent.exit < sent.start


def _secondary_exit_is_wrong(sent: Enrollment, setting: Setting) -> bool:
    excepted = sent.exit is not None and sent.exit < date(2016, 6, 30)
    return sent.status == "20" and sent.reason not in ("", "E170") and not excepted


EXIT_RULES = (
    RecordRule(
        "SENR0018",
        "1.22 1.25",
        "the exit date does not fit the start date",
        _exits_at_the_wrong_time,
    ),
    RecordRule(
        "SENR0302",
        "1.23 1.26",
        "the exit reason of a secondary enrollment is not E170",
        _secondary_exit_is_wrong,
        since=date(2016, 9, 1),
    ),
    RecordRule(
        "SENR0522",
        "1.23 1.26",
        "the exit reason of a non-ADA enrollment is not E150, E170 or N470",
        lambda sent, setting: (
            sent.status == "50" and sent.reason not in ("", "E150", "E170", "N470")
        ),
        since=date(2020, 6, 1),
    ),
    RecordRule(
        "SENR0523",
        "1.23 1.26",
        "the exit reason is E170, but the enrollment is neither secondary nor non-ADA",
        lambda sent, setting: sent.reason == "E170" and sent.status not in ("20", "50"),
        since=date(2020, 6, 1),
    ),
    RecordRule(
        "EXIT-PAIR",
        "1.25 1.26",
        "an exit date and an exit reason go together",
        lambda sent, setting: (sent.exit is None) != (sent.reason == ""),
    ),
    RecordRule(
        "EXIT-FUTURE",
        "1.25",
        "the exit date is more than 30 days after the as-of date",
        lambda sent, setting: (
            sent.exit is not None and sent.exit - setting.as_of > timedelta(days=30)
        ),
    ),
    # The model knows no calendar, so every school's last day is June 30. A one-day record needs no
    # exception: its exit is in the school year of its start.
    RecordRule(
        "EXIT-AFTER-YEAR",
        "1.22 1.25",
        "the exit is after the school year in which the enrollment started",
        lambda sent, setting: (
            sent.exit is not None and school_year(sent.exit) > school_year(sent.start)
        ),
    ),
    # Without a calendar, these two and what student_warnings.py says of E155 are all of the rule.
    RecordRule(
        "YEAR-END-CODE",
        "1.24 1.25 1.26",
        "the exit reason is E155, but the grade is 12",
        lambda sent, setting: sent.reason == "E155" and sent.record.grade_level_code == "12",
    ),
    RecordRule(
        "YEAR-END-CODE",
        "1.24 1.25 1.26",
        "the exit reason is E156, but the grade is not 12",
        lambda sent, setting: sent.reason == "E156" and sent.record.grade_level_code != "12",
    ),
    RecordRule(
        "T165-RECEIVER",
        "1.26 1.28",
        "the exit reason is T165, and the expected receiver school is blank",
        lambda sent, setting: (
            sent.reason == "T165" and not sent.record.expected_receiver_school_of_attendance
        ),
    ),
    RecordRule(
        "E450-GRADE",
        "1.24 1.26",
        "the exit reason is E450, but the grade is not IN, TD or PS",
        lambda sent, setting: (
            sent.reason == "E450" and sent.record.grade_level_code not in ("IN", "TD", "PS")
        ),
        since=date(2020, 7, 1),
    ),
)
