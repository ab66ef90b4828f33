"""What the report's page saves about spot checks is kept in the ledger, and shown the next time."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from senr_duck.errors import InputError
from senr_duck.ledger import list_look_ups, read_ledger, read_spot_checks_file
from tests.support.command_line import senr_duck
from tests.support.stock import read_run_id, take_stock

TODAY = date(2026, 3, 2)
STUDENT = {
    "lea": "1964733",
    "ssid": "1000000005",
    "local_student_id": "L0005",
    "checked_on": "2026-03-02",
    "ticked": 4,
    "lines": 4,
}


def save(path: Path, of_run: str, *students: dict[str, Any], **values: Any) -> Path:
    saved = {"format": "senr-duck spot-check 1", "run_id": of_run, "checked_by": " Lee Ito "}
    path.write_text(json.dumps({**saved, "students": students, **values}), encoding="utf-8")
    return path


def test_it_is_recorded_once_and_shown_in_place_of_the_line_to_tick(
    workspace_with_run: Path,
) -> None:
    folder, run_id = workspace_with_run, read_run_id(workspace_with_run)
    partly = {**STUDENT, "ssid": "1000000004", "local_student_id": "L0004", "ticked": 1}
    save(folder / "checks.json", run_id, STUDENT, partly)
    said = f"{run_id}: 2 students looked up, 2 new in the ledger\n"
    done = senr_duck(folder, "spot-check", "--record", "checks.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, said, "")
    again = senr_duck(folder, "spot-check", "--record", "checks.json")
    assert again.stdout == said.replace("2 new", "0 new")
    # the page was saved again after another tick
    save(folder / "checks.json", run_id, STUDENT, {**partly, "ticked": 3})
    more = senr_duck(folder, "spot-check", "--record", "checks.json")
    assert more.stdout == said.replace("2 new", "1 new")
    with read_ledger(folder / "senr.duckdb") as ledger:
        kept = list_look_ups(ledger, run_id)
    assert [(one.ssid, one.ticked, one.checked_by, one.checked_on) for one in kept] == [
        ("1000000004", 3, "Lee Ito", TODAY),
        ("1000000005", 4, "Lee Ito", TODAY),
    ]
    shown = senr_duck(folder, "spot-check").stdout
    assert shown.count("☑ checked by Lee Ito on 2026-03-02\n") == 1
    assert shown.count("☑ checked by Lee Ito on 2026-03-02 (3 of 4 lines)\n") == 1
    assert shown.count("☐ checked by ") == 5


def test_a_run_that_the_ledger_does_not_know_is_refused(workspace_with_run: Path) -> None:
    save(workspace_with_run / "checks.json", "2020-01-01-0123456789ab", STUDENT)
    before = take_stock(workspace_with_run)
    done = senr_duck(workspace_with_run, "spot-check", "--record", "checks.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is the ID of no run in the ledger" in done.stderr
    assert take_stock(workspace_with_run) == before


@pytest.mark.parametrize(
    "changed",
    [
        {"format": "another"},
        {"run_id": 5},
        {"checked_by": "  "},
        {"checked_by": "a\nb"},
        {"checked_by": "a" * 101},
        {"students": {}, "checked_by": None},
        {"students": ["1000000005"]},
        {"students": [{**STUDENT, "checked_on": "2026-03-03"}]},
        {"students": [{**STUDENT, "checked_on": "yesterday"}]},
        {"students": [{**STUDENT, "ticked": 5}]},
        {"students": [{**STUDENT, "ticked": 0}]},
        {"students": [{**STUDENT, "lines": True}]},
        {"students": [{**STUDENT, "ssid": "", "local_student_id": ""}]},
        {"students": [{**STUDENT, "ssid": "1" * 101}]},
        {"students": [{"ssid": "1000000005"}]},
    ],
)
def test_a_file_of_another_form_is_refused_without_its_values(
    changed: dict[str, Any], tmp_path: Path
) -> None:
    path = save(tmp_path / "checks.json", "run", STUDENT, **changed)
    with pytest.raises(InputError, match="not what was expected: a spot-check file") as caught:
        read_spot_checks_file(path, TODAY)
    assert "1000000005" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000, b"null"])
def test_what_is_no_json_of_the_page_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "checks.json").write_bytes(content)
    with pytest.raises(InputError, match="a spot-check file"):
        read_spot_checks_file(tmp_path / "checks.json", TODAY)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"checks\.json: found no such file"):
        read_spot_checks_file(tmp_path / "checks.json", TODAY)
