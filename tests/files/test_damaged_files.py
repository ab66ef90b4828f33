"""Damaged extracts, zips and run folders: each command says so, and nothing is lost.

The database and the ledger are in ``test_damage.py``.
"""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest

from senr_duck.errors import InputError
from senr_duck.files.workspace import check_published
from tests.support.command_line import RUN, senr_duck
from tests.support.few_students import BEFORE
from tests.support.once import make_once
from tests.support.stock import take_stock
from tests.support.workspaces import DAY, list_hidden, list_runs, make_workspace

pytestmark = pytest.mark.slow

DAMAGES = 60  # of each kind of file

BY_SIMULATE = ("simulate", "last.zip", "--ods", "ods.txt", "--as-of", DAY)
BY_INIT = ("init", "--ods", "ods.txt", "--sis", "sis.txt", "--out", "new.toml", "--as-of", DAY)

# What reads each file. A run reads most of them, but it takes long, so it gets a few only.
READERS: dict[str, Sequence[Sequence[str]]] = {
    "ods.txt": (BY_SIMULATE, BY_INIT),
    "sis.txt": (BY_INIT,),
    "last.zip": (BY_SIMULATE,),
    "rejected.txt": (("rejected", "rejected.txt", "--on", DAY),),
}
EVERY = 25  # of how many damages one is met by a run


def flip(content: bytes, rng: Random) -> bytes:
    """Return the content with some bytes changed."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 4, 64))):
        changed[rng.randrange(len(changed))] ^= rng.randint(1, 255)
    return bytes(changed)


def cut(content: bytes, rng: Random) -> bytes:
    """Return the beginning of the content, which may be nothing."""
    return content[: rng.choice((0, rng.randrange(len(content)), rng.randrange(len(content))))]


def zero(content: bytes, rng: Random) -> bytes:
    """Return the content with a part of it, or all of it, turned into zeros."""
    start = rng.choice((0, rng.randrange(len(content))))
    end = rng.choice((len(content), min(len(content), start + 4096)))
    return content[:start] + bytes(end - start) + content[end:]


WAYS: tuple[Callable[[bytes, Random], bytes], ...] = (flip, cut, zero)


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """Return a workspace of the test's own with three runs."""
    made = make_once(tmp_path_factory, "three_runs", make_workspace)
    return Path(shutil.copytree(made, tmp_path / "w"))


def read_all(folder: Path) -> dict[Path, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {path: path.read_bytes() for path in files}


def restore(folder: Path, files: dict[Path, bytes]) -> None:
    """Put every file of the folder back, and remove the others."""
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".lock" and path not in files:
            path.unlink()
    for path, content in files.items():
        path.parent.mkdir(exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


@pytest.mark.parametrize("name", READERS)
def test_a_damaged_file_is_reported_and_nothing_is_lost(name: str, workspace: Path) -> None:
    files = read_all(workspace)
    path = workspace / name
    rng = Random(name)  # noqa: S311 - the same damages again
    reported = 0
    for number in range(DAMAGES):
        path.write_bytes(WAYS[number % len(WAYS)](files[path], rng))
        before = take_stock(workspace)
        arguments = READERS[name][number % len(READERS[name])]
        if number % EVERY == EVERY - 1:
            arguments = (*RUN, "--quiet")
        done = senr_duck(workspace, *arguments, before=BEFORE)
        about = (number, arguments, done.returncode, done.stderr)
        assert done.returncode in (0, 1, 2), about
        assert "Traceback" not in done.stderr, about
        if done.returncode == 2:
            reported += 1
            assert done.stderr.startswith("error: "), about
            assert take_stock(workspace) == before, about
        assert list_hidden(workspace) == set(), about
        restore(workspace, files)
    assert reported > DAMAGES / 4


@pytest.mark.parametrize("name", ["exceptions.csv", "manifest.json", "report.html", "SENR_*.zip"])
def test_a_damaged_file_of_a_published_run_is_found_when_the_run_is_made_again(
    name: str, workspace: Path, tmp_path: Path
) -> None:
    run_id = list_runs(workspace)[-1]
    (published,) = workspace.glob(f"out/{run_id}/{name}")
    sound = published.read_bytes()
    made = tmp_path / run_id
    made.mkdir()
    for path in published.parent.iterdir():
        (made / path.name).write_bytes(path.read_bytes())
    check_published(made, published.parent)
    rng = Random(name)  # noqa: S311 - the same damages again
    for number in range(DAMAGES):
        damaged = WAYS[number % len(WAYS)](sound, rng)
        published.write_bytes(damaged)
        if damaged != sound:
            with pytest.raises(InputError, match="differs from what this run wrote"):
                check_published(made, published.parent)
