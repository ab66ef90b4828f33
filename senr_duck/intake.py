"""Unpack what the user gave into one plain file on disk."""

import errno
import gzip
import hashlib
import re
import shutil
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from senr_duck.errors import InputError

Side = Literal["ods", "sis"]

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the second is a zip without a single file
_PARQUET = b"PAR1"
_COPIED_AT_ONCE = 1 << 20  # bytes
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError)


@dataclass(frozen=True)
class PlainFile:
    """An uncompressed file; ``file_name`` is the one that the user gave, for messages."""

    side: Side
    file_name: str
    path: Path


def check_file(path: Path, side: Side) -> None:
    """Raise InputError unless ``path`` is a regular file that can be opened for reading."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb"):
                return
        found = "is a folder" if stat.S_ISDIR(mode) else "is not a regular file"
    except (FileNotFoundError, NotADirectoryError):
        found = "does not exist"
    except OSError as error:
        found = f"cannot be read ({error.strerror})"
    raise InputError(f"{path.name} {found}; expected a file", f"check the path after --{side}")


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def quote_path(path: Path) -> str:
    """Return an absolute path as a SQL string by which DuckDB reads this file and no other.

    DuckDB takes ``[``, ``*`` and ``?`` for a pattern: ``ods[1].txt`` would read ``ods1.txt``.
    """
    literally = re.sub(r"([\[*?])", r"[\1]", str(path.absolute()))
    return "'" + literally.replace("'", "''") + "'"


def is_parquet(path: Path) -> bool:
    """Return whether a file begins as Parquet files do."""
    return _read_first_bytes(path) == _PARQUET


def unpack_file(path: Path, side: Side, folder: Path) -> PlainFile:
    """Return the file at ``path``, or a new one in ``folder`` with what it holds compressed.

    Gzip and zip are known by their first bytes. A zip must hold exactly one file, whose own name
    is never used. Raises InputError for any other zip, and for damaged or encrypted content.
    """
    first = _read_first_bytes(path)
    if first.startswith(_GZIP):
        unpack = _unpack_gzip
    elif first.startswith(_ZIP):
        unpack = _unpack_zip
    else:
        return PlainFile(side, path.name, path)
    unpacked = folder / "unpacked"
    try:
        with unpacked.open("wb") as plain:
            unpack(path, plain)
    except (*_DAMAGED, OSError) as error:
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise  # the disk's fault; these two are gzip's word, and a zip's impossible place
        raise InputError(
            f"{path.name} is damaged: its compressed content cannot be read",
            "download or copy the file again",
        ) from error
    return PlainFile(side, path.name, unpacked)


def _read_first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


def _unpack_gzip(path: Path, plain: BinaryIO) -> None:
    with gzip.open(path) as packed:
        shutil.copyfileobj(packed, plain, _COPIED_AT_ONCE)


def _unpack_zip(path: Path, plain: BinaryIO) -> None:
    with zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) != 1:
            raise InputError(
                f"{path.name} is a zip that holds {len(members)} files; expected exactly one",
                "zip the extract alone; save an Excel workbook, which is such a zip, as CSV",
            )
        if members[0].flag_bits & 1:
            raise InputError(
                f"{path.name} is a zip with a password; expected one without",
                "unpack it, then give the file inside",
            )
        if members[0].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # Windows takes Deflate64 for large files, which Python cannot read.
            raise InputError(
                f"{path.name} is a zip compressed in a rare way; expected the method Deflate",
                "unpack it, then give the file inside",
            )
        with archive.open(members[0]) as packed:
            shutil.copyfileobj(packed, plain, _COPIED_AT_ONCE)
