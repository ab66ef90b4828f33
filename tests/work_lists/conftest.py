"""A run with problems of every kind, which several tests read."""

from pathlib import Path

import pytest

from tests.support.command_line import run
from tests.support.extracts import ADAMS, BAKER, YEAR, closed, record, write_ods, write_sis
from tests.support.once import make_once

SCHOOLS = (
    "CDSCode,StatusType,School,GSoffered\n"
    f"1964733{ADAMS},Active,Adams: Arts/Science Academy [Main] of the West,K-12\n"
    f"1964733{BAKER},Active,Baker Middle,K-12\n"
)
CONFIG = '[schools]\nlist = "schools.csv"\n[translate.grade_level_code]\n"5th" = "05"\n'


@pytest.fixture(scope="session")
def problems(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a run: one student of each harm, and one who looks like a formula."""

    def make(folder: Path) -> None:
        (folder / "schools.csv").write_text(SCHOOLS, encoding="utf-8")
        (folder / "senr.toml").write_text(CONFIG, encoding="utf-8")
        agrees = record("1000000001", ADAMS, YEAR)
        erased = record("1000000002", ADAMS, YEAR)  # an open enrollment becomes a no-show
        missing = record("1000000003", BAKER, "20260112", grade_level_code="99")
        wrong = record("1000000004", BAKER, YEAR, local_student_id="0004")
        formula = record(
            "1000000005", ADAMS, YEAR, local_student_id="=1+1", student_legal_last_name="=Cmd"
        )
        sent = record("1000000006", ADAMS, YEAR)  # a name with a typographic apostrophe
        recoded = record("1000000007", ADAMS, YEAR)
        ods = [agrees, erased, wrong, formula, recoded, closed(sent, "20251219", "T160")]
        sis = [
            agrees,
            missing,
            {**wrong, "grade_level_code": "98"},
            {**formula, "grade_level_code": "97"},
            {**closed(sent, "20251218", "T160"), "student_legal_last_name": "D\u2019Angelo"},
            {**recoded, "grade_level_code": "5th", "student_school_transfer_code": "1"},
        ]
        write_ods(folder / "ods.txt", ods)
        write_sis(folder / "sis.txt", sis)
        done = run(folder, "--quiet")
        assert done.returncode == 0, done.stderr

    return make_once(tmp_path_factory, "problems", make)
