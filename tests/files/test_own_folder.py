"""Folders that a killed command left go; those of a user with such a name stay."""

import shutil
from pathlib import Path

import pytest

from senr_duck.files.own_folder import (
    is_own_folder,
    list_content,
    mark_folder,
    open_own_folder,
    remove_left,
    remove_own_folder,
)
from tests.support.command_line import AS_OF, RUN, senr_duck
from tests.support.stock import read_run_id

pytestmark = pytest.mark.slow

RUN_AGAIN = (*RUN, "--quiet")
CHECK = ("check", *RUN[1:], "--quiet")
INIT = ("init", "--ods", "ods.txt", "--sis", "sis.txt", *AS_OF[:2])
REPORT = ("report",)
SAMPLE = ("sample", "--district", "Exeter Unified", "--students", "20", "--out", "made")
CLEAN = ("clean-runs", "--keep", "1")
LEFT = [
    (RUN_AGAIN, "out/.run-abcdefgh"),
    (RUN_AGAIN, ".senr.duckdb.new-abcdefgh"),
    (CHECK, ".senr.duckdb.new-abcdefgh"),
    (INIT, ".senr.toml.new-abcdefgh"),
    (REPORT, ".report.html.new-abcdefgh"),
    (SAMPLE, "made/.sample.new-abcdefgh"),
]
OTHERS = [*LEFT, (SAMPLE, "made/.blocks"), (CLEAN, "out/.run-abcdefgh")]


@pytest.mark.parametrize(("command", "name"), LEFT)
def test_what_a_killed_command_left_is_removed(
    workspace_with_run: Path, command: tuple[str, ...], name: str
) -> None:
    left = workspace_with_run / name
    (left / "deep").mkdir(parents=True)
    mark_folder(left)
    (left / "deep" / "student.txt").write_text("x", encoding="utf-8")
    assert senr_duck(workspace_with_run, *command).returncode in (0, 1)
    assert not left.exists()


@pytest.mark.parametrize(("command", "name"), LEFT)
def test_a_folder_whose_maker_was_killed_before_the_mark_is_removed(
    workspace_with_run: Path, command: tuple[str, ...], name: str
) -> None:
    (workspace_with_run / name).mkdir(parents=True)
    assert senr_duck(workspace_with_run, *command).returncode in (0, 1)
    assert not (workspace_with_run / name).exists()


@pytest.mark.parametrize(("command", "name"), OTHERS)
def test_a_users_folder_with_such_a_name_stays(
    workspace_with_run: Path, command: tuple[str, ...], name: str
) -> None:
    mine = workspace_with_run / name / "mine.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    assert senr_duck(workspace_with_run, *command).returncode in (0, 1)
    assert mine.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", [".run-a", ".run-abcdefghi", ".run-abcd.fgh", ".run-", "run-abc"])
def test_another_name_is_not_touched_even_with_the_mark(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    mark_folder(tmp_path / name)
    remove_left(tmp_path, ".run-")
    assert is_own_folder(tmp_path / name)


def test_a_prefix_is_no_pattern(tmp_path: Path) -> None:
    for name in (".a*.new-abcdefgh", ".ab.new-abcdefgh"):
        (tmp_path / name).mkdir()
        mark_folder(tmp_path / name)
    remove_left(tmp_path, ".a*.new-")
    assert [path.name for path in tmp_path.iterdir()] == [".ab.new-abcdefgh"]


def test_a_link_to_one_of_our_folders_is_not_one(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    mark_folder(tmp_path / "kept")
    (tmp_path / ".run-abcdefgh").symlink_to("kept", target_is_directory=True)
    remove_left(tmp_path, ".run-")
    assert is_own_folder(tmp_path / "kept")
    assert (tmp_path / ".run-abcdefgh").is_symlink()


def test_a_file_with_such_a_name_stays(tmp_path: Path) -> None:
    (tmp_path / ".run-abcdefgh").write_text("mine", encoding="utf-8")
    remove_left(tmp_path, ".run-")
    assert (tmp_path / ".run-abcdefgh").read_text(encoding="utf-8") == "mine"


def test_a_mark_with_another_text_is_not_ours(tmp_path: Path) -> None:
    mark_folder(tmp_path)
    assert is_own_folder(tmp_path)
    (tmp_path / ".made-by-senr-duck").write_text("by me", encoding="utf-8")
    assert not is_own_folder(tmp_path)


@pytest.mark.parametrize("size", [0, 1, 43])
def test_a_mark_that_is_not_complete_is_ours(tmp_path: Path, size: int) -> None:
    folder = tmp_path / ".run-abcdefgh"
    folder.mkdir()
    mark_folder(folder)
    mark = (folder / ".made-by-senr-duck").read_bytes()
    (folder / ".made-by-senr-duck").write_bytes(mark[:size])
    remove_left(tmp_path, ".run-")
    assert not folder.exists()


def test_an_own_folder_is_private_marked_and_gone_at_the_end(tmp_path: Path) -> None:
    with open_own_folder(tmp_path, ".x-") as folder:
        (folder / "student.txt").write_text("x", encoding="utf-8")
        assert (folder.parent, folder.stat().st_mode & 0o777) == (tmp_path, 0o700)
        assert is_own_folder(folder)
        assert [path.name for path in list_content(folder)] == ["student.txt"]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_removed_completely_stays_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ".run-abcdefgh"
    (folder / "held").mkdir(parents=True)
    mark_folder(folder)
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", lambda *_, **__: None)  # as Windows: a file is open
        remove_own_folder(folder)
    assert is_own_folder(folder)
    remove_left(tmp_path, ".run-")
    assert not folder.exists()


def test_a_removed_run_leaves_nothing(workspace_with_run: Path) -> None:
    folder = workspace_with_run
    first = read_run_id(folder)
    changed = (folder / "sis.txt").read_text(encoding="utf-8").replace("^07^", "^06^")
    (folder / "sis.txt").write_text(changed, encoding="utf-8", newline="")
    assert senr_duck(folder, *RUN_AGAIN).returncode == 0
    assert senr_duck(folder, *CLEAN).stdout == f"removed: out/{first}\n"
    assert {path.name for path in (folder / "out").iterdir()} == {
        ".senr-duck.lock",
        read_run_id(folder),
    }
