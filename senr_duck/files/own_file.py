"""Overwrite only what senr-duck made; stop if an input changes while it is read."""

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from senr_duck.errors import InputError
from senr_duck.privacy.shown_value import escape_controls


def refuse_foreign(
    path: Path, option: str, kind: str, is_ours: Callable[[Path], bool] | None = None
) -> None:
    """Raise InputError if anything is at ``path`` that senr-duck must not overwrite.

    ``option`` names the path, and ``kind`` is what is written there, such as "a report". Without
    ``is_ours``, the path must be new. With it, a file may be there that ``is_ours`` recognizes, or
    an empty one, which has nothing to lose; a link is never ours.
    """
    try:
        about = path.lstat()
        if is_ours is None:
            found = "exists"
        elif stat.S_ISLNK(about.st_mode):
            found = "is a link"
        elif stat.S_ISDIR(about.st_mode):
            found = "is a folder"
        elif not stat.S_ISREG(about.st_mode):
            found = "is not a regular file"
        elif not about.st_size or is_ours(path):
            return
        else:
            found = f"is not {kind} that senr-duck wrote"
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        found = f"cannot be read ({error.strerror})"
    shown = escape_controls(path)
    expected = "a new file" if is_ours is None else f"a new file, or {kind} of senr-duck"
    raise InputError(
        f"{option}: {shown} {found}; expected {expected}",
        f"choose another path with {option}, or move {shown} away",
    )


@contextmanager
def refuse_changes(*paths: Path | None) -> Iterator[None]:
    """Raise InputError if one of the files is another one, or has changed, when the body ends.

    So what the body reads first, such as a hash, is of the same bytes as what it reads later. A
    change is also reported in place of an error in the body, because it may have caused it.
    """
    files = [path for path in paths if path is not None]
    before = [_identify(path) for path in files]

    def check() -> None:
        for path, identity in zip(files, before, strict=True):
            if _identify(path) != identity:
                raise name_change(path.name) from None

    try:
        yield
    except Exception:
        check()
        raise
    check()


def name_change(file_name: str) -> InputError:
    """Return the error to raise for a file that changed while it was read."""
    return InputError(
        f"{escape_controls(file_name)} changed while it was read",
        "run again when nothing writes to the file any more",
    )


def _identify(path: Path) -> tuple[int, ...] | None:
    """Return what changes if a file is replaced or written to; None for one that is missing."""
    try:
        about = path.stat()
    except (OSError, ValueError):
        return None
    return about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns
