"""A county office that reconciles some districts, and what CALPADS has for each of them.

The office has one workspace: the extracts of its districts, the runs, and the ledger. It knows
CALPADS from its extracts alone, which may be older than what has posted; the checks know the model.
"""

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import duckdb

from senr_duck.files.workspace_lock import hold_workspace
from senr_duck.ledger import (
    change_ledger,
    keep_rejections,
    mark_posted,
    take_back_rejections,
    unmark_posted,
)
from senr_duck.run.job import run_job
from senr_duck.run.reconcile import Job
from senr_duck.run.result import RunResult
from senr_duck.settings.settings import load_settings
from senr_duck.simulate import Assumptions, Ods, Record, post_file
from senr_duck.simulate.enrollment_record import Key
from tests.support.convergence import NO_GUARDS, Scope, Turn, post_run
from tests.support.districts import District, Student, go_on, settle_in
from tests.support.extracts import LEA, write_ods, write_sis
from tests.support.extracts import Record as Fields
from tests.support.lives import SCHOOLS, key_of

# CALPADS accepts nothing that no document confirms.
STRICT = Assumptions(
    blank_exit_reopens=False, handover_day_is_free=False, no_show_blocks_nothing=False
)


@dataclass(frozen=True)
class Choices:
    """What the office chooses for a run; empty means all LEAs, all schools, no date of the ODS."""

    as_of: date
    change_years: str
    leas: tuple[str, ...] = ()
    school: str | None = None
    ods_date: date | None = None


class County:
    """Some districts with one workspace.

    ``districts`` are the districts by LEA, and ``calpads`` is what CALPADS has for each, which only
    the uploads change; it accepts ``accepted`` in spite of its rules. ``states`` is the state that
    the ledger should have for each file, by run and name; ``rejected`` has the SSIDs of rejected
    records by Local Record ID.
    """

    def __init__(
        self,
        folder: Path,
        homes: Mapping[str, District],
        configuration: str,
        accepted: frozenset[tuple[str, str]],
        rng: Random,
    ) -> None:
        self.folder, self.rng = folder, rng
        self.database = folder / "senr.duckdb"
        self.states: dict[tuple[str, str], str] = {}
        self.rejected: dict[str, str] = {}
        self._homes = dict(homes)
        self._places = {lea: place for place, lea in enumerate(homes)}
        self._calpads_accepts = Assumptions(accepted=accepted)
        self.districts = self._settle_all()
        self.calpads = {
            lea: Ods([Record(**one) for student in district.students for one in student.ods], lea)
            for lea, district in self.districts.items()
        }
        self._do_not_report = frozenset(
            rng.choice(_list_truth(district))[0]
            for district in self.districts.values()
            if rng.random() < 0.3
        )
        self._kept = frozenset(self._choose_kept())
        self._config = self._configure(configuration)
        self._extracts: dict[str, tuple[date, Path]] = {}
        self._rejections: list[Path] = []

    @property
    def extracts_reach(self) -> date:
        """The day on which the oldest of the ODS extracts was downloaded."""
        return min(day for day, _ in self._extracts.values())

    def download(self, day: date, leas: Sequence[str], shuffled: bool = False) -> None:
        """Download the ODS extracts of some LEAs, each as a file of its own."""
        for lea in leas:
            path = self.folder / f"ods_{lea}_{day:%m%d}.txt"
            records = [_read_fields(one) for one in self.calpads[lea].records()]
            if shuffled:
                self.rng.shuffle(records)
            self._extracts[lea] = (day, write_ods(path, records))

    def keep_extracts(self) -> dict[str, tuple[date, Path]]:
        """Return the ODS extracts at hand, to be used again later."""
        return dict(self._extracts)

    def use_extracts(self, kept: Mapping[str, tuple[date, Path]]) -> None:
        """Use older ODS extracts again."""
        self._extracts = dict(kept)

    def live_on(self, day: date) -> None:
        """Let the students live on until a day."""
        for lea, home in self._homes.items():
            in_calpads: dict[str, tuple[Fields, ...]] = {}
            for record in self.calpads[lea].records():
                fields = _read_fields(record)
                school = int(fields["school_of_attendance"]) - 1000 * self._places[lea]
                fields |= {"reporting_lea": LEA, "school_of_attendance": str(school)}
                in_calpads[record.ssid] = (*in_calpads.get(record.ssid, ()), fields)
            self._homes[lea] = go_on(home, day, in_calpads, self.rng.randrange(2**31))
        self.districts = self._settle_all()

    def run(self, choices: Choices, shuffled: bool = False) -> RunResult:
        """Export the SIS, and reconcile it with the ODS extracts at hand."""
        options: dict[str, Any] = {
            **NO_GUARDS,
            "lea": list(choices.leas or self.districts),
            "as_of": choices.as_of,
            "change_years": choices.change_years,
        }
        options |= {"school": [choices.school]} if choices.school else {}
        options |= {"ods_date": choices.ods_date} if choices.ods_date else {}
        settings = load_settings(self._config, options, choices.as_of)
        ods = [path for _, path in self._extracts.values()]
        self.rng.shuffle(ods)
        job = Job(ods, [self._export(shuffled)], settings, self.folder / "out", self.database)
        result = run_job(job)
        for name, _ in result.named_files:
            self.states.setdefault((result.run_id, name), "written")
        return result

    def find_scope(self, lea: str, choices: Choices) -> Scope:
        """Return which of an LEA's records a run with these choices compares."""
        exits = {
            key_of(one): one.get("enrollment_exit_date", "")
            for student in self.districts[lea].students
            for one in student.sis
        }
        schools = frozenset([choices.school] if choices.school else ())
        return Scope(
            choices.as_of, choices.change_years, self._do_not_report, self._kept, exits, schools
        )

    def take_turns(
        self, result: RunResult, believed: Mapping[str, Ods] | None = None
    ) -> dict[str, Turn]:
        """Return the turn of each LEA as if everything posted; CALPADS itself does not change.

        ``believed`` is what the office believes that CALPADS has, if it is wrong.
        """
        return post_run(result, copy.deepcopy(believed or self.calpads), self._calpads_accepts)

    def list_students(self, lea: str, turn: Turn) -> list[Student]:
        """Return an LEA's students with what CALPADS had for them before a turn."""
        known: dict[str, tuple[Fields, ...]] = {}
        for record in turn.before.values():
            known[record.ssid] = (*known.get(record.ssid, ()), _read_fields(record))
        return [
            replace(student, ods=known.get(student.ssid, ()))
            for student in self.districts[lea].students
        ]

    def list_ssids(self, leas: Iterable[str]) -> set[str]:
        """Return the SSIDs of all students of some LEAs."""
        return {student.ssid for lea in leas for student in self.districts[lea].students}

    def upload(self, turn: Turn, lea: str, count: int, to: Ods | None = None) -> None:
        """Upload an LEA's first files to CALPADS, or to what the office believes that it has."""
        for name, records in list(turn.files.items())[:count]:
            ods = self.calpads[lea] if to is None else to
            as_of = turn.result.settings.as_of
            assert post_file(ods, name, records, as_of, self._calpads_accepts).posted

    def mark(self, turn: Turn, lea: str, count: int) -> None:
        """Record that an LEA's first files have posted."""
        if not count:
            return
        run_id, names = turn.result.run_id, _name_files(turn, lea)
        through = names[count - 1].rpartition("/")[2]
        with self._open_ledger() as ledger:
            mark_posted(ledger, run_id, lea, through, turn.result.settings.as_of)
        self.states |= {(run_id, name): "posted" for name in names[:count]}

    def undo(self, turn: Turn, lea: str) -> None:
        """Record that none of an LEA's files has posted."""
        run_id = turn.result.run_id
        with self._open_ledger() as ledger:
            unmark_posted(ledger, run_id, lea, None)
        self.states |= {(run_id, name): "written" for name in _name_files(turn, lea)}

    def reject(self, turn: Turn, lea: str, number: int) -> None:
        """Let CALPADS reject a file, by its number from 0, and record what it rejected.

        CALPADS rejects what no document says that it accepts. If there is nothing, it rejects one
        of the records because of another LEA.
        """
        as_of = turn.result.settings.as_of
        name, records = list(turn.files.items())[number]
        strict = replace(STRICT, accepted=self._calpads_accepts.accepted)
        result = post_file(copy.deepcopy(self.calpads[lea]), name, records, as_of, strict)
        found = {(one.line, one.rule) for one in result.rejections}
        lines = []
        for line, rule in sorted(found or {(self.rng.randint(1, len(records)), "SENR0028")}):
            record = records[line - 1]
            self.rejected[record.local_record_id] = record.ssid
            lines.append("^".join(["SENR-E", "", *record[2:35], rule, "F", "Refused", "", ""]))
        path = self.folder / f"rejected_{len(self._rejections)}.txt"
        path.write_text("".join(f"{line}\r\n" for line in lines), encoding="utf-8", newline="")
        self._rejections.append(path)
        with self._open_ledger() as ledger:
            keep_rejections(ledger, path, as_of)
        self.states[turn.result.run_id, _name_files(turn, lea)[number]] = "rejected"

    def take_back_rejections(self) -> None:
        """Take back all rejections, because the office has fixed their causes in CALPADS."""
        with self._open_ledger() as ledger:
            for path in self._rejections:
                take_back_rejections(ledger, path)
        self.rejected.clear()
        taken = {file: "written" for file, state in self.states.items() if state == "rejected"}
        self.states |= taken

    def edit_by_hand(self, lea: str, day: date) -> None:
        """Change some records in CALPADS's own pages, which no ledger knows of."""
        records = [one for one in self.calpads[lea].records() if not one.enrollment_exit_date]
        for record in self.rng.sample(records, min(5, len(records))):
            code = "" if record.student_school_transfer_code else "1"
            self.calpads[lea].post_record(record._replace(student_school_transfer_code=code), day)

    def read_ledger(self) -> dict[str, list[dict[str, Any]]]:
        """Return all rows of the ledger, by table."""
        tables = {}
        with duckdb.connect(str(self.folder / "senr.ledger.duckdb"), read_only=True) as con:
            for (name,) in con.execute("select table_name from duckdb_tables()").fetchall():
                rows = con.execute(f"from {name} order by all")
                columns = [column[0] for column in rows.description or ()]
                tables[name] = [dict(zip(columns, row, strict=True)) for row in rows.fetchall()]
        return tables

    @contextmanager
    def _open_ledger(self) -> "Iterator[duckdb.DuckDBPyConnection]":
        with hold_workspace(self.database), change_ledger(self.database) as ledger:
            yield ledger

    def _settle_all(self) -> dict[str, District]:
        return {lea: settle_in(home, lea, self._places[lea]) for lea, home in self._homes.items()}

    def _export(self, shuffled: bool) -> Path:
        students = [one for district in self.districts.values() for one in district.students]
        records = [one for student in students for one in student.sis]
        if shuffled:
            self.rng.shuffle(records)
        return write_sis(self.folder / "sis.txt", records)

    def _choose_kept(self) -> Iterator[Key]:
        """Yield some of the keys that only CALPADS has."""
        for lea, district in self.districts.items():
            known = set(_list_truth(district))
            for record in self.calpads[lea].records():
                if record.key not in known and self.rng.random() < 0.2:
                    yield record.key

    def _configure(self, configuration: str) -> Path:
        rows = [f"{ssid},{school},{start},by hand\n" for school, ssid, start in sorted(self._kept)]
        head = "ssid,school_of_attendance,enrollment_start_date,why\n"
        (self.folder / "keep.csv").write_text(head + "".join(rows), encoding="utf-8")
        schools = ", ".join(f'"{school}"' for school in sorted(self._do_not_report))
        self._write_school_list()
        own = f'[schools]\nlist = "schools.csv"\ndo_not_report = [{schools}]\n'
        own += '[keep]\nfile = "keep.csv"\n'
        path = self.folder / "senr.toml"
        path.write_text(configuration + own, encoding="utf-8")
        return path

    def _write_school_list(self) -> None:
        """Write a list in which all schools have all grades: these are too few to show that."""
        rows = [
            f"{lea}{int(school) + 1000 * place},P-12\n"
            for lea, place in self._places.items()
            for school in SCHOOLS
        ]
        (self.folder / "schools.csv").write_text("CDSCode,GSoffered\n" + "".join(rows), "utf-8")


def _list_truth(district: District) -> list[Key]:
    return [key_of(one) for student in district.students for one in student.truth]


def _name_files(turn: Turn, lea: str) -> list[str]:
    return [name for name, file in turn.result.named_files if file.lea == lea]


def _read_fields(record: Record) -> Fields:
    """Return a record of CALPADS as the tests write extracts: blank fields are left out."""
    fields = {name: value for name, value in record._asdict().items() if value}
    del fields["record_type_code"]
    return fields
