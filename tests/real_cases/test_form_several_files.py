"""Two systems, one side of the comparison: --sis and --ods may be given several times."""

from pathlib import Path

import pytest

from tests.real_cases.command import run_command
from tests.real_cases.forms import EXIT, LEAVER, check_refused, write_forms
from tests.real_cases.notation import plain_students, students
from tests.support.extracts import write_ods, write_sis

NONPUBLIC = "0000001/6141501 250811- gr09"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give 12 students of a nonpublic school, whom another system keeps, in a file of their own."""
    write_forms(tmp_path)
    away = students(12, NONPUBLIC)
    write_ods(tmp_path / "ods.txt", [*plain_students(), *LEAVER.ods_records, *away])
    write_sis(tmp_path / "nps.txt", away)
    return tmp_path


def test_case_65_two_files_of_one_side_are_both_read_in_any_order(folder: Path) -> None:
    runs = set()
    for first, second in (("nps.txt", "sis.txt"), ("sis.txt", "nps.txt")):
        done = run_command(folder, "--ods", "ods.txt", "--sis", first, "--sis", second)
        assert done.status == 0, done.words
        assert (done.sent(LEAVER), len(done.records)) == (EXIT, 1)
        assert done.summary["sis"] == {"lines": 113, "same": 112, "exit": 1}
        runs.add(done.summary["run_id"])
    assert len(runs) == 1


def test_case_65_one_file_alone_makes_no_no_shows_of_those_who_attend(folder: Path) -> None:
    """The school is in one extract only, so its students are held."""
    done = run_command(folder, "--ods", "ods.txt", "--sis", "sis.txt")
    assert (done.status, done.sent(LEAVER), len(done.records)) == (0, EXIT, 1)
    assert len(done.held_ssids()) == 12
    assert {one["rule"] for one in done.exceptions if one["severity"] == "fatal"} == {
        "SCHOOL-ABSENT"
    }


def test_case_65_one_content_twice_is_refused(folder: Path) -> None:
    (folder / "again.txt").write_bytes((folder / "sis.txt").read_bytes())
    inputs = ("--ods", "ods.txt", "--sis", "sis.txt", "--sis", "again.txt")
    check_refused(run_command(folder, *inputs), "sis.txt", "again.txt")


def test_case_66_a_first_file_that_is_not_there_is_not_passed_over(folder: Path) -> None:
    inputs = ("--ods", "nosuch.txt", "--ods", "ods.txt", "--sis", "sis.txt", "--sis", "nps.txt")
    done = run_command(folder, *inputs)
    assert done.status == 2
    assert "nosuch.txt" in done.words


@pytest.mark.parametrize(
    "option", [("--config", "senr.toml"), ("--out", "out"), ("--change-years", "all")]
)
def test_case_66_an_option_of_one_value_is_refused_twice(
    option: tuple[str, str], folder: Path
) -> None:
    inputs = ("--ods", "ods.txt", "--sis", "sis.txt", "--sis", "nps.txt")
    done = run_command(folder, *inputs, *option, *option)
    assert done.status == 2
    assert option[0] in done.words
