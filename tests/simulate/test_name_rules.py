"""The characters that CALPADS allows in names (IVR0009)."""

import pytest

from senr_duck.simulate import Finding
from tests.simulate.records import DELETE, LAST_YEAR, make, post, rules_of

NAMES = [
    ("1.10", "student_legal_first_name"),
    ("1.11", "student_legal_middle_name"),
    ("1.12", "student_legal_last_name"),
    ("1.13", "student_legal_name_suffix"),
    ("1.14", "student_alias_first_name"),
    ("1.15", "student_alias_middle_name"),
    ("1.16", "student_alias_last_name"),
]


@pytest.mark.parametrize(("number", "column"), NAMES)
def test_every_name_field_is_checked(number: str, column: str) -> None:
    assert post([make({column: "A("})]).rejections == (
        Finding(
            "IVR0009",
            1,
            (number,),
            "the name has a character that CALPADS does not allow in names",
        ),
    )
    assert post([make({column: "A/"})]).posted


@pytest.mark.parametrize(
    "name",
    [
        "O'Neil-Smith Jr. 3/4",
        "Nuñez",
        "Ñandú Žižek Łukasz Øystein Æneas Œuvre Straße Ðặng",
        # Letters and accents apart, which compose to one letter.
        "Nun\u0303ez",
        "\u212bngstro\u0308m",
        "Nguye\u0302\u0303n",
    ],
)
def test_letters_and_the_plain_marks_are_allowed(name: str) -> None:
    assert post([make(student_legal_last_name=name)]).rejections == ()


@pytest.mark.parametrize(
    "name",
    [
        # Typographic apostrophes, hyphens, and spaces: an upload has their plain form.
        "O\u2019Neil",
        "O\u2018Neil",
        "O\u02bcNeil",
        "O`Neil",
        "O\u00b4Neil",
        "Smith\u2010Jones",
        "Smith\u2013Jones",
        "Ana\u00a0Maria",
        "Ana\u3000Maria",
        "Ana\u200bMaria",
        "\ufeffAna",
        'Ana "Anita"',
        "\u201cAnita\u201d",
        "Nun?ez",
        "Ana, Maria",
        "Ana_Maria",
        "Ana&Bo",
        "Ana@",
        "Ana + Bo",
        "Ana\\Bo",
        "Ana \U0001f986",
        # Other alphabets and digits, also those that look the same, and signs that are no letters.
        "\u0410na",
        "\u0391na",
        "\u5c0f\u6797",
        "\uff21na",
        "Ana \u0662",
        "Ana \u00b2",
        "M\u00aa",
        "Ana \u2168",
        "Nu\u00d7ez",
        "\ufffd",
        "Ana\u01c3",
        # An accent that composes with no letter.
        "m\u0303",
        "\u0303",
    ],
)
def test_everything_else_is_not(name: str) -> None:
    assert rules_of(post([make(student_legal_last_name=name)])) == {"IVR0009"}


def test_blank_name_has_no_wrong_character() -> None:
    assert post([make(student_legal_middle_name="", student_alias_first_name=" ")]).posted


def test_delete_repeats_the_name_that_calpads_has() -> None:
    named = {"student_legal_first_name": "Ana (Anita)"}
    assert post([make(named, DELETE)], held=[make(named), make(LAST_YEAR)]).posted


def test_birthplace_and_local_id_are_no_names() -> None:
    assert post([make(student_birth_city="México (D.F.)", local_student_id="#77")]).posted
