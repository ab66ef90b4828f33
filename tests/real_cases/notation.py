"""Write a real case in a few words, run the whole command on it, and read what it wrote.

An enrollment is written ``E1 250811-250912 T160``: the school, the start and the exit as YYMMDD
(nothing after the hyphen means open), and the exit reason. After it come, in any order and only
where they are not the usual ones:

- ``E230/100``: exit reason and completion status; ``st20``: status; ``gr09``: grade level
- ``D``, ``R`` or ``A`` before the school: the transaction code
- ``name=value``: another field, by a name of ``FIELDS`` or of the layout

A semicolon separates the enrollments of one side. Records in upload files are written the same way,
after the name of their file.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from senr_duck.reference.layout import all_fields
from tests.support.command_line import Ended, senr_duck
from tests.support.extracts import Record, record, write_ods, write_sis
from tests.support.few_students import BEFORE

SCHOOLS = {
    "E1": "6015986",
    "E2": "6016018",
    "M1": "6057913",
    "H1": "1930650",
    "H2": "1931476",
}
# The usual grade this school year, and the usual birth date, by the first letter of the school.
GRADES = {"E": "05", "M": "08", "H": "10"}
BIRTH_DATES = {"E": "20150303", "M": "20120303", "H": "20100303"}
FIELDS = {
    "ssid": "ssid",
    "lea": "reporting_lea",
    "local": "local_student_id",
    "born": "student_birth_date",
    "gender": "student_gender_code",
    "first": "student_legal_first_name",
    "last": "student_legal_last_name",
    "receiver": "expected_receiver_school_of_attendance",
    "uc_csu": "student_met_all_uc_csu_requirements_indicator",
    "transfer": "student_school_transfer_code",
    "residence": "district_of_geographic_residence_code",
    "transition": "adult_age_students_with_disabilities_in_transition_status",
    "exemption": "graduation_exemption_indicator",
    "next_grade": "next_grade_level_code",
    "next_school": "next_school_of_attendance",
    "disability": "student_with_disability",
}
# Fields of an upload record that are shown only where they differ from what the notation implies.
SHOWN = ("receiver", "uc_csu", "transfer", "residence", "transition", "exemption")
# Of a held student nothing is sent, so whether these warnings are listed too makes no difference.
OF_SENT = {"OPEN-TO-NO-SHOW", "REMOVES-HISTORY"}
NOT_IN_LAYOUT = ("next_grade_level_code", "next_school_of_attendance", "student_with_disability")
COLUMNS = [one.column for one in all_fields()]
UPLOAD = COLUMNS[:-2]

CALENDAR = """
[calendar."2024-2025"]
last_day = 2025-06-06
[calendar."2025-2026"]
last_day = 2026-06-05
"""


@dataclass(frozen=True)
class Case:
    """One student of a row, both sides, and what is right.

    ``sent`` are the records in upload files, in the order of the files. ``held`` are the rules that
    put the student on hold, ``warned`` and ``listed`` the rules of warnings and notices, each rule
    once. ``says`` are words that the student's lines in exceptions.csv contain, ``never_says``
    words that they don't. ``in_ods`` and ``in_sis`` are fields of every record of a side; ``born``
    is the birth date if it is not the usual one of the school.
    """

    row: str
    what: str
    ods: str = ""
    sis: str = ""
    sent: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    never_says: tuple[str, ...] = ()
    in_ods: Mapping[str, str] = field(default_factory=dict)
    in_sis: Mapping[str, str] = field(default_factory=dict)
    born: str = ""

    def __str__(self) -> str:
        return f"case {self.row}: {self.what}"

    @property
    def ssid(self) -> str:
        number, letter = split_row(self.row)
        return f"31{number:05}{letter:03}"

    @property
    def ods_records(self) -> list[Record]:
        return self._read(self.ods, self.in_ods)

    @property
    def sis_records(self) -> list[Record]:
        return self._read(self.sis, self.in_sis)

    @property
    def ssids(self) -> set[str]:
        """All SSIDs of the case: its own, and those that its enrollments name."""
        return {one["ssid"] for one in (*self.ods_records, *self.sis_records)} - {""}

    def _read(self, side: str, fields: Mapping[str, str]) -> list[Record]:
        first = (self.ods or self.sis).split()
        school = next(word for word in first if len(word) > 1)
        born = read_date(self.born) or BIRTH_DATES.get(school[0], BIRTH_DATES["H"])
        person = {
            "local_student_id": f"R{self.row}",
            "student_legal_first_name": "Ann",
            "student_legal_last_name": f"Lee{spell(int(self.ssid))}",
            "student_birth_date": born,
        }
        written = [text.strip() for text in side.split(";") if text.strip()]
        wanted = {FIELDS.get(name, name): value for name, value in fields.items()}
        return [{**read_enrollment(one, self.ssid, person), **wanted} for one in written]


def split_row(row: str) -> tuple[int, int]:
    """Return the row's number and the place of its letter: 0 without one, 1 for a."""
    found = re.fullmatch(r"(\d+)([a-z]?)", row)
    assert found, f"{row} is no row"
    return int(found[1]), ord(found[2]) - 96 if found[2] else 0


def spell(number: int) -> str:
    """Write a number in letters, so that each student has a name of its own."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def read_enrollment(text: str, ssid: str, person: Mapping[str, str]) -> Record:
    """Return the record that the notation describes."""
    words = text.split()
    fields = dict(person)
    if words[0] in ("D", "R", "A"):
        fields["transaction_type_code"] = words.pop(0)
    school, span, *rest = words
    start, _, end = span.partition("-")
    school, _, nps = school.partition("/")
    fields["enrollment_exit_date"] = read_date(end)
    fields["school_of_attendance_nps"] = nps
    fields["grade_level_code"] = usual_grade(school, read_date(start))
    for word in rest:
        name, is_named, value = word.partition("=")
        if is_named:
            column = FIELDS.get(name, name)
            fields[column] = read_date(value) if name == "born" else SCHOOLS.get(value, value)
        elif re.fullmatch(r"st\d\d", word):
            fields["enrollment_status_code"] = word[2:]
        elif word.startswith("gr"):
            fields["grade_level_code"] = word[2:]
        else:
            fields |= read_exit(word)
    own = fields.pop("ssid", ssid)
    one = record(own, SCHOOLS.get(school, school), read_date(start), **fields)
    return {**one, "upload_date": "20251014", "last_date_updated": "20251014"}


def read_exit(word: str) -> dict[str, str]:
    reason, _, completion = word.partition("/")
    fields = {"student_exit_reason_code": reason}
    if completion:
        fields["student_school_completion_status_code"] = completion
    if completion == "100":
        fields |= {FIELDS["uc_csu"]: "N", FIELDS["exemption"]: "N"}
    return fields


def read_date(text: str) -> str:
    return f"20{text}" if re.fullmatch(r"\d{6}", text) else text


def usual_grade(school: str, start: str) -> str:
    """Return the grade of a plain student there: one less for each earlier school year."""
    grade = int(GRADES.get(school[0], "10"))
    years_ago = 2025 - (int(start[:4]) - (start[4:6] < "07"))
    return f"{grade - max(years_ago, 0):02}"


def plain_students(count: int = 50, **fields: str) -> list[Record]:
    """Return students who agree on both sides: last year's enrollment and this year's.

    ``fields`` replace those of every record.
    """
    records = []
    for number in range(count):
        school = list(SCHOOLS)[number % len(SCHOOLS)]
        ssid = str(2000000001 + number)
        person = {
            "local_student_id": f"P{number}",
            "student_legal_first_name": "Pat",
            "student_legal_last_name": f"Plain{spell(100 + number)}",
            "student_birth_date": BIRTH_DATES[school[0]],
        }
        for text in (f"{school} 240812-250606 E155", f"{school} 250811-"):
            records.append({**read_enrollment(text, ssid, person), **fields})
    return records


def write_record(fields: Mapping[str, str], own_ssid: str) -> str:
    """Return an upload record in the notation; ``ssid=`` only if it is not the case's own."""
    codes = {code: name for name, code in SCHOOLS.items()}
    school = codes.get(fields["school_of_attendance"], fields["school_of_attendance"])
    nps, start = fields["school_of_attendance_nps"], fields["enrollment_start_date"]
    words = [
        fields["transaction_type_code"],
        f"{school}/{nps}" if nps else school,
        f"{start[2:]}-{fields['enrollment_exit_date'][2:]}",
        fields["student_exit_reason_code"],
    ]
    completion = fields["student_school_completion_status_code"]
    if completion:
        words[-1] += f"/{completion}"
    if fields["enrollment_status_code"] != "10":
        words.append(f"st{fields['enrollment_status_code']}")
    if fields["grade_level_code"] != usual_grade(school, start):
        words.append(f"gr{fields['grade_level_code']}")
    if fields["ssid"] != own_ssid:
        words.append(f"ssid={fields['ssid']}")
    usual = {"uc_csu": "N", "exemption": "N"} if completion == "100" else {}
    for name in SHOWN:
        value = fields[FIELDS[name]]
        if value != usual.get(name, ""):
            words.append(f"{name}={codes.get(value, value)}")
    return " ".join(word for word in words if word)


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
