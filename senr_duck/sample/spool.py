"""Write one block's lines to its own files."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from senr_duck.sample.blocks import Block
from senr_duck.sample.case import Case
from senr_duck.sample.days import iso_text
from senr_duck.sample.drift import Drift, apply_first_fitting, schedule_drifts
from senr_duck.sample.life import live
from senr_duck.sample.lines import LineWriter
from senr_duck.sample.movers import make_movers
from senr_duck.sample.people import Person, choose_ssid_step, make_person
from senr_duck.sample.student import Student, choose_birth_day

# How many students' lines are written at once, which is faster than student by student.
_BATCH = 250

KeepRow = tuple[str, str, str, str]


@dataclass(frozen=True)
class Spool:
    """The files with a block's lines, and what they contain.

    ``school_sizes`` are the bytes of each school's lines in ``ods``, by the school's position in
    the district. ``keep_list`` has rows of SSID, school, start date (YYYY-MM-DD), and why.
    """

    ods: Path
    sis: Path
    school_sizes: tuple[int, ...]
    keep_list: tuple[KeepRow, ...]
    ods_students: int
    ods_records: int
    sis_students: int
    sis_records: int


def write_spool(block: Block, folder: Path) -> Spool:
    """Make up a block's students and write their lines to two new files in a folder.

    ``ods`` is sorted by school and SSID, ``sis`` by local student ID.
    """
    district = block.district
    ods_path, sis_path = folder / f"{block.number}.ods", folder / f"{block.number}.sis"
    writer = LineWriter(district)
    # The ODS extract is sorted by school first, so it cannot be written student by student.
    ods_by_school: list[list[str]] = [[] for _ in district.schools]
    sis: list[str] = []
    keep_list: list[KeepRow] = []
    ods_students = sis_students = 0
    cases = _make_up_cases(block)
    while batch := list(islice(cases, _BATCH)):
        writer.write_ods(batch, ods_by_school)
        writer.write_sis(batch, sis)
        for case in batch:
            if case.keep_why:
                kept = case.ods[-1]
                code = district.schools[kept.school].code
                keep_list.append((case.ods_person.ssid, code, iso_text(kept.start), case.keep_why))
            ods_students += bool(case.ods)
            sis_students += bool(case.sis)
    sis_path.write_bytes("".join(sis).encode())
    school_sizes = []
    with ods_path.open("wb") as ods:
        for lines in ods_by_school:
            school_sizes.append(ods.write("".join(lines).encode()))
    return Spool(
        ods=ods_path,
        sis=sis_path,
        school_sizes=tuple(school_sizes),
        keep_list=tuple(keep_list),
        ods_students=ods_students,
        ods_records=sum(map(len, ods_by_school)),
        sis_students=sis_students,
        sis_records=len(sis),
    )


def _make_up_cases(block: Block) -> Iterator[Case]:
    """Yield the students in order of SSID, which is also the order of local student IDs."""
    rng = Random(block.seed)  # noqa: S311 - made-up students need the same bytes again, not secrecy
    due = schedule_drifts(rng, block.students, is_first=block.number == 0)
    waiting: list[Drift] = []
    for number, (person, student) in enumerate(_meet_students(block, rng)):
        truth = student.enrollments
        case = Case(
            district=block.district,
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


def _meet_students(block: Block, rng: Random) -> Iterator[tuple[Person, Student]]:
    """Yield the students of the block with their lives: those who come, stay, and leave."""
    ssid, ssid_step = block.ssids.first, block.ssids.step
    local_student_id, local_step = block.local_student_ids.first, block.local_student_ids.step
    for link in block.arrivals:
        for person, _, student in make_movers(link):
            local_student_id += 1 + int(rng.random() * local_step)
            if student is not None:
                yield person._replace(local_student_id=str(local_student_id)), student
    for _ in range(block.count):
        ssid += choose_ssid_step(rng, ssid_step)
        local_student_id += 1 + int(rng.random() * local_step)
        student = live(block.district, rng)
        yield make_person(rng, ssid, local_student_id, choose_birth_day(student)), student
    for link in block.departures:
        for person, student, _ in make_movers(link):
            local_student_id += 1 + int(rng.random() * local_step)
            yield person._replace(local_student_id=str(local_student_id)), student
