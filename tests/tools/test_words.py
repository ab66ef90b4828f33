"""The list of words for which the project has plainer ones."""

import pytest

from tools.words import find_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mend it in the SIS", [(1, "mend", "fix")]),
        ("the file is written anew", [(1, "anew", "again")]),
        (
            "one\ntwo\nstudents of whom nothing is sent",
            [(3, "of whom", "whose, or another sentence")],
        ),
        (
            "def test_a_file_that_stands_here() -> None:",
            [(1, "stands", "is, is kept, occurs, applies")],
        ),
        ("It stays, for the keep list names it.", [(1, ", for the", "because")]),
        ("# It stays, for\n# the keep list names it.", [(1, ", for the", "because")]),
        (
            "-- students of\n--   whom nothing is sent",
            [(1, "of whom", "whose, or another sentence")],
        ),
        ("Mended", [(1, "Mended", "fix")]),
    ],
)
def test_a_word_is_found_with_its_line(text: str, found: list[tuple[int, str, str]]) -> None:
    assert list(find_words(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "amend, recommend, understand, standard, standalone, outstanding",
        "E170 stands for a secondary exit",
        "a column for the school, for example, and for each year",
        "rules.csv, for instance",
        "a line that tells what is wrong",
    ],
)
def test_plain_words_are_not_found(text: str) -> None:
    assert list(find_words(text)) == []
