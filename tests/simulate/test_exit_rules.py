"""The rules on one record: how its enrollment ends, and with what completion status."""

import pytest

from tests.simulate.records import GRADUATED, LEFT, NO_SHOW, Fields, make, post, rules_of

# What rejects, what else fires with it, the near miss.
EXIT_RULES: list[tuple[set[str], Fields, Fields]] = [
    (
        {"SENR0018"},
        LEFT | {"enrollment_exit_date": "20250812"},
        LEFT | {"enrollment_exit_date": "20250813"},
    ),
    (
        {"SENR0018"},
        NO_SHOW | {"enrollment_exit_date": "20250811"},
        NO_SHOW | {"enrollment_exit_date": "20250812"},
    ),
    (
        {"SENR0018"},
        NO_SHOW | {"enrollment_exit_date": "20250814"},
        NO_SHOW | {"enrollment_exit_date": "20250813"},
    ),
    (
        {"SENR0022"},
        LEFT | {"student_school_completion_status_code": "480"},
        LEFT | {"student_school_completion_status_code": "480", "student_exit_reason_code": "E230"},
    ),
    ({"SENR0022"}, LEFT | {"student_exit_reason_code": "E230"}, LEFT),
    ({"SENR0175", "SENR0022"}, GRADUATED | {"student_exit_reason_code": "T160"}, GRADUATED),
    (
        {"SENR0302"},
        LEFT | {"enrollment_status_code": "20"},
        LEFT | {"enrollment_status_code": "20", "student_exit_reason_code": "E170"},
    ),
    (
        {"SENR0302"},
        NO_SHOW | {"enrollment_status_code": "20"},
        # Exits before 2016-06-30 are excepted.
        {
            "enrollment_status_code": "20",
            "academic_year_id": "2015-2016",
            "enrollment_start_date": "20150901",
            "enrollment_exit_date": "20160629",
            "student_exit_reason_code": "T160",
        },
    ),
    (
        {"SENR0315"},
        {"student_golden_state_seal_merit_diploma_indicator": "Y"},
        GRADUATED | {"student_golden_state_seal_merit_diploma_indicator": "Y"},
    ),
    (
        {"SENR0316"},
        {"student_seal_of_biliteracy_indicator": "Y"},
        GRADUATED | {"student_seal_of_biliteracy_indicator": "Y"},
    ),
    (
        {"SENR0522"},
        LEFT | {"enrollment_status_code": "50"},
        NO_SHOW | {"enrollment_status_code": "50"},
    ),
    (
        {"SENR0523"},
        LEFT | {"student_exit_reason_code": "E170"},
        LEFT | {"student_exit_reason_code": "E170", "enrollment_status_code": "50"},
    ),
    (
        {"SENR0630"},
        {"graduation_exemption_indicator": "N"},
        GRADUATED | {"graduation_exemption_indicator": "N"},
    ),
    (
        {"SENR0632"},
        GRADUATED | {"graduation_exemption_indicator": ""},
        # On 2023-06-30 the indicator did not exist yet.
        GRADUATED
        | {
            "graduation_exemption_indicator": "",
            "academic_year_id": "2022-2023",
            "enrollment_start_date": "20220815",
            "enrollment_exit_date": "20230630",
        },
    ),
    ({"EXIT-PAIR"}, {"enrollment_exit_date": "20251010"}, LEFT),
    ({"EXIT-PAIR"}, {"student_exit_reason_code": "T160"}, LEFT),
    (
        {"EXIT-FUTURE"},
        LEFT | {"enrollment_exit_date": "20260215"},
        LEFT | {"enrollment_exit_date": "20260214"},
    ),
    (
        {"E450-GRADE", "EXIT-GRADE"},
        LEFT | {"student_exit_reason_code": "E450", "grade_level_code": "TK"},
        LEFT | {"student_exit_reason_code": "E450", "grade_level_code": "PS"},
    ),
    (
        {"UCCSU-100"},
        GRADUATED | {"student_met_all_uc_csu_requirements_indicator": ""},
        GRADUATED | {"student_met_all_uc_csu_requirements_indicator": "N"},
    ),
    (
        {"SENR0302"},
        {
            "enrollment_status_code": "20",
            "academic_year_id": "2015-2016",
            "enrollment_start_date": "20150901",
            "enrollment_exit_date": "20160630",
            "student_exit_reason_code": "T160",
        },
        {"enrollment_status_code": "20"},
    ),
    (
        {"SENR0632"},
        GRADUATED
        | {
            "graduation_exemption_indicator": "",
            "academic_year_id": "2023-2024",
            "enrollment_start_date": "20230701",
            "enrollment_exit_date": "20230701",
        },
        GRADUATED | {"graduation_exemption_indicator": "Y"},
    ),
    (
        {"EXIT-PAIR"},
        GRADUATED | {"enrollment_exit_date": "", "graduation_exemption_indicator": ""},
        GRADUATED,
    ),
]


@pytest.mark.parametrize(("rules", "bad", "near"), EXIT_RULES)
def test_exit_rule_rejects_its_record(rules: set[str], bad: Fields, near: Fields) -> None:
    assert rules_of(post([make(bad)])) == rules


@pytest.mark.parametrize(("rules", "bad", "near"), EXIT_RULES)
def test_exit_rule_lets_the_near_miss_post(rules: set[str], bad: Fields, near: Fields) -> None:
    assert post([make(near)]).rejections == ()
