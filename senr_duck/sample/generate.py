"""A whole sample: two extracts that drifted apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from senr_duck.errors import InputError
from senr_duck.sample.case import Case
from senr_duck.sample.companions import write_config, write_keep_list, write_schools
from senr_duck.sample.days import iso_text
from senr_duck.sample.district import District
from senr_duck.sample.drift import Drift, apply_first_fitting, schedule_drifts
from senr_duck.sample.life import live
from senr_duck.sample.lines import LineWriter, sis_header
from senr_duck.sample.people import make_person
from senr_duck.sample.public_list import find_district
from senr_duck.sample.student import choose_birth_day
from senr_duck.workspace import create_private_file, create_private_folder

# With these steps no identifier outgrows its 10 or 7 digits.
_MAX_STUDENTS = 1_000_000
_FIRST_SSID, _SSID_STEP = 1_000_000_000, 8_000
_FIRST_LOCAL_STUDENT_ID, _LOCAL_STUDENT_ID_STEP = 2_000_000, 7


@dataclass(frozen=True)
class SamplePaths:
    """Where a sample lies, and how many students and enrollment records each side holds.

    ``students`` counts everyone made up; those who are on one side only are among them.
    """

    ods: Path
    sis: Path
    config: Path
    keep: Path
    schools: Path
    students: int
    ods_students: int
    ods_records: int
    sis_students: int
    sis_records: int


def write_sample(district: str, students: int | None, seed: int, out: Path) -> SamplePaths:
    """Write a sample for a district of California's public school list into a folder.

    ``out`` is created if missing; files of the same names in it are replaced: ``ods.txt``
    (SENR-R), ``sis.csv``, ``senr.toml``, ``keep.csv`` and ``schools.csv``. The sample holds
    ``students`` made-up students, by default as many as the district enrolled in 2023-24, over
    the three school years up to ``AS_OF``. The same arguments write the same bytes.

    The true enrollments break no rule of ``rules.csv``; the sides then drift apart as the table
    ``DRIFTS`` says. Raises InputError for an unknown or ambiguous district, for one without
    schools, and for a number of students outside 1 to 1,000,000.
    """
    place = find_district(district)
    count = place.size if students is None else students
    if not 1 <= count <= _MAX_STUDENTS:
        raise InputError(
            f"a sample of {count:,} students was asked for",
            f"ask for 1 to {_MAX_STUDENTS:,} students",
        )
    create_private_folder(out)
    for name in ("ods.txt", "sis.csv", "senr.toml", "keep.csv", "schools.csv"):
        create_private_file(out / name, replace=True)
    writer = LineWriter(place)
    # The ODS extract is sorted by school first, so it can't be written student by student.
    ods_by_school = [bytearray() for _ in place.schools]
    keep_list: list[tuple[str, str, str, str]] = []
    ods_students = ods_records = sis_students = sis_records = 0
    with (out / "sis.csv").open("w", encoding="utf-8", newline="") as sis:
        sis.write(sis_header())
        for case in _make_up_cases(place, count, seed):
            for school, line in writer.write_ods(case):
                ods_by_school[school] += line.encode()
            sis.writelines(writer.write_sis(case))
            if case.keep_why:
                kept = case.ods[-1]
                code = place.schools[kept.school].code
                start = iso_text(kept.start)
                keep_list.append((case.ods_person.ssid, code, start, case.keep_why))
            ods_students += bool(case.ods)
            ods_records += len(case.ods)
            sis_students += bool(case.sis)
            sis_records += len(case.sis)
    with (out / "ods.txt").open("wb") as ods:
        ods.writelines(ods_by_school)
    write_config(out / "senr.toml", place)
    write_keep_list(out / "keep.csv", keep_list)
    write_schools(out / "schools.csv", place)
    return SamplePaths(
        ods=out / "ods.txt",
        sis=out / "sis.csv",
        config=out / "senr.toml",
        keep=out / "keep.csv",
        schools=out / "schools.csv",
        students=count,
        ods_students=ods_students,
        ods_records=ods_records,
        sis_students=sis_students,
        sis_records=sis_records,
    )


def _make_up_cases(district: District, count: int, seed: int) -> Iterator[Case]:
    """Yield the students in order of SSID, which is that of local student IDs too."""
    rng = Random(seed)  # noqa: S311 - made-up students need the same bytes again, not secrecy
    due = schedule_drifts(rng, count)
    waiting: list[Drift] = []
    ssid, local_student_id = _FIRST_SSID, _FIRST_LOCAL_STUDENT_ID
    for number in range(count):
        ssid += 1 + int(rng.random() * _SSID_STEP)
        local_student_id += 1 + int(rng.random() * _LOCAL_STUDENT_ID_STEP)
        student = live(district, rng)
        person = make_person(rng, ssid, local_student_id, choose_birth_day(student))
        truth = student.enrollments
        case = Case(
            district=district,
            rng=rng,
            has_disability=student.disability,
            truth=tuple(truth),
            ods=list(truth),
            sis=list(truth),
            ods_person=person,
            sis_person=person,
        )
        waiting += due.get(number, ())
        if waiting:
            apply_first_fitting(waiting, case)
        yield case
