"""Check the file that the user named, and unpack it into one plain file."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from senr_duck.errors import InputError
from senr_duck.files.regular_file import find_fault
from senr_duck.load.packed_file import unpack
from senr_duck.privacy.shown_list import name_count
from senr_duck.privacy.shown_value import escape_controls
from senr_duck.reference.file_types import SENR, FileType, file_types
from senr_duck.reference.sql_tables import escape_pattern, quote

Side = Literal["ods", "sis"]

_PARQUET = b"PAR1"


@dataclass(frozen=True)
class PlainFile:
    """An uncompressed file; ``file_name`` is the name of the user's file, for messages.

    ``lines_before`` is the number of lines in the files of its side that are loaded before it.
    ``notices`` say what was read in another form than the usual one. ``type_code`` says of which of
    CALPADS's files it is an extract.
    """

    side: Side
    file_name: str
    path: Path
    lines_before: int = 0
    notices: tuple[str, ...] = ()
    type_code: str = SENR

    @property
    def file_type(self) -> FileType:
        """The file of CALPADS that this is an extract of."""
        return file_types()[self.type_code]

    @property
    def record_type(self) -> str:
        """The record type that every record must have."""
        return self.file_type.record_type(self.side)


def check_file(path: Path, side: Side) -> None:
    """Raise InputError unless ``path`` is a regular file that DuckDB can read."""
    if found := find_fault(path):
        raise InputError(
            f"{escape_controls(path.name or path)}: found {found}, expected a file",
            f"check the path after --{side}",
        )


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def quote_path(path: Path) -> str:
    """Return an absolute path as a SQL string with which DuckDB reads this file and no other.

    For ``attach``, which knows no patterns, the path itself is right.
    """
    return quote(escape_pattern(path.absolute()))


def is_parquet(path: Path) -> bool:
    """Return whether a file begins like a Parquet file."""
    with path.open("rb") as file:
        return file.read(len(_PARQUET)) == _PARQUET


def unpack_file(path: Path, side: Side, folder: Path, type_code: str = SENR) -> PlainFile:
    """Return the file at ``path``; if it is compressed, a new file in ``folder`` with its content.

    Raises InputError as unpack does.
    """
    unpacked = folder / "unpacked"
    name = escape_controls(path.name)
    passed_over = unpack(path, unpacked)
    if passed_over is None:
        return PlainFile(side, name, path, type_code=type_code)
    verb = "is" if passed_over == 1 else "are"
    notice = f"{name}: {name_count(passed_over, 'file')} of macOS in the zip {verb} passed over"
    notices = (notice,) if passed_over else ()
    return PlainFile(side, name, unpacked, notices=notices, type_code=type_code)
