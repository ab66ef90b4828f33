"""The list of words for which the project has plainer ones."""

import pytest

from tools.words import find_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mend it in the SIS", [(1, "mend")]),
        ("the file is written anew", [(1, "anew")]),
        (
            "one\ntwo\nstudents of whom nothing is sent",
            [(3, "of whom")],
        ),
        (
            "def test_a_file_that_stands_here() -> None:",
            [(1, "stands")],
        ),
        ("It stays, for the keep list names it.", [(1, ", for the")]),
        ("# It stays, for\n# the keep list names it.", [(1, ", for the")]),
        (
            "-- students of\n--   whom nothing is sent",
            [(1, "of whom")],
        ),
        ("Mended", [(1, "Mended")]),
    ],
)
def test_a_word_is_found_with_its_line(text: str, found: list[tuple[int, str]]) -> None:
    assert [(line, word) for line, word, _ in find_words(text)] == found


def test_a_plainer_word_is_named() -> None:
    assert list(find_words("mend it")) == [(1, "mend", "fix")]


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
