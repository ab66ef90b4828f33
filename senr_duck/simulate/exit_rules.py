"""The rules on how a record's enrollment ends."""

from datetime import date, timedelta

from senr_duck.simulate.enrollment_record import Enrollment
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


def _graduates_without_exemption(sent: Enrollment, setting: Setting) -> bool:
    return (
        sent.completion == "100"
        and sent.exit is not None
        and sent.exit > date(2023, 6, 30)
        and not sent.record.graduation_exemption_indicator
    )


EXIT_RULES = (
    RecordRule(
        "SENR0018",
        "1.22 1.25",
        "the exit date does not fit the start date",
        _exits_at_the_wrong_time,
    ),
    RecordRule(
        "SENR0022",
        "1.26 1.27",
        "a completion status and the exit reason E230 go together",
        lambda sent, setting: (sent.completion != "") != (sent.reason == "E230"),
    ),
    RecordRule(
        "SENR0175",
        "1.26 1.27",
        "completion status 100 needs the exit reason E230",
        lambda sent, setting: sent.completion == "100" and sent.reason != "E230",
    ),
    RecordRule(
        "SENR0302",
        "1.23 1.26",
        "a secondary enrollment's exit reason is E170",
        _secondary_exit_is_wrong,
        since=date(2016, 9, 1),
    ),
    RecordRule(
        "SENR0315",
        "1.27 1.32",
        "a Golden State Seal without completion status 100",
        lambda sent, setting: (
            sent.record.student_golden_state_seal_merit_diploma_indicator == "Y"
            and sent.completion != "100"
        ),
        since=date(2017, 5, 1),
    ),
    RecordRule(
        "SENR0316",
        "1.27 1.33",
        "a Seal of Biliteracy without completion status 100",
        lambda sent, setting: (
            sent.record.student_seal_of_biliteracy_indicator == "Y" and sent.completion != "100"
        ),
        since=date(2017, 5, 1),
    ),
    RecordRule(
        "SENR0522",
        "1.23 1.26",
        "a non-ADA enrollment's exit reason is E150, E170 or N470",
        lambda sent, setting: (
            sent.status == "50" and sent.reason not in ("", "E150", "E170", "N470")
        ),
        since=date(2020, 6, 1),
    ),
    RecordRule(
        "SENR0523",
        "1.23 1.26",
        "the exit reason E170 needs enrollment status 20 or 50",
        lambda sent, setting: sent.reason == "E170" and sent.status not in ("20", "50"),
        since=date(2020, 6, 1),
    ),
    RecordRule(
        "SENR0630",
        "1.27 1.35",
        "a graduation exemption indicator without completion status 100",
        lambda sent, setting: (
            sent.record.graduation_exemption_indicator != "" and sent.completion != "100"
        ),
        since=date(2023, 9, 19),
    ),
    RecordRule(
        "SENR0632",
        "1.25 1.27 1.35",
        "a graduate after 2023-06-30 without graduation exemption indicator",
        _graduates_without_exemption,
        since=date(2023, 9, 19),
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
    RecordRule(
        "T165-RECEIVER",
        "1.26 1.28",
        "the exit reason T165 needs an expected receiver school",
        lambda sent, setting: (
            sent.reason == "T165" and not sent.record.expected_receiver_school_of_attendance
        ),
    ),
    RecordRule(
        "E450-GRADE",
        "1.24 1.26",
        "the exit reason E450 needs grade IN, TD or PS",
        lambda sent, setting: (
            sent.reason == "E450" and sent.record.grade_level_code not in ("IN", "TD", "PS")
        ),
        since=date(2020, 7, 1),
    ),
    RecordRule(
        "UCCSU-100",
        "1.27 1.29",
        "a graduate without UC/CSU indicator",
        lambda sent, setting: (
            sent.completion == "100"
            and not sent.record.student_met_all_uc_csu_requirements_indicator
        ),
    ),
    RecordRule(
        "480-RECEIVER",
        "1.27 1.28",
        "a promoted student without expected receiver school",
        lambda sent, setting: (
            sent.completion == "480" and not sent.record.expected_receiver_school_of_attendance
        ),
    ),
)
