"""Made-up districts of sound students, and one run of the command over both sides.

A student has an enrollment of last year and one of this year, both at the same school. CALPADS has
closed the first with E155, and the SIS shows it open, because many systems never store that code.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

import duckdb
from typer.testing import CliRunner

from senr_duck.cli import app
from tests.support.extracts import ADAMS, LEA, Record, closed, record, write_ods, write_sis
from tests.support.lives import reopened

NEW_RULES = (
    "IVR0009",
    "EXIT-GRADE",
    "COMPLETION-GRADE",
    "SENR0187",
    "SENR0192",
    "SENR0035",
    "SCHOOL-ABSENT",
    "SSID-SHARED",
    "SSID-MISMATCH",
    "GERR0007",
    "GERR0008",
)

LAST_YEAR, THIS_YEAR = "20240815", "20250814"
GRADES = ("KN", "01", "02", "03", "04", "05")

CONFIG = """\
[calendar."2024-2025"]
last_day = 2025-06-05

[calendar."2025-2026"]
last_day = 2026-06-05
"""

# Few, so that some students have the same name.
_FIRST = ("Ana", "Luis", "José", "Mai", "Noor", "Zoë", "Iván", "Kai", "Mateo", "Lucía", "Minh")
_LAST = ("Nuñez", "Garcia", "Lopez", "Nguyen", "O'Brien", "Garcia-Lopez", "Kim", "D'Angelo")


def make_students(count: int, seed: int, *, lea: str = LEA, first_number: int = 1) -> list[Record]:
    """Return the open enrollments of this year, one for each student.

    Names and birth dates are drawn from few, so that some students have the same ones.
    """
    rng = Random(seed)  # noqa: S311 - made-up students need the same names again
    students = []
    for number in range(first_number, first_number + count):
        place = rng.randrange(len(GRADES))
        born = date(2019 - place, 9, 2) + timedelta(days=rng.randrange(365))
        students.append(
            record(
                f"{1_000_000_000 + number}",
                ADAMS,
                THIS_YEAR,
                reporting_lea=lea,
                local_student_id=f"{100_000 + number}",
                student_legal_first_name=rng.choice(_FIRST),
                student_legal_last_name=rng.choice(_LAST),
                student_birth_date=f"{born:%Y%m%d}",
                student_gender_code=rng.choice("FM"),
                grade_level_code=GRADES[place],
                upload_date="20251001",
                last_date_updated="20251001",
            )
        )
    return students


def last_year(student: Record) -> Record:
    """Return the student's enrollment of last year, open."""
    grades = ("TK", *GRADES, "06", "07", "08")
    before = {"grade_level_code": grades[grades.index(student["grade_level_code"]) - 1]}
    years = {"academic_year_id": "2024-2025", "enrollment_start_date": LAST_YEAR}
    return {**reopened(student), **before, **years}


def both_years(students: Iterable[Record], reason: str = "") -> list[Record]:
    """Return the students' enrollments of both years, the first closed with a reason if given."""
    return [
        one
        for student in students
        for one in (
            closed(last_year(student), "20250605", reason) if reason else last_year(student),
            student,
        )
    ]


def leave(student: Record, reason: str = "T160") -> Record:
    """Return the student's enrollment with an exit in September."""
    return closed(student, "20250919", reason)


@dataclass(frozen=True)
class Outcome:
    """What a run found: students on hold by new rule, all students on hold, records by class."""

    held: dict[str, int]
    all_held: int
    classes: dict[str, int]
    database: Path


def run_once(
    folder: Path, ods: Iterable[Record], sis: Iterable[Record], as_of: str, *options: str
) -> Outcome:
    """Run the command once; every guard is on, and none may stop it."""
    write_ods(folder / "ods.txt", ods)
    write_sis(folder / "sis.txt", sis)
    (folder / "senr.toml").write_text(CONFIG, encoding="utf-8")
    database = folder / "senr.duckdb"
    result = CliRunner().invoke(
        app,
        [
            *("run", "--ods", str(folder / "ods.txt"), "--sis", str(folder / "sis.txt")),
            *("--config", str(folder / "senr.toml"), "--as-of", as_of, "--allow-other-year"),
            *("--out", str(folder / "out"), "--db", str(database), *options),
        ],
    )
    assert result.exit_code == 0, result.exception
    with duckdb.connect(str(database), read_only=True) as con:
        found = con.execute(
            "select rule, count(distinct student_key) from recon.finding "
            "where severity = 'fatal' group by rule"
        ).fetchall()
        (all_held,) = con.execute("select count(*) from recon.held_student").fetchone() or (0,)
        classes = con.execute(
            "select class, count(*) from recon.classified_record group by class"
        ).fetchall()
    held = {rule: students for rule, students in found if rule in NEW_RULES}
    return Outcome(held, all_held, dict(classes), database)


def read_rows(database: Path, query: str) -> list[tuple[str, ...]]:
    """Return the rows of a query on the published database."""
    with duckdb.connect(str(database), read_only=True) as con:
        return con.execute(query).fetchall()
