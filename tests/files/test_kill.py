"""A command may be killed at any time: all is as before or as after, and the next one works.

There are 50 kills by default; ``SENR_DUCK_KILLS=2000`` in the environment makes more of them.
"""

import os
import shutil
import signal
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pytest

from tests.support.command_line import RUN, Ended, senr_duck
from tests.support.few_students import BEFORE
from tests.support.once import make_once
from tests.support.stock import take_stock
from tests.support.workspaces import DAY, State, list_hidden, list_runs, make_workspace, see

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("SENR_DUCK_KILLS", "50"))

# Each command that writes; FIRST and LAST are the IDs of the first and the last run.
COMMANDS = {
    "run": (*RUN, "--quiet"),
    "check": ("check", *RUN[1:], "--quiet"),
    "posted": ("posted", "LAST", "--on", DAY),
    "posted --undo": ("posted", "FIRST", "--undo"),
    "rejected": ("rejected", "rejected.txt", "--on", DAY),
    "clean-runs": ("clean-runs", "--keep", "1"),
    "report": ("report",),
    "simulate --write-ods": (
        *("simulate", "last.zip", "--ods", "ods.txt", "--as-of", DAY),
        *("--write-ods", "after.txt"),
    ),
    "sample": ("sample", "--out", "sample", "--district", "Clovis Unified", "--students", "40"),
    "init": ("init", "--ods", "ods.txt", "--sis", "sis.txt", "--out", "new.toml", "--as-of", DAY),
}
# How many of the kills hit each; a run does the most, and a check writes nothing.
SHARES = dict.fromkeys(COMMANDS, 0.1) | {"run": 0.18, "check": 0.02}
# At how many sizes of a file the disk has no more room; the least is enough for the message.
LEAST = 500
SIZES = dict.fromkeys(COMMANDS, 3) | {"run": 8, "check": 0}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace in which every one of the commands has something to do."""
    return make_once(tmp_path_factory, "three_runs", make_workspace)


class Trial:
    """One command in copies of the prepared workspace; ``after`` is what it leaves if it ends."""

    def __init__(self, name: str, prepared: Path, folder: Path) -> None:
        self.prepared, self.folder = prepared, folder
        first, *_, last = list_runs(prepared)
        places = {"FIRST": first, "LAST": last}
        self.arguments = tuple(places.get(word, word) for word in COMMANDS[name])
        self.status = 1 if name == "check" else 0  # there is something to do
        self.before = see(prepared)
        whole = self.copy("whole")
        self.states = folder / "states"
        self.states.mkdir()
        done = self.execute(whole, states=str(self.states))
        assert done.returncode == self.status, done.stderr
        self.lines = len(done.lines)
        self.after = see(whole)
        self.largest = self._find_largest(whole)
        assert list_hidden(whole) == set()

    def _find_largest(self, whole: Path) -> int:
        """Return the size of the largest file that the command writes; of a check, a database."""
        before, after = take_stock(self.prepared), take_stock(whole)
        written = [name for name in after if after[name] != before.get(name)] or ["senr.duckdb"]
        return max((whole / name).stat().st_size for name in written)

    def copy(self, name: str) -> Path:
        return Path(shutil.copytree(self.prepared, self.folder / name))

    def execute(self, folder: Path, first: str = "", **what: object) -> Ended:
        return senr_duck(folder, *self.arguments, before=BEFORE + first, **what)

    def check(self, folder: Path) -> State:
        """Check that each thing in a folder is as it was before the command, or as after it."""
        state = see(folder)
        for name in self.before.keys() | self.after.keys():
            assert state.get(name) in (self.before.get(name), self.after.get(name)), name
        assert state.keys() <= self.before.keys() | self.after.keys()
        return state

    def check_next(self, folder: Path) -> None:
        """Check that the command, once more, does the rest, and removes what is left."""
        published = see(folder).keys() - self.before.keys()
        again = self.execute(folder)
        if published and "expected a new file" in again.stderr:
            assert again.returncode == 2  # by name, as what the killed command had written exists
            return
        assert again.returncode == self.status, again.stderr
        assert list_hidden(folder) == set()
        assert see(folder) == self.after


@pytest.fixture(scope="module")
def find_trial(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Trial]:
    """Return a function that gives a command's trial; the tests of a command share it."""
    return cache(lambda name: Trial(name, prepared, tmp_path_factory.mktemp("trial")))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_killed_at_any_line_leaves_nothing_half_done_and_works_again(
    name: str, find_trial: Callable[[str], Trial]
) -> None:
    """A stopped process has written the same as one that is killed at that line."""
    trial = find_trial(name)
    seen = set()
    for folder in sorted(trial.states.iterdir()):
        state = trial.check(folder)
        hidden = {one.rpartition("-")[0] or one for one in list_hidden(folder)}
        alike = (frozenset(state.items()), frozenset(hidden))
        if alike not in seen:
            seen.add(alike)
            trial.check_next(folder)
        shutil.rmtree(folder)
    assert len(seen) > 1


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_is_truly_killed_leaves_nothing_half_done(
    name: str, find_trial: Callable[[str], Trial]
) -> None:
    trial = find_trial(name)
    rng = Random(name)  # noqa: S311 - the same kills again
    kills = round(KILLS * SHARES[name])
    for number in range(kills):
        folder = trial.copy(f"killed_{number}")
        if number % 4 == 3:  # as it writes a file
            killed = trial.execute(folder, kill_at_size=rng.randrange(trial.largest))
            assert killed.returncode in (-signal.SIGXFSZ, trial.status)
        else:
            killed = trial.execute(folder, kill_at_line=rng.randint(1, trial.lines))
            assert killed.returncode == -signal.SIGKILL
        trial.check(folder)
        if number % 8 == 0:  # the test above has the next command after every state there is
            trial.check_next(folder)
        shutil.rmtree(folder)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_finds_no_room_on_the_disk_says_so_and_publishes_nothing(
    name: str, find_trial: Callable[[str], Trial]
) -> None:
    trial = find_trial(name)
    rng = Random(name)  # noqa: S311 - the same sizes again
    sizes = [LEAST, *(rng.randrange(LEAST, trial.largest) for _ in range(SIZES[name]))]
    for number, size in enumerate(sizes):
        folder = trial.copy(f"full_{number}")
        done = trial.execute(folder, fail_at_size=size)
        assert done.returncode == 2, size
        assert done.stderr.startswith("error: "), size
        assert "File too large" in done.stderr, size
        assert "Traceback" not in done.stderr
        assert trial.check(folder) == trial.before or name == "clean-runs"
        assert list_hidden(folder) == set()
        if number:
            shutil.rmtree(folder)
    trial.check_next(folder.with_name("full_0"))


BROKEN = """
import errno, senr_duck.run.job as run
publish = run.{name}
def broken(*given):
    {first}
    raise OSError(errno.ENOSPC, "No space left on device")
run.{name} = broken
"""


@pytest.mark.parametrize(
    "name", ["prepare_run", "publish_folder", "settle_ledger", "publish_database"]
)
@pytest.mark.parametrize("first", ["pass", "publish(*given)"], ids=["before", "after"])
def test_a_disk_that_fails_between_two_publications_is_reported_and_no_worse(
    name: str, first: str, find_trial: Callable[[str], Trial]
) -> None:
    trial = find_trial("run")
    folder = trial.copy(f"{name}_{len(first)}")
    failed = trial.execute(folder, BROKEN.format(name=name, first=first))
    assert failed.returncode == 2
    assert failed.stderr.startswith("error: cannot write to the disk: No space left on device\n")
    trial.check(folder)
    trial.check_next(folder)
