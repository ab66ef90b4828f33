"""Students who left, and what the exit says."""

import pytest

from tests.real_cases.command import Done
from tests.real_cases.notation import Case

CASES = (
    Case(
        "8",
        "to another district over a break, and back",
        ods="E1 250811-",
        sis="E1 250811-250905 T160; E1 251006-",
        sent=("002_Exits: E1 250811-250905 T160", "003_Updates: E1 251006-"),
    ),
    Case(
        "11",
        "died over the summer",
        ods="E1 240812-250606 E155",
        sis="E1 240812-250606 E130",
        sent=("003_Updates: E1 240812-250606 E130",),
    ),
    Case(
        "12",
        "expelled, whereabouts unknown",
        ods="H1 250811-",
        sis="H1 250811-250919 E300",
        sent=("002_Exits: H1 250811-250919 E300",),
    ),
    Case(
        "13",
        "a disciplinary transfer without a receiver school: the receiver is optional",
        ods="H1 250811-",
        sis="H1 250811-250919 T165",
        sent=("002_Exits: H1 250811-250919 T165",),
        warned=("T165-RECEIVER",),
    ),
    Case(
        "13a",
        "a disciplinary transfer with one",
        ods="H1 250811-",
        sis="H1 250811-250919 T165 receiver=H2",
        sent=("002_Exits: H1 250811-250919 T165 receiver=H2",),
    ),
    Case(
        "19",
        "a summer leaver whose exit the office dated on July 15",
        ods="E1 240812-250606 E155",
        sis="E1 240812-250715 T160",
        sent=("002_Exits: E1 240812-250715 T160",),
        warned=("EXIT-AFTER-YEAR",),
    ),
    Case(
        "19a",
        "on August 1",
        ods="E1 240812-250606 E155",
        sis="E1 240812-250801 T200",
        sent=("002_Exits: E1 240812-250801 T200",),
        warned=("EXIT-AFTER-YEAR",),
    ),
    Case(
        "19b",
        "on September 3, in the new school year",
        ods="E1 240812-250606 E155",
        sis="E1 240812-250903 T160",
        sent=("002_Exits: E1 240812-250903 T160",),
        warned=("EXIT-AFTER-YEAR",),
    ),
    Case(
        "19c",
        "one week after the last school day, in June",
        ods="E1 240812-250606 E155",
        sis="E1 240812-250613 T160",
        sent=("002_Exits: E1 240812-250613 T160",),
        warned=("EXIT-AFTER-YEAR",),
    ),
    Case(
        "19d",
        "on the last school day, where it belongs",
        ods="E1 240812-250606 E155",
        sis="E1 240812-250606 T160",
        sent=("003_Updates: E1 240812-250606 T160",),
    ),
    Case(
        "20",
        "last year is open in CALPADS and missing in the SIS: one row, close it first",
        ods="E1 240812-; E2 250811-",
        sis="E2 250811-",
        warned=("PRIOR-YEAR-ODS-OPEN",),
        never_says=("nothing to do", "certified"),
    ),
    Case(
        "21",
        "changed schools in the district over the summer, and E155 stays: a hint",
        ods="E1 240812-250606 E155",
        sis="E1 240812-250606 E155; E2 250811-",
        sent=("003_Updates: E2 250811-",),
        warned=("YEAR-END-CODE",),
    ),
    Case(
        "37b",
        "a preschooler who leaves with T180",
        ods="E1 250811- grPS",
        sis="E1 250811-250912 T180 grPS",
        born="210803",
        sent=("002_Exits: E1 250811-250912 E450 grPS",),
    ),
    Case(
        "38",
        "one day at school",
        ods="E1 250811-",
        sis="E1 250811-250811 T160",
        sent=("002_Exits: E1 250811-250811 T160",),
    ),
    Case(
        "38a",
        "an exit before the start",
        ods="E1 250811-",
        sis="E1 250811-250808 T160",
        held=("SENR0018",),
    ),
    Case(
        "42",
        "three days truant",
        ods="E1 250811-",
        sis="E1 250811-250912 E140",
        sent=("002_Exits: E1 250811-250912 E140",),
    ),
    Case(
        "42a",
        "an exit for other or unknown reasons",
        ods="E1 250811-",
        sis="E1 250811-250912 E400",
        sent=("002_Exits: E1 250811-250912 E400",),
    ),
    Case(
        "42b",
        "a health facility: T310 was retired in 2018",
        ods="E1 250811-",
        sis="E1 250811-250912 T310",
        held=("GERR0007",),
    ),
    Case(
        "101",
        "the start was moved to next week: that start, which is still ahead, is the reason",
        ods="E1 250811-",
        sis="E1 251020-",
        held=("SCOPE-EDGE",),
        listed=("FUTURE-START",),
        says=("2025-10-20",),
        never_says=("do_not_report", "all schools"),
    ),
    Case(
        "49",
        "a foster child: E1, E2 and E1 again within six weeks",
        ods="E1 250811-",
        sis="E1 250811-250822 T160; E2 250825-250905 T160; E1 250908-",
        sent=(
            "002_Exits: E1 250811-250822 T160",
            "003_Updates: E2 250825-250905 T160",
            "003_Updates 2: E1 250908-",
        ),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_exit(case: Case, october: Done) -> None:
    october.check(case)


def test_case_20_the_open_year_has_one_row_of_advice(october: Done) -> None:
    (case,) = (one for one in CASES if one.row == "20")
    (line,) = october.lines(case)
    assert (line["held"], line["enrollment_start_date"]) == ("N", "20240812")
    assert "close" in line["fix"]
