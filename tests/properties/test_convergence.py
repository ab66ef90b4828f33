"""Three runs make both sides agree: students whose records need an order, and a whole district.

The made-up districts of ``test_operators.py`` prove the same for everything else.
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from senr_duck.sample import AS_OF as SAMPLE_AS_OF
from senr_duck.sample import write_sample
from senr_duck.settings.settings import load_settings
from senr_duck.views.order import order_views
from senr_duck.views.view import View
from tests.support.convergence import NO_GUARDS, Scope, Turn, find_faults, take_turns
from tests.support.extracts import ADAMS, BAKER, Record, closed, record, write_ods, write_sis
from tests.support.lives import CEDAR
from tests.support.once import make_once

pytestmark = pytest.mark.slow

AS_OF = date(2026, 3, 2)

# A record in a file: file, school, start, status, exit date and reason, completion status.
Line = tuple[str, str, str, str, str, str, str]


@dataclass(frozen=True)
class Case:
    """A student whose records must post in an order; ``sent`` are the records by file and run."""

    claim: str
    ods: Sequence[Record]
    sis: Sequence[Record]
    sent: Sequence[Line]


def enroll(school: str, start: str, status: str = "10") -> Record:
    return record("", school, start, enrollment_status_code=status)


def graduate(one: Record, day: str) -> Record:
    return closed(
        one,
        day,
        "E230",
        student_school_completion_status_code="100",
        student_met_all_uc_csu_requirements_indicator="Y",
        graduation_exemption_indicator="N",
    )


EXITS_1, EXITS_2 = "002_Exits_01.txt", "002_Exits_02.txt"
UPDATES_1, UPDATES_2, UPDATES_3 = (f"003_Updates_0{number}.txt" for number in (1, 2, 3))
UNCONFIRMED_1, UNCONFIRMED_2 = "003_Updates_04.txt", "003_Updates_05.txt"

CASES = (
    Case(
        "a primary and a secondary are swapped while one exit is corrected",
        ods=[
            enroll(ADAMS, "20250814"),
            closed(enroll(BAKER, "20250820", "20"), "20251219", "E170"),
        ],
        sis=[
            enroll(ADAMS, "20250814", "20"),
            closed(enroll(BAKER, "20250820"), "20260116", "T160"),
        ],
        # the exit needs the update before it, and so leaves the exits
        sent=[
            (UPDATES_1, ADAMS, "20250814", "20", "", "", ""),
            (UPDATES_2, BAKER, "20250820", "10", "20260116", "T160", ""),
        ],
    ),
    Case(
        "a record loses its primary status and grows",
        ods=[
            closed(enroll(BAKER, "20250814", "20"), "20250829", "E170"),
            closed(enroll(ADAMS, "20250818"), "20251003", "T160"),
            enroll(CEDAR, "20251006"),
        ],
        sis=[
            closed(enroll(BAKER, "20250814"), "20250912", "T160"),
            closed(enroll(ADAMS, "20250818", "20"), "20251219", "T160"),
            enroll(CEDAR, "20251006"),
        ],
        # what it grows over does not mind a secondary; what grows into its old days must wait
        sent=[
            (EXITS_1, ADAMS, "20250818", "20", "20251219", "E170", ""),
            (EXITS_2, BAKER, "20250814", "10", "20250912", "T160", ""),
        ],
    ),
    Case(
        "a diploma is taken back while another record must be closed later",
        ods=[
            graduate(enroll(ADAMS, "20250814"), "20251219"),
            closed(enroll(BAKER, "20250820", "50"), "20251212", "E170"),
        ],
        sis=[
            closed(enroll(ADAMS, "20250814"), "20251219", "T160"),
            closed(enroll(BAKER, "20250820", "50"), "20260130", "E170"),
        ],
        sent=[
            (UPDATES_1, ADAMS, "20250814", "10", "20251219", "T160", ""),
            (UPDATES_2, BAKER, "20250820", "50", "20260130", "E170", ""),
        ],
    ),
    Case(
        "an enrollment is stretched over a short-term one that must shrink first",
        ods=[
            closed(enroll(ADAMS, "20250814"), "20250905", "T160"),
            closed(enroll(BAKER, "20250908", "30"), "20251017", "T160"),
        ],
        sis=[
            closed(enroll(ADAMS, "20250814"), "20260130", "T200"),
            closed(enroll(BAKER, "20250908", "30"), "20250926", "T160"),
        ],
        sent=[
            (EXITS_1, BAKER, "20250908", "30", "20250926", "T160", ""),
            (EXITS_2, ADAMS, "20250814", "10", "20260130", "T200", ""),
        ],
    ),
    Case(
        "an exit waits for an exit that waits for an update",
        ods=[
            enroll(CEDAR, "20250814"),
            enroll(ADAMS, "20250818", "50"),
            closed(enroll(ADAMS, "20251001"), "20250930", "N470"),
        ],
        sis=[
            enroll(CEDAR, "20250814", "20"),
            closed(enroll(ADAMS, "20250818"), "20250926", "T160"),
            closed(enroll(ADAMS, "20251001", "50"), "20251219", "E170"),
        ],
        sent=[
            (UPDATES_1, CEDAR, "20250814", "20", "", "", ""),
            (UPDATES_2, ADAMS, "20250818", "10", "20250926", "T160", ""),
            (UPDATES_3, ADAMS, "20251001", "50", "20251219", "E170", ""),
        ],
    ),
    Case(
        "what waits for an exit that is taken away comes after all others too",
        ods=[
            closed(enroll(ADAMS, "20250814"), "20251003", "T160"),
            enroll(BAKER, "20250820", "20"),
        ],
        sis=[enroll(ADAMS, "20250814", "20"), enroll(BAKER, "20250820")],
        sent=[
            (UNCONFIRMED_1, ADAMS, "20250814", "20", "", "", ""),
            (UNCONFIRMED_2, BAKER, "20250820", "10", "", "", ""),
        ],
    ),
    Case(
        "the last record becomes a no-show next to the right one",
        ods=[enroll(ADAMS, "20250814")],
        sis=[enroll(BAKER, "20250901")],
        sent=[
            (EXITS_1, ADAMS, "20250814", "10", "20250813", "N470", ""),
            (UPDATES_1, BAKER, "20250901", "10", "", "", ""),
        ],
    ),
    # the first outlasts the second as it is, the second the first's diploma as it is
    Case(
        "two records that must each post before the other are held",
        ods=[
            graduate(enroll(ADAMS, "20250814"), "20251219"),
            closed(enroll(BAKER, "20251219"), "20251219", "T160"),
        ],
        sis=[
            closed(enroll(ADAMS, "20250814"), "20260116", "T160"),
            closed(enroll(BAKER, "20251219", "50"), "20260130", "E170"),
        ],
        sent=[],
    ),
)
SSIDS = [f"{1_000_000_001 + number}" for number in range(len(CASES))]


def take_the_cases(folder: Path, count: int) -> list[Turn]:
    sides = [
        [
            {**one, "ssid": ssid, "local_student_id": f"L{ssid}"}
            for ssid, case in zip(SSIDS, CASES, strict=True)
            for one in getattr(case, side)
        ]
        for side in ("ods", "sis")
    ]
    ods = write_ods(folder / "ods.txt", sides[0])
    sis = write_sis(folder / "sis.txt", sides[1])
    settings = load_settings(None, {**NO_GUARDS, "as_of": AS_OF}, AS_OF)
    return take_turns(folder, ods, sis, settings, count)


@pytest.fixture(scope="module")
def turns(tmp_path_factory: pytest.TempPathFactory) -> list[Turn]:
    return take_the_cases(tmp_path_factory.mktemp("cases"), 3)


@pytest.mark.parametrize(
    ("ssid", "case"), list(zip(SSIDS, CASES, strict=True)), ids=[case.claim for case in CASES]
)
def test_every_record_is_in_the_file_where_it_posts(
    turns: list[Turn], ssid: str, case: Case
) -> None:
    sent = [
        (
            name,
            one.school_of_attendance,
            one.enrollment_start_date,
            one.enrollment_status_code,
            one.enrollment_exit_date,
            one.student_exit_reason_code,
            one.student_school_completion_status_code,
        )
        for name, records in turns[0].files.items()
        for one in records
        if one.ssid == ssid
    ]
    assert sent == case.sent


def test_the_cases_post_and_then_both_sides_agree(turns: list[Turn]) -> None:
    assert [file.name for file in turns[0].posted if file.posted] == [
        EXITS_1,
        EXITS_2,
        UPDATES_1,
        UPDATES_2,
        UPDATES_3,
        UNCONFIRMED_1,
        UNCONFIRMED_2,
    ]
    assert find_faults(turns, Scope(AS_OF, "current")) == []
    # the no-show and the right record
    removals = [(one.transaction_type_code, *one.key) for one in turns[1].sent]
    assert removals == [("D", ADAMS, SSIDS[6], "20250814")]
    assert turns[2].sent == []
    assert turns[0].held == {SSIDS[7]}
    assert turns[0].result.exceptions["ORDER-CYCLE"] == 2


def empty_view(name: str) -> Callable[..., list[View]]:
    """Return a function that sorts the views, but leaves one of them without rows."""

    def order(*given: Any) -> list[View]:
        views = order_views(*given)
        (view,) = [view for view in views if view.qualified_name == name]
        start, end = view.text.split(f"create or replace view {name} as\n")
        body = end.strip().removesuffix(";")
        created = f"create or replace view {name} as\nselect * from (\n{body}\n) where 1 = 0;\n"
        return [replace(one, text=start + created) if one is view else one for one in views]

    return order


@pytest.mark.parametrize(
    ("view", "file", "expected"),
    [
        (
            "recon.precedence",
            EXITS_1,
            {
                0: "SENR0027",
                1: "SENR0027",
                2: "SENR0586",
                3: "SENR0027",
                4: "SENR0027",
                7: "SENR0027",
            },
        ),
        ("recon.last_record", "001_Removals.txt", {6: "SENR0180"}),
        ("recon.exit_in_updates", EXITS_1, {0: "SENR0027", 2: "SENR0586", 4: "SENR0027"}),
    ],
)
def test_without_one_of_the_rules_of_order_the_proof_fails(
    view: str,
    file: str,
    expected: Mapping[int, str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """``expected``: the rule that rejects a case, by its place, in the first rejected file."""
    monkeypatch.setattr("senr_duck.views.prepare.order_views", empty_view(view))
    turns = take_the_cases(tmp_path, 1)
    rejected = next(posted for posted in turns[0].posted if not posted.posted)
    assert rejected.name == file
    rules = {
        SSIDS.index(turns[0].files[file][found.line - 1].ssid): found.rule
        for found in rejected.rejections
    }
    assert rules == expected
    at_fault = {fault.ssid for fault in find_faults(turns, Scope(AS_OF, "current"))}
    assert at_fault >= {SSIDS[place] for place in expected}


@pytest.fixture(scope="session")
def clovis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a district of 20,000 students."""

    def make(folder: Path) -> None:
        write_sample("Clovis Unified", 20_000, 3, folder)

    return make_once(tmp_path_factory, "clovis", make)


@pytest.mark.parametrize("change_years", ["all", "current"])
def test_both_sides_of_a_district_of_20000_students_agree_in_the_end(
    change_years: str, clovis: Path, tmp_path: Path
) -> None:
    options = {"as_of": SAMPLE_AS_OF, "change_years": change_years, "allow_other_year": True}
    settings = load_settings(clovis / "senr.toml", options, SAMPLE_AS_OF)
    with (clovis / "keep.csv").open(encoding="utf-8", newline="") as file:
        keep_list = frozenset(
            (
                row["school_of_attendance"],
                row["ssid"],
                row["enrollment_start_date"].replace("-", ""),
            )
            for row in csv.DictReader(file)
        )
    scope = Scope(SAMPLE_AS_OF, change_years, frozenset(settings.do_not_report), keep_list)
    turns = take_turns(tmp_path, clovis / "ods.txt", clovis / "sis.csv", settings)
    assert find_faults(turns, scope) == []
    first, second, third = turns
    assert len(first.held) < 200
    assert len(first.sent) > 1_000
    assert keep_list
    assert len(second.sent) > 20
    assert third.sent == []
