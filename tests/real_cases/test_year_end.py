"""The last days of the school year, as of June 2."""

import pytest

from tests.real_cases.command import CALENDAR, Done, reconcile
from tests.real_cases.notation import Case
from tests.real_cases.schools import LISTED, write_school_list

# With the school list, and the columns of the next grade and the next school.
CASES = (
    Case(
        "103",
        "an 8th grader who is promoted to the high school",
        ods="M1 250811-",
        sis="M1 250811-260605 E230/480 receiver=H1 next_grade=09 next_school=H1",
        sent=("002_Exits: M1 250811-260605 E230/480 receiver=H1",),
    ),
    Case(
        "103a",
        "a senior with a fifth year ahead",
        ods="H1 250811- gr12",
        sis="H1 250811- gr12 next_grade=12",
        sent=("002_Exits: H1 250811-260605 E156 gr12",),
    ),
    Case(
        "103b",
        "a senior whose outcome is not decided",
        ods="H1 250811- gr12",
        sis="H1 250811- gr12",
        warned=("SENIOR-UNDECIDED",),
    ),
    Case(
        "103c",
        "a senior with a diploma",
        ods="H1 250811- gr12",
        sis="H1 250811- gr12 /100",
        sent=("002_Exits: H1 250811-260605 E230/100 gr12",),
    ),
    Case(
        "103d",
        "a student who is enrolled for August already",
        ods="E1 250811- gr04",
        sis="E1 250811- gr04 next_school=E1; E1 260810- gr05",
        sent=("002_Exits: E1 250811-260605 E155 gr04",),
        listed=("FUTURE-START",),
    ),
    Case(
        "103e",
        "an adult in transition",
        ods="H1 250811- gr12 transition=Y",
        sis="H1 250811- gr12 transition=Y",
        warned=("SENIOR-UNDECIDED",),
    ),
    Case(
        "103f",
        "a student of a nonpublic school",
        ods="0000001/6141501 250811- gr09",
        sis="0000001/6141501 250811- gr09",
        sent=("002_Exits: 0000001/6141501 250811-260605 E155 gr09",),
    ),
    Case(
        "103g",
        "a secondary enrollment next to a primary one",
        ods="H1 250811- gr09; H2 250811- st20 gr09",
        sis="H1 250811- gr09; H2 250811- st20 gr09",
        sent=(
            "002_Exits: H1 250811-260605 E155 gr09",
            "002_Exits 2: H2 250811-260605 E170 st20 gr09",
        ),
    ),
    Case(
        "103h",
        "a child in transitional kindergarten",
        ods="E1 250811- grTK",
        sis="E1 250811- grTK",
        born="210601",
        sent=("002_Exits: E1 250811-260605 E155 grTK",),
    ),
    Case(
        "103i",
        "a senior who completed grade 12 without the requirements",
        ods="H1 250811- gr12",
        sis="H1 250811- gr12 /360",
        sent=("002_Exits: H1 250811-260605 E230/360 gr12",),
    ),
    Case(
        "104",
        "an 8th grader who is retained: the next school is this one",
        ods="M1 250811-",
        sis="M1 250811- next_grade=08 next_school=M1",
        sent=("002_Exits: M1 250811-260605 E155",),
    ),
    Case(
        "104a",
        "an 8th grader who is retained: only the next grade is given",
        ods="M1 250811-",
        sis="M1 250811- next_grade=08",
        sent=("002_Exits: M1 250811-260605 E155",),
    ),
    Case(
        "104b",
        "an 8th grader who goes on to the high school, without a completion status",
        ods="M1 250811-",
        sis="M1 250811- next_grade=09 next_school=H1",
        warned=("PROMOTION-UNDECIDED",),
    ),
    Case(
        "106",
        "E155 typed for a promotion",
        ods="M1 250811-",
        sis="M1 250811-260605 E155 next_grade=09 next_school=H1",
        sent=("002_Exits: M1 250811-260605 E155",),
        warned=("YEAR-END-CODE",),
    ),
    Case(
        "106a",
        "E155 typed for a senior",
        ods="H1 250811- gr12",
        sis="H1 250811-260605 E155 gr12",
        sent=("002_Exits: H1 250811-260605 E155 gr12",),
        warned=("YEAR-END-CODE",),
    ),
    Case(
        "106b",
        "E155 typed in March",
        ods="E1 250811-",
        sis="E1 250811-260313 E155",
        sent=("002_Exits: E1 250811-260313 E155",),
        warned=("YEAR-END-CODE",),
    ),
    Case(
        "106c",
        "E156 typed for grade 11",
        ods="H1 250811- gr11",
        sis="H1 250811-260605 E156 gr11",
        sent=("002_Exits: H1 250811-260605 E156 gr11",),
        warned=("YEAR-END-CODE",),
    ),
    Case(
        "106d",
        "E155 for a student who returns, two weeks before the last day",
        ods="E1 250811- gr04",
        sis="E1 250811-260522 E155 gr04 next_school=E1",
        sent=("002_Exits: E1 250811-260522 E155 gr04",),
    ),
    Case(
        "108",
        "the next school is the SIS's inactive school",
        ods="E1 250811- gr04",
        sis="E1 250811- gr04 next_school=0000999",
        warned=("PROMOTION-UNDECIDED",),
    ),
    Case(
        "108a",
        "the next school is written with its short number",
        ods="E1 250811- gr04",
        sis="E1 250811- gr04 next_school=10",
        warned=("PROMOTION-UNDECIDED",),
    ),
    Case(
        "109",
        "a short-term stay open at the year's end",
        sis="H2 260520- st30 gr09",
        sent=("003_Updates: H2 260520-260605 E155 st30 gr09",),
    ),
    Case(
        "109a",
        "a short-term stay with its own exit before the last day",
        sis="H2 260518-260529 T160 st30 gr09",
        sent=("003_Updates: H2 260518-260529 T160 st30 gr09",),
    ),
)

# In the SENR layout, without a school list: the top grades come from the extract.
WITHOUT_A_LIST = (
    Case(
        "105",
        "a 5th grader",
        ods="E1 250811-",
        sis="E1 250811-",
        warned=("PROMOTION-UNDECIDED",),
    ),
    Case(
        "105a",
        "an 8th grader",
        ods="M1 250811-",
        sis="M1 250811-",
        warned=("PROMOTION-UNDECIDED",),
    ),
    Case(
        "105b",
        "a 7th grader",
        ods="M1 250811- gr07",
        sis="M1 250811- gr07",
        sent=("002_Exits: M1 250811-260605 E155 gr07",),
    ),
    Case(
        "105c",
        "a student of a nonpublic school: those have no top grade",
        ods="0000001/6141501 250811- gr08",
        sis="0000001/6141501 250811- gr08",
        sent=("002_Exits: 0000001/6141501 250811-260605 E155 gr08",),
    ),
)


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Done:
    folder = write_school_list(tmp_path_factory.mktemp("listed"))
    return reconcile(folder, CASES, as_of="2026-06-02", config=CALENDAR + LISTED)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_year_end(case: Case, listed: Done) -> None:
    listed.check(case)


@pytest.fixture(scope="module")
def unlisted(tmp_path_factory: pytest.TempPathFactory) -> Done:
    return reconcile(tmp_path_factory.mktemp("unlisted"), WITHOUT_A_LIST, as_of="2026-06-02")


@pytest.mark.parametrize("case", WITHOUT_A_LIST, ids=str)
def test_year_end_without_a_school_list(case: Case, unlisted: Done) -> None:
    unlisted.check(case)


def test_case_105_the_run_says_where_the_top_grades_come_from(unlisted: Done) -> None:
    assert "top grade" in unlisted.words
    assert "PROMOTION-UNDECIDED" in unlisted.words
