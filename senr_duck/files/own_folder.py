"""Private folders that a command makes for itself; a mark inside says whose they are."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from senr_duck.files.signals import clean_up_at_signals

# A name alone does not say that a folder is ours: a user's folder may have it.
_MARK = ".made-by-senr-duck"
_MARK_TEXT = b"senr-duck made this folder, and removes it.\n"
_RANDOM = re.compile("[a-z0-9_]{8}")  # what tempfile adds to a prefix


@contextmanager
def open_own_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """Provide a new private folder in ``parent``; remove it and everything in it at exit.

    Raises OSError if nothing can be written there.
    """
    clean_up_at_signals()
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    try:
        mark_folder(folder)
        yield folder
    finally:
        remove_own_folder(folder)


def remove_left(parent: Path, prefix: str) -> None:
    """Remove the folders of ``open_own_folder`` that killed processes left, and no other folder.

    They may contain student data. The caller must hold a lock that keeps other processes from
    opening folders with this prefix. Raises OSError if ``parent`` cannot be read.
    """
    for left in parent.iterdir():
        if left.name.startswith(prefix) and _RANDOM.fullmatch(left.name, len(prefix)):
            if is_own_folder(left):
                remove_own_folder(left)
            else:
                with suppress(OSError):
                    left.rmdir()  # only if it is empty: a process was killed before the mark


def mark_folder(folder: Path) -> None:
    """Mark a folder as made by senr-duck, which may therefore remove it."""
    (folder / _MARK).write_bytes(_MARK_TEXT)


def is_own_folder(folder: Path) -> bool:
    """Return whether this is a folder, not a link to one, with our mark in it.

    The process may have been killed while it wrote the mark.
    """
    try:
        return not folder.is_symlink() and _MARK_TEXT.startswith((folder / _MARK).read_bytes())
    except OSError:
        return False


def list_content(folder: Path) -> list[Path]:
    """Return what is in a folder, sorted, without the mark."""
    return sorted(path for path in folder.iterdir() if path.name != _MARK)


def remove_own_folder(folder: Path) -> None:
    """Remove a folder as far as the system allows it; the mark goes last, so it is still ours."""
    with suppress(OSError):
        for path in list_content(folder):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink()
        if not list_content(folder):
            (folder / _MARK).unlink(missing_ok=True)
            folder.rmdir()
