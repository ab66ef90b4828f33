"""What a terminal would obey is printed as an escape, by every command."""

import json
from pathlib import Path

import pytest

from tests.support.command_line import AS_OF, RUN, senr_duck
from tests.support.extracts import every_class, write_ods, write_sis

pytestmark = pytest.mark.slow

# An escape sequence, a bell, a control character of C1, one that turns the text around.
HOSTILE = "\x1b[31mX\x07\x9b2J\u202ecod"
OBEYED = set(HOSTILE) - set("[31mX2Jcod")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Give a folder with a published run of extracts whose names and local IDs are hostile."""
    ods, sis = every_class()
    named = {"student_legal_last_name": "Ann" + HOSTILE, "local_student_id": "L" + HOSTILE[:4]}
    write_ods(tmp_path / "ods.txt", [one | named for one in ods])
    write_sis(tmp_path / "sis.txt", [one | named for one in sis])
    done = senr_duck(tmp_path, *RUN, "--max-held-share", "1", "--quiet")
    assert done.returncode in (0, 1), done.stderr
    if done.returncode:
        (tmp_path / "out/stopped/senr.duckdb").rename(tmp_path / "senr.duckdb")
    return tmp_path


def find_obeyed(text: str) -> set[str]:
    return OBEYED & set(text)


COMMANDS = [
    ("explain", "1000000002"),
    ("explain", "--json", "1000000002"),
    ("spot-check",),
    ("sql", "select student_legal_last_name from staging.sis_raw"),
    ("sql", "--json", "select student_legal_last_name from staging.sis_raw"),
    ("sql", f"select '{HOSTILE}' as \"{HOSTILE}\""),
    ("sql", f"select {HOSTILE}"),
    ("sql", "--json", f"select '{HOSTILE}' as a"),
    ("sql", "explain select 1"),
    ("status",),
    ("posted", HOSTILE),
    ("posted", "2", "--through", HOSTILE),
    ("posted", "2", "--lea", HOSTILE),
    ("views", HOSTILE),
    ("views", "--rules", HOSTILE),
    ("rules", "show", HOSTILE),
    ("rules", "lineage", HOSTILE),
    ("rejected", HOSTILE),
    ("report", "--db", HOSTILE),
    ("simulate", HOSTILE, "--ods", "ods.txt"),
    ("sample", "--out", "made", "--district", HOSTILE),
    ("check", "--ods", HOSTILE, "--sis", "sis.txt", *AS_OF),
    (*RUN, "--engine", HOSTILE),
    (*RUN, "--memory-limit", HOSTILE),
    (*RUN, "--rules", HOSTILE),
    (*RUN, "--config", HOSTILE),
    (*RUN, "--sql-overlay", HOSTILE),
    (*RUN, "--" + HOSTILE),
    (HOSTILE,),
]


def test_no_command_prints_what_a_terminal_obeys(hostile: Path) -> None:
    for command in COMMANDS:
        done = senr_duck(hostile, *command)
        assert (command, find_obeyed(done.stdout), find_obeyed(done.stderr)) == (
            command,
            set(),
            set(),
        )


def test_a_run_into_a_folder_with_a_hostile_name_escapes_it(workspace: Path) -> None:
    out = "out\x1b[31mX\x9b2J\u202ecod"
    escaped = "out\\x1b[31mX\\x9b2J\\u202ecod"
    done = senr_duck(workspace, *RUN, "--out", out)
    assert done.returncode == 0, done.stderr
    assert (find_obeyed(done.stdout), f"{escaped}/" in done.stdout) == (set(), True)
    status = senr_duck(workspace, "status")
    assert (find_obeyed(status.stdout), escaped in status.stdout) == (set(), True)
    upload = senr_duck(workspace, "next")
    assert (find_obeyed(upload.stdout), escaped in upload.stdout) == (set(), True)
    removed = senr_duck(workspace, "clean-runs", "--keep", "1")
    assert find_obeyed(removed.stdout + removed.stderr) == set()
    printed = json.loads(senr_duck(workspace, *RUN, "--out", out, "--json", "--quiet").stdout)
    assert printed["out_dir"].startswith(out)


def test_json_stays_json_with_the_values_as_they_are(hostile: Path) -> None:
    done = senr_duck(hostile, "sql", "--json", f"select '{HOSTILE} \U000e0041 é' as a")
    assert json.loads(done.stdout) == [{"a": f"{HOSTILE} \U000e0041 é"}]
    assert "é" in done.stdout
    assert "\U000e0041" not in done.stdout


def test_csv_is_data_and_has_the_values_as_they_are(hostile: Path) -> None:
    done = senr_duck(hostile, "sql", "--csv", f"select '{HOSTILE}' as a")
    assert done.stdout == f"a\n{HOSTILE}\n"
