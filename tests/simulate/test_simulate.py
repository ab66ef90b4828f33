"""The model of how CALPADS posts SENR files."""

import gzip
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from senr_duck.errors import InputError
from senr_duck.reference.layout import all_fields
from senr_duck.simulate import (
    Assumptions,
    FileResult,
    Finding,
    Ods,
    Record,
    format_results,
    is_any_rejected,
    post_archive,
    post_file,
    read_extract,
    write_extract,
)

LEA = "1964733"
AS_OF = date(2026, 1, 15)

# A fifth grader at school 1930650 since August 2025, and changes that make other students.
GOOD = {
    "reporting_lea": LEA,
    "school_of_attendance": "1930650",
    "academic_year_id": "2025-2026",
    "ssid": "1000000001",
    "local_student_id": "77",
    "student_legal_first_name": "Ana",
    "student_legal_last_name": "Nuñez",
    "student_birth_date": "20150301",
    "student_gender_code": "F",
    "student_birth_country_code": "US",
    "enrollment_start_date": "20250813",
    "enrollment_status_code": "10",
    "grade_level_code": "05",
}
DELETE = {"transaction_type_code": "D"}
LEFT = {"enrollment_exit_date": "20251010", "student_exit_reason_code": "T160"}
GRADUATED = {
    "grade_level_code": "12",
    "enrollment_exit_date": "20251010",
    "student_exit_reason_code": "E230",
    "student_school_completion_status_code": "100",
    "student_met_all_uc_csu_requirements_indicator": "Y",
    "graduation_exemption_indicator": "N",
}
NO_SHOW = {"enrollment_exit_date": "20250812", "student_exit_reason_code": "N470"}
LAST_YEAR = {
    "academic_year_id": "2024-2025",
    "enrollment_start_date": "20240814",
    "enrollment_exit_date": "20250606",
    "student_exit_reason_code": "E155",
}
OTHER_SCHOOL = {"school_of_attendance": "1995836"}

Fields = dict[str, str]


def make(*changes: Fields, **more: str) -> Record:
    values = dict(GOOD)
    for change in changes:
        values |= change
    return Record(**(values | more))


def post(
    sent: Sequence[Record],
    held: Sequence[Record] = (),
    as_of: date = AS_OF,
    assumptions: Assumptions | None = None,
) -> FileResult:
    ods = Ods(held, lea=LEA)
    return post_file(ods, "003_Updates.txt", sent, as_of, assumptions or Assumptions())


def rules_of(result: FileResult) -> set[str]:
    return {found.rule for found in result.rejections}


def lines_of(result: FileResult) -> list[tuple[str, int]]:
    return [(found.rule, found.line) for found in result.rejections]


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
        {"student_legal_last_name": 'O"Nuñez \u2028'},
    ),
    (
        {"FRMT0004"},
        {"student_birth_city": "Los\tAngeles"},
        {"student_birth_city": "Los\u00a0Angeles"},
    ),
    ({"FRMT0004"}, {"student_birth_city": "\ud800"}, {"student_birth_city": "\U0001f986"}),
    ({"GERR0001"}, {"local_student_id": " "}, {"local_student_id": "0"}),
    ({"GERR0002"}, {"grade_level_code": "5"}, {"grade_level_code": "06"}),
    ({"GERR0002"}, {"record_type_code": "SINF"}, {"record_type_code": "SENR"}),
    ({"GERR0002", "FRMT0001"}, {"record_type_code": "SENR-R"}, {"record_type_code": "SENR"}),
    (
        {"GERR0007"},
        {"enrollment_status_code": "40"},
        # Valid to 2019-06-30, so on all days of this academic year.
        {
            "enrollment_status_code": "40",
            "academic_year_id": "2018-2019",
            "enrollment_start_date": "20180815",
        },
    ),
    ({"GERR0008"}, {"transaction_type_code": "X"}, {"transaction_type_code": " "}),
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
        {"SENR0622"},
        {"grade_level_code": "TK", "student_birth_date": "20210902"},
        {"grade_level_code": "TK", "student_birth_date": "20210901"},
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
    ({"SENR0742"}, {"enrollment_start_date": "20250630"}, {"enrollment_start_date": "20250701"}),
    ({"EXIT-PAIR"}, {"enrollment_exit_date": "20251010"}, LEFT),
    ({"EXIT-PAIR"}, {"student_exit_reason_code": "T160"}, LEFT),
    (
        {"EXIT-FUTURE"},
        LEFT | {"enrollment_exit_date": "20260215"},
        LEFT | {"enrollment_exit_date": "20260214"},
    ),
    (
        {"START-FUTURE"},
        {"academic_year_id": "2026-2027", "enrollment_start_date": "20260716"},
        {"academic_year_id": "2026-2027", "enrollment_start_date": "20260715"},
    ),
    (
        {"T165-RECEIVER"},
        LEFT | {"student_exit_reason_code": "T165"},
        LEFT
        | {"student_exit_reason_code": "T165", "expected_receiver_school_of_attendance": "1995836"},
    ),
    (
        {"E450-GRADE"},
        LEFT | {"student_exit_reason_code": "E450", "grade_level_code": "TK"},
        LEFT | {"student_exit_reason_code": "E450", "grade_level_code": "PS"},
    ),
    (
        {"UCCSU-100"},
        GRADUATED | {"student_met_all_uc_csu_requirements_indicator": ""},
        GRADUATED | {"student_met_all_uc_csu_requirements_indicator": "N"},
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
    (
        {"SENR0192"},
        {"district_of_geographic_residence_code": "19647A3"},
        {"district_of_geographic_residence_code": ""},
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


# A rule, the day it began, a record that breaks it on that day.
DATED_RULES: list[tuple[str, date, Fields]] = [
    (
        "IVR0668",
        date(2024, 10, 1),
        {
            "academic_year_id": "2024-2025",
            "enrollment_start_date": "20250202",
            "student_birth_date": "20250201",
        },
    ),
    (
        "SENR0262",
        date(2017, 9, 1),
        {
            "academic_year_id": "2017-2018",
            "enrollment_start_date": "20170815",
            "student_birth_date": "20150301",
            "grade_level_code": "KN",
        },
    ),
    (
        "SENR0302",
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
        "SENR0315",
        date(2017, 5, 1),
        {
            "academic_year_id": "2016-2017",
            "enrollment_start_date": "20160815",
            "student_golden_state_seal_merit_diploma_indicator": "Y",
        },
    ),
    (
        "SENR0316",
        date(2017, 5, 1),
        {
            "academic_year_id": "2016-2017",
            "enrollment_start_date": "20160815",
            "student_seal_of_biliteracy_indicator": "Y",
        },
    ),
    (
        "SENR0522",
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
        "SENR0523",
        date(2020, 6, 1),
        {
            "academic_year_id": "2019-2020",
            "enrollment_start_date": "20190815",
            "enrollment_exit_date": "20200301",
            "student_exit_reason_code": "E170",
        },
    ),
    (
        "SENR0622",
        date(2023, 7, 1),
        {
            "academic_year_id": "2023-2024",
            "enrollment_start_date": "20230815",
            "student_birth_date": "20191001",
            "grade_level_code": "TK",
        },
    ),
    (
        "SENR0630",
        date(2023, 9, 19),
        {
            "academic_year_id": "2023-2024",
            "enrollment_start_date": "20230815",
            "graduation_exemption_indicator": "Y",
        },
    ),
    (
        "SENR0632",
        date(2023, 9, 19),
        GRADUATED
        | {
            "academic_year_id": "2023-2024",
            "enrollment_start_date": "20230815",
            "enrollment_exit_date": "20230901",
            "graduation_exemption_indicator": "",
        },
    ),
    ("SENR0742", date(2025, 11, 1), {"academic_year_id": "2024-2025"}),
    (
        "E450-GRADE",
        date(2020, 7, 1),
        {
            "academic_year_id": "2019-2020",
            "enrollment_start_date": "20190815",
            "enrollment_exit_date": "20200605",
            "student_exit_reason_code": "E450",
        },
    ),
]


@pytest.mark.parametrize(("rule", "since", "record"), DATED_RULES)
def test_dated_rule_rejects_from_its_day_on(rule: str, since: date, record: Fields) -> None:
    assert rules_of(post([make(record)], as_of=since)) == {rule}


@pytest.mark.parametrize(("rule", "since", "record"), DATED_RULES)
def test_dated_rule_is_silent_the_day_before(rule: str, since: date, record: Fields) -> None:
    assert post([make(record)], as_of=date.fromordinal(since.toordinal() - 1)).posted


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


# Rules between records of one student: the record sent, the one CALPADS holds.
PAIR_RULES: list[tuple[set[str], Record, Record]] = [
    ({"SENR0027"}, make(), make(OTHER_SCHOOL, enrollment_start_date="20250901")),
    (
        {"SENR0027"},
        make(),
        make(OTHER_SCHOOL, enrollment_start_date="20250901", enrollment_status_code="30"),
    ),
    (
        {"SENR0027"},
        make(),
        make(
            OTHER_SCHOOL,
            enrollment_start_date="20250901",
            enrollment_exit_date="20251002",
            student_exit_reason_code="T160",
            enrollment_status_code="30",
        ),
    ),
    ({"SENR0178"}, make(), make(enrollment_start_date="20250901", enrollment_status_code="20")),
    (
        {"SENR0178"},
        make(LEFT, student_exit_reason_code="E150", enrollment_status_code="50"),
        make(enrollment_start_date="20251009", enrollment_status_code="20"),
    ),
    ({"SENR0027", "SENR0178"}, make(LEFT), make(enrollment_start_date="20251009")),
    (
        {"SENR0586"},
        make(GRADUATED),
        make(
            OTHER_SCHOOL,
            grade_level_code="12",
            enrollment_start_date="20251010",
            enrollment_exit_date="20251011",
            student_exit_reason_code="T160",
        ),
    ),
    (
        {"SENR0587"},
        make(GRADUATED),
        make(OTHER_SCHOOL, enrollment_start_date="20251010", grade_level_code="12"),
    ),
    # A summer graduate's one-day record is not a no-show.
    (
        {"SENR0027"},
        make(enrollment_start_date="20250701"),
        make(OTHER_SCHOOL, LEFT, enrollment_start_date="20250815", enrollment_exit_date="20250815"),
    ),
]


@pytest.mark.parametrize(("rules", "one", "other"), PAIR_RULES)
def test_pair_rule_rejects_whichever_record_is_sent(
    rules: set[str], one: Record, other: Record
) -> None:
    assert rules_of(post([one], held=[other])) == rules
    assert rules_of(post([other], held=[one])) == rules


@pytest.mark.parametrize(("rules", "one", "other"), PAIR_RULES)
def test_pair_rule_rejects_both_lines_of_one_file(
    rules: set[str], one: Record, other: Record
) -> None:
    result = post([other, one])
    assert set(lines_of(result)) == {(rule, line) for rule in rules for line in (1, 2)}


NEAR_PAIRS: list[tuple[Record, Record]] = [
    # The day after, and the handover day itself.
    (make(LEFT), make(enrollment_start_date="20251011")),
    (make(LEFT), make(OTHER_SCHOOL, enrollment_start_date="20251010")),
    # A secondary enrollment, a non-ADA one, a short term of 30 days are not primary.
    (make(), make(OTHER_SCHOOL, enrollment_status_code="20")),
    (make(), make(OTHER_SCHOOL, enrollment_status_code="50")),
    (
        make(),
        make(
            OTHER_SCHOOL,
            enrollment_start_date="20250901",
            enrollment_exit_date="20251001",
            student_exit_reason_code="T160",
            enrollment_status_code="30",
        ),
    ),
    # A no-show is not primary, and blocks nothing at its own school.
    (
        make(),
        make(
            OTHER_SCHOOL,
            enrollment_start_date="20250901",
            enrollment_exit_date="20250901",
            student_exit_reason_code="N470",
        ),
    ),
    (
        make(),
        make(
            enrollment_start_date="20250901",
            enrollment_exit_date="20250901",
            student_exit_reason_code="N470",
        ),
    ),
    # On the day of the graduation; after it, secondary ones and no-shows.
    (
        make(GRADUATED),
        make(LEFT, OTHER_SCHOOL, enrollment_start_date="20251010", grade_level_code="12"),
    ),
    (
        make(GRADUATED),
        make(
            OTHER_SCHOOL,
            enrollment_start_date="20251020",
            enrollment_exit_date="20251101",
            student_exit_reason_code="E170",
            enrollment_status_code="20",
        ),
    ),
    (
        make(GRADUATED),
        make(OTHER_SCHOOL, enrollment_start_date="20251020", enrollment_status_code="20"),
    ),
    (
        make(GRADUATED),
        make(
            OTHER_SCHOOL,
            enrollment_start_date="20251020",
            enrollment_exit_date="20251020",
            student_exit_reason_code="N470",
        ),
    ),
    # Open since before the graduate's record began: status 50 is not primary.
    (
        make(GRADUATED),
        make(OTHER_SCHOOL, enrollment_start_date="20250801", enrollment_status_code="50"),
    ),
    # Open since the very day the graduate's record began.
    (make(GRADUATED), make(OTHER_SCHOOL, enrollment_status_code="50")),
    # Another student.
    (make(), make(OTHER_SCHOOL, ssid="1000000002")),
]


@pytest.mark.parametrize(("one", "other"), NEAR_PAIRS)
def test_pair_rule_lets_the_near_miss_post(one: Record, other: Record) -> None:
    assert post([one], held=[other]).rejections == ()
    assert post([other], held=[one]).rejections == ()
    assert post([one, other]).rejections == ()


@pytest.mark.parametrize(
    ("rule", "since", "index"),
    [
        ("SENR0178", date(2022, 7, 1), 0),
        ("SENR0586", date(2022, 5, 1), 1),
        ("SENR0587", date(2022, 5, 1), 2),
    ],
)
def test_dated_pair_rule_begins_on_its_day(rule: str, since: date, index: int) -> None:
    year = {"academic_year_id": "2021-2022", "enrollment_start_date": "20210813"}
    later = {"academic_year_id": "2021-2022", "enrollment_start_date": "20211011"}
    done = {"enrollment_exit_date": "20211010", "graduation_exemption_indicator": ""}
    one, other = [
        (make(year), make(later, enrollment_status_code="20")),
        (make(GRADUATED, year, done), make(later, LEFT, enrollment_exit_date="20211012")),
        (make(GRADUATED, year, done), make(later)),
    ][index]
    assert rules_of(post([one], held=[other], as_of=since)) == {rule}
    assert post([one], held=[other], as_of=date.fromordinal(since.toordinal() - 1)).posted


def test_enrollments_of_two_leas_may_overlap() -> None:
    elsewhere = make(OTHER_SCHOOL, reporting_lea="1964808")
    assert post([make()], held=[elsewhere]).posted
    nonpublic = {"school_of_attendance": "0000001", "school_of_attendance_nps": "6935555"}
    elsewhere = make(nonpublic, reporting_lea="1964808", enrollment_start_date="20250901")
    assert post([make(nonpublic)], held=[elsewhere]).posted


def test_graduate_held_without_exit_date_rejects_no_exit() -> None:
    held = make(GRADUATED, enrollment_exit_date="", enrollment_status_code="50")
    assert post([make(OTHER_SCHOOL, LEFT)], held=[held]).posted


def test_another_gender_or_birth_year_rejects() -> None:
    held = make(LAST_YEAR)
    assert rules_of(post([make(student_gender_code="M")], held=[held])) == {"SENR0035"}
    assert rules_of(post([make(student_birth_date="20160301")], held=[held])) == {"SENR0035"}
    unknown = make(LAST_YEAR, student_gender_code="", student_birth_date="")
    assert post([make()], held=[unknown]).posted


def test_another_birthday_or_name_posts_but_changes_no_demographics() -> None:
    ods = Ods([make(LAST_YEAR)])
    other = make(student_birth_date="20150302", student_legal_first_name="Anna")
    assert post_file(ods, "a.txt", [other], AS_OF).posted
    persons = [(r.student_birth_date, r.student_legal_first_name) for r in ods.records()]
    assert persons == [("20150301", "Ana"), ("20150301", "Ana")]


def test_same_key_twice_rejects_the_second_line() -> None:
    result = post([make(), make(LEFT)])
    assert lines_of(result) == [("SENR0034", 2)]


def test_one_student_at_two_schools_on_one_day_is_not_the_same_key() -> None:
    assert post([make(), make(OTHER_SCHOOL, enrollment_status_code="20")]).posted


def test_delete_and_add_of_one_key_do_not_share_a_file() -> None:
    assert rules_of(post([make(DELETE), make()], held=[make(), make(LAST_YEAR)])) == {"SENR0034"}


def test_one_fatal_error_rejects_the_whole_file_and_changes_nothing() -> None:
    ods = Ods([make(LAST_YEAR)])
    before = ods.records()
    result = post_file(
        ods, "b.txt", [make(ssid="1000000002"), make(), make(ssid="1", local_student_id="")], AS_OF
    )
    assert (result.name, result.records, result.posted) == ("b.txt", 3, False)
    assert lines_of(result) == [("GERR0001", 3)]
    assert ods.records() == before


def test_rejections_are_in_order_of_line_then_rule() -> None:
    result = post(
        [
            make(LEFT, student_exit_reason_code="E230", reporting_lea="1", ssid="1000000003"),
            make(ssid="1000000002", reporting_lea="2"),
            make(LEFT, student_exit_reason_code="E170", ssid="1000000004"),
        ]
    )
    assert lines_of(result) == [("SENR0001", 1), ("SENR0022", 1), ("SENR0001", 2), ("SENR0523", 3)]


def test_exit_and_new_enrollment_in_one_file_are_rejected() -> None:
    new = make(OTHER_SCHOOL, enrollment_start_date="20251011")
    result = post([make(LEFT), new], held=[make()])
    assert lines_of(result) == [("SENR0027", 2)]


def test_exit_and_new_enrollment_in_two_files_post() -> None:
    ods = Ods([make()])
    new = make(OTHER_SCHOOL, enrollment_start_date="20251011")
    assert post_file(ods, "1.txt", [make(LEFT)], AS_OF).posted
    assert post_file(ods, "2.txt", [new], AS_OF).posted
    assert [(r.key, r.enrollment_exit_date) for r in ods.records()] == [
        (("1930650", "1000000001", "20250813"), "20251010"),
        (("1995836", "1000000001", "20251011"), ""),
    ]


def test_delete_in_the_same_file_does_not_clear_the_way() -> None:
    ods = Ods([make(), make(LAST_YEAR)])
    new = make(OTHER_SCHOOL)
    assert rules_of(post_file(ods, "1.txt", [make(DELETE), new], AS_OF)) == {"SENR0027"}
    assert post_file(ods, "1.txt", [make(DELETE)], AS_OF).posted
    assert post_file(ods, "2.txt", [new], AS_OF).posted


def test_changed_key_is_a_delete_of_the_old_after_the_add_of_the_new() -> None:
    ods = Ods([make()])
    new = make(enrollment_start_date="20250814")
    assert rules_of(post_file(ods, "1.txt", [make(DELETE)], AS_OF)) == {"SENR0180"}
    assert rules_of(post_file(ods, "2.txt", [new], AS_OF)) == {"SENR0027", "SENR0178"}
    # The way out: the last record becomes a no-show, and the right one comes after it.
    assert post_file(ods, "3.txt", [make(NO_SHOW)], AS_OF).posted
    assert post_file(ods, "4.txt", [new], AS_OF).posted
    assert post_file(ods, "5.txt", [make(DELETE)], AS_OF).posted
    assert [r.key for r in ods.records()] == [("1930650", "1000000001", "20250814")]


def test_delete_needs_an_existing_key() -> None:
    elsewhere = make(DELETE, OTHER_SCHOOL)
    assert rules_of(post([elsewhere], held=[make(), make(LAST_YEAR)])) == {"SENR0181"}
    assert post([make(DELETE)], held=[make(), make(LAST_YEAR)]).posted


def test_delete_without_ssid_is_rejected() -> None:
    held = [make(), make(LAST_YEAR)]
    assert rules_of(post([make(DELETE, ssid="")], held=held)) == {"SENR0032"}


def test_delete_of_the_last_enrollment_is_rejected() -> None:
    assert lines_of(post([make(DELETE)], held=[make()])) == [("SENR0180", 1)]


def test_deletes_of_one_student_count_together() -> None:
    held = [make(), make(LAST_YEAR)]
    both = [make(DELETE), make(LAST_YEAR, DELETE)]
    assert lines_of(post(both, held=held)) == [("SENR0180", 1), ("SENR0180", 2)]
    assert post(both, held=[*held, make(OTHER_SCHOOL)]).posted


def test_delete_of_an_unknown_key_does_not_count_against_the_last_enrollment() -> None:
    both = [make(DELETE), make(OTHER_SCHOOL, DELETE)]
    assert lines_of(post(both, held=[make(), make(LAST_YEAR)])) == [("SENR0181", 2)]


def test_record_added_by_the_same_file_does_not_save_the_last_enrollment() -> None:
    added = make(LAST_YEAR)
    assert rules_of(post([make(DELETE), added], held=[make()])) == {"SENR0180"}


def test_delete_is_checked_for_form_but_not_for_codes_or_business_rules() -> None:
    old = {"enrollment_status_code": "XX", "student_exit_reason_code": "E230"}
    held = [make(LAST_YEAR), make(old)]
    assert post([make(old, DELETE)], held=held).posted
    assert rules_of(post([make(old, DELETE, student_birth_city="C" * 31)], held=held)) == {
        "FRMT0001"
    }
    assert rules_of(post([make(old, DELETE, student_legal_last_name="")], held=held)) == {
        "GERR0001"
    }


def test_update_replaces_the_record_of_its_key_and_stamps_only_it() -> None:
    untouched = make(LAST_YEAR, upload_date="20240901", last_date_updated="20250610")
    replaced = make(local_record_id="old", upload_date="20250901", last_date_updated="20250902")
    ods = Ods([replaced, untouched])
    sent = make(LEFT, local_record_id="new", transaction_type_code="A")
    assert post_file(ods, "1.txt", [sent], AS_OF).posted
    stamps = [
        (r.enrollment_start_date, r.local_record_id, r.upload_date, r.last_date_updated)
        for r in ods.records()
    ]
    assert stamps == [
        ("20240814", "", "20240901", "20250610"),
        ("20250813", "new", "20260115", "20260115"),
    ]
    assert {r[:2] for r in ods.records()} == {("SENR-R", "")}


def test_update_is_not_compared_with_the_record_it_replaces() -> None:
    ods = Ods([make(GRADUATED)])
    later = make(GRADUATED, enrollment_exit_date="20251013")
    assert post_file(ods, "1.txt", [later], AS_OF).posted


def test_what_calpads_holds_in_conflict_does_not_reject_others() -> None:
    held = [make(), make(OTHER_SCHOOL), make(ssid="1000000002", enrollment_start_date="?")]
    assert post([make(ssid="1000000003"), make(ssid="1000000002")], held=held).posted


def test_twins_count_once_so_that_deleting_one_deletes_the_last() -> None:
    twin = make(upload_date="20250901")
    ods = Ods([make(), twin])
    assert len(ods.records()) == 1
    assert rules_of(post_file(ods, "1.txt", [make(DELETE)], AS_OF)) == {"SENR0180"}


def test_records_of_one_key_with_other_content_all_stay_until_it_is_sent() -> None:
    ods = Ods([make(), make(LEFT)])
    assert len(ods.records()) == 2
    assert post_file(ods, "1.txt", [make(LEFT)], AS_OF).posted
    assert [r.enrollment_exit_date for r in ods.records()] == ["20251010"]


@pytest.mark.parametrize(
    ("rule", "sent", "held"),
    [
        ("HANDOVER-DAY", make(OTHER_SCHOOL, enrollment_start_date="20251010"), make(LEFT)),
        (
            "SENR0024",
            make(OTHER_SCHOOL, enrollment_start_date="20251011", enrollment_status_code="20"),
            make(GRADUATED),
        ),
        (
            "SENR0024",
            make(OTHER_SCHOOL, enrollment_start_date="20251011"),
            make(GRADUATED, student_school_completion_status_code="250"),
        ),
        # 31 days to the as-of date.
        (
            "SENR0187",
            make(enrollment_start_date="20251215", enrollment_status_code="30"),
            make(LAST_YEAR),
        ),
        # The next day's enrollment is at another school.
        (
            "SENR0286",
            make(LEFT, student_exit_reason_code="E150"),
            make(OTHER_SCHOOL, enrollment_start_date="20251011"),
        ),
        (
            "SENR0286",
            make(LEFT, student_exit_reason_code="E150"),
            make(enrollment_start_date="20251012"),
        ),
        (
            "480-RECEIVER",
            make(GRADUATED, LEFT, student_exit_reason_code="E230", grade_level_code="08")._replace(
                student_school_completion_status_code="480", graduation_exemption_indicator=""
            ),
            make(LAST_YEAR),
        ),
    ],
)
def test_warning_is_listed_and_rejects_nothing(rule: str, sent: Record, held: Record) -> None:
    result = post([sent], held=[held])
    assert result.posted
    assert [(found.rule, found.line) for found in result.warnings] == [(rule, 1)]


@pytest.mark.parametrize(
    ("sent", "held"),
    [
        (make(OTHER_SCHOOL, enrollment_start_date="20251011"), make(LEFT)),
        (make(OTHER_SCHOOL, enrollment_status_code="20"), make(GRADUATED)),
        (make(enrollment_start_date="20251216", enrollment_status_code="30"), make(LEFT)),
        (make(LEFT, student_exit_reason_code="E150"), make(enrollment_start_date="20251011")),
        # Not primary, not this LEA's.
        (
            make(OTHER_SCHOOL, enrollment_start_date="20251010"),
            make(LEFT, enrollment_status_code="50", student_exit_reason_code="E150"),
        ),
        (
            make(OTHER_SCHOOL, enrollment_start_date="20251010"),
            make(LEFT, reporting_lea="1964808"),
        ),
        # No completion status that ends a school career, another reason, another LEA, that day.
        (
            make(OTHER_SCHOOL, enrollment_start_date="20251011"),
            make(GRADUATED, student_school_completion_status_code="480"),
        ),
        (
            make(OTHER_SCHOOL, enrollment_start_date="20251011"),
            make(LEFT, student_school_completion_status_code="250"),
        ),
        (
            make(OTHER_SCHOOL, enrollment_start_date="20251011", enrollment_status_code="20"),
            make(GRADUATED, reporting_lea="1964808"),
        ),
        (
            make(OTHER_SCHOOL, enrollment_start_date="20251010", enrollment_status_code="20"),
            make(GRADUATED, enrollment_status_code="50"),
        ),
        # No exit date, so no next day.
        (make(student_exit_reason_code="E150"), make(LAST_YEAR)),
        # Closed in time, long ago.
        (
            make(
                LEFT,
                enrollment_start_date="20250910",
                enrollment_exit_date="20251010",
                enrollment_status_code="30",
            ),
            make(LAST_YEAR),
        ),
        (
            make(
                LEFT,
                student_exit_reason_code="E230",
                student_school_completion_status_code="480",
                expected_receiver_school_of_attendance="1995836",
            ),
            make(LAST_YEAR),
        ),
    ],
)
def test_near_miss_of_a_warning_is_silent(sent: Record, held: Record) -> None:
    assert post([sent], held=[held]).warnings == ()


def test_mid_year_warning_begins_on_may_1_of_2023() -> None:
    closed = make(
        academic_year_id="2022-2023",
        enrollment_start_date="20220815",
        enrollment_exit_date="20230301",
        student_exit_reason_code="E150",
    )
    warned = post([closed], as_of=date(2023, 5, 1)).warnings
    assert [found.rule for found in warned] == ["SENR0286"]
    assert post([closed], as_of=date(2023, 4, 30)).warnings == ()


def test_next_day_enrollment_in_the_same_file_silences_the_mid_year_warning() -> None:
    closed = make(LEFT, student_exit_reason_code="E150")
    assert post([closed, make(enrollment_start_date="20251011")]).warnings == ()


def test_blank_exit_reopens_only_under_the_permissive_reading() -> None:
    strict = Assumptions(blank_exit_reopens=False)
    assert post([make()], held=[make(LEFT)]).posted
    assert rules_of(post([make()], held=[make(LEFT)], assumptions=strict)) == {"EXIT-REOPENED"}
    assert post([make()], held=[make()], assumptions=strict).posted
    assert post([make(LEFT)], held=[make(LEFT)], assumptions=strict).posted
    assert post([make()], held=[make(LAST_YEAR)], assumptions=strict).posted


def test_handover_day_is_free_only_under_the_permissive_reading() -> None:
    strict = Assumptions(handover_day_is_free=False)
    away = make(OTHER_SCHOOL, enrollment_start_date="20251010")
    back = make(enrollment_start_date="20251010")
    assert post([back], held=[make(LEFT)]).posted
    assert rules_of(post([away], held=[make(LEFT)], assumptions=strict)) == {"SENR0027"}
    assert rules_of(post([back], held=[make(LEFT)], assumptions=strict)) == {"SENR0027", "SENR0178"}
    assert rules_of(post([make(LEFT)], held=[away], assumptions=strict)) == {"SENR0027"}
    next_day = make(enrollment_start_date="20251011")
    assert post([make(LEFT)], held=[next_day], assumptions=strict).posted
    assert post([next_day], held=[make(LEFT)], assumptions=strict).posted


def test_no_show_frees_its_school_only_under_the_permissive_reading() -> None:
    strict = Assumptions(no_show_blocks_nothing=False)
    never_came = make(
        enrollment_start_date="20250901",
        enrollment_exit_date="20250901",
        student_exit_reason_code="N470",
    )
    assert post([make()], held=[never_came]).posted
    assert rules_of(post([make()], held=[never_came], assumptions=strict)) == {"SENR0178"}
    assert rules_of(post([never_came], held=[make()], assumptions=strict)) == {"SENR0178"}
    assert post([make(OTHER_SCHOOL)], held=[never_came], assumptions=strict).posted


def test_lea_is_the_one_the_extract_names() -> None:
    assert Ods([make()]).lea == LEA
    with pytest.raises(InputError, match="names 2 reporting LEAs; expected one"):
        Ods([make(), make(LAST_YEAR, reporting_lea="1964808")])
    assert Ods([], lea=LEA).records() == []


# Files.
LAST_LINE = (
    "SENR-R^^r1^1964733^1930650^^2024-2025^1000000001^77^Ana^^Nuñez^^^^^20150301^F^^^US^20240814^10"
    "^04^20250606^E155^^^^^^^^^^20240901^20250610"
)
THIS_LINE = (
    'SENR-R^^^1964733^1930650^^2025-2026^1000000001^77^Ana^^Nuñez^^"Ani"^^^20150301^F^^^US^20250813'
    "^10^05^^^^^^^^^^^^20250901^20250901"
)
OTHER_LINE = (
    "SENR-R^^^1964733^1995836^^2025-2026^1000000002^78^Bo^^Ek^^^^^20150302^M^^^US^20250813^10^05"
    "^^^^^^^^^^^^20250901^20250901"
)
EXTRACT = f"{LAST_LINE}\r\n{THIS_LINE}\r\n{OTHER_LINE}\r\n"


def narrow(line: str) -> str:
    """Drop 1.35, which the layout before 2023-09-19 lacks."""
    fields = line.split("^")
    return "^".join(fields[:34] + fields[35:])


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def upload(record: Record) -> str:
    return "^".join(record[:35]) + "\r\n"


def write_zip(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text.encode())
    return path


def test_write_extract_gives_back_what_was_read_byte_for_byte(tmp_path: Path) -> None:
    ods = read_extract(write(tmp_path / "ods.txt", EXTRACT.encode()))
    write_extract(ods, tmp_path / "again.txt")
    assert (tmp_path / "again.txt").read_bytes() == EXTRACT.encode()


def test_extract_of_36_fields_is_written_with_36(tmp_path: Path) -> None:
    old = "".join(f"{narrow(line)}\r\n" for line in (LAST_LINE, THIS_LINE)).encode()
    ods = read_extract(write(tmp_path / "ods.txt", old))
    assert [r.upload_date for r in ods.records()] == ["20240901", "20250901"]
    write_extract(ods, tmp_path / "again.txt")
    assert (tmp_path / "again.txt").read_bytes() == old


def test_lines_in_any_order_are_written_in_one(tmp_path: Path) -> None:
    data = f"{OTHER_LINE}\n{THIS_LINE}\n{LAST_LINE}".encode()
    write_extract(read_extract(write(tmp_path / "ods.txt", data)), tmp_path / "again.txt")
    assert (tmp_path / "again.txt").read_bytes() == EXTRACT.encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_extract_is_read_in_any_of_its_encodings(tmp_path: Path, encoding: str) -> None:
    ods = read_extract(write(tmp_path / "ods.txt", EXTRACT.encode(encoding)))
    assert {r.student_legal_last_name for r in ods.records()} == {"Nuñez", "Ek"}


def test_name_with_a_line_separator_does_not_end_the_line(tmp_path: Path) -> None:
    data = EXTRACT.replace("Nuñez", "Nu\u0085\u2028ez").encode()
    ods = read_extract(write(tmp_path / "ods.txt", data))
    assert {r.student_legal_last_name for r in ods.records()} == {"Nu\u0085\u2028ez", "Ek"}


def test_extract_is_read_from_gzip_and_from_a_zip_of_one_file(tmp_path: Path) -> None:
    packed = write(tmp_path / "ods.txt", gzip.compress(EXTRACT.encode()))
    assert len(read_extract(packed).records()) == 3
    assert len(read_extract(write_zip(tmp_path / "o.zip", {"x": EXTRACT})).records()) == 3


def test_twin_lines_of_an_extract_count_once(tmp_path: Path) -> None:
    data = f"{EXTRACT}{THIS_LINE}\r\n".encode()
    assert len(read_extract(write(tmp_path / "ods.txt", data)).records()) == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "ods.txt is empty; expected an ODS extract"),
        (
            EXTRACT.replace("SENR-R", "SENR-E"),
            "ods.txt line 1 has the record type SENR-E, a rejected-records extract; "
            "an ODS extract has SENR-R",
        ),
        (
            upload(make()),
            "ods.txt line 1 has the record type SENR, an upload file; an ODS extract has SENR-R",
        ),
        (
            EXTRACT + upload(make()),
            "ods.txt line 4 has the record type SENR, an upload file; an ODS extract has SENR-R",
        ),
        (
            "ssid,first name\n1000000001,Ana\n",
            "ods.txt line 1 does not begin with a record type; an ODS extract has SENR-R",
        ),
        (
            f"{LAST_LINE}\r\n\r\n{THIS_LINE}\r\n",
            "ods.txt line 2 does not begin with a record type; an ODS extract has SENR-R",
        ),
        (EXTRACT + narrow(THIS_LINE), "ods.txt line 4 has 36 fields; line 1 has 37"),
        (f"{narrow(THIS_LINE)}\n{LAST_LINE}", "ods.txt line 2 has 37 fields; line 1 has 36"),
        (
            narrow(narrow(THIS_LINE)),
            "ods.txt line 1 has 35 fields; an ODS extract has 37, or 36 before 2023-09-19 "
            "(the layouts with 33 and 39 input fields, 35 and 41 in extracts, are not supported)",
        ),
    ],
)
def test_a_file_that_is_not_an_extract_is_refused_by_line(
    tmp_path: Path, text: str, message: str
) -> None:
    path = write(tmp_path / "ods.txt", text.encode())
    with pytest.raises(InputError) as refusal:
        read_extract(path)
    assert str(refusal.value) == message


def test_refusal_of_a_file_that_is_no_text_names_the_line(tmp_path: Path) -> None:
    path = write(tmp_path / "ods.txt", f"{OTHER_LINE}\r\n".encode() + b"SENR-R^\x81\r\n")
    with pytest.raises(InputError, match="line 2 is neither UTF-8 nor Windows-1252"):
        read_extract(path)


def test_refusal_of_a_missing_or_damaged_or_crowded_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.txt cannot be read"):
        read_extract(tmp_path / "none.txt")
    cut = write(tmp_path / "cut.gz", gzip.compress(EXTRACT.encode())[:-9])
    with pytest.raises(InputError, match=r"cut\.gz is damaged: its compressed content"):
        read_extract(cut)
    two = write_zip(tmp_path / "two.zip", {"a": EXTRACT, "b": EXTRACT})
    with pytest.raises(InputError, match=r"two\.zip is a zip that holds 2 files"):
        read_extract(two)
    with pytest.raises(
        InputError, match=r"none\.zip cannot be read .*; expected a zip of SENR upl"
    ):
        post_archive(Ods([make()]), tmp_path / "none.zip", AS_OF)
    with pytest.raises(InputError, match=r"cut\.gz is damaged"):
        post_archive(Ods([make()]), cut, AS_OF)


MOST = 16 * 1024 * 1024  # bytes that any packed file may unpack to


@pytest.mark.parametrize("pack", ["zip", "gzip"])
def test_an_extract_that_would_fill_the_memory_is_refused(tmp_path: Path, pack: str) -> None:
    path = tmp_path / "ods.zip"
    if pack == "gzip":
        path.write_bytes(gzip.compress(b"x" * (MOST + 1)))
    else:
        write_bomb(path, [MOST + 1])
    with pytest.raises(InputError, match=r"^ods\.zip unpacks to more than 16,777,216 bytes; "):
        read_extract(path)


@pytest.mark.parametrize("sizes", [[MOST + 1], [10, MOST]], ids=["one file", "all together"])
def test_upload_files_that_would_fill_the_memory_are_refused(
    tmp_path: Path, sizes: list[int]
) -> None:
    write_bomb(tmp_path / "up.zip", sizes)
    with pytest.raises(InputError, match=r"^up\.zip unpacks to more than 16,777,216 bytes; "):
        post_archive(Ods([make()]), tmp_path / "up.zip", AS_OF)


def write_bomb(path: Path, sizes: list[int]) -> None:
    """Write a zip of files with this many bytes, each compressed to a thousandth."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, size in enumerate(sizes):
            archive.writestr(f"{number}.txt", b"x" * size)


def test_archive_is_posted_in_order_of_names(tmp_path: Path) -> None:
    ods = Ods([make()])
    archive = write_zip(
        tmp_path / "SENR.zip",
        {
            "003_Updates.txt": upload(make(OTHER_SCHOOL, enrollment_start_date="20251011")),
            "002_Exits.txt": upload(make(LEFT)),
        },
    )
    results = post_archive(ods, archive, AS_OF)
    assert results == [
        FileResult("002_Exits.txt", 1, True, (), ()),
        FileResult("003_Updates.txt", 1, True, (), ()),
    ]


def test_files_after_a_rejected_one_are_posted_unless_it_should_stop(tmp_path: Path) -> None:
    archive = write_zip(
        tmp_path / "SENR.zip",
        {
            "001_Removals.txt": "",
            "002_Exits.txt": upload(make(DELETE)),
            "003_Updates.txt": upload(make(LEFT)),
        },
    )
    results = post_archive(Ods([make()]), archive, AS_OF)
    assert [(r.name, r.records, r.posted) for r in results] == [
        ("001_Removals.txt", 0, True),
        ("002_Exits.txt", 1, False),
        ("003_Updates.txt", 1, True),
    ]
    stopped = post_archive(Ods([make()]), archive, AS_OF, stop_at_rejection=True)
    assert [r.name for r in stopped] == ["001_Removals.txt", "002_Exits.txt"]


def test_upload_of_the_wrong_width_is_rejected_by_line(tmp_path: Path) -> None:
    short = upload(make())[:-3] + "\r\n"
    archive = write_zip(tmp_path / "a.zip", {"1.txt": upload(make()) + short + "\r\n" + short})
    ods = Ods([make(LAST_YEAR)])
    (result,) = post_archive(ods, archive, AS_OF)
    assert (result.records, result.posted) == (4, False)
    assert result.rejections == (
        Finding("FIELD-COUNT", 2, (), "34 fields; the layout has 35"),
        Finding("FIELD-COUNT", 3, (), "1 fields; the layout has 35"),
        Finding("FIELD-COUNT", 4, (), "34 fields; the layout has 35"),
    )
    assert len(ods.records()) == 1


def test_upload_that_is_no_text_is_rejected_by_line(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1.txt", upload(make()).encode("cp1252") + b"SENR^\x81\r\n")
    (result,) = post_archive(Ods([make()]), tmp_path / "a.zip", AS_OF)
    assert lines_of(result) == [("FRMT0004", 2)]


def test_archive_of_the_34_field_layout_posts_on_its_days(tmp_path: Path) -> None:
    as_of = date(2023, 9, 18)
    last = {
        "academic_year_id": "2022-2023",
        "enrollment_start_date": "20220815",
        "enrollment_exit_date": "20230609",
    }
    year = {"academic_year_id": "2023-2024", "enrollment_start_date": "20230814"}
    line = "^".join(make(year)[:34]) + "\r\n"
    archive = write_zip(tmp_path / "a.zip", {"1.txt": line})
    assert post_archive(Ods([make(LAST_YEAR, last)], columns=36), archive, as_of)[0].posted
    with pytest.raises(InputError, match="has 36 fields; on 2023-09-19 it has 37"):
        post_archive(Ods([make(last)], columns=36), archive, date(2023, 9, 19))


def test_extract_after_posting_is_written_to_the_byte(tmp_path: Path) -> None:
    ods = read_extract(write(tmp_path / "ods.txt", EXTRACT.encode()))
    archive = write_zip(
        tmp_path / "a.zip",
        {
            "001_Removals.txt": upload(make(DELETE, LAST_YEAR)),
            "002_Exits.txt": upload(make(LEFT, local_record_id="x9")),
        },
    )
    assert not is_any_rejected(post_archive(ods, archive, AS_OF))
    write_extract(ods, tmp_path / "after.txt")
    exited = (
        'SENR-R^^x9^1964733^1930650^^2025-2026^1000000001^77^Ana^^Nuñez^^"Ani"^^^20150301^F^^^US'
        "^20250813^10^05^20251010^T160^^^^^^^^^^20260115^20260115"
    )
    assert (tmp_path / "after.txt").read_bytes() == f"{exited}\r\n{OTHER_LINE}\r\n".encode()


def test_results_are_reported_per_file_without_student_data() -> None:
    ods = Ods([make()])
    bad = [make(student_birth_city="C" * 31, ssid=f"10000001{n:02}") for n in range(12)]
    results = [
        post_file(ods, "001_Removals.txt", [make(DELETE)], AS_OF),
        post_file(ods, "002_Exits.txt", [make(LEFT, student_exit_reason_code="E150")], AS_OF),
        post_file(ods, "003_Updates.txt", bad, AS_OF),
    ]
    shown = [
        f"  line {line}: FRMT0001 (1.19) longer than 30 characters"
        for line in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
    ]
    assert format_results(results).split("\n") == [
        "001_Removals.txt: REJECTED, 1 record, 1 fatal error",
        "  line 1: SENR0180 (1.05, 1.08, 1.22) the student would be left without an enrollment",
        "002_Exits.txt: posted, 1 record, 1 warning (SENR0286 1)",
        "003_Updates.txt: REJECTED, 12 records, 12 fatal errors",
        *shown,
        "  and 2 more",
    ]
    ten = post_file(ods, "003_Updates.txt", bad[:10], AS_OF)
    assert format_results([ten]).endswith("  line 10: FRMT0001 (1.19) longer than 30 characters")


def test_simulation_fails_when_any_file_was_rejected() -> None:
    ods = Ods([make()])
    good = post_file(ods, "1.txt", [make(LEFT)], AS_OF)
    bad = post_file(ods, "2.txt", [make(DELETE)], AS_OF)
    assert not is_any_rejected([good])
    assert is_any_rejected([good, bad])
    assert not is_any_rejected([])
