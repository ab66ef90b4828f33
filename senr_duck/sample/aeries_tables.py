"""Write the SIS side of a sample as tables of Aeries: a mock, under the names of its help pages."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TextIO

from senr_duck.reference.sql_tables import quote
from senr_duck.sample.days import IMPOSSIBLE_DATE

# A preschooler's grade, which a district chooses; senr.toml of the sample translates it.
PRESCHOOL = 15
_GRADES = {"TK": -1, "K": 0, "KN": 0, "PK": PRESCHOOL, "PS": PRESCHOOL}
_LEAVING_SENIOR = 13
_NAME_PARTS = ("first_name", "middle_name", "last_name", "name_suffix")
# A school of Aeries's own that reports under another one.
_VIRTUAL_SCHOOL = 900
_PER_INSERT = 500  # SQL Server takes at most 1,000 rows

_TABLES = {
    "loc": "cd int, cc varchar(2), dc varchar(5), sc varchar(7), del int",
    "stu": (
        "id int, sc int, sn int, cid varchar(10), fn varchar(50), mn varchar(50), ln varchar(50), "
        "sf varchar(5), fna varchar(50), mna varchar(50), lna varchar(50), bd date, gn varchar(1), "
        "bcy varchar(50), bst varchar(6), bcu varchar(2), hsg varchar(3), ng int, ns int, "
        "gex varchar(1), ens varchar(14), u1 varchar(1), del int"
    ),
    "enr": (
        "id int, sc int, yr int, ed date, ld date, er varchar(4), gr int, pr varchar(2), "
        "it varchar(1), itd varchar(14), hs int, nps varchar(7), u2 varchar(1), del int"
    ),
    "lsi": ("id int, lfn varchar(50), mln varchar(50), lln varchar(50), lsf varchar(5), del int"),
    "act": "pid int, cd varchar(10), del int",
    "cse": "id int, del int",
}

_Row = Mapping[str, str]
_Value = str | int | None


@dataclass
class _Schools:
    """Aeries's numbers of schools, given in the order in which the codes are met."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def find(self, lea: str, code: str) -> int:
        """Return the number of a school; 0 for none, as in Aeries."""
        return self.numbers.setdefault((lea, code), len(self.numbers) + 1) if code else 0

    def rows(self) -> Iterator[tuple[_Value, ...]]:
        """Yield the rows of LOC: the schools, the one that reports under others, a deleted one."""
        for (lea, code), number in self.numbers.items():
            yield number, lea[:2], lea[2:], code, 0
        lea = next(iter(self.numbers), ("0000000", ""))[0]
        yield _VIRTUAL_SCHOOL, lea[:2], lea[2:], "0000000", 0
        yield 1, lea[:2], lea[2:], "9999999", 1


def write_aeries_tables(sis: Path, path: Path) -> None:
    """Write tables with the enrollments of a SIS extract of the sample to ``path``, as SQL.

    The script creates and fills them, on SQL Server and PostgreSQL alike. ``sis.csv`` is sorted by
    student, so a student at a time is in memory. Deletion lines have no place in tables, nor has a
    date that is none: its exit keeps the reason alone.
    """
    schools = _Schools()
    with (
        sis.open(encoding="utf-8", newline="") as extract,
        path.open("w", encoding="utf-8", newline="\n") as file,
    ):
        file.write("-- Made-up students in tables with the names of Aeries: a mock.\n\n")
        for table, columns in _TABLES.items():
            file.write(f"create table {table} ({columns});\n")
        waiting: dict[str, list[tuple[_Value, ...]]] = {table: [] for table in _TABLES}
        lines = (line for line in csv.DictReader(extract) if line["transaction_type_code"] != "D")
        for _, of_student in groupby(lines, lambda line: line["local_student_id"]):
            for table, row in _write_student(list(of_student), schools):
                waiting[table].append(row)
                if len(waiting[table]) == _PER_INSERT:
                    _insert(file, table, waiting[table])
        waiting["loc"] += schools.rows()
        for table, rows in waiting.items():
            _insert(file, table, rows)


def _write_student(
    lines: Sequence[_Row], schools: _Schools
) -> Iterator[tuple[str, tuple[_Value, ...]]]:
    """Yield the rows of a student, each with its table.

    So that a query that forgets something is found out, some students have a legal name of their
    own, some a school that reports under another one, and some have deleted rows.
    """
    student = int(lines[0]["local_student_id"])
    numbers = [schools.find(line["reporting_lea"], line["school_of_attendance"]) for line in lines]
    reports_elsewhere = student % 20 == 0 and len(set(numbers)) == 1
    last = dict(zip(numbers, lines, strict=True))
    for line, number in zip(lines, numbers, strict=True):
        yield "enr", _write_enrollment(line, student, number, reports_elsewhere)
    for serial, (number, line) in enumerate(last.items(), start=1):
        at = _VIRTUAL_SCHOOL if reports_elsewhere else number
        yield "stu", _write_person(line, student, at, serial, schools)
    legal = [lines[0][f"student_legal_{part}"] for part in _NAME_PARTS]
    if _has_other_name(student):
        yield "lsi", (student, *legal, 0)
    elif _has_other_last_name(student):
        yield "lsi", (student, "", "", legal[2], "", 0)
    if lines[0]["student_with_disability"] == "Y":
        yield "cse", (student, 0)
    for line in lines:
        if line["student_golden_state_seal_merit_diploma_indicator"] == "Y":
            yield "act", (student, "GSSMD", 0)
        if line["student_seal_of_biliteracy_indicator"] == "Y":
            yield "act", (student, "SSB", 0)
    if student % 25 == 0:
        yield "enr", (*_write_enrollment(lines[-1], student, numbers[-1], False)[:-1], 1)
        yield "lsi", (student, "Deleted", "Deleted", "Deleted", "", 1)
        yield "cse", (student, 1)
        yield "act", (student, "GSSMD", 1)
        yield "act", (student, "SSB", 1)
        person = _write_person(lines[-1], student, numbers[-1], 999, schools)
        yield "stu", (*person[:4], "Deleted", *person[5:-1], 1)
    yield "act", (student, "SPORTS", 0)


def _write_enrollment(
    line: _Row, student: int, number: int, reports_elsewhere: bool
) -> tuple[_Value, ...]:
    start = line["enrollment_start_date"]
    reason = line["student_exit_reason_code"]
    residence = line["district_of_geographic_residence_code"]
    status = line["enrollment_status_code"]
    exit_date = line["enrollment_exit_date"]
    return (
        student,
        _VIRTUAL_SCHOOL if reports_elsewhere else number,
        int(start[:4]) - (start[5:7] < "07"),
        start,
        None if exit_date in ("", *IMPOSSIBLE_DATE) else exit_date,
        "440" if reason == "E150" else reason,
        _number_grade(line["grade_level_code"]),
        "" if status == "10" else status,
        line["student_school_transfer_code"],
        f"{residence}0000000" if residence else "",
        number if reports_elsewhere else 0,
        line["school_of_attendance_nps"],
        line["adult_age_students_with_disabilities_in_transition_status"],
        0,
    )


def _write_person(
    line: _Row, student: int, number: int, serial: int, schools: _Schools
) -> tuple[_Value, ...]:
    lea = line["reporting_lea"]
    receiver = line["expected_receiver_school_of_attendance"]
    grade = _number_grade(line["next_grade_level_code"])
    return (
        student,
        number,
        serial,
        line["ssid"],
        "Sunny" if _has_other_name(student) else line["student_legal_first_name"],
        line["student_legal_middle_name"],
        "Gale" if _has_other_last_name(student) else line["student_legal_last_name"],
        line["student_legal_name_suffix"],
        line["student_alias_first_name"],
        line["student_alias_middle_name"],
        line["student_alias_last_name"],
        line["student_birth_date"],
        line["student_gender_code"],
        line["student_birth_city"],
        line["student_birth_state_province_code"].removeprefix("US-"),
        line["student_birth_country_code"],
        line["student_school_completion_status_code"],
        _LEAVING_SENIOR if grade is None and line["grade_level_code"] == "12" else grade,
        schools.find(lea, line["next_school_of_attendance"]),
        line["graduation_exemption_indicator"],
        f"{lea}{receiver}" if receiver else "",
        line["student_met_all_uc_csu_requirements_indicator"],
        0,
    )


def _has_other_name(student: int) -> bool:
    """Return whether STU has the name that a student goes by, and LSI the whole legal name."""
    return student % 9 == 0


def _has_other_last_name(student: int) -> bool:
    """Return whether LSI has the legal last name and nothing else."""
    return student % 14 == 0 and not _has_other_name(student)


def _number_grade(code: str) -> int | None:
    if not code:
        return None
    return _GRADES[code] if code in _GRADES else int(code)


def _insert(file: TextIO, table: str, rows: list[tuple[_Value, ...]]) -> None:
    """Write the rows and forget them."""
    if rows:
        values = ",\n".join(f"({', '.join(map(_quote, row))})" for row in rows)
        file.write(f"\ninsert into {table} values\n{values};\n")
        rows.clear()


def _quote(value: _Value) -> str:
    if isinstance(value, str):
        return quote(value)
    return "null" if value is None else str(value)
