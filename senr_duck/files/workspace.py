"""The workspace of a run: private folders, which are renamed when the results are complete."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from senr_duck.errors import InputError
from senr_duck.files.database_file import explain_open_file
from senr_duck.files.signals import clean_up_at_signals, hold_signals
from senr_duck.files.workspace_lock import hold_workspace, refuse_place
from senr_duck.privacy.shown_value import escape_controls

# Anything with such a name is being made, or was being made when its process ended.
_RUN = ".run-"

# The journal that DuckDB keeps next to a database whose file is not complete yet.
_JOURNALS = (".wal", ".wal.checkpoint", ".wal.recovery")


def name_new(database: Path) -> str:
    """Return how the names of the temporary folders for a new version of a database begin."""
    return f".{database.name}.new-"


@contextmanager
def open_workspace(out: Path, database: Path, wait: float = 0) -> Iterator[tuple[Path, Path]]:
    """Provide a private folder under ``out`` and a path next to ``database``; remove both at exit.

    No other run can use the workspace until the body ends; waits at most ``wait`` seconds for it.
    Files that a killed run left there are removed first, because they contain student data. Raises
    InputError if nothing can be written, WorkspaceBusy if another run is using the workspace.
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
            "use the path of the database file to publish",
        )
    folder = database.absolute().parent
    with hold_workspace(database, out, wait=wait):
        _remove_left(out, _RUN)
        _remove_left(folder, name_new(database))
        clean_up_at_signals()
        try:
            try:
                scratch = Path(tempfile.mkdtemp(prefix=_RUN, dir=out))
                new = Path(tempfile.mkdtemp(prefix=name_new(database), dir=folder))
            except OSError as error:
                raise refuse_place(error.filename, error.strerror) from error
            yield scratch, new / database.name
        finally:
            _remove_left(out, _RUN)
            _remove_left(folder, name_new(database))


def _remove_left(folder: Path, prefix: str) -> None:
    for left in folder.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)


def hide_left(folder: Path) -> Path:
    """Rename a run's folder to a name that the next run removes, and return it."""
    return folder.rename(folder.with_name(f"{_RUN}{folder.name}"))


def create_private_file(path: Path, replace: bool = False) -> None:
    """Create an empty file that only its owner may read or write, whatever the umask is.

    With ``replace``, an existing file gets these permissions and keeps its content. Without it, an
    existing file raises FileExistsError.
    """
    path.touch(mode=0o600, exist_ok=replace)
    path.chmod(0o600)


def create_private_folder(path: Path) -> None:
    """Create a folder, and its parents, that only the owner can use; keep an existing folder."""
    if path.is_dir():
        return
    if not path.parent.exists():
        create_private_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    path.chmod(0o700)


def write_text(path: Path, text: str) -> None:
    """Write a new private file in UTF-8 with unchanged line ends, and sync it to the disk."""
    create_private_file(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def open_scratch(target: Path) -> Iterator[Path]:
    """Provide a private folder next to a file that is to be written; remove it at exit.

    Folders that a killed process left there are removed first. Raises InputError if the folder of
    ``target`` is missing or cannot be written to, WorkspaceBusy if another process is writing the
    file.
    """
    folder = target.absolute().parent
    with hold_workspace(target):
        _remove_left(folder, name_new(target))
        clean_up_at_signals()
        try:
            yield Path(tempfile.mkdtemp(prefix=name_new(target), dir=folder))
        finally:
            _remove_left(folder, name_new(target))


def publish_new_file(new: Path, target: Path) -> None:
    """Rename a finished file to a name that no file has; raises FileExistsError if one has it."""
    hold_signals()
    create_private_file(target)  # takes the name, because a rename would replace another file
    new.replace(target)
    _sync_folder(target.absolute().parent)


def publish_database(new: Path, database: Path) -> None:
    """Replace the published database with the new one; sessions that are reading it continue.

    Changes that an analyst's session made to the old database, and that are still in its journal,
    must not be applied to the new one. Raises InputError if a program on Windows has it open.
    """
    new.chmod(0o600)
    with explain_open_file(database):
        for journal in _JOURNALS:
            database.with_name(f"{database.name}{journal}").unlink(missing_ok=True)
        new.replace(database)
    _sync_folder(database.absolute().parent)


def publish_folder(folder: Path, final: Path) -> None:
    """Rename the run's folder to its final name; one that exists stays as it is."""
    if not final.exists():
        folder.rename(final)
        _sync_folder(final.absolute().parent)


def check_published(folder: Path, final: Path) -> None:
    """Raise InputError if a folder of the final name exists with other content."""
    if not final.exists():
        return
    for made in sorted(folder.iterdir()):
        published = final / made.name
        if not published.is_file() or published.read_bytes() != made.read_bytes():
            raise InputError(
                f"{final} exists, and its {made.name} differs from what this run wrote",
                "move that folder away, then run again",
            )


def _sync_folder(folder: Path) -> None:
    """Sync the renames in a folder to the disk; Windows cannot do this."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
