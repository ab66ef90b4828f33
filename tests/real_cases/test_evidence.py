"""What CALPADS's own extract shows, CALPADS has accepted: a hold becomes a warning."""

import pytest

from tests.real_cases.command import Done, reconcile
from tests.real_cases.notation import Case


def in_both(row: str, letters: str, enrollment: str, last: str = "") -> list[Case]:
    """Return students of a row, one for each letter, who agree on both sides."""
    name = {"student_legal_last_name": last} if last else {}
    return [
        Case(
            row + letter,
            "in CALPADS already",
            ods=f"{enrollment} first=Ann{letter}",
            sis=f"{enrollment} first=Ann{letter}",
            in_ods=name,
            in_sis=name,
        )
        for letter in letters
    ]


SHOWN = (
    *in_both("42", "cdefg", "E1 250811-250829 T310"),
    *in_both("85", "cdefg", "E1 250811-", "Moss (Lund)"),
    *in_both("85", "hijk", "E1 250811-", "Moss #2"),
)

CASES = (
    Case(
        "42b",
        "a retired code that five students of the extract have",
        ods="E2 250811-",
        sis="E2 250811-250912 T310",
        sent=("002_Exits: E2 250811-250912 T310",),
        warned=("GERR0007",),
        says=("5 students",),
    ),
    Case(
        "85a",
        "parentheses, which the names of five students of the extract have",
        sis="E2 250811-",
        in_sis={"student_legal_last_name": "Frost (Hall)"},
        sent=("003_Updates: E2 250811-",),
        warned=("IVR0009",),
        says=("5 students",),
    ),
    Case(
        "85b",
        "a number sign, which only four have",
        sis="E2 250811-",
        in_sis={"student_legal_last_name": "Frost #2"},
        held=("IVR0009",),
    ),
)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    return reconcile(tmp_path_factory.mktemp("evidence"), [*SHOWN, *CASES])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_evidence(case: Case, done: Done) -> None:
    done.check(case)
