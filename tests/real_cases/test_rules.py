"""Records that CALPADS would reject, and what tells the office where to look."""

import pytest

from tests.real_cases.command import Done
from tests.real_cases.notation import Case

LOCAL_GRADES = (
    Case(
        "102",
        "local grade 12A",
        ods="H1 250811- gr12",
        sis="H1 250811- gr12A",
        held=("GERR0002",),
        says=("[translate]",),
    ),
    Case("102a", "local grade 12B", sis="H1 250811- gr12B", held=("GERR0002",)),
)

CASES = (
    Case(
        "10",
        "a TK child who turns 4 on September 2",
        sis="E1 250811- grTK",
        born="210902",
        held=("SENR0622",),
    ),
    Case(
        "10a",
        "a TK child who turns 4 on September 1",
        sis="E1 250811- grTK",
        born="210901",
        sent=("003_Updates: E1 250811- grTK",),
    ),
    Case(
        "33",
        "a residence without its leading zero",
        sis="E1 250811- transfer=1 residence=161119",
        held=("SENR0192",),
    ),
    Case(
        "34",
        "a residence that is a county office",
        sis="E1 250811- transfer=1 residence=1910199",
        held=("SENR0192",),
    ),
    Case(
        "34a",
        "a residence in no county",
        sis="E1 250811- transfer=1 residence=5964212",
        held=("SENR0192",),
    ),
    Case(
        "34b",
        "a residence in a district",
        sis="E1 250811- transfer=1 residence=1964212",
        sent=("003_Updates: E1 250811- transfer=1 residence=1964212",),
    ),
    Case(
        "40",
        "the open record in CALPADS is older than the window: the other one is named",
        ods="E1 220815- gr02",
        sis="E1 250811-",
        held=("SENR0027", "SENR0178"),
        says=("2022-08-15",),
    ),
    *LOCAL_GRADES,
)

AT_LISTED_SCHOOLS = (
    Case(
        "34",
        "a residence that is a county office, with the school list",
        sis="E1 250811- transfer=1 residence=1910199",
        held=("SENR0192",),
    ),
    Case(
        "34c",
        "a residence that is a school",
        sis="E1 250811- transfer=1 residence=1930650",
        held=("SENR0192",),
    ),
    Case(
        "34d",
        "a residence that is a charter school",
        sis="E1 250811- transfer=1 residence=1933746",
        held=("SENR0192",),
    ),
    Case(
        "34e",
        "a residence in a district, of which this list has no school",
        sis="E1 250811- transfer=1 residence=1964212",
        sent=("003_Updates: E1 250811- transfer=1 residence=1964212",),
    ),
    Case(
        "97",
        "a nonpublic school, which no school list has",
        sis="0000001/6141501 250811-",
        sent=("003_Updates: 0000001/6141501 250811-",),
    ),
    Case(
        "97a",
        "TK at a school of kindergarten to grade 5",
        sis="E1 250811- grTK",
        born="210601",
        sent=("003_Updates: E1 250811- grTK",),
    ),
    Case(
        "97b",
        "a start after the school has closed",
        sis="6016034 250902- gr05",
        born="150303",
        held=("SENR0184",),
    ),
    Case(
        "97c",
        "a start before the school has closed",
        sis="6016034 250811-250829 T160 gr05",
        born="150303",
        sent=("003_Updates: 6016034 250811-250829 T160 gr05",),
    ),
    Case(
        "97d",
        "a grade that the school does not offer",
        sis="E1 250811- gr06",
        held=("SENR0269",),
    ),
    Case(
        "98",
        "a preschooler at an elementary school, whose disability is not exported",
        sis="E1 250811- grPS",
        born="210803",
        held=("SENR0269",),
        says=("student_with_disability",),
    ),
    *LOCAL_GRADES,
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case: Case, october: Done) -> None:
    october.check(case)


@pytest.mark.parametrize(
    "case", [one for one in AT_LISTED_SCHOOLS if one not in LOCAL_GRADES], ids=str
)
def test_rule_with_a_school_list(case: Case, october_listed: Done) -> None:
    october_listed.check(case)


def test_case_102_the_local_grades_are_translated(october_listed: Done) -> None:
    assert october_listed.sent(LOCAL_GRADES[0]) == ()
    assert october_listed.sent(LOCAL_GRADES[1]) == ("003_Updates: H1 250811- gr12",)
    assert not october_listed.held_ssids() & {case.ssid for case in LOCAL_GRADES}
