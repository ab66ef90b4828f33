"""Names of sheets that Excel accepts, whatever the schools are called."""

from senr_duck.work_lists.sheet_names import name_sheets


def test_a_name_has_the_title_and_the_code() -> None:
    assert name_sheets([("All schools", ""), ("Lincoln Elementary", "6054043")]) == [
        "All schools",
        "Lincoln Elementary 6054043",
    ]


def test_a_long_title_is_cut_and_its_code_is_not() -> None:
    (name,) = name_sheets([("Exeter Independent Study (Alternative)", "5430087")])
    assert name == "Exeter Independent Stud 5430087"
    assert len(name) == 31


def test_signs_that_excel_refuses_are_left_out() -> None:
    assert name_sheets([("K/8: Arts * [East]?\\", "1930650"), ("'Iolani'", "")]) == [
        "K 8 Arts East 1930650",
        "Iolani",
    ]


def test_a_name_occurs_once_also_in_another_case() -> None:
    assert name_sheets([("School", "a1"), ("SCHOOL", "A1"), ("School", "a1")]) == [
        "School a1",
        "SCHOOL A1 (2)",
        "School a1 (3)",
    ]


def test_two_long_codes_that_begin_alike_have_two_names() -> None:
    names = name_sheets([("School", f"{'9' * 40}1"), ("School", f"{'9' * 40}2")])
    assert len({name.casefold() for name in names}) == 2
    assert all(0 < len(name) <= 31 for name in names)


def test_a_name_that_excel_keeps_for_itself_and_one_without_signs_are_replaced() -> None:
    assert name_sheets([("History", ""), ("???", "")]) == ["History (2)", "Sheet"]
