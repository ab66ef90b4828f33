"""Where a run works until what it made is whole: private folders, then renamed."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from senr_duck.errors import InputError


@contextmanager
def open_workspace(out: Path, database: Path) -> Iterator[tuple[Path, Path]]:
    """Give a private folder under ``out`` and a path beside ``database``; both gone afterwards."""
    try:
        create_private_folder(out)
        scratch = Path(tempfile.mkdtemp(prefix=".run-", dir=out))
        beside = Path(tempfile.mkdtemp(prefix=".db-", dir=database.absolute().parent))
    except OSError as error:
        raise InputError(
            f"cannot write to {error.filename}: {error.strerror}",
            "choose folders for --out and --db that exist and can be written to",
        ) from error
    try:
        yield scratch, beside / database.name
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.rmtree(beside, ignore_errors=True)


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


def publish_folder(folder: Path, final: Path) -> Path:
    """Rename the run's folder to its final place; one that stands there must hold the same."""
    if not final.exists():
        folder.rename(final)
        return final
    for made in sorted(folder.iterdir()):
        published = final / made.name
        if not published.is_file() or published.read_bytes() != made.read_bytes():
            raise InputError(
                f"{final} exists, and its {made.name} is not what this run wrote",
                "move that folder away, then run again",
            )
    return final
