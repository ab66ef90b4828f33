"""What operators do between two runs, in 42 made-up districts: CALPADS agrees in the end.

There are seven county offices of six districts each, because a run has a fixed cost. Each office
makes the same eight runs, and does different things with the files of each district after them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from senr_duck.simulate import Assumptions, Ods
from tests.support.changes import CHANGES
from tests.support.convergence import (
    Fault,
    Turn,
    find_more_than_deletes,
    find_removable,
    find_turn_faults,
)
from tests.support.county import Choices, County
from tests.support.districts import AS_OF, ODD_CHARACTERS, fixed_district, name_oddly
from tests.support.lives import last_day
from tests.support.sound_turn import (
    KINDS,
    describe_turn,
    find_needless_holds,
    find_other_targets,
    find_rejections_among_others,
    tell_faults,
)
from tests.support.stock import take_stock

pytestmark = pytest.mark.slow

# The first five share a fifth of their students with the next one. The last one shares none, and
# it is the one that is run alone: a record in another LEA counts for the last record of a student.
LEAS = {"1964733": 0, "1964725": 1, "1910199": 2, "3010101": 3, "0110017": 4, "5710579": 6}
ALONE = "5710579"
STUDENTS = 50

CALENDAR = "".join(
    f'[calendar."{year}-{year + 1}"]\nlast_day = {last_day(year)}\n' for year in range(2025, 2028)
)

# What an office does with the files of one district after a run.
DEEDS = ("all", "all", "some", "some", "none", "rejected", "marked and rejected")
# What only a newer extract puts right.
MISTAKES = ("uploaded and not marked", "marked and not uploaded", "edited by hand")


@dataclass
class Office:
    """One of the seven offices; ``day`` is today, and ``seen`` counts what occurred.

    Every other one uses evidence, and CALPADS accepts odd names; it is also the one that makes
    mistakes, and says when it downloaded its extracts.
    """

    folder: Path
    number: int
    seen: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.rng = Random(self.number)  # noqa: S311 - the same office needs the same days again
        self.day = AS_OF[self.number]
        self.is_careless = self.says_dates = self.number % 2 == 0
        self.change_years = "all" if self.number in (0, 3, 4) else "current"
        odd = [("IVR0009", character) for character in ODD_CHARACTERS if self.is_careless]
        self.accepted = Assumptions(accepted=frozenset(odd))
        evidence = f"[evidence]\nuse = {str(self.is_careless).lower()}\n"
        homes = {
            lea: name_oddly(fixed_district(self.day, STUDENTS, place))
            for lea, place in LEAS.items()
        }
        self.county = County(
            self.folder, homes, CALENDAR + evidence, self.accepted.accepted, self.rng
        )
        self.county.download(self.day, list(LEAS))

    def sleep(self, days: int) -> None:
        """Let some days pass, in which the SIS changes."""
        self.day += timedelta(days=days)
        self.county.live_on(self.day)

    def choose(self, leas: Sequence[str] = (), school: str | None = None) -> Choices:
        """Return the choices for a run of today."""
        ods_date = self.county.extracts_reach if self.says_dates else None
        return Choices(self.day, self.change_years, tuple(leas), school, ods_date)

    def run(
        self,
        choices: Choices | None = None,
        believed: Mapping[str, Ods] | None = None,
        shuffled: bool = False,
    ) -> dict[str, Turn]:
        """Make a run, and check it by what CALPADS has, or what the office believes that it has."""
        choices = choices or self.choose()
        turns = self.county.take_turns(self.county.run(choices, shuffled), believed)
        assert list(turns) == sorted(choices.leas or LEAS)
        for lea, turn in turns.items():
            self._check(lea, turn, choices)
        return turns

    def _check(self, lea: str, turn: Turn, choices: Choices) -> None:
        scope = self.county.find_scope(lea, choices)
        students = self.county.list_students(lea, turn)
        # a record in an LEA that the run leaves out may hold a student too
        left_out = set(LEAS) - set(choices.leas or LEAS)
        excused = set(self.county.rejected.values()) | self.county.list_ssids(left_out)
        holdable = [one for one in students if one.ssid not in excused]
        faults = [
            *find_turn_faults(turn, scope),
            *find_rejections_among_others(turn, lea, scope, self.accepted),
            *find_other_targets(turn, students, scope),
            *find_needless_holds(turn, holdable, scope, not self.is_careless),
            *(
                Fault(one.ssid, "a rejected record is sent again")
                for one in turn.sent
                if one.local_record_id in self.county.rejected
            ),
        ]
        assert not faults, tell_faults(f"LEA {lea} on {self.day}", turn, faults, students)
        self.seen.update(describe_turn(turn, lea, scope))
        self.seen["students"] += len(students)
        self.seen["held"] += len(turn.held & {one.ssid for one in students})
        for student in students:
            self.seen.update(() if student.ssid in turn.held else student.changes)

    def handle(self, turns: Mapping[str, Turn], deeds: Sequence[str] = DEEDS) -> None:
        """Do with each LEA's files one of the deeds."""
        for (lea, turn), deed in zip(
            turns.items(), self.rng.sample(deeds, len(deeds)), strict=False
        ):
            filled = [number for number, one in enumerate(turn.files.values()) if one]
            uploaded = marked = len(turn.files)
            if deed == "some":
                uploaded = marked = self.rng.randint(0, len(turn.files))
            elif deed in ("none", "edited by hand") or not filled:
                uploaded = marked = 0
            elif "rejected" in deed:
                uploaded = self.rng.choice(filled)
                marked = uploaded + ("marked" in deed)
            elif deed == "uploaded and not marked":
                marked = 0
            elif deed == "marked and not uploaded":
                uploaded = 0
            self.county.upload(turn, lea, uploaded)
            self.county.mark(turn, lea, marked)
            if "rejected" in deed and filled:
                self.county.reject(turn, lea, uploaded)
            if deed == "edited by hand":
                self.county.edit_by_hand(lea, self.day)
            self.seen[deed] += 1


def mark_and_undo(office: Office, turns: Mapping[str, Turn]) -> None:
    """Mark files that did not post, run, and take it back; the ledger is then as before."""
    county = office.county
    ledger = county.read_ledger()
    believed = {}
    for lea, turn in turns.items():
        count = office.rng.randint(0, len(turn.files))
        county.mark(turn, lea, count)
        believed[lea] = Ods(county.calpads[lea].records(), lea)
        county.upload(turn, lea, count, to=believed[lea])
    office.run(believed=believed)
    for lea, turn in turns.items():
        county.undo(turn, lea)
    files = {(row["run_id"], row["name"]): row for row in county.read_ledger()["file"]}
    assert [files[row["run_id"], row["name"]] for row in ledger["file"]] == ledger["file"]


def repeat(office: Office, turns: Mapping[str, Turn]) -> dict[str, Turn]:
    """Make the last run again; every other office has the lines of both extracts shuffled."""
    before = take_stock(office.folder / "out")
    if office.is_careless:
        again = office.run()
        assert take_stock(office.folder / "out") == before
    else:
        office.county.download(office.day, list(LEAS), shuffled=True)
        again = office.run(shuffled=True)
    for lea, turn in turns.items():
        assert _read_zip(again[lea], lea) == _read_zip(turn, lea)
    return again


def _read_zip(turn: Turn, lea: str) -> bytes:
    (archive,) = (one.archive for one in turn.result.leas if one.lea == lea)
    assert archive is not None
    return archive.read_bytes()


@pytest.mark.parametrize("number", range(len(AS_OF)))
def test_whatever_operators_do_calpads_agrees_with_the_sis_in_the_end(
    number: int, tmp_path: Path
) -> None:
    office = Office(tmp_path, number)
    county, rng = office.county, office.rng
    turns = office.run()
    mark_and_undo(office, turns)
    turns = repeat(office, turns)
    office.handle(turns, DEEDS + MISTAKES if office.is_careless else DEEDS)
    office.sleep(1 if office.is_careless else rng.randint(0, 2))
    if office.is_careless:
        county.download(office.day, list(LEAS))
    office.handle(office.run())
    # one school, or some LEAs, with some or all of the extracts downloaded again
    office.sleep(rng.randint(0, 1))
    kept = county.keep_extracts()
    county.download(office.day, rng.sample(list(LEAS), 3) if office.is_careless else list(LEAS))
    office.says_dates = True
    school = rng.choice(list(county.find_scope(ALONE, office.choose()).sis_exits))[0]
    some = (
        office.choose(rng.sample(list(LEAS)[:-1], 2))
        if number % 3
        else office.choose([ALONE], school)
    )
    office.handle(office.run(some))
    if not office.is_careless:  # the first extracts again, so that the ledger has to know the rest
        county.use_extracts(kept)
        office.says_dates = False
    # all years from now on, or this one alone
    county.take_back_rejections()
    office.sleep(1)
    office.change_years = "current" if office.change_years == "all" else "all"
    turns = office.run()
    office.handle(turns, ["all"] * len(LEAS))
    choices = office.choose()
    removable = {
        lea: find_removable(turn, county.find_scope(lea, choices)) for lea, turn in turns.items()
    }
    # with extracts of today: what is left are no-shows in place of a last record
    county.download(office.day, list(LEAS))
    turns = office.run()
    for lea, turn in turns.items():
        assert list(find_more_than_deletes(turn, removable[lea])) == []
    office.handle(turns, ["all"] * len(LEAS))
    assert [one for turn in office.run().values() for one in turn.sent] == []
    states = {(row["run_id"], row["name"]): row["state"] for row in county.read_ledger()["file"]}
    assert states == county.states
    # so that nothing is proved with students who are all on hold, or all alike
    assert office.seen["held"] * 6 < office.seen["students"]
    rare = {what for what in (*CHANGES, *KINDS, *DEEDS) if not office.seen[what]}
    assert not rare
