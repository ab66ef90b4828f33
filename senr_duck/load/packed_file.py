"""Unpack a gzip or zip file, as long as what comes out can be an extract."""

import errno
import gzip
import io
import shutil
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath
from typing import IO, BinaryIO

from senr_duck.errors import InputError
from senr_duck.privacy.shown_value import escape_controls, show_short

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the second is a zip without a single file
_COPIED_AT_ONCE = 1 << 20  # bytes
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)
_BY_HAND = "unpack it, then give the file inside"

# An extract packs to a tenth or a thirtieth. What unpacks to more than this is made to fill a disk.
_MOST_TIMES = 200
_ALWAYS_ALLOWED = 16 << 20  # bytes: a small file of much the same packs better than a large one


def unpack(path: Path, target: Path) -> bool:
    """Write to ``target`` what a gzip or zip file holds; return False for any other file.

    Both are known by their first bytes. A zip must hold exactly one file, whose name, though never
    used, may not lead out of a folder. Raises InputError for any other zip, for damaged or
    encrypted content, for what is larger than 16 MiB and 200 times the packed file, and for a zip
    that says it needs more space than there is.
    """
    if not (first := _read_mark(path)):
        return False
    with target.open("wb") as plain:
        _unpack_into(plain, path, first, shutil.disk_usage(target.parent).free)
    return True


def read_unpacked(path: Path) -> bytes:
    """Return a file's bytes, or what it holds if it is gzip or zip; refuses what unpack refuses."""
    if not (first := _read_mark(path)):
        return path.read_bytes()
    plain = io.BytesIO()
    _unpack_into(plain, path, first, sys.maxsize)
    return plain.getvalue()


def read_members(path: Path) -> list[tuple[str, bytes]]:
    """Return the name and the bytes of each file in a zip, in the order of their names.

    Raises InputError for a file that is no zip or is damaged, for a member that unpack would
    refuse, and if all members together are larger than unpack would write.
    """
    members = []
    left = _most_unpacked(path)
    with _explain_damage(path), zipfile.ZipFile(path) as archive:
        for member in sorted(_list_files(archive), key=lambda member: member.filename):
            plain = io.BytesIO()
            _unpack_member(plain, path, archive, member, left)
            left -= plain.tell()
            members.append((member.filename, plain.getvalue()))
    return members


def _read_mark(path: Path) -> bytes:
    """Return the first bytes of a gzip or zip file; nothing for any other file."""
    with path.open("rb") as file:
        first = file.read(4)
    return first if first.startswith((_GZIP, *_ZIP)) else b""


@contextmanager
def _explain_damage(path: Path) -> Iterator[None]:
    try:
        yield
    except (*_DAMAGED, OSError) as error:
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise  # the disk's fault; these two are gzip's word, and a zip's impossible place
        raise InputError(
            f"{escape_controls(path.name)} is damaged: its compressed content cannot be read",
            "download or copy the file again",
        ) from error


def _unpack_into(plain: BinaryIO, path: Path, first: bytes, free: int) -> None:
    most = _most_unpacked(path)
    with _explain_damage(path):
        if first.startswith(_GZIP):
            with gzip.open(path) as packed:
                _copy(plain, path, packed, most)
        else:
            _unpack_zip(plain, path, free, most)


def _most_unpacked(path: Path) -> int:
    return max(_ALWAYS_ALLOWED, _MOST_TIMES * path.stat().st_size)


def _copy(plain: BinaryIO, path: Path, packed: IO[bytes] | gzip.GzipFile, most: int) -> None:
    copied = 0
    while piece := packed.read(_COPIED_AT_ONCE):
        copied += len(piece)
        if copied > most:
            raise _refuse_size(path)
        plain.write(piece)


def _refuse_size(path: Path) -> InputError:
    return InputError(
        f"{escape_controls(path.name)} unpacks to more than {_most_unpacked(path):,} bytes; "
        f"expected at most {_ALWAYS_ALLOWED:,}, or {_MOST_TIMES} times its own size",
        "no extract packs that well: look at where the file comes from; if it is right, unpack it, "
        "then give the file inside",
    )


def _list_files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [member for member in archive.infolist() if not member.is_dir()]


def _unpack_zip(plain: BinaryIO, path: Path, free: int, most: int) -> None:
    name = escape_controls(path.name)
    with zipfile.ZipFile(path) as archive:
        members = _list_files(archive)
        if len(members) != 1:
            raise InputError(
                f"{name} is a zip that holds {len(members)} files; expected exactly one",
                "zip the extract alone; save an Excel workbook, which is such a zip, as CSV",
            )
        if free < members[0].file_size <= most:
            raise InputError(
                f"{name} unpacks to {members[0].file_size:,} bytes; "
                f"the disk of the folder of --out has {free:,} free",
                "free some space, or choose another folder with --out",
            )
        _unpack_member(plain, path, archive, members[0], most)


def _unpack_member(
    plain: BinaryIO, path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int
) -> None:
    name = escape_controls(path.name)
    if _leads_out(member.filename):
        raise InputError(
            f"{name} is a zip whose file has a path that leads out of its folder "
            f"({show_short(member.filename)}); expected a plain name",
            "no program that packs an extract writes such a path: look at where the zip comes "
            "from, and zip the extract alone",
        )
    if member.flag_bits & 1:
        raise InputError(f"{name} is a zip with a password; expected one without", _BY_HAND)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Windows takes Deflate64 for large files, which Python cannot read.
        raise InputError(
            f"{name} is a zip compressed in a rare way; expected the method Deflate", _BY_HAND
        )
    if member.file_size > most:
        raise _refuse_size(path)
    with archive.open(member) as packed:
        _copy(plain, path, packed, most)


def _leads_out(name: str) -> bool:
    """Say whether a name is an absolute path or goes up, with either system's separators."""
    place = PureWindowsPath(name)
    return bool(place.anchor) or ".." in place.parts
