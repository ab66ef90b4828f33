"""Seniors, graduates, and others who complete a school."""

from pathlib import Path

import pytest

from tests.real_cases.command import Done, reconcile
from tests.real_cases.notation import Case

CASES = (
    Case(
        "14",
        "a certificate of completion in June, back for adult transition",
        ods="H1 240812-250606 E230/120 gr12",
        sis="H1 240812-250606 E230/120 gr12; H1 250811- gr12 transition=Y",
        sent=("003_Updates: H1 250811- gr12 transition=Y",),
    ),
    Case(
        "15",
        "a fifth-year senior whose last year is open in the SIS: E156 stays",
        ods="H1 240812-250606 E156 gr12",
        sis="H1 240812- gr12; H1 250811- gr12",
        sent=("003_Updates: H1 250811- gr12",),
    ),
    Case(
        "16",
        "a graduate enrolled again",
        ods="H1 240812-250606 E230/100 gr12",
        sis="H1 240812-250606 E230/100 gr12; H1 250811- gr12",
        held=("SENR0587",),
        warned=("SENR0024",),
    ),
    Case(
        "17",
        "a diploma taken back, and a fifth year",
        ods="H1 240812-250606 E230/100 gr12",
        sis="H1 240812-250606 E156 gr12; H1 250811- gr12",
        sent=("003_Updates: H1 240812-250606 E156 gr12", "003_Updates 2: H1 250811- gr12"),
    ),
    Case(
        "36",
        "an equivalency certificate, then another school",
        ods="H1 250811-",
        sis="H1 250811-250930 E230/320; H2 251001-",
        sent=("002_Exits: H1 250811-250930 E230/320", "003_Updates: H2 251001-"),
    ),
    Case(
        "39",
        "an 8th grader: E155 in CALPADS, promoted in the SIS",
        ods="M1 240812-250606 E155 gr08",
        sis="M1 240812-250606 E230/480 gr08 receiver=H1; H1 250811- gr09",
        sent=(
            "003_Updates: M1 240812-250606 E230/480 gr08 receiver=H1",
            "003_Updates 2: H1 250811- gr09",
        ),
    ),
    Case(
        "39a",
        "an 8th grader: E155 in CALPADS, open in the SIS",
        ods="M1 240812-250606 E155 gr08",
        sis="M1 240812- gr08; H1 250811- gr09",
        sent=("003_Updates: H1 250811- gr09",),
    ),
    Case(
        "45",
        "a December graduate: open for now",
        ods="H1 250811- gr12",
        sis="H1 250811-251219 E230/100 gr12",
    ),
    Case(
        "45a",
        "a June diploma that becomes E156 and a one-day record in July",
        ods="H1 240812-250606 E230/100 gr12",
        sis="H1 240812-250606 E156 gr12; H1 250722-250722 E230/100 gr12",
        sent=(
            "003_Updates: H1 240812-250606 E156 gr12",
            "003_Updates 2: H1 250722-250722 E230/100 gr12",
        ),
    ),
)

SUMMER = (
    Case(
        "46",
        "a summer graduate whose one-day record is of June 20",
        ods="H1 240812-250606 E156 gr12",
        sis="H1 240812-250606 E156 gr12; H1 250620-250620 E230/100 gr12",
        sent=("003_Updates: H1 250620-250620 E230/100 gr12",),
    ),
    Case(
        "46a",
        "the day after the last school day",
        ods="H1 240812-250606 E156 gr12",
        sis="H1 240812-250606 E156 gr12; H1 250607-250607 E230/100 gr12",
        sent=("003_Updates: H1 250607-250607 E230/100 gr12",),
    ),
    Case(
        "46b",
        "the last day of June",
        ods="H1 240812-250606 E156 gr12",
        sis="H1 240812-250606 E156 gr12; H1 250630-250630 E230/100 gr12",
        sent=("003_Updates: H1 250630-250630 E230/100 gr12",),
    ),
    Case(
        "48",
        "an enrollment that was entered by hand in CALPADS stays",
        ods="E1 240812-250606 E155; E2 250110-250606 E170 st20; E1 250811-",
        sis="E1 240812-250606 E155; E1 250811-",
        listed=("PRIOR-YEAR-ODS-ONLY",),
    ),
    Case(
        "48a",
        "a summer graduate's own hand-made enrollment stays, and the graduate goes in",
        ods="H1 240812-250606 E156 gr12; H2 250110-250606 E170 st20 gr12",
        sis="H1 240812-250606 E156 gr12; H1 250620-250620 E230/100 gr12",
        sent=("003_Updates: H1 250620-250620 E230/100 gr12",),
        listed=("PRIOR-YEAR-ODS-ONLY",),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_completer(case: Case, october: Done) -> None:
    october.check(case)


@pytest.fixture(scope="module", params=[("current", "2025-08-05"), ("all", "2025-08-15")])
def summer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Give a run in each mode while last year is open, one on its last day: what stays is the same.

    The year closes after August 15.
    """
    mode, as_of = request.param
    folder = tmp_path_factory.mktemp("summer")
    return reconcile(folder, SUMMER, "--change-years", mode, as_of=as_of)


@pytest.mark.parametrize("case", SUMMER, ids=str)
def test_before_the_year_closes(case: Case, summer: Done) -> None:
    summer.check(case)


def test_case_46_nothing_calls_an_open_year_certified(summer: Done) -> None:
    assert summer.status == 0
    said = [one["message"] + one["fix"] for one in summer.exceptions]
    assert [text for text in [summer.words, *said] if "certified" in text] == []


def test_case_46_the_year_closes_after_august_15(tmp_path: Path) -> None:
    graduate = SUMMER[0]
    done = reconcile(tmp_path, [graduate], as_of="2025-08-16")
    assert (done.status, done.sent(graduate)) == (0, ())
    assert done.rules(graduate, "notice") == ("PRIOR-YEAR-SIS-ONLY",)
