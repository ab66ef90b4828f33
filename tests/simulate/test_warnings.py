"""The warnings, which reject nothing."""

from datetime import date

import pytest

from senr_duck.simulate import Record
from tests.simulate.records import (
    GRADUATED,
    LAST_YEAR,
    LEFT,
    NO_SHOW,
    OTHER_SCHOOL,
    make,
    post,
)

SECONDARY = {
    "enrollment_status_code": "20",
    "enrollment_exit_date": "20251020",
    "student_exit_reason_code": "E170",
}
# Open for 30 days on the as-of date.
OPEN_SHORT_TERM = {"enrollment_start_date": "20251217", "enrollment_status_code": "30"}
OTHER_LEA = {"reporting_lea": "1964808", "school_of_attendance": "1995837"}


@pytest.mark.parametrize(
    ("rule", "sent", "held"),
    [
        ("HANDOVER-DAY", make(OTHER_SCHOOL, enrollment_start_date="20251010"), make(LEFT)),
        (
            "SENR0024",
            make(OTHER_SCHOOL, SECONDARY, enrollment_start_date="20251011"),
            make(GRADUATED),
        ),
        (
            "SENR0024",
            make(OTHER_SCHOOL, enrollment_start_date="20251011"),
            make(GRADUATED, student_school_completion_status_code="250"),
        ),
        # No other open enrollment, one that is not primary, one that began on the same day.
        ("SENR0185", make(OPEN_SHORT_TERM), make(LAST_YEAR)),
        ("SENR0185", make(OPEN_SHORT_TERM), make(OTHER_SCHOOL, enrollment_status_code="20")),
        (
            "SENR0185",
            make(OPEN_SHORT_TERM),
            make(OTHER_LEA, enrollment_start_date="20251217"),
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
        ("T165-RECEIVER", make(LEFT, student_exit_reason_code="T165"), make(LAST_YEAR)),
        # The first day of the next school year.
        (
            "EXIT-AFTER-YEAR",
            make(
                LAST_YEAR,
                enrollment_exit_date="20250701",
                student_exit_reason_code="T160",
            ),
            make(),
        ),
        # The first and the last day of the school year before.
        ("N470-RETURNING", make(NO_SHOW), make(LAST_YEAR, enrollment_exit_date="20240814")),
        ("N470-RETURNING", make(NO_SHOW), make(LAST_YEAR, enrollment_exit_date="20250630")),
        ("N470-RETURNING", make(NO_SHOW), make(LAST_YEAR, student_exit_reason_code="E156")),
        ("YEAR-END-CODE", make(LAST_YEAR, grade_level_code="12"), make()),
        (
            "YEAR-END-CODE",
            make(LAST_YEAR, student_exit_reason_code="E156", grade_level_code="11"),
            make(),
        ),
        ("YEAR-END-CODE", make(LAST_YEAR), make(OTHER_SCHOOL)),
        ("YEAR-END-CODE", make(LAST_YEAR), make(OTHER_SCHOOL, enrollment_start_date="20250607")),
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
        # An open primary enrollment since the day before, a closed short-term one, a primary one.
        (make(OPEN_SHORT_TERM), make(OTHER_LEA, enrollment_start_date="20251216")),
        (
            make(
                LEFT,
                OPEN_SHORT_TERM,
                enrollment_exit_date="20260110",
            ),
            make(LEFT),
        ),
        (make(enrollment_start_date="20251217"), make(LEFT)),
        # A receiver school, no exit reason.
        (
            make(
                LEFT,
                student_exit_reason_code="T165",
                expected_receiver_school_of_attendance="1995836",
            ),
            make(LAST_YEAR),
        ),
        (make(), make(LAST_YEAR)),
        # The last day of the school year, a one-day record, no exit date.
        (
            make(
                LAST_YEAR,
                enrollment_exit_date="20250630",
                student_exit_reason_code="T160",
            ),
            make(),
        ),
        (
            make(
                LEFT,
                enrollment_start_date="20250701",
                enrollment_exit_date="20250701",
            ),
            make(LAST_YEAR),
        ),
        (make(LAST_YEAR, enrollment_exit_date="", student_exit_reason_code=""), make(NO_SHOW)),
        # A no-show, but last year's enrollment ended before that year or after it, did not end with
        # a year-end code, is open, or was another LEA's.
        (make(NO_SHOW), make(LAST_YEAR, enrollment_exit_date="20240630")),
        (make(NO_SHOW), make(LAST_YEAR, enrollment_exit_date="20250701")),
        (make(NO_SHOW), make(LAST_YEAR, student_exit_reason_code="T160")),
        (make(NO_SHOW), make(LAST_YEAR, enrollment_exit_date="")),
        (make(NO_SHOW), make(LAST_YEAR, reporting_lea="1964808")),
        (make(LEFT), make(LAST_YEAR)),
        # Year-end codes for their grades.
        (make(LAST_YEAR, grade_level_code="11"), make()),
        (make(LAST_YEAR, student_exit_reason_code="E156", grade_level_code="12"), make()),
        # The other school came before the exit, is not a primary enrollment, or was a no-show's.
        (make(LAST_YEAR), make(OTHER_SCHOOL, enrollment_start_date="20250606")),
        (make(LAST_YEAR), make(OTHER_SCHOOL, enrollment_status_code="20")),
        (make(LAST_YEAR), make(OTHER_SCHOOL, NO_SHOW)),
        (make(LAST_YEAR, student_exit_reason_code="T160"), make(OTHER_SCHOOL)),
        (make(LAST_YEAR, enrollment_exit_date=""), make(OTHER_SCHOOL)),
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


def test_no_show_warning_begins_on_july_1_of_2018() -> None:
    last = make(
        LAST_YEAR,
        academic_year_id="2016-2017",
        enrollment_start_date="20160815",
        enrollment_exit_date="20170609",
    )
    never_came = make(
        NO_SHOW,
        academic_year_id="2017-2018",
        enrollment_start_date="20170814",
        enrollment_exit_date="20170814",
    )
    warned = post([never_came], held=[last], as_of=date(2018, 7, 1)).warnings
    assert [found.rule for found in warned] == ["N470-RETURNING"]
    assert post([never_came], held=[last], as_of=date(2018, 6, 30)).warnings == ()


def test_return_to_the_same_school_before_another_is_no_wrong_year_end_code() -> None:
    back = make(LEFT)
    moved = make(OTHER_SCHOOL, enrollment_start_date="20251011")
    assert post([make(LAST_YEAR)], held=[moved, back]).warnings == ()
    warned = post([make(LAST_YEAR)], held=[moved]).warnings
    assert [found.rule for found in warned] == ["YEAR-END-CODE"]
