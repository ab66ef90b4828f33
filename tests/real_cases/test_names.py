"""Names as people type them, paste them, and write them abroad."""

import pytest

from tests.real_cases.command import Done
from tests.real_cases.notation import Case

LAST, FIRST = "student_legal_last_name", "student_legal_first_name"


def new(row: str, what: str, name: str, held: tuple[str, ...] = ()) -> Case:
    """Return a new student with that last name, who is sent unless a rule holds."""
    sent = () if held else ("003_Updates: E1 250811-",)
    return Case(row, what, sis="E1 250811-", in_sis={LAST: name}, sent=sent, held=held)


# Written with their code points, because many of them look like other characters.
PLAIN_FORMS = (
    ("85", "no-break spaces", "De\u00a0la\u00a0Cruz", "De la Cruz"),
    ("85a", "a typographic apostrophe", "O\u2019Brien", "O'Brien"),
    ("85b", "a zero-width space", "Bos\u200bman", "Bosman"),
    ("85c", "a typographic hyphen", "Hall\u2010Frost", "Hall-Frost"),
)
NOT_ALLOWED = (
    ("85d", "an opening parenthesis", "Moss (Mossy"),
    ("85e", "a closing parenthesis", "Moss) Lund"),
    ("85f", "a comma", "Moss, Jr"),
    ("85g", "a quote", 'Moss "Mo'),
    ("85h", "a typographic quote", "Moss \u201cMo"),
    ("85i", "a number sign", "Moss #2"),
    ("85j", "an underscore", "Moss_Lund"),
)
AS_THEY_ARE = (
    ("86", "accents", "N\u00fa\u00f1ez"),
    ("86a", "an apostrophe", "D'Andre"),
    ("86b", "a hyphen, a period and a space", "St. John-Hale"),
    ("86c", "a slash and a digit", "Lee/Park 3"),
)

SENT_OR_HELD = (
    *(new(row, what, name, ("IVR0009",)) for row, what, name in NOT_ALLOWED),
    *(new(row, what, name) for row, what, name in AS_THEY_ARE),
    Case(
        "85k",
        "the name differs from CALPADS's in its apostrophe alone, and the student leaves",
        ods="E1 250811-",
        sis="E1 250811-250912 T160",
        in_ods={LAST: "O'Hara"},
        in_sis={LAST: "O\u2019Hara"},
        sent=("002_Exits: E1 250811-250912 T160",),
        warned=("IVR0009",),
    ),
)
RETYPED = tuple(
    Case(
        row,
        f"{what}: written plainly, with a warning",
        sis="E1 250811-",
        in_sis={LAST: name},
        sent=("003_Updates: E1 250811-",),
        warned=("IVR0009",),
    )
    for row, what, name, _ in PLAIN_FORMS
)
TAB = new("85l", "a tab", "Moss\tLund", ("FRMT0004",))
CASES = (*SENT_OR_HELD, *RETYPED, TAB)


@pytest.mark.parametrize("case", [*SENT_OR_HELD, *RETYPED], ids=str)
def test_name(case: Case, october: Done) -> None:
    october.check(case)


@pytest.mark.parametrize("row", [row for row, *_ in PLAIN_FORMS])
def test_case_85_the_plain_form_is_what_is_sent(row: str, october: Done) -> None:
    (plain,) = (plain for number, _, _, plain in PLAIN_FORMS if number == row)
    (case,) = (one for one in RETYPED if one.row == row)
    assert [one.fields[LAST] for one in october.records if one.fields["ssid"] == case.ssid] == [
        plain
    ]


@pytest.mark.parametrize(("row", "what", "name"), AS_THEY_ARE)
def test_case_86_the_name_is_sent_as_it_is(row: str, what: str, name: str, october: Done) -> None:
    ssid = new(row, what, name).ssid
    assert [one.fields[LAST] for one in october.records if one.fields["ssid"] == ssid] == [name]


def test_case_85_a_tab_is_no_character_of_a_record_at_all(october: Done) -> None:
    assert october.sent(TAB) == ()
    assert TAB.ssid in october.held_ssids()
    assert "FRMT0004" in october.rules(TAB, "fatal")
