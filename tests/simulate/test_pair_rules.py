"""The fatal rules on two records of one student."""

from datetime import date

import pytest

from senr_duck.simulate import Record
from tests.simulate.records import (
    DELETE,
    GRADUATED,
    LAST_YEAR,
    LEFT,
    OTHER_SCHOOL,
    lines_of,
    make,
    post,
    rules_of,
)

# Rules between records of one student: the record sent, the one CALPADS holds.
PAIR_RULES: list[tuple[set[str], Record, Record]] = [
    ({"SENR0027"}, make(), make(OTHER_SCHOOL, enrollment_start_date="20250901")),
    (
        {"SENR0027"},
        make(),
        # Open, and therefore primary from its first day on.
        make(OTHER_SCHOOL, enrollment_start_date="20251217", enrollment_status_code="30"),
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
    # SENR0587 has no exceptions: a secondary and a non-ADA enrollment may not be open either.
    (
        {"SENR0587"},
        make(GRADUATED),
        make(OTHER_SCHOOL, enrollment_start_date="20251020", enrollment_status_code="20"),
    ),
    (
        {"SENR0587"},
        make(GRADUATED),
        make(OTHER_SCHOOL, enrollment_start_date="20250814", enrollment_status_code="50"),
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
    assert set(lines_of(result)) == {
        *((rule, line) for rule in rules for line in (1, 2)),
        ("STUDENT-TWICE", 2),
    }


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
            enrollment_exit_date="20250930",
            student_exit_reason_code="T160",
            enrollment_status_code="30",
        ),
    ),
    # Neither is a no-show of status 30.
    (
        make(),
        make(
            OTHER_SCHOOL,
            enrollment_start_date="20250901",
            enrollment_exit_date="20250831",
            student_exit_reason_code="N470",
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
]


@pytest.mark.parametrize(("one", "other"), NEAR_PAIRS)
def test_pair_rule_lets_the_near_miss_post(one: Record, other: Record) -> None:
    assert post([one], held=[other]).rejections == ()
    assert post([other], held=[one]).rejections == ()
    assert lines_of(post([one, other])) == [("STUDENT-TWICE", 2)]


def test_two_students_may_share_everything_but_the_ssid() -> None:
    one, other = make(), make(OTHER_SCHOOL, ssid="1000000002")
    assert post([one], held=[other]).rejections == ()
    assert post([other], held=[one]).rejections == ()
    assert post([one, other]).rejections == ()


def test_short_term_enrollment_of_more_than_30_days_is_primary() -> None:
    long = make(
        OTHER_SCHOOL,
        enrollment_start_date="20250901",
        enrollment_exit_date="20251001",
        student_exit_reason_code="T160",
        enrollment_status_code="30",
    )
    assert rules_of(post([make()], held=[long])) == {"SENR0027"}
    assert rules_of(post([long], held=[make()])) == {"SENR0027", "SENR0187"}
    assert rules_of(post([long, make()])) == {"SENR0027", "SENR0187", "STUDENT-TWICE"}


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


def test_another_gender_or_birth_year_in_one_file_rejects_both_lines() -> None:
    other_gender = make(LAST_YEAR, student_gender_code="M")
    other_year = make(LAST_YEAR, student_birth_date="20140301")
    both = [("SENR0035", 1), ("SENR0035", 2), ("STUDENT-TWICE", 2)]
    assert lines_of(post([make(), other_gender])) == both
    assert lines_of(post([other_year, make()])) == both
    # Another day of the same year, and another student.
    other_day = make(LAST_YEAR, student_birth_date="20151231")
    assert lines_of(post([make(), other_day])) == [("STUDENT-TWICE", 2)]
    assert post([make(), make(student_gender_code="M", ssid="1000000002")]).posted


def test_same_key_with_another_gender_in_one_file_rejects_both_lines() -> None:
    result = post([make(), make(student_gender_code="X")])
    assert lines_of(result) == [
        ("SENR0035", 1),
        ("SENR0034", 2),
        ("SENR0035", 2),
        ("STUDENT-TWICE", 2),
    ]


def test_delete_is_not_compared_with_another_line_of_its_student() -> None:
    deleted = make(DELETE, LAST_YEAR, student_gender_code="M")
    result = post([deleted, make(LEFT)], held=[make(), make(LAST_YEAR)])
    assert lines_of(result) == [("STUDENT-TWICE", 2)]
