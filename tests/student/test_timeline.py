"""Enrollments drawn as lines of characters."""

from datetime import date

from senr_duck.student.timeline import ASCII, UNICODE, Bar, draw_timeline, read_day

AS_OF = date(2026, 6, 30)


def draw(*bars: Bar, width: int = 41, as_of: date = AS_OF) -> list[str]:
    """Draw with a column per 10 days or so: 37 columns for a school year."""
    return draw_timeline(bars, as_of, width, ASCII)


def test_a_bar_goes_from_its_start_to_its_end() -> None:
    # 364 days fill the 36 steps between 37 columns: a day is 36 / 364 of a step
    assert draw(Bar("ab", date(2025, 7, 1), date(2025, 10, 11))) == [
        "    2025-26",
        "ab  |---------|",
    ]


def test_an_open_bar_goes_to_the_as_of_date() -> None:
    assert draw(Bar("ab", date(2026, 5, 22), None)) == [
        "    2025-26",
        "ab" + " " * 34 + "|--->",
    ]


def test_every_school_year_is_shown_at_its_july() -> None:
    years, _ = draw(Bar("a", date(2024, 8, 1), date(2025, 8, 1)), width=76)
    assert years == "   2024-25" + " " * 29 + "2025-26"


def test_a_day_and_a_no_show_of_the_day_before_are_seen() -> None:
    assert (
        draw(
            Bar("ab", date(2025, 10, 11), date(2025, 10, 11)),
            Bar("ab", date(2025, 10, 11), date(2025, 10, 10)),
        )[1:]
        == ["ab            |"] * 2
    )


def test_what_starts_after_the_as_of_date_is_seen_too() -> None:
    assert draw(Bar("ab", date(2026, 8, 1), None), as_of=date(2026, 7, 1))[1].endswith(">")


def test_what_cannot_be_drawn_says_so() -> None:
    day = date(2025, 7, 1)
    lines = draw(Bar("ab", day, day), Bar("abc", None, None, "(none)"))
    assert lines[1:] == ["ab   |", "abc  (none)"]


def test_without_any_day_there_is_nothing_to_draw() -> None:
    assert draw(Bar("ab", None, None, "(none)")) == []


def test_no_line_is_longer_than_the_width() -> None:
    bars = [Bar("a" * 20, date(2023, 8, 1), None), Bar("a", date(2023, 8, 1), date(2030, 1, 1))]
    for width in (40, 41, 80, 200):
        assert max(len(line) for line in draw_timeline(bars, AS_OF, width, UNICODE)) <= width


def test_a_text_that_is_no_date_names_no_day() -> None:
    assert read_day("2026-06-30") == AS_OF
    assert read_day("2026-06-31") is None
    assert read_day(None) is None
