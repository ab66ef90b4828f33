"""The rules on one record that began on a day."""

from datetime import date

import pytest

from tests.simulate.records import GRADUATED, Fields, make, post, rules_of

# A rule, the day it began, a record that breaks it on that day.
DATED_RULES: list[tuple[set[str], date, Fields]] = [
    (
        {"IVR0668"},
        date(2024, 10, 1),
        {
            "academic_year_id": "2024-2025",
            "enrollment_start_date": "20250202",
            "student_birth_date": "20250201",
        },
    ),
    (
        {"SENR0262"},
        date(2017, 9, 1),
        {
            "academic_year_id": "2017-2018",
            "enrollment_start_date": "20170815",
            "student_birth_date": "20150301",
            "grade_level_code": "KN",
        },
    ),
    (
        {"SENR0302"},
        date(2016, 9, 1),
        {
            "academic_year_id": "2016-2017",
            "enrollment_start_date": "20160701",
            "enrollment_exit_date": "20160801",
            "student_exit_reason_code": "T160",
            "enrollment_status_code": "20",
        },
    ),
    (
        {"IVR0009"},
        date(2022, 10, 1),
        {
            "academic_year_id": "2022-2023",
            "enrollment_start_date": "20220815",
            "student_legal_first_name": "Ana (Anita)",
        },
    ),
    (
        {"SENR0315"},
        date(2017, 5, 1),
        {
            "academic_year_id": "2016-2017",
            "enrollment_start_date": "20160815",
            "student_golden_state_seal_merit_diploma_indicator": "Y",
        },
    ),
    (
        {"SENR0316"},
        date(2017, 5, 1),
        {
            "academic_year_id": "2016-2017",
            "enrollment_start_date": "20160815",
            "student_seal_of_biliteracy_indicator": "Y",
        },
    ),
    (
        {"SENR0522"},
        date(2020, 6, 1),
        {
            "academic_year_id": "2019-2020",
            "enrollment_start_date": "20190815",
            "enrollment_exit_date": "20200301",
            "student_exit_reason_code": "T160",
            "enrollment_status_code": "50",
        },
    ),
    (
        {"SENR0523"},
        date(2020, 6, 1),
        {
            "academic_year_id": "2019-2020",
            "enrollment_start_date": "20190815",
            "enrollment_exit_date": "20200301",
            "student_exit_reason_code": "E170",
        },
    ),
    (
        {"SENR0622"},
        date(2023, 7, 1),
        {
            "academic_year_id": "2023-2024",
            "enrollment_start_date": "20230815",
            "student_birth_date": "20191001",
            "grade_level_code": "TK",
        },
    ),
    (
        {"SENR0630"},
        date(2023, 9, 19),
        {
            "academic_year_id": "2023-2024",
            "enrollment_start_date": "20230815",
            "graduation_exemption_indicator": "Y",
        },
    ),
    (
        {"SENR0632"},
        date(2023, 9, 19),
        GRADUATED
        | {
            "academic_year_id": "2023-2024",
            "enrollment_start_date": "20230815",
            "enrollment_exit_date": "20230901",
            "graduation_exemption_indicator": "",
        },
    ),
    ({"SENR0742"}, date(2025, 11, 1), {"academic_year_id": "2024-2025"}),
    (
        {"E450-GRADE", "EXIT-GRADE"},
        date(2020, 7, 1),
        {
            "academic_year_id": "2019-2020",
            "enrollment_start_date": "20190815",
            "enrollment_exit_date": "20200605",
            "student_exit_reason_code": "E450",
        },
    ),
]


@pytest.mark.parametrize(("rules", "since", "record"), DATED_RULES)
def test_dated_rule_rejects_from_its_day_on(rules: set[str], since: date, record: Fields) -> None:
    assert rules_of(post([make(record)], as_of=since)) == rules


@pytest.mark.parametrize(("rules", "since", "record"), DATED_RULES)
def test_dated_rule_is_silent_the_day_before(rules: set[str], since: date, record: Fields) -> None:
    assert post([make(record)], as_of=date.fromordinal(since.toordinal() - 1)).posted
