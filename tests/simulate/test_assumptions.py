"""What the model takes for granted about CALPADS, and what changes without it."""

import pytest

from senr_duck.simulate import Assumptions
from tests.simulate.records import (
    GRADUATED,
    LAST_YEAR,
    LEFT,
    OTHER_SCHOOL,
    Fields,
    make,
    post,
    rules_of,
)


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


def accept(*pairs: tuple[str, str]) -> Assumptions:
    return Assumptions(accepted=frozenset(pairs))


@pytest.mark.parametrize(
    ("rule", "value", "fields"),
    [
        ("GERR0002", "T999", LEFT | {"student_exit_reason_code": "T999"}),
        ("GERR0007", "T310", LEFT | {"student_exit_reason_code": "T310"}),
        ("EXIT-GRADE", "T260", LEFT | {"student_exit_reason_code": "T260"}),
        ("COMPLETION-GRADE", "100", GRADUATED | {"grade_level_code": "09"}),
        ("IVR0009", "(", {"student_legal_first_name": "Ana ("}),
        ("BIRTH-START", "", {"student_birth_date": "20250813"}),
    ],
)
def test_what_the_extract_shows_is_accepted(rule: str, value: str, fields: Fields) -> None:
    assert rules_of(post([make(fields)])) == {rule}
    assert post([make(fields)], assumptions=accept((rule, value))).posted
    other_value = accept((rule, "T370"), ("SENR0001", value), ("SENR0022", ""))
    assert rules_of(post([make(fields)], assumptions=other_value)) == {rule}


def test_each_character_and_code_is_accepted_by_itself() -> None:
    named = make(student_legal_first_name="Ana (Anita)")
    assert rules_of(post([named], assumptions=accept(("IVR0009", "(")))) == {"IVR0009"}
    assert post([named], assumptions=accept(("IVR0009", "("), ("IVR0009", ")"))).posted
    left = make(LEFT, student_exit_reason_code="T310", grade_level_code="UE")
    assert rules_of(post([left], assumptions=accept(("GERR0007", "T310")))) == {"GERR0007"}
    assert post([left], assumptions=accept(("GERR0007", "T310"), ("GERR0007", "UE"))).posted


def test_accepted_code_still_has_to_fit_the_other_rules() -> None:
    both = make(LEFT, student_exit_reason_code="T999", enrollment_status_code="20")
    assert rules_of(post([both], assumptions=accept(("GERR0002", "T999")))) == {"SENR0302"}
