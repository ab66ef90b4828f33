"""A student's record, changes that make other students, and a file posted to a made-up CALPADS."""

from collections.abc import Sequence
from datetime import date

from senr_duck.simulate import Assumptions, FileResult, Ods, Record, post_file

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
