"""The rules on one record: its form, the student, the school, the year, and the start date."""

from datetime import date

import pytest

from senr_duck.reference.layout import all_fields
from senr_duck.simulate import Finding, Ods, Record, post_file
from tests.simulate.records import (
    AS_OF,
    LAST_YEAR,
    LEA,
    LEFT,
    NO_SHOW,
    Fields,
    make,
    post,
    rules_of,
)


def test_record_has_the_columns_of_the_layout_in_file_order() -> None:
    assert Record._fields == tuple(field.column for field in all_fields())


# Rules on one record: what rejects, what else fires with it, the near miss.
RECORD_RULES: list[tuple[set[str], Fields, Fields]] = [
    ({"FRMT0001"}, {"student_legal_first_name": "A" * 31}, {"student_legal_first_name": "A" * 30}),
    ({"FRMT0002"}, {"enrollment_start_date": "20250931"}, {"enrollment_start_date": "20250930"}),
    ({"FRMT0002"}, {"student_birth_date": "2015W091"}, {"student_birth_date": "20160229"}),
    (
        {"FRMT0002"},
        LEFT | {"enrollment_exit_date": "00000000"},
        LEFT | {"enrollment_exit_date": "20251231"},
    ),
    (
        {"FRMT0004"},
        {"student_legal_last_name": "Nu^ez"},
        {"student_birth_city": 'O"Nuñez \u2028'},
    ),
    (
        {"FRMT0004"},
        {"student_birth_city": "Los\tAngeles"},
        {"student_birth_city": "Los\u00a0Angeles"},
    ),
    ({"FRMT0004"}, {"student_birth_city": "\ud800"}, {"student_birth_city": "\U0001f986"}),
    ({"GERR0001"}, {"local_student_id": " "}, {"local_student_id": "0"}),
    # The birth country is required for three of the statuses.
    ({"GERR0001"}, {"student_birth_country_code": ""}, {"student_birth_country_code": "MX"}),
    (
        {"GERR0001"},
        {"student_birth_country_code": " ", "enrollment_status_code": "20"},
        {"student_birth_country_code": "", "enrollment_status_code": "50"},
    ),
    (
        {"GERR0001"},
        {
            "student_birth_country_code": "",
            "enrollment_status_code": "30",
            "enrollment_start_date": "20251217",
        },
        {
            "student_birth_country_code": "",
            "enrollment_status_code": "40",
            "academic_year_id": "2018-2019",
            "enrollment_start_date": "20180815",
        },
    ),
    ({"GERR0001"}, {"enrollment_status_code": "", "student_birth_country_code": ""}, {}),
    ({"GERR0002"}, {"record_type_code": "SINF"}, {"record_type_code": "SENR"}),
    ({"GERR0002", "FRMT0001"}, {"record_type_code": "SENR-R"}, {"record_type_code": "SENR"}),
    ({"GERR0008"}, {"transaction_type_code": "X"}, {"transaction_type_code": " "}),
    ({"GERR0008"}, {"transaction_type_code": "d"}, {"transaction_type_code": ""}),
    (
        {"GERR0008", "SENR0167"},
        {
            "transaction_type_code": "R",
            "academic_year_id": "2024-2025",
            "enrollment_start_date": "20250630",
        },
        {"transaction_type_code": "A"},
    ),
    (
        {"IVR0668", "BIRTH-START"},
        {"student_birth_date": "20260116"},
        {"student_birth_date": "20260115", "enrollment_start_date": "20260116"},
    ),
    ({"BIRTH-START"}, {"student_birth_date": "20250813"}, {"student_birth_date": "20250812"}),
    ({"SENR0001"}, {"reporting_lea": "1964734"}, {"reporting_lea": LEA}),
    (
        {"SENR0003"},
        {"school_of_attendance_nps": "6935555"},
        {"school_of_attendance_nps": "6935555", "school_of_attendance": "0000001"},
    ),
    (
        {"SENR0004"},
        {"school_of_attendance": "0000001"},
        {"school_of_attendance": "0000001", "school_of_attendance_nps": "6935555"},
    ),
    ({"SENR0006"}, {"academic_year_id": "2025-2027"}, {"academic_year_id": "2025-2026"}),
    (
        {"SENR0006", "SENR0742"},
        {"academic_year_id": "2027-2028"},
        {"academic_year_id": "2026-2027", "enrollment_start_date": "20260701"},
    ),
    (
        {"SENR0192"},
        {"district_of_geographic_residence_code": "196473"},
        {"district_of_geographic_residence_code": "1964733"},
    ),
    ({"SENR0202"}, {"school_of_attendance": LEA}, {"school_of_attendance": "1964734"}),
    (
        {"SENR0262"},
        {"grade_level_code": "KN", "student_birth_date": "20210814"},
        {"grade_level_code": "KN", "student_birth_date": "20210813"},
    ),
    (
        {"SENR0262"},
        {"grade_level_code": "KN", "student_birth_date": "20170813"},
        {"grade_level_code": "KN", "student_birth_date": "20170814"},
    ),
    (
        {"SENR0622"},
        {"grade_level_code": "TK", "student_birth_date": "20210902"},
        {"grade_level_code": "TK", "student_birth_date": "20210901"},
    ),
    ({"SENR0742"}, {"enrollment_start_date": "20250630"}, {"enrollment_start_date": "20250701"}),
    (
        {"START-FUTURE"},
        {"academic_year_id": "2026-2027", "enrollment_start_date": "20260716"},
        {"academic_year_id": "2026-2027", "enrollment_start_date": "20260715"},
    ),
    ({"FRMT0002"}, {"student_birth_date": "2015031"}, {"student_birth_date": "20150301"}),
    ({"FRMT0002"}, {"student_birth_date": "2015 3 1"}, {"student_birth_date": "20150331"}),
    (
        {"FRMT0002"},
        {"student_birth_date": "\u0662" + "0150301"},
        {"student_birth_date": "20150331"},
    ),
    # R is refused whatever its start date; the second code is for earlier school years.
    ({"GERR0008"}, {"transaction_type_code": "R"}, {"transaction_type_code": "A"} | LAST_YEAR),
    ({"SENR0006"}, {"academic_year_id": "2025", "grade_level_code": "TK"}, {}),
    (
        {"SENR0262"},
        {"grade_level_code": "KN", "student_birth_date": "20160814"},
        {"grade_level_code": "01", "student_birth_date": "20160814"},
    ),
    (
        {"SENR0192"},
        {"district_of_geographic_residence_code": "19647A3"},
        {"district_of_geographic_residence_code": ""},
    ),
    # The first and the last county, and a county office.
    (
        {"SENR0192"},
        {"district_of_geographic_residence_code": "0061119"},
        {"district_of_geographic_residence_code": "0161119"},
    ),
    (
        {"SENR0192"},
        {"district_of_geographic_residence_code": "5972736"},
        {"district_of_geographic_residence_code": "5872736"},
    ),
    (
        {"SENR0192"},
        {"district_of_geographic_residence_code": "1910199"},
        {"district_of_geographic_residence_code": "1911199"},
    ),
    # A short-term enrollment: the first and the last day count, an open one ends on the as-of date.
    (
        {"SENR0187"},
        {"enrollment_status_code": "30", "enrollment_start_date": "20251216"},
        {"enrollment_status_code": "30", "enrollment_start_date": "20251217"},
    ),
    (
        {"SENR0187"},
        LEFT
        | {
            "enrollment_status_code": "30",
            "enrollment_start_date": "20250901",
            "enrollment_exit_date": "20251001",
        },
        LEFT
        | {
            "enrollment_status_code": "30",
            "enrollment_start_date": "20250901",
            "enrollment_exit_date": "20250930",
        },
    ),
    (
        {"SENR0187"},
        LEFT | {"enrollment_status_code": "30"},
        NO_SHOW | {"enrollment_status_code": "30"},
    ),
    ({"SSID-MISSING"}, {"ssid": "100000000\u0661"}, {"ssid": "1000000001"}),
    ({"SSID-MISSING"}, {"ssid": ""}, {"ssid": "9999999999"}),
    ({"SSID-MISSING"}, {"ssid": "100000000"}, {"ssid": "1000000000"}),
]


@pytest.mark.parametrize(("rules", "bad", "near"), RECORD_RULES)
def test_record_rule_rejects_its_record(rules: set[str], bad: Fields, near: Fields) -> None:
    assert rules_of(post([make(bad)])) == rules


@pytest.mark.parametrize(("rules", "bad", "near"), RECORD_RULES)
def test_record_rule_lets_the_near_miss_post(rules: set[str], bad: Fields, near: Fields) -> None:
    assert post([make(near)]).rejections == ()


def test_kindergartner_of_eight_on_the_birthday_is_too_old() -> None:
    record = make(grade_level_code="KN", student_birth_date="20170813")
    assert post([record]).rejections == (
        Finding(
            "SENR0262",
            1,
            ("1.17", "1.22", "1.24"),
            "kindergarten, but not 4 to 7 years old on the start date",
        ),
    )


def test_six_months_after_august_31_end_with_february() -> None:
    start = {"academic_year_id": "2025-2026", "enrollment_start_date": "20260301"}
    assert rules_of(post([make(start)], as_of=date(2025, 8, 31))) == {"START-FUTURE"}
    start["enrollment_start_date"] = "20260228"
    assert post([make(start)], as_of=date(2025, 8, 31)).posted


def test_charter_may_report_a_school_of_its_own_code() -> None:
    charter = Ods([make(LAST_YEAR, school_of_attendance=LEA)])
    assert post_file(charter, "a.txt", [make(school_of_attendance=LEA)], AS_OF).posted


def test_no_show_is_exempt_from_code_dates_only() -> None:
    # Status 40 ended in 2019; CALPADS holds the record, so its other fields are repeated.
    assert post([make(NO_SHOW, enrollment_status_code="40")]).posted
    assert rules_of(post([make(NO_SHOW, enrollment_status_code="60")])) == {"GERR0002"}
    assert rules_of(post([make(NO_SHOW, academic_year_id="2024-2025")])) == {"SENR0742"}
