"""The rules on codes: their code set, their years, and their grades."""

from datetime import date

import pytest

from tests.simulate.records import DELETE, GRADUATED, LEFT, Fields, make, post, rules_of


@pytest.mark.parametrize(
    ("bad", "near"),
    [
        ({"grade_level_code": "5"}, {"grade_level_code": "06"}),
        ({"grade_level_code": "kn"}, {"grade_level_code": "04"}),
        ({"student_gender_code": "N"}, {"student_gender_code": "X"}),
        ({"student_school_transfer_code": "7"}, {"student_school_transfer_code": "6"}),
        ({"student_school_transfer_code": " "}, {"student_school_transfer_code": ""}),
        (LEFT | {"student_exit_reason_code": "T999"}, LEFT),
    ],
)
def test_code_is_in_its_code_set(bad: Fields, near: Fields) -> None:
    assert rules_of(post([make(bad)])) == {"GERR0002"}
    assert post([make(near)]).posted


def left_in(year: int, reason: str, **more: str) -> Fields:
    """A record of the school year that begins in a year, which it leaves on its last day."""
    return {
        "academic_year_id": f"{year}-{year + 1}",
        "enrollment_start_date": f"{year}0815",
        "enrollment_exit_date": f"{year + 1}0630",
        "student_exit_reason_code": reason,
        "student_birth_date": "20050301",
        "grade_level_code": "08",
        **more,
    }


# A code that ended or began, and the first or the last academic year in which it is refused.
CODE_YEARS: list[tuple[Fields, Fields]] = [
    (left_in(2018, "T310"), left_in(2017, "T310")),
    (left_in(2018, "T460"), left_in(2017, "T460")),
    (left_in(2018, "T270"), left_in(2017, "T270")),
    (left_in(2019, "N430"), left_in(2018, "N430")),
    (
        left_in(2019, "E156", grade_level_code="12"),
        left_in(2020, "E156", grade_level_code="12"),
    ),
    (left_in(2019, "T160", enrollment_status_code="40"), left_in(2018, "T160")),
    (
        left_in(2018, "E170", enrollment_status_code="50"),
        left_in(2019, "E170", enrollment_status_code="50"),
    ),
    (left_in(2018, "T160", grade_level_code="UE"), left_in(2017, "T160", grade_level_code="UE")),
    (left_in(2018, "T160", grade_level_code="US"), left_in(2017, "T160", grade_level_code="US")),
    # Valid to 2014-08-15, which is a day of the academic year 2014-2015.
    (
        left_in(2015, "E230", student_school_completion_status_code="104"),
        left_in(2014, "E230", student_school_completion_status_code="104"),
    ),
    (
        left_in(2019, "E230", student_school_completion_status_code="485"),
        left_in(2020, "E230", student_school_completion_status_code="485"),
    ),
    # Valid to 2019-06-30, so on all days of this academic year.
    (
        {"enrollment_status_code": "40"},
        {
            "enrollment_status_code": "40",
            "academic_year_id": "2018-2019",
            "enrollment_start_date": "20180815",
        },
    ),
]


@pytest.mark.parametrize(("bad", "near"), CODE_YEARS)
def test_code_is_valid_on_a_day_of_the_academic_year(bad: Fields, near: Fields) -> None:
    assert rules_of(post([make(bad)])) == {"GERR0007"}
    assert post([make(near)]).rejections == ()


def test_code_without_dates_and_a_blank_one_are_valid_in_every_year() -> None:
    fields = left_in(1998, "T160", student_birth_date="19900301")
    assert post([make(fields)]).rejections == ()
    is_open = {"enrollment_exit_date": "", "student_exit_reason_code": ""}
    assert post([make(fields, is_open)]).rejections == ()


SENIOR = GRADUATED | {"student_school_completion_status_code": "360"}
NO_DIPLOMA = {"graduation_exemption_indicator": ""}

# What rejects, and the near miss: the next grade.
GRADES: list[tuple[set[str], Fields, Fields]] = [
    *(
        (
            {"EXIT-GRADE"},
            LEFT | {"student_exit_reason_code": reason, "grade_level_code": "06"},
            LEFT | {"student_exit_reason_code": reason, "grade_level_code": "07"},
        )
        for reason in ("E125", "T260", "T280")
    ),
    (
        {"EXIT-GRADE"},
        LEFT | {"student_exit_reason_code": "T260", "grade_level_code": "PS"},
        LEFT | {"student_exit_reason_code": "T260", "grade_level_code": "AD"},
    ),
    (
        {"EXIT-GRADE", "E450-GRADE"},
        LEFT | {"student_exit_reason_code": "E450", "grade_level_code": "01"},
        LEFT | {"student_exit_reason_code": "E450", "grade_level_code": "TD"},
    ),
    (
        {"COMPLETION-GRADE"},
        GRADUATED | {"grade_level_code": "09"},
        GRADUATED | {"grade_level_code": "10"},
    ),
    (
        {"COMPLETION-GRADE"},
        GRADUATED | {"grade_level_code": "AD"},
        GRADUATED | {"grade_level_code": "11"},
    ),
    (
        {"COMPLETION-GRADE"},
        SENIOR | NO_DIPLOMA | {"grade_level_code": "11"},
        SENIOR | NO_DIPLOMA | {"grade_level_code": "12"},
    ),
    *(
        (
            {"COMPLETION-GRADE"},
            GRADUATED | NO_DIPLOMA | {"student_school_completion_status_code": status} | bad,
            GRADUATED | NO_DIPLOMA | {"student_school_completion_status_code": status} | near,
        )
        for status, bad, near in (
            ("120", {"grade_level_code": "09"}, {"grade_level_code": "10"}),
            ("250", {"grade_level_code": "10"}, {"grade_level_code": "11"}),
            ("320", {"grade_level_code": "06"}, {"grade_level_code": "07"}),
            ("330", {"grade_level_code": "06"}, {"grade_level_code": "AD"}),
            ("480", {"grade_level_code": "12"}, {"grade_level_code": "11"}),
            ("480", {"grade_level_code": "TD"}, {"grade_level_code": "IN"}),
            ("485", {"grade_level_code": "AD"}, {"grade_level_code": "PS"}),
        )
    ),
]


@pytest.mark.parametrize(("rules", "bad", "near"), GRADES)
def test_code_is_for_the_grade(rules: set[str], bad: Fields, near: Fields) -> None:
    assert rules_of(post([make(bad)])) == rules
    assert post([make(near)]).rejections == ()


@pytest.mark.parametrize("grade", ["IN", "TD", "PS", "01", "06", "09", "12", "AD"])
def test_code_without_grades_goes_with_any(grade: str) -> None:
    assert post([make(LEFT, grade_level_code=grade)]).posted
    assert post([make(grade_level_code=grade)]).posted


@pytest.mark.parametrize(
    ("since", "rules", "fields"),
    [
        (
            date(2020, 7, 1),
            {"EXIT-GRADE", "E450-GRADE"},
            left_in(2019, "E450", enrollment_exit_date="20200701"),
        ),
        (
            date(2020, 7, 1),
            {"COMPLETION-GRADE"},
            left_in(
                2020,
                "E230",
                enrollment_start_date="20200701",
                enrollment_exit_date="20200701",
                student_school_completion_status_code="485",
                grade_level_code="12",
            ),
        ),
    ],
)
def test_grades_of_a_code_apply_from_their_day_on(
    since: date, rules: set[str], fields: Fields
) -> None:
    assert rules_of(post([make(fields)], as_of=since)) == rules
    assert post([make(fields)], as_of=date.fromordinal(since.toordinal() - 1)).posted


def test_delete_repeats_codes_that_are_wrong_today() -> None:
    wrong = LEFT | {"student_exit_reason_code": "T280"}
    retired = LEFT | {"student_exit_reason_code": "T310"}
    for fields in (wrong, retired):
        held = [make(fields), make(enrollment_start_date="20251011")]
        assert post([make(fields, DELETE)], held=held).posted
