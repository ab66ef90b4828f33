"""The rules on a record's completion status, and on what goes with it."""

from datetime import date

from senr_duck.simulate.enrollment_record import Enrollment
from senr_duck.simulate.record_rule import RecordRule, Setting


def _graduates_without_exemption(sent: Enrollment, setting: Setting) -> bool:
    return (
        sent.completion == "100"
        and sent.exit is not None
        and sent.exit > date(2023, 6, 30)
        and not sent.record.graduation_exemption_indicator
    )


COMPLETION_RULES = (
    RecordRule(
        "SENR0022",
        "1.26 1.27",
        "a completion status and the exit reason E230 go together",
        lambda sent, setting: (sent.completion != "") != (sent.reason == "E230"),
    ),
    RecordRule(
        "SENR0175",
        "1.26 1.27",
        "the completion status is 100, but the exit reason is not E230",
        lambda sent, setting: sent.completion == "100" and sent.reason != "E230",
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
        "a graduate after June 30, 2023, without graduation exemption indicator",
        _graduates_without_exemption,
        since=date(2023, 9, 19),
    ),
    RecordRule(
        "UCCSU-100",
        "1.27 1.29",
        "the student graduated, and the UC/CSU requirements indicator is blank",
        lambda sent, setting: (
            sent.completion == "100"
            and not sent.record.student_met_all_uc_csu_requirements_indicator
        ),
    ),
    RecordRule(
        "480-RECEIVER",
        "1.27 1.28",
        "the completion status is 480, but the expected receiver school is blank",
        lambda sent, setting: (
            sent.completion == "480" and not sent.record.expected_receiver_school_of_attendance
        ),
    ),
)
