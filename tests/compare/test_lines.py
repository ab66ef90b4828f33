"""What counts as the same value, and what as the same record, in each file."""

import pytest

from senr_duck.reference.compared_tables import line_columns, list_compared
from senr_duck.reference.compared_units import list_units
from tests.support.compared import classify, name_differences, open_compared
from tests.support.other_files import LEA, number

pytestmark = pytest.mark.slow

SINF = {"ssid": number(1), "effective_start_date": "20250815"}
ADDRESS = ("address_line_1", "address_line_2", "address_city_name")
SPRG = {
    "ssid": number(1),
    "education_program_code": "127",
    "education_program_membership_start_date": "20250815",
}


@pytest.mark.parametrize(
    ("column", "calpads", "sis", "differs"),
    [
        ("student_legal_first_name", "Ana  Maria", "ANA MARIA", False),
        ("student_legal_first_name", "Ana", "Anna", True),
        ("student_legal_last_name", "Nunez", "Núñez", True),
        ("student_legal_last_name", "NÚÑEZ", "núñez", False),
        ("student_birth_date", "20150102", "2015-01-02", False),
        ("student_birth_date", "20150102", "20150103", True),
        ("student_gender_code", "F", "f", False),
        ("student_gender_code", "F", "X", True),
        ("student_ethnicity_missing_indicator", "N", "", False),
        ("student_ethnicity_missing_indicator", "Y", "", True),
        ("student_race_missing_indicator", "", "N", False),
        ("student_hispanic_ethnicity_indicator", "N", "", True),
        (
            "enrolled_in_us_school_less_than_three_cumulative_years_indicator",
            *("Y", "N", False),
        ),
        (
            "enrolled_in_us_school_less_than_three_cumulative_years_indicator",
            *("N", "Y", True),
        ),
        ("address_line_1", "1 Main  St", "1 MAIN ST", False),
        ("address_line_1", "1 Main St", "2 Main St", True),
        ("local_record_id", "1", "2", False),
        ("local_student_id", "1", "2", True),
        ("school_of_attendance", "1930650", "1930651", False),
        ("academic_year_id", "2024-2025", "2025-2026", False),
        ("effective_start_date", "20240815", "20250815", False),
    ],
)
def test_a_value_of_student_information_differs_or_does_not(
    column: str, calpads: str, sis: str, differs: bool
) -> None:
    found = name_differences("SINF", {**SINF, column: calpads}, {**SINF, column: sis})
    assert found == ([column] if differs else [])


def test_races_are_a_set_and_an_address_is_one() -> None:
    races = [f"student_race_{place}_code" for place in range(1, 6)]
    one = dict(zip(races, ("700", "600", "", "", ""), strict=True))
    other = dict(zip(races, ("", "600", "", "700", ""), strict=True))
    assert name_differences("SINF", {**SINF, **one}, {**SINF, **other}) == []
    assert name_differences("SINF", {**SINF, **one}, {**SINF, races[0]: "700"}) == [races[0]]
    calpads = dict(zip(ADDRESS, ("1 Main St", "", "Fresno"), strict=True))
    moved = dict(zip(ADDRESS, ("", "1 Main St", "Fresno"), strict=True))
    assert name_differences("SINF", {**SINF, **calpads}, {**SINF, **moved}) == [ADDRESS[0]]


def test_a_blank_address_and_blank_races_are_blank_in_the_sis() -> None:
    full = {**SINF, "address_line_1": "1 Main St", "student_race_1_code": "700"}
    assert classify("SINF", [full], [SINF])[0] == ("ods", "blank_in_sis", "BLANK-IN-SIS")


def test_a_caret_in_the_sis_is_compared_and_shown_as_one() -> None:
    odd = {**SINF, "student_alias_first_name": "A^B"}
    with open_compared("SINF", [{**SINF, "student_alias_first_name": "AB"}], [odd]) as con:
        shown = con.execute("select field, calpads_value, sis_value from sinf.listed").fetchall()
    assert shown == [("Student Alias First Name", "AB", "A^B")]


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({}, ["SAME"]),
        ({"academic_year_id": "2024-2025", "local_student_id": "9"}, ["SAME"]),
        ({"education_program_membership_code": "1", "student_birth_date": "20000101"}, ["SAME"]),
        ({"education_program_membership_start_date": "2025-08-15"}, ["SAME"]),
        ({"education_program_membership_start_date": "20250816"}, ["START-CHANGED"]),
        ({"school_of_attendance": "1930651"}, ["ADD-UNCHECKED", "NOT-IN-SIS"]),
        ({"education_service_code": "05"}, ["NOT-IN-SIS", "RULE-BROKEN"]),
        ({"ssid": number(2)}, ["ADD-UNCHECKED", "NOT-IN-SIS"]),
        ({"ssid": "123"}, ["NO-KEY", "NOT-IN-SIS"]),
        ({"education_program_membership_start_date": "20250230"}, ["NO-KEY", "NOT-IN-SIS"]),
        ({"education_program_code": ""}, ["NO-KEY", "NOT-IN-SIS"]),
        ({"transaction_type_code": "d"}, ["CHANGE-LINE", "NOT-IN-SIS"]),
    ],
)
def test_the_key_of_a_program_pairs_records(change: dict[str, str], reasons: list[str]) -> None:
    found = {reason for _, _, reason in classify("SPRG", [SPRG], [{**SPRG, **change}])}
    assert sorted(found) == reasons


def test_local_codes_are_translated_before_records_are_paired() -> None:
    local = {**SPRG, "education_program_code": "gate"}
    found = classify("SPRG", [SPRG], [local], translate={"education_program_code": {"GATE": "127"}})
    assert [reason for _, _, reason in found] == ["SAME", "SAME"]


def test_a_column_that_the_sis_lacks_is_not_compared() -> None:
    birth = {**SINF, "student_birth_city": "Fresno"}
    assert name_differences("SINF", birth, SINF) == ["student_birth_city"]
    assert name_differences("SINF", birth, SINF, missing=["student_birth_city"]) == []


def test_a_line_without_an_lea_is_of_the_comparison() -> None:
    found = classify("SPRG", [SPRG], [{**SPRG, "reporting_lea": ""}])
    assert [reason for _, _, reason in found] == ["SAME", "SAME"]
    assert classify("SPRG", [SPRG], [{**SPRG, "reporting_lea": LEA}]) == found


@pytest.mark.parametrize("file_type", list_compared())
def test_the_lines_have_the_columns_that_the_views_are_tried_with(file_type: str) -> None:
    with open_compared(file_type, [{"ssid": number(1)}], [{"ssid": number(1)}]) as con:
        found = con.execute(f"describe select * from staging.{file_type.lower()}_line").fetchall()
    assert {name: kind.lower() for name, kind, *_ in found} == line_columns(file_type)


@pytest.mark.parametrize(
    ("file_type", "compared"),
    [("SELA", 3), ("SPRG", 6), ("SINF", 26)],
)
def test_the_layout_says_what_is_compared(file_type: str, compared: int) -> None:
    assert len(list_units(file_type)) == compared
