"""A whole sample: two extracts that drifted apart, with the files for comparing them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from senr_duck.errors import InputError
from senr_duck.sample.case import Case
from senr_duck.sample.days import iso_text
from senr_duck.sample.district import find_district
from senr_duck.sample.drift import Drift, apply_first_fitting, schedule_drifts
from senr_duck.sample.enrollment import Enrollment
from senr_duck.sample.life import live
from senr_duck.sample.lines import LineWriter, sis_header
from senr_duck.sample.people import make_person
from senr_duck.sample.settings import write_config, write_keep_list, write_schools
from senr_duck.sample.student import choose_birth_day

_FIRST_SSID = 1_000_000_000
_FIRST_LOCAL_STUDENT_ID = 2_000_000
# The largest district has half a million students; more than this would outgrow the identifiers.
_MAX_STUDENTS = 1_000_000


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
    out.mkdir(parents=True, exist_ok=True)
    paths = {name: out / name for name in ("ods.txt", "sis.csv", "senr.toml", "keep.csv")}
    rng = Random(seed)  # noqa: S311 - made-up students need the same bytes again, not secrecy
    writer = LineWriter(place)
    due, waiting = schedule_drifts(rng, count), list[Drift]()
    ods_by_school = [bytearray() for _ in place.schools]
    keep_list: list[tuple[str, str, str, str]] = []
    ssid, local_student_id = _FIRST_SSID, _FIRST_LOCAL_STUDENT_ID
    ods_students = ods_records = sis_students = sis_records = 0
    with paths["sis.csv"].open("w", encoding="utf-8", newline="") as sis:
        sis.write(sis_header())
        for number in range(count):
            ssid += 1 + int(rng.random() * 8000)
            local_student_id += 1 + int(rng.random() * 7)
            student = live(place, rng)
            person = make_person(rng, ssid, local_student_id, choose_birth_day(student))
            ods_side = sis_side = student.enrollments
            ods_person = sis_person = person
            waiting += due.get(number, ())
            if waiting:
                truth = tuple(student.enrollments)
                case = Case(place, rng, truth, list(truth), list(truth), person, person)
                apply_first_fitting(waiting, case)
                ...
