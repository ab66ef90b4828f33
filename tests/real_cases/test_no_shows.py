"""Students who were expected and did not come, or came after all."""

import pytest

from tests.real_cases.command import Done
from tests.real_cases.notation import Case

CASES = (
    Case(
        "1",
        "pre-enrolled for August, left over the summer: last year's record stays",
        ods="E1 240812-250606 E155; E1 250811-",
        sis="E1 240812-250606 T160",
        sent=("001_Removals: D E1 250811-", "003_Updates: E1 240812-250606 T160"),
    ),
    Case(
        "2",
        "a no-show that the office dated on the Friday before a Monday start",
        ods="E1 250811-",
        sis="E1 250811-250808 N470",
        held=("SENR0018",),
        says=("neither the start date nor the day before",),
    ),
    Case(
        "3",
        "N470 for a student who was enrolled here at the end of last year",
        ods="E1 240812-250606 E155; E1 250811-",
        sis="E1 240812-250606 E155; E1 250811-250810 N470",
        sent=("002_Exits: E1 250811-250810 N470",),
        warned=("N470-RETURNING",),
    ),
    Case(
        "3a",
        "N470 for a senior who was enrolled at the other high school at the end of last year",
        ods="H1 240812-250606 E156 gr12; H2 250811- gr12",
        sis="H1 240812-250606 E156 gr12; H2 250811-250810 N470 gr12",
        sent=("002_Exits: H2 250811-250810 N470 gr12",),
        warned=("N470-RETURNING",),
    ),
    Case(
        "3b",
        "N470 for a student who left during last year: no warning",
        ods="E1 240812-250214 T160; E1 250811-",
        sis="E1 240812-250214 T160; E1 250811-250810 N470",
        sent=("002_Exits: E1 250811-250810 N470",),
    ),
    Case(
        "22",
        "a no-show at one school who is at the other from day one",
        ods="E1 250811-",
        sis="E1 250811-250810 N470; E2 250811-",
        sent=("002_Exits: E1 250811-250810 N470", "003_Updates: E2 250811-"),
    ),
    Case(
        "37",
        "a child with an evaluation pending, a no-show on the first day",
        sis="E1 250811-250811 N470 st50",
        sent=("003_Updates: E1 250811-250811 N470 st50",),
    ),
    Case(
        "37a",
        "the same no-show, whom CALPADS has as enrolled",
        ods="E1 250811- st50",
        sis="E1 250811-250811 N470 st50",
        sent=("002_Exits: E1 250811-250811 N470 st50",),
    ),
    Case(
        "43",
        "a no-show moved to July 1 by the routine of the SIS",
        ods="E1 250811-",
        sis="E1 250701-250701 N470",
        sent=("002_Exits: E1 250811-250810 N470", "003_Updates: E1 250701-250701 N470"),
        warned=("OPEN-TO-NO-SHOW",),
    ),
    Case(
        "43a",
        "a run later, CALPADS has both no-shows: the one that the SIS lacks goes",
        ods="E1 250811-250810 N470; E1 250701-250701 N470",
        sis="E1 250701-250701 N470",
        sent=("001_Removals: D E1 250811-250810 N470",),
    ),
    Case(
        "92",
        "the only record of a school that the SIS extract does not have: another system's?",
        ods="6141600 250815- grPS",
        held=("SCHOOL-ABSENT",),
        says=("another system",),
    ),
    Case(
        "44",
        "a no-show in CALPADS who came in September",
        ods="E1 250811-250810 N470",
        sis="E1 250908-",
        sent=("003_Updates: E1 250908-",),
        listed=("LEFTOVER-NO-SHOW",),
    ),
    Case(
        "44a",
        "a no-show in CALPADS who was there on day one after all",
        ods="E1 250811-250810 N470",
        sis="E1 250811-",
        sent=("003_Updates set apart: E1 250811-",),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_no_show(case: Case, october: Done) -> None:
    october.check(case)
