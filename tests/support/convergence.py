"""Make three runs, post each before the next, and check them against section 9 of the contract.

This is plain Python: only the target and the students on hold are read from the published database.
What was sent is read from the zip. What CALPADS then has is computed here, independently of the
model.
"""

import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from senr_duck.reference.layout import compared_columns
from senr_duck.run.job import run_job
from senr_duck.run.reconcile import Job
from senr_duck.run.result import RunResult
from senr_duck.settings.settings import Settings
from senr_duck.simulate import (
    WARNINGS,
    Assumptions,
    FileResult,
    Ods,
    Record,
    post_archive,
    read_extract,
    write_extract,
)
from senr_duck.simulate.assumptions import PERMISSIVE
from senr_duck.simulate.enrollment_record import Enrollment, Key
from senr_duck.simulate.student_rules import check_student
from tests.support.extracts import LEA

COMPARED = compared_columns()

# Most made-up students change, so every guard would stop the run.
NO_GUARDS = {
    "lea": LEA,
    "max_removal_share": 1.0,
    "max_held_share": 1.0,
    "max_update_share": 1.0,
    "allow_missing_schools": True,
    "allow_no_exits": True,
    "allow_stale_ods": True,
    "allow_other_year": True,
}

# Records by operational key: school, SSID, start date as YYYYMMDD.
State = Mapping[Key, Record]
# Exit dates by operational key, blank for an open record.
Exits = Mapping[Key, str]
# Later than every date YYYYMMDD.
_NEVER = "99999999"

# A record's compared fields, in the order of COMPARED.
Fields = tuple[str, ...]


@dataclass(frozen=True)
class Scope:
    """Which records a district compares, and which of them it may add and remove.

    ``sis_exits`` are the exit dates that the SIS extract has, by key; they count only while the
    school year that has just ended is open. Dates are YYYYMMDD, and an open record's exit is blank.
    ``schools`` are those that the run was asked for; empty means all of them.
    """

    as_of: date
    change_years: str
    do_not_report: frozenset[str] = frozenset()
    keep_list: frozenset[Key] = frozenset()
    sis_exits: Exits = field(default_factory=dict)
    schools: frozenset[str] = frozenset()

    @property
    def year_start(self) -> str:
        """July 1 of the school year that holds the as-of date."""
        return f"{self.as_of.year - (self.as_of.month < 7)}0701"

    def is_of_open_year(self, key: Key) -> bool:
        """Whether a record is of the school year just ended, which is open through August 15."""
        year = int(self.year_start[:4])
        return self.as_of <= date(year, 8, 15) and f"{year - 1}0701" <= key[2] < f"{year}0701"

    def covers(self, key: Key) -> bool:
        """Whether a record is compared; all records are of one LEA."""
        window_start = f"{int(self.year_start[:4]) - 2}0701"
        is_asked_for = not self.schools or key[0] in self.schools
        return key[2] >= window_start and key[0] not in self.do_not_report and is_asked_for

    def keeps(self, key: Key) -> bool:
        """Whether a record that only CALPADS has stays there."""
        is_history = self.change_years == "current" and key[2] < self.year_start
        is_ahead = key[2] > f"{self.as_of:%Y%m%d}"
        is_in_list = key in self.keep_list
        return (
            is_history
            or is_ahead
            or is_in_list
            or self.is_of_open_year(key)
            or not self.covers(key)
        )

    def withholds(self, key: Key, known: Exits) -> bool:
        """Whether a record that only the SIS has is not sent.

        ``known`` are the exit dates of the student's records in CALPADS, by key.
        """
        if key[2] > f"{self.as_of:%Y%m%d}" or not self.covers(key):
            return True
        if self.is_of_open_year(key):
            return any(
                other not in self.sis_exits
                and self.covers(other)
                and self.keeps(other)
                and key[2] < (exit_date or _NEVER)
                and other[2] < (self.sis_exits[key] or _NEVER)
                for other, exit_date in known.items()
            )
        return self.change_years == "current" and key[2] < self.year_start


@dataclass(frozen=True)
class Turn:
    """One run and its posting.

    ``states`` are those before the first file and after each one; the last is the model's, those
    between are what the files would leave if each one posts.
    """

    result: RunResult
    files: Mapping[str, Sequence[Record]]
    posted: Sequence[FileResult]
    states: Sequence[State]
    target: Mapping[Key, Fields]
    held: frozenset[str]

    @property
    def before(self) -> State:
        return self.states[0]

    @property
    def after(self) -> State:
        return self.states[-1]

    @property
    def sent(self) -> list[Record]:
        return [record for records in self.files.values() for record in records]


@dataclass(frozen=True)
class Fault:
    """Something that must not happen; ``ssid`` is blank if it is not about one student."""

    ssid: str
    text: str


def take_turns(
    folder: Path,
    ods: Path,
    sis: Path,
    settings: Settings,
    count: int = 3,
    assumptions: Assumptions = PERMISSIVE,
) -> list[Turn]:
    """Run and post this many times, each time with the ODS extract that the last run left."""
    turns = []
    for number in range(1, count + 1):
        out, database = folder / f"out{number}", folder / f"run{number}.duckdb"
        result = run_job(Job([ods], [sis], settings, out, database))
        calpads = read_extract(ods)
        turns.extend(post_run(result, {calpads.lea: calpads}, assumptions).values())
        ods = folder / f"ods{number}.txt"
        write_extract(calpads, ods)
    return turns


def post_run(
    result: RunResult, calpads: Mapping[str, Ods], assumptions: Assumptions = PERMISSIVE
) -> dict[str, Turn]:
    """Post all files of a run to what CALPADS has for each LEA; return the turn of each LEA."""
    turns = {}
    targets, agreeing, held_keys = _read_database(result.database)
    for one in result.leas:
        assert one.archive is not None
        held = calpads[one.lea]
        before = {record.key: record for record in held.records()}
        files = read_files(one.archive)
        posted = post_archive(held, one.archive, result.settings.as_of, assumptions)
        after = {record.key: record for record in held.records()}
        states = [before, *_follow(before, list(files.values())[:-1]), after]
        # in a run of several LEAs, the LEA comes before the SSID
        ssids = frozenset(key.removeprefix(f"{one.lea} ") for key in held_keys)
        target = targets.get(one.lea, {})
        # where both sides plainly agree, the target is what CALPADS has
        target |= {key: fields_of(before[key]) for key in agreeing.get(one.lea, ())}
        turns[one.lea] = Turn(result, files, posted, states, target, ssids)
    return turns


def find_faults(turns: Sequence[Turn], scope: Scope) -> list[Fault]:
    """Return what breaks section 9 (a to e), and section 6's rule behind the rule of order."""
    faults = []
    removable: set[Key] = set()
    for number, turn in enumerate(turns, start=1):
        found = find_turn_faults(turn, scope)
        if turn.held != turns[0].held:
            changed = turn.held ^ turns[0].held
            found += [Fault(ssid, "held in one run and not in another") for ssid in changed]
        if number > 1:
            found += find_more_than_deletes(turn, removable)
        removable = find_removable(turn, scope)
        if number > 1:
            found += [Fault(key[1], f"{key} is still left over") for key in removable]
        faults += [Fault(fault.ssid, f"run {number}: {fault.text}") for fault in found]
    return faults


def find_turn_faults(turn: Turn, scope: Scope) -> list[Fault]:
    """Return what breaks section 9 (a, b, e) and the rule of order in one run."""
    return [
        *_find_rejections(turn),
        *_find_needless_records(turn),
        *_find_broken_rules(turn, scope),
        *_find_disagreement(turn, scope),
    ]


def find_removable(turn: Turn, scope: Scope) -> set[Key]:
    """Return the left-over no-shows whose students have another record by now."""
    students = Counter(key[1] for key in turn.after)
    return {key for key in find_left_over(turn, scope) if students[key[1]] > 1}


def find_left_over(turn: Turn, scope: Scope) -> set[Key]:
    """Return the keys that CALPADS has after the turn but neither the target nor scope has.

    They may only be no-shows of the last-record rule; students on hold are skipped.
    """
    return {
        key
        for key in turn.after
        if key not in turn.target and key[1] not in turn.held and not scope.keeps(key)
    }


def fields_of(record: Record) -> Fields:
    """Return the compared fields."""
    return tuple(getattr(record, column).strip() for column in COMPARED)


def breaks_a_rule(records: Sequence[Record], as_of: date) -> bool:
    """Return whether records of one student together break a fatal rule between records."""
    side_by_side = [Enrollment(record) for record in records]
    found = check_student(side_by_side, [], as_of, Assumptions())
    return any(finding.rule not in WARNINGS for finding in found)


def _find_rejections(turn: Turn) -> Iterator[Fault]:
    """(a) No file is rejected."""
    if [file.name for file in turn.posted] != list(turn.files):
        yield Fault("", "not every file was posted")
    for file in turn.posted:
        for finding in file.rejections:
            record = turn.files[file.name][finding.line - 1]
            yield Fault(record.ssid, f"{file.name} rejected by {finding.rule}")


def _find_needless_records(turn: Turn) -> Iterator[Fault]:
    """(e) Nothing is sent for a key that was the same on both sides, nor of a held student."""
    for name, records in turn.files.items():
        for ssid, count in Counter(record.ssid for record in records).items():
            if count > 1:
                yield Fault(ssid, f"{count} records in {name}")
    for record in turn.sent:
        key = record.key
        if key[1] in turn.held:
            yield Fault(key[1], f"{key} is sent, and its student is held")
        held = turn.before.get(key)
        if held is not None and turn.target.get(key) == fields_of(held):
            yield Fault(key[1], f"{key} is sent, and was the same on both sides")


def _find_broken_rules(turn: Turn, scope: Scope) -> Iterator[Fault]:
    """After each file, no student's records break a fatal rule, if they did not before it."""
    for (name, records), before, after in zip(
        turn.files.items(), turn.states[:-1], turn.states[1:], strict=True
    ):
        ssids = {record.ssid for record in records}
        students_before, students_after = _by_student(before, ssids), _by_student(after, ssids)
        for ssid in sorted(ssids):
            if breaks_a_rule(students_after[ssid], scope.as_of) and not breaks_a_rule(
                students_before[ssid], scope.as_of
            ):
                yield Fault(ssid, f"the records break a rule after {name}")


def _find_disagreement(turn: Turn, scope: Scope) -> Iterator[Fault]:
    """(b) CALPADS then shows the target; what the contract leaves alone is as it was."""
    before, after = turn.before, turn.after
    known: dict[str, dict[Key, str]] = {}
    for key, record in before.items():
        known.setdefault(key[1], {})[key] = record.enrollment_exit_date
    for key, wanted in turn.target.items():
        if key[1] in turn.held:
            continue
        if key not in before and scope.withholds(key, known.get(key[1], {})):
            if key in after:
                yield Fault(key[1], f"{key} has appeared")
        elif key not in after:
            yield Fault(key[1], f"{key} is missing")
        elif fields_of(after[key]) != wanted:
            columns = [
                column
                for column, want, have in zip(COMPARED, wanted, fields_of(after[key]), strict=True)
                if want != have
            ]
            yield Fault(key[1], f"{key} differs in {', '.join(columns)}")
    for key in before.keys() | after.keys():
        stays = key[1] in turn.held or (key not in turn.target and scope.keeps(key))
        if stays and before.get(key) != after.get(key):
            yield Fault(key[1], f"{key} has changed, and was to be left alone")
    staying = {key[1] for key in before if key in turn.target or scope.keeps(key)}
    left_over = find_left_over(turn, scope)
    for ssid, count in Counter(key[1] for key in left_over).items():
        if count > 1:
            yield Fault(ssid, f"{count} records are left over")
        if ssid in staying:
            yield Fault(ssid, "a record is left over, and was not the last one")
    for key in left_over:
        if key not in before or not Enrollment(after[key]).no_show:
            yield Fault(key[1], f"{key} is left over, and no no-show")


def find_more_than_deletes(turn: Turn, removable: set[Key]) -> Iterator[Fault]:
    """(c, d) A later run removes the left-over no-shows that may be removed, nothing else."""
    for record in turn.sent:
        if not (record.is_delete and record.key in removable):
            yield Fault(record.ssid, f"{record.key} is sent")
    for key in removable - {record.key for record in turn.sent}:
        yield Fault(key[1], f"the left-over no-show {key} is not removed")


def read_files(archive: Path) -> dict[str, list[Record]]:
    with zipfile.ZipFile(archive) as opened:
        return {
            name: [
                Record(*line.split("^"))
                for line in opened.read(name).decode().removesuffix("\r\n").split("\r\n")
                if line
            ]
            for name in sorted(opened.namelist())
        }


def _follow(before: State, files: Sequence[Sequence[Record]]) -> Iterator[State]:
    """Yield what CALPADS has after each file, if each one posts."""
    state = dict(before)
    for records in files:
        for record in records:
            state.pop(record.key, None)
            if not record.is_delete:
                state[record.key] = record
        yield dict(state)


def _by_student(state: State, ssids: set[str]) -> dict[str, list[Record]]:
    students: dict[str, list[Record]] = {ssid: [] for ssid in ssids}
    for key, record in state.items():
        if key[1] in students:
            students[key[1]].append(record)
    return students


def _read_database(
    database: Path,
) -> tuple[dict[str, dict[Key, Fields]], dict[str, list[Key]], list[str]]:
    """Return the targets' compared fields by LEA and key, and the keys of students on hold.

    Between them are the keys, by LEA, of students on whom both sides plainly agree.
    """
    columns = ", ".join(
        f"coalesce(strftime({column}, '%Y%m%d'), '')"
        if column == "enrollment_exit_date"
        else f"coalesce({column}, '')"
        for column in COMPARED
    )
    key = "reporting_lea, school_of_attendance, {}, strftime(enrollment_start_date, '%Y%m%d')"
    with duckdb.connect(str(database), read_only=True) as con:
        rows = con.execute(
            f"select {key.format('ssid')}, {columns} "
            "from recon.target_enrollment where ssid is not null"
        ).fetchall()
        agreed = con.execute(
            f"select {key.format('right(student_key, 10)')} from recon.agreeing_record"
        ).fetchall()
        held = con.execute("select student_key from recon.held_student").fetchall()
    targets: dict[str, dict[Key, Fields]] = {}
    for lea, school, ssid, start, *fields in rows:
        targets.setdefault(lea, {})[school, ssid, start] = tuple(fields)
    agreeing: dict[str, list[Key]] = {}
    for lea, school, ssid, start in agreed:
        agreeing.setdefault(lea, []).append((school, ssid, start))
    return targets, agreeing, [key for (key,) in held]
