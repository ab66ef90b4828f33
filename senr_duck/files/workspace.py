"""The workspace of a run: private folders, which are renamed when the results are complete."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from senr_duck.errors import InputError
from senr_duck.files.database_file import explain_open_file, name_journal, refuse_question_mark
from senr_duck.files.own_file import refuse_foreign
from senr_duck.files.own_folder import open_own_folder, remove_left
from senr_duck.files.signals import hold_signals
from senr_duck.files.workspace_lock import hold_workspace, refuse_place

# The folder of a run that is not complete yet, or of one that is being removed.
_RUN = ".run-"

# What DuckDB adds to the name of a journal while it makes a checkpoint or recovers.
_JOURNALS = ("", ".checkpoint", ".recovery")


def name_new(database: Path) -> str:
    """Return how the names of the temporary folders for a new version of a database begin.

    They have no question mark, with which DuckDB could not write there.
    """
    name = database.name.replace("%", "%25").replace("?", "%3F")
    return f".{name}.new-"


@contextmanager
def open_to_look(database: Path, wait: float = 0) -> Iterator[tuple[Path, Path]]:
    """Provide what ``open_workspace`` does, for work that publishes nothing and leaves nothing.

    Both are in a private folder next to ``database``, where a folder must exist already. The lock
    file is removed, too, unless it was there before.
    """
    _refuse_odd_paths(database)
    folder = database.absolute().parent
    refuse_question_mark(folder)
    with (
        hold_workspace(database, wait=wait, leaves_locks=False),
        _open_folders((folder, name_new(database))) as (new,),
    ):
        scratch = new / "scratch"
        scratch.mkdir(mode=0o700)
        yield scratch, new / "senr.duckdb"


@contextmanager
def open_workspace(out: Path, database: Path, wait: float = 0) -> Iterator[tuple[Path, Path]]:
    """Provide a private folder under ``out``, and a path for a new version of ``database``.

    Both are removed at exit; the path is in a private folder next to ``database``. No other run can
    use the workspace until the body ends; waits at most ``wait`` seconds for it. Files that a
    killed run left there are removed first, because they contain student data. Raises InputError if
    nothing can be written, WorkspaceBusy if another run is using the workspace.
    """
    _refuse_odd_paths(out, database)
    folder = database.absolute().parent
    refuse_question_mark(folder)
    create_private_folder(out)
    with (
        hold_workspace(database, out, wait=wait),
        _open_folders((out, _RUN), (folder, name_new(database))) as (scratch, new),
    ):
        yield scratch, new / "senr.duckdb"


def _refuse_odd_paths(*places: Path) -> None:
    for place in places:
        try:
            str(place.absolute()).encode()
            place.exists()
        except UnicodeEncodeError:
            raise refuse_place(place, "its path is not text in UTF-8") from None
        except OSError as error:
            raise refuse_place(place, error.strerror) from error


@contextmanager
def _open_folders(*places: tuple[Path, str]) -> Iterator[list[Path]]:
    """Provide folders as ``open_own_folder`` does, after removing those of killed processes.

    Raises InputError if one cannot be made.
    """
    with ExitStack() as opened:
        try:
            for place in places:
                remove_left(*place)
            folders = [opened.enter_context(open_own_folder(*place)) for place in places]
        except OSError as error:
            if error.filename is None:  # the mark cannot be written: the disk is full
                raise
            raise refuse_place(error.filename, error.strerror) from error
        yield folders


def remove_left_runs(out: Path) -> None:
    """Remove what killed commands left of runs in a folder; the caller must hold its lock."""
    remove_left(out, _RUN)


def remove_run_folder(folder: Path) -> None:
    """Remove the folder of a run; raises OSError, and leaves all of it, if it cannot be removed.

    The caller must hold the lock of the folder that it is in.
    """
    with open_own_folder(folder.parent, _RUN) as hidden:
        # a rename moves all of it, or nothing, as Windows refuses it if a file is open
        folder.rename(hidden / folder.name)


def create_private_file(path: Path) -> None:
    """Create an empty file that only its owner may read or write, whatever the umask is.

    Raises FileExistsError if there is one.
    """
    path.touch(mode=0o600, exist_ok=False)
    path.chmod(0o600)


def create_private_folder(path: Path) -> None:
    """Create a folder, and its parents, that only the owner can use; keep an existing folder.

    Raises InputError if it cannot be created.
    """
    try:
        if path.is_dir():
            return
        if not path.parent.exists():
            create_private_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)
        path.chmod(0o700)
    except OSError as error:
        raise refuse_place(error.filename, error.strerror) from error


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
    place = (target.absolute().parent, name_new(target))
    with hold_workspace(target), _open_folders(place) as (folder,):
        yield folder


def publish_new_file(new: Path, target: Path, option: str, kind: str) -> None:
    """Give a finished file a name that no file has; raises as ``refuse_foreign`` does.

    It may keep its first name, too: the caller removes the folder that it is in.
    """
    hold_signals()
    try:
        _name_once(new, target)
    except FileExistsError:
        refuse_foreign(target, option, kind)
    _sync_folder(target.absolute().parent)


def _name_once(new: Path, target: Path) -> None:
    """Give a file a name; raises FileExistsError if another one has it, which a rename replaces."""
    try:
        os.link(new, target)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links; a kill between the two leaves an empty file
        create_private_file(target)
        new.replace(target)


def publish_database(new: Path, database: Path) -> None:
    """Replace the published database with the new one; sessions that are reading it continue.

    Changes that an analyst's session made to the old database, and that are still in its journal,
    must not be applied to the new one. Raises InputError if a program on Windows has it open.
    """
    new.chmod(0o600)
    with explain_open_file(database):
        journal = name_journal(database)
        for ending in _JOURNALS:
            journal.with_name(f"{journal.name}{ending}").unlink(missing_ok=True)
        new.replace(database)
    _sync_folder(database.absolute().parent)


def publish_folder(folder: Path, final: Path) -> None:
    """Rename the run's folder to its final name; one that exists stays as it is."""
    if not final.exists():
        folder.rename(final)
        _sync_folder(final.absolute().parent)


def check_published(
    folder: Path, final: Path, read: Callable[[Path], bytes] = Path.read_bytes
) -> None:
    """Raise InputError if a folder of the final name exists with other content.

    ``read`` returns the bytes of a file that must be the same.
    """
    if not final.exists():
        return
    for made in sorted(folder.iterdir()):
        published = final / made.name
        if not published.is_file() or read(published) != read(made):
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
