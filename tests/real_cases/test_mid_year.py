"""Enrollments that change, or change places, in the middle of the year."""

import pytest

from tests.real_cases.command import Done
from tests.real_cases.notation import Case

CASES = (
    Case(
        "4",
        "another nonpublic school under the same key",
        ods="0000001/6141501 250811-",
        sis="0000001/6141519 250811-",
        sent=("003_Updates: 0000001/6141519 250811-",),
    ),
    Case(
        "5",
        "from one nonpublic school to another on one day",
        ods="0000001/6141501 250811-",
        sis="0000001/6141501 250811-250912 T160; 0000001/6141519 250912-",
        sent=(
            "002_Exits: 0000001/6141501 250811-250912 T160",
            "003_Updates set apart: 0000001/6141519 250912-",
        ),
        warned=("HANDOVER-DAY",),
    ),
    Case(
        "6",
        "a nonpublic school that lost its certificate",
        sis="0000001/9999999 250811-",
        sent=("003_Updates: 0000001/9999999 250811-",),
    ),
    Case(
        "7",
        "out and in again at the same school on the same day",
        ods="E1 250811-",
        sis="E1 250811-250912 T160; E1 250912-",
        sent=("002_Exits: E1 250811-250912 T160", "003_Updates set apart: E1 250912-"),
        warned=("HANDOVER-DAY",),
    ),
    Case(
        "9",
        "a kindergartner who must be TK from day one: no delete",
        ods="E1 250811- grKN",
        sis="E1 250811- grTK",
        born="210601",
        sent=("003_Updates: E1 250811- grTK",),
    ),
    Case(
        "23",
        "a grade corrected from day one",
        ods="M1 250811- gr06",
        sis="M1 250811- gr07",
        sent=("003_Updates: M1 250811- gr07",),
    ),
    Case(
        "23a",
        "retained, and so at another school: its only record becomes a no-show",
        ods="M1 250811- gr06",
        sis="E1 250811- gr05",
        sent=("002_Exits: M1 250811-250810 N470 gr06", "003_Updates: E1 250811-"),
        warned=("OPEN-TO-NO-SHOW",),
    ),
    Case(
        "24",
        "from primary to non-ADA in the middle of the year",
        ods="E1 250811-",
        sis="E1 250811-250930 E150; E1 251001- st50",
        sent=("002_Exits: E1 250811-250930 E150", "003_Updates: E1 251001- st50"),
    ),
    Case(
        "24a",
        "from primary to secondary as a correction",
        ods="E1 250811-",
        sis="E1 250811- st20",
        sent=("003_Updates: E1 250811- st20",),
    ),
    Case(
        "24b",
        "an infant who turns preschooler",
        ods="E1 250811- grIN",
        sis="E1 250811-250930 E150 grIN; E1 251001- grPS",
        born="221001",
        sent=("002_Exits: E1 250811-250930 E150 grIN", "003_Updates: E1 251001- grPS"),
    ),
    Case(
        "50",
        "a mid-year change whose second half comes late",
        ods="E1 250811-",
        sis="E1 250811-250919 E150; E1 250922-",
        sent=("002_Exits: E1 250811-250919 E150", "003_Updates: E1 250922-"),
        warned=("SENR0286",),
    ),
    Case(
        "50a",
        "a mid-year change without its second half",
        ods="E1 250811-",
        sis="E1 250811-250919 E150",
        sent=("002_Exits: E1 250811-250919 E150",),
        warned=("SENR0286",),
    ),
    Case(
        "51",
        "primary and secondary the wrong way round",
        ods="H1 250811- st20; H2 250811-",
        sis="H1 250811-; H2 250811- st20",
        sent=("003_Updates: H2 250811- st20", "003_Updates 2: H1 250811-"),
    ),
    Case(
        "51a",
        "the secondary enrollment alone ends, with T160",
        ods="H1 250811-; H2 250811- st20",
        sis="H1 250811-; H2 250811-250905 T160 st20",
        sent=("002_Exits: H2 250811-250905 E170 st20",),
    ),
    Case(
        "52",
        "a transfer code appears under the same key",
        ods="E1 250811-",
        sis="E1 250811- transfer=1 residence=1964212",
        sent=("003_Updates: E1 250811- transfer=1 residence=1964212",),
    ),
    Case(
        "52a",
        "the transition status is blank in the SIS",
        ods="E1 250811- transition=N",
        sis="E1 250811-",
        sent=("003_Updates: E1 250811-",),
    ),
    Case(
        "52b",
        "the transition status is blank in CALPADS",
        ods="E1 250811-",
        sis="E1 250811- transition=N",
        sent=("003_Updates: E1 250811- transition=N",),
    ),
    Case(
        "81",
        "the same line twice in the SIS extract: a hint at the export",
        ods="E1 250811- gr04",
        sis="E1 250811-; E1 250811-",
        held=("SENR0034",),
        says=("join",),
        never_says=("delete the duplicate enrollment",),
    ),
    Case(
        "81a",
        "the same line twice in the ODS extract: the second one is left out",
        ods="E1 250811-; E1 250811-",
        sis="E1 250811-250912 T160",
        sent=("002_Exits: E1 250811-250912 T160",),
        listed=("ODS-TWIN",),
    ),
    Case(
        "96",
        "a new school code, under which the SIS exports the history too: last year is left",
        ods="6016026 240812-250606 E155 gr04; 6016026 250811- gr05",
        sis="0140001 240812-250606 E155 gr04; 0140001 250811- gr05",
        sent=("001_Removals: D 6016026 250811- gr05", "003_Updates: 0140001 250811- gr05"),
        listed=("PRIOR-YEAR-ODS-ONLY", "PRIOR-YEAR-SIS-ONLY"),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_change(case: Case, october: Done) -> None:
    october.check(case)
