"""A damaged database or ledger is named, with what to do, and never replaced by a command."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from senr_duck.errors import InputError
from senr_duck.files.database_file import explain_damage
from tests.support.command_line import AS_OF, RUN, senr_duck

pytestmark = pytest.mark.slow

BLOCK = 4096
HEADERS = 3 * BLOCK  # the file's own, and two that DuckDB writes in turn
ROUNDS, BATCHES = 40, 5  # of each file

DATABASE = [
    ("sql", "from recon.finding"),
    ("explain", "1000000002"),
    ("spot-check",),
    ("report", "--out", "again.html"),
]


def cut(content: bytearray, rng: random.Random) -> None:
    del content[rng.randrange(len(content)) :]


def flip(content: bytearray, rng: random.Random) -> None:
    for _ in range(rng.choice((1, 200))):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)


def flip_header(content: bytearray, rng: random.Random) -> None:
    for _ in range(4):
        content[rng.randrange(HEADERS)] ^= 1 << rng.randrange(8)


def blank(content: bytearray, rng: random.Random) -> None:
    start = rng.randrange(len(content)) // BLOCK * BLOCK
    size = min(BLOCK * rng.choice((1, 8, 64)), len(content) - start)
    content[start : start + size] = bytes(size)


DAMAGES: list[Callable[[bytearray, random.Random], None]] = [cut, flip, flip_header, blank]


def damage(path: Path, number: int) -> bytes:
    """Damage a file in one of the ways, and return its content."""
    content = bytearray(path.read_bytes())
    DAMAGES[number % len(DAMAGES)](content, random.Random(number))  # noqa: S311 - no secret
    path.write_bytes(content)
    return bytes(content)


def check(folder: Path, name: str, damaged: bytes, *command: str) -> int:
    """Check how a command ends with a damaged file; return its status."""
    done = senr_duck(folder, *command)
    assert done.returncode in (0, 1, 2), (command, done.stderr)
    assert "Traceback" not in done.stderr, (command, done.stderr)
    if done.returncode == 2:
        assert name in done.stderr
        assert "\n\nhint: " in done.stderr
        assert (folder / name).read_bytes() == damaged, f"{command} changed the damaged file"
    return done.returncode


def list_ledger_commands(folder: Path) -> Iterator[tuple[str, ...]]:
    run_id = next(folder.glob("out/2*")).name
    yield ("status",)
    yield ("check", *RUN[1:])
    yield ("posted", run_id, "--on", AS_OF[1])


@pytest.mark.parametrize("way", range(len(DAMAGES)), ids=[one.__name__ for one in DAMAGES])
def test_a_damaged_database_is_named_and_kept(way: int, workspace_with_run: Path) -> None:
    folder = workspace_with_run
    damaged = damage(folder / "senr.duckdb", way)
    for command in DATABASE:
        check(folder, "senr.duckdb", damaged, *command)
    assert senr_duck(folder, *RUN).returncode == 0  # a run replaces it
    assert senr_duck(folder, *DATABASE[0]).returncode == 0


@pytest.mark.parametrize("way", range(len(DAMAGES)), ids=[one.__name__ for one in DAMAGES])
def test_a_damaged_ledger_is_named_and_kept(way: int, workspace_with_run: Path) -> None:
    folder = workspace_with_run
    damaged = damage(folder / "senr.ledger.duckdb", way)
    for command in list_ledger_commands(folder):
        check(folder, "senr.ledger.duckdb", damaged, *command)


@pytest.mark.parametrize("content", [b"", b"no database", bytes(100_000), b"DUCK" * 10_000])
def test_a_file_that_is_no_database_is_named_and_kept(
    content: bytes, workspace_with_run: Path
) -> None:
    folder = workspace_with_run
    published = (folder / "senr.duckdb").read_bytes()
    (folder / "senr.duckdb").write_bytes(content)
    for command in DATABASE:
        assert check(folder, "senr.duckdb", content, *command) == 2
    (folder / "senr.duckdb").write_bytes(published)
    (folder / "senr.ledger.duckdb").write_bytes(content)
    for command in list_ledger_commands(folder):
        assert check(folder, "senr.ledger.duckdb", content, *command) == 2


@pytest.mark.parametrize("batch", range(BATCHES))
@pytest.mark.parametrize("name", ["senr.duckdb", "senr.ledger.duckdb"])
def test_many_damages_of_each_file_are_named(
    name: str, batch: int, every_class_run: Path, tmp_path: Path
) -> None:
    statuses = []
    for number in range(batch, ROUNDS, BATCHES):
        folder = Path(shutil.copytree(every_class_run, tmp_path / str(number)))
        damaged = damage(folder / name, number)
        commands = DATABASE if name == "senr.duckdb" else list_ledger_commands(folder)
        statuses += [check(folder, name, damaged, *command) for command in commands]
        shutil.rmtree(folder)
    assert 2 in statuses


@pytest.mark.parametrize(
    ("error", "is_explained"),
    [
        (duckdb.Error("Corrupt database file: computed checksum 1 does not match"), True),
        (duckdb.IOException("could not read enough bytes"), True),
        (duckdb.SerializationException("field id mismatch"), True),
        (duckdb.InternalException("attempted to access index 3"), True),
        (duckdb.FatalException("database has been invalidated"), True),
        (duckdb.BinderException("no such column"), False),
        (duckdb.ConversionException("could not convert"), False),
        (duckdb.IOException("could not write: No space left on device"), False),
        (ValueError("a bug"), False),
    ],
)
def test_only_what_damage_raises_is_explained(error: Exception, is_explained: bool) -> None:
    with pytest.raises(Exception) as caught, explain_damage(Path("a.duckdb"), "what to do"):
        raise error
    if is_explained:
        assert isinstance(caught.value, InputError)
        assert str(caught.value) == (
            "a.duckdb is damaged: DuckDB cannot read a part of it "
            f"({type(error).__name__}), expected a whole file"
        )
    else:
        assert caught.value is error
