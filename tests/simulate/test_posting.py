"""How a file posts: keys, deletes, the whole file or nothing, and what CALPADS then has."""

import pytest

from senr_duck.errors import InputError
from senr_duck.simulate import Finding, Ods, post_file
from tests.simulate.records import (
    AS_OF,
    DELETE,
    GRADUATED,
    LAST_YEAR,
    LEA,
    LEFT,
    NO_SHOW,
    OTHER_SCHOOL,
    lines_of,
    make,
    post,
    rules_of,
)


def test_another_birthday_or_name_posts_but_changes_no_demographics() -> None:
    ods = Ods([make(LAST_YEAR)])
    other = make(student_birth_date="20150302", student_legal_first_name="Anna")
    assert post_file(ods, "a.txt", [other], AS_OF).posted
    persons = [(r.student_birth_date, r.student_legal_first_name) for r in ods.records()]
    assert persons == [("20150301", "Ana"), ("20150301", "Ana")]


def test_same_key_twice_rejects_the_second_line() -> None:
    result = post([make(), make(LEFT)])
    assert lines_of(result) == [("SENR0034", 2), ("STUDENT-TWICE", 2)]


def test_one_student_at_two_schools_on_one_day_is_not_the_same_key() -> None:
    result = post([make(), make(OTHER_SCHOOL, enrollment_status_code="20")])
    assert lines_of(result) == [("STUDENT-TWICE", 2)]


def test_student_twice_in_a_file_rejects_it_whatever_the_records_are() -> None:
    held = [make(), make(LAST_YEAR)]
    twice = [("STUDENT-TWICE", 2)]
    assert lines_of(post([make(LEFT), make(LAST_YEAR)], held=held)) == twice
    assert lines_of(post([make(DELETE), make(LAST_YEAR)], held=held)) == twice
    assert lines_of(post([make(LEFT), make(LAST_YEAR, ssid=" 1000000001")], held=held)) == [
        ("FRMT0001", 2),
        *twice,
    ]
    three = [make(DELETE), make(ssid="1000000002"), make(LAST_YEAR), make(OTHER_SCHOOL, DELETE)]
    assert post(three, held=[*held, make(OTHER_SCHOOL)]).rejections == (
        Finding(
            "STUDENT-TWICE",
            3,
            ("1.08",),
            "the student of line 1 again; a file has a student only once",
        ),
        Finding(
            "STUDENT-TWICE",
            4,
            ("1.08",),
            "the student of line 1 again; a file has a student only once",
        ),
    )


def test_student_of_two_files_and_two_students_of_one_post() -> None:
    ods = Ods([make(), make(LAST_YEAR)])
    assert post_file(ods, "1.txt", [make(LEFT), make(ssid="1000000002")], AS_OF).posted
    assert post_file(ods, "2.txt", [make(LAST_YEAR)], AS_OF).posted


def test_records_without_ssid_are_not_one_student() -> None:
    result = post([make(ssid=""), make(ssid="", student_legal_first_name="Bo")])
    assert lines_of(result) == [("SSID-MISSING", 1), ("SSID-MISSING", 2)]


def test_delete_and_add_of_one_key_do_not_share_a_file() -> None:
    assert rules_of(post([make(DELETE), make()], held=[make(), make(LAST_YEAR)])) == {
        "SENR0034",
        "STUDENT-TWICE",
    }


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
    assert lines_of(result) == [("SENR0027", 2), ("STUDENT-TWICE", 2)]


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
    assert rules_of(post_file(ods, "1.txt", [make(DELETE), new], AS_OF)) == {
        "SENR0027",
        "STUDENT-TWICE",
    }
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
    assert lines_of(post(both, held=held)) == [
        ("SENR0180", 1),
        ("SENR0180", 2),
        ("STUDENT-TWICE", 2),
    ]
    assert lines_of(post(both, held=[*held, make(OTHER_SCHOOL)])) == [("STUDENT-TWICE", 2)]


def test_delete_of_an_unknown_key_does_not_count_against_the_last_enrollment() -> None:
    both = [make(DELETE), make(OTHER_SCHOOL, DELETE)]
    assert lines_of(post(both, held=[make(), make(LAST_YEAR)])) == [
        ("SENR0181", 2),
        ("STUDENT-TWICE", 2),
    ]


def test_record_added_by_the_same_file_does_not_save_the_last_enrollment() -> None:
    added = make(LAST_YEAR)
    assert rules_of(post([make(DELETE), added], held=[make()])) == {"SENR0180", "STUDENT-TWICE"}


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


def test_lea_is_the_one_the_extract_names() -> None:
    assert Ods([make()]).lea == LEA
    with pytest.raises(InputError, match="names 2 reporting LEAs; expected one"):
        Ods([make(), make(LAST_YEAR, reporting_lea="1964808")])
    assert Ods([], lea=LEA).records() == []
