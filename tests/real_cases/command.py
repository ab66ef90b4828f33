"""Run the whole command on cases, and read the zip and exceptions.csv that it wrote."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.real_cases.notation import UPLOAD, Case, plain_students, write_record
from tests.support.command_line import Ended, senr_duck
from tests.support.extracts import Record, write_ods, write_sis
from tests.support.few_students import BEFORE

# Of a held student nothing is sent, so whether these warnings are listed too makes no difference.
OF_SENT = {"OPEN-TO-NO-SHOW", "REMOVES-HISTORY"}
NOT_IN_LAYOUT = ("next_grade_level_code", "next_school_of_attendance", "student_with_disability")

CALENDAR = """
[calendar."2024-2025"]
last_day = 2025-06-06
[calendar."2025-2026"]
last_day = 2026-06-05
"""


@dataclass(frozen=True)
class Sent:
    """A record in an upload file: the file as the tests call it, and the record's fields."""

    file: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Done:
    """What the command wrote: its exit status, its words, the zip, and exceptions.csv."""

    folder: Path
    ended: Ended

    @property
    def status(self) -> int:
        return self.ended.returncode

    @cached_property
    def summary(self) -> dict[str, Any]:
        """The printed object; empty if the run printed none."""
        printed = json.loads(self.ended.stdout) if self.ended.stdout.strip() else {}
        assert isinstance(printed, dict)
        return printed

    @property
    def words(self) -> str:
        """Everything that a person reads of a run, on one line."""
        notices = self.summary.get("notices", [])
        stopped = self.summary.get("stopped", [])
        return " ".join(" ".join([self.ended.stderr, *notices, *map(str, stopped)]).split())

    @cached_property
    def exceptions(self) -> list[dict[str, str]]:
        found = sorted(self.folder.glob("out/[!.]*/exceptions.csv"))
        if not found:
            return []
        (path,) = found
        return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))

    @cached_property
    def records(self) -> list[Sent]:
        """All records of the zip, in upload order; none if the run was stopped."""
        if "zip" not in self.summary:
            return []
        names = [(one["name"], is_set_apart) for one, is_set_apart in self._files()]
        found = []
        with zipfile.ZipFile(self.folder / self.summary["zip"]) as archive:
            assert archive.namelist() == [name for name, _ in names]
            apart = 0
            for name, is_set_apart in names:
                apart += is_set_apart
                file = call_file(name, apart if is_set_apart else 0)
                for line in archive.read(name).decode("utf-8").splitlines():
                    fields = dict(zip(UPLOAD, line.split("^"), strict=True))
                    found.append(Sent(file, fields))
        return found

    def _files(self) -> list[tuple[dict[str, Any], bool]]:
        path = self.folder / self.summary["out_dir"] / "manifest.json"
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        return [(one, one["is_unconfirmed"]) for one in files]

    def sent(self, case: Case) -> tuple[str, ...]:
        """The case's records in upload order, each after its file."""
        mine = [one for one in self.records if one.fields["ssid"] in case.ssids]
        return tuple(f"{one.file}: {write_record(one.fields, case.ssid)}" for one in mine)

    def lines(self, case: Case) -> list[dict[str, str]]:
        """The case's lines in exceptions.csv."""
        return [one for one in self.exceptions if one["ssid"] in case.ssids]

    def rules(self, case: Case, severity: str) -> tuple[str, ...]:
        found = {one["rule"] for one in self.lines(case) if one["severity"] == severity}
        return tuple(sorted(found))

    def held_ssids(self) -> set[str]:
        return {one["ssid"] for one in self.exceptions if one["held"] == "Y"}

    def check(self, case: Case) -> None:
        """Assert everything that the case promises."""
        assert self.status == 0, self.words
        found = {
            "sent": self.sent(case),
            "held": self.rules(case, "fatal"),
            "on hold": self.held_ssids() & case.ssids,
            "warned": tuple(
                rule for rule in self.rules(case, "warning") if not (case.held and rule in OF_SENT)
            ),
            "listed": self.rules(case, "notice"),
        }
        expected = {
            "sent": case.sent,
            "held": tuple(sorted(case.held)),
            "on hold": case.ssids if case.held else set(),
            "warned": tuple(sorted(case.warned)),
            "listed": tuple(sorted(case.listed)),
        }
        wrong = [
            f"{name}: {found[name]}, not {right}"
            for name, right in expected.items()
            if found[name] != right
        ]
        assert wrong == [], "\n".join([*wrong, *(one["message"] for one in self.lines(case))])
        said = " ".join(f"{one['message']} {one['fix']}" for one in self.lines(case))
        assert [words for words in case.says if words not in said] == [], said
        assert [words for words in case.never_says if words in said] == [], said


def call_file(name: str, apart: int) -> str:
    """Return how the tests call a file: several cases share a run, so its number may differ.

    The first of a category has no number; those that are set apart are numbered by themselves.
    """
    found = re.fullmatch(r"(\d{3}_[A-Za-z]+)(?:_(\d+))?\.txt", name)
    assert found, f"{name} is no upload file"
    number = apart or int(found[2] or 1)
    category = f"{found[1]} set apart" if apart else found[1]
    return category if number == 1 else f"{category} {number}"


def write_table(path: Path, records: Sequence[Record], delimiter: str = ",") -> Path:
    """Write a SIS table: a header of column names, those that the layout lacks included."""
    extra = [name for name in NOT_IN_LAYOUT if any(name in one for one in records)]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, [*UPLOAD, *extra], restval="", delimiter=delimiter)
        rows.writeheader()
        for one in records:
            rows.writerow({name: one[name] for name in rows.fieldnames if name in one})
    return path


def write_sides(folder: Path, ods: Sequence[Record], sis: Sequence[Record]) -> tuple[str, ...]:
    """Write both extracts; return the options that name them.

    The SIS extract is a table with a header if a record has a field that the layout lacks.
    """
    write_ods(folder / "ods.txt", ods)
    if any(name in one for one in sis for name in NOT_IN_LAYOUT):
        write_table(folder / "sis.csv", sis)
        return ("--ods", "ods.txt", "--sis", "sis.csv")
    write_sis(folder / "sis.txt", sis)
    return ("--ods", "ods.txt", "--sis", "sis.txt")


def reconcile(
    folder: Path,
    cases: Iterable[Case],
    *options: str,
    as_of: str = "2025-10-15",
    config: str = CALENDAR,
    plain: Sequence[Record] | None = None,
) -> Done:
    """Run the command on the cases and the plain students, and return what it wrote."""
    plain, chosen = plain_students() if plain is None else plain, list(cases)
    assert len({case.ssid for case in chosen}) == len(chosen), "two cases of one row"
    ods = [*plain, *(one for case in chosen for one in case.ods_records)]
    sis = [*plain, *(one for case in chosen for one in case.sis_records)]
    changed = (date.fromisoformat(as_of) - timedelta(days=1)).strftime("%Y%m%d")
    dated = [{**one, "upload_date": changed, "last_date_updated": changed} for one in ods]
    inputs = write_sides(folder, dated, sis)
    return run_command(folder, *inputs, *options, as_of=as_of, config=config)


def run_command(
    folder: Path, *options: str, as_of: str = "2025-10-15", config: str = CALENDAR
) -> Done:
    """Run the command on extracts that the test has written."""
    (folder / "senr.toml").write_text(config, encoding="utf-8")
    arguments = ("run", *options, "--as-of", as_of, "--allow-other-year", "--json")
    return Done(folder, senr_duck(folder, *arguments, before=BEFORE))
