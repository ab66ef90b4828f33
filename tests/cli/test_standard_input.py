"""Numbers of students and the ID of a run come from standard input, if the argument is a dash."""

import json
from pathlib import Path

import pytest

from tests.support.command_line import senr_duck


def test_explain_reads_the_numbers_of_students_from_standard_input(
    workspace_with_run: Path,
) -> None:
    one = senr_duck(workspace_with_run, "explain", "1000000002").stdout
    other = senr_duck(workspace_with_run, "explain", "1000000003").stdout
    both = senr_duck(workspace_with_run, "explain", "1000000002", "1000000003").stdout
    assert both == f"{one}\n{other}"
    for text in ("1000000002\n1000000003\n", "\ufeff1000000002\r\n\r\n 1000000003 \r\n"):
        done = senr_duck(workspace_with_run, "explain", "-", stdin=text)
        assert (done.returncode, done.stdout, done.stderr) == (0, both, "")


def test_explain_shows_a_student_once(workspace_with_run: Path) -> None:
    text = "1000000002\n1000000002\n"
    done = senr_duck(workspace_with_run, "explain", "--json", "-", stdin=text)
    assert done.stdout == senr_duck(workspace_with_run, "explain", "--json", "1000000002").stdout
    assert json.loads(done.stdout)


def test_a_number_that_no_student_has_is_named_by_its_place(workspace_with_run: Path) -> None:
    text = "1000000002\n4242424242\n"
    done = senr_duck(workspace_with_run, "explain", "-", stdin=text)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: number 2: neither extract has a student with this SSID;")
    assert "4242424242" not in done.stderr


@pytest.mark.parametrize("command", ["explain", "posted"])
def test_nothing_in_standard_input_is_refused(command: str, workspace_with_run: Path) -> None:
    for text in ("", "\n \r\n"):
        done = senr_duck(workspace_with_run, command, "-", stdin=text)
        assert done.returncode == 2
        assert done.stderr.startswith("error: standard input: found nothing, expected the ")


def test_posted_reads_the_run_from_standard_input(workspace_with_run: Path) -> None:
    run_id = next(workspace_with_run.glob("out/2*")).name
    two = senr_duck(workspace_with_run, "posted", "-", stdin=f"{run_id}\n{run_id}\n")
    assert two.returncode == 2
    assert two.stderr.startswith(
        "error: standard input: found 2 lines, expected the ID of one run\n"
    )
    done = senr_duck(workspace_with_run, "posted", "-", stdin=f"{run_id}\n")
    assert (done.returncode, f"{run_id} 001_Removals.txt: posted" in done.stdout) == (0, True)


def test_posted_knows_the_latest_run(workspace_with_run: Path) -> None:
    run_id = next(workspace_with_run.glob("out/2*")).name
    done = senr_duck(workspace_with_run, "posted", "latest")
    assert (done.returncode, f"{run_id} 001_Removals.txt: posted" in done.stdout) == (0, True)
