"""Where a run works until what it made is whole: private folders, then renamed."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from senr_duck.errors import InputError
from senr_duck.files.workspace_lock import hold_workspace, refuse_place
from senr_duck.privacy.shown_value import escape_controls

# What stands under such a name is being made, or was when its process ended.
_RUN = ".run-"

# What DuckDB keeps beside a database whose file does not hold all of it yet.
_JOURNALS = (".wal", ".wal.checkpoint", ".wal.recovery")


def name_new(database: Path) -> str:
    """Return how the names of folders begin in which what belongs to a database is made anew."""
    return f".{database.name}.new-"


@contextmanager
def open_workspace(out: Path, database: Path, wait: float = 0) -> Iterator[tuple[Path, Path]]:
    """Give a private folder under ``out`` and a path beside ``database``; both gone afterwards.

    Nobody else has the workspace meanwhile; ``wait`` seconds at most are spent to get it. What a
    killed run left there is removed first, for it is student data. Raises InputError where nothing
    can be written, WorkspaceBusy if another run holds the workspace.
    """
    for place in (out, database):
        try:
            str(place.absolute()).encode()
        except UnicodeEncodeError:
            raise refuse_place(place, "its path is not text in UTF-8") from None
    try:
        create_private_folder(out)
        is_folder = database.is_dir()
    except OSError as error:
        raise refuse_place(error.filename, error.strerror) from error
    if is_folder:
        raise InputError(
            f"--db: {escape_controls(database)} is a folder, expected a file",
            "give the path of the database file to publish",
        )
    beside = database.absolute().parent
    with hold_workspace(database, out, wait):
        _remove_left(out, _RUN)
        _remove_left(beside, name_new(database))
        try:
            try:
                scratch = Path(tempfile.mkdtemp(prefix=_RUN, dir=out))
                new = Path(tempfile.mkdtemp(prefix=name_new(database), dir=beside))
            except OSError as error:
                raise refuse_place(error.filename, error.strerror) from error
            yield scratch, new / database.name
        finally:
            _remove_left(out, _RUN)
            _remove_left(beside, name_new(database))


def _remove_left(folder: Path, prefix: str) -> None:
    for left in folder.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)


def create_private_file(path: Path, replace: bool = False) -> None:
    """Create an empty file that its owner alone may read or write, whatever the umask.

    With ``replace`` a file that stands there gets these permissions, and keeps its content. Raises
    FileExistsError without.
    """
    path.touch(mode=0o600, exist_ok=replace)
    path.chmod(0o600)


def create_private_folder(path: Path) -> None:
    """Create a folder for its owner alone, and those above it; one that is there stays as it is."""
    if path.is_dir():
        return
    if not path.parent.exists():
        create_private_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    path.chmod(0o700)


def write_text(path: Path, text: str) -> None:
    """Write a new private file as UTF-8, line ends as they are; on the disk when this returns."""
    create_private_file(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def publish_database(new: Path, database: Path) -> None:
    """Let the new database take the place of the published one; sessions that read it go on.

    What an analyst's session has written to the old one, and not yet into its file, must not be
    taken for changes of the new one.
    """
    for journal in _JOURNALS:
        database.with_name(f"{database.name}{journal}").unlink(missing_ok=True)
    new.chmod(0o600)
    new.replace(database)
    _sync_folder(database.absolute().parent)


def publish_folder(folder: Path, final: Path) -> None:
    """Rename the run's folder to its final place; one that stands there must hold the same."""
    if not final.exists():
        folder.rename(final)
        _sync_folder(final.absolute().parent)
        return
    for made in sorted(folder.iterdir()):
        published = final / made.name
        if not published.is_file() or published.read_bytes() != made.read_bytes():
            raise InputError(
                f"{final} exists, and its {made.name} is not what this run wrote",
                "move that folder away, then run again",
            )


def _sync_folder(folder: Path) -> None:
    """Have the renames in a folder on the disk; Windows has no such thing."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
