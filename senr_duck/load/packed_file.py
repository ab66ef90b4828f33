"""Unpack a gzip or zip file, unless its content is too large for an extract."""

import errno
import gzip
import io
import shutil
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from os import devnull
from pathlib import Path, PureWindowsPath
from typing import IO, BinaryIO

from senr_duck.errors import InputError
from senr_duck.privacy.shown_value import escape_controls, show_short

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the second is a zip without a single file
_COPIED_AT_ONCE = 1 << 20  # bytes
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)
_BY_HAND = "unpack it, then use the file inside"

# Extracts compress to between a tenth and a thirtieth. A file that unpacks to more than this was
# made to fill a disk.
_MOST_TIMES = 200
_ALWAYS_ALLOWED = (
    16 << 20
)  # bytes: a small file with similar records compresses better than a large one


def unpack(path: Path, target: Path) -> int | None:
    """Write the content of a gzip or zip file to ``target``; return None for any other file.

    Both are recognized by their first bytes; an Office file, which is a zip too, is not unpacked. A
    zip must contain exactly one file, whose name is not used but must not lead out of a folder;
    returns how many more there are, which macOS adds. Raises InputError for any other zip, for
    damaged or encrypted content, for content larger than both 16 MiB and 200 times the packed file,
    and for a zip that needs more space than the disk has.
    """
    if not (first := _read_mark(path)) or list_office_parts(path):
        return None
    with target.open("wb") as plain:
        _unpack_into(plain, path, first, shutil.disk_usage(target.parent).free)
    if first.startswith(_GZIP):
        return 0
    with zipfile.ZipFile(path) as archive:
        return sum(_is_of_macos(member) for member in archive.infolist() if not member.is_dir())


def read_unpacked(path: Path) -> bytes:
    """Return a file's bytes, unpacked if it is gzip or zip; raises InputError as unpack does."""
    if not (first := _read_mark(path)):
        return path.read_bytes()
    plain = io.BytesIO()
    _unpack_into(plain, path, first, sys.maxsize)
    return plain.getvalue()


def read_members(path: Path) -> list[tuple[str, bytes]]:
    """Return the name and the bytes of each file in a zip, sorted by name.

    Raises InputError if the file is damaged or not a zip, if unpack would refuse a member, and if
    all members together are larger than unpack allows.
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


def list_office_parts(path: Path) -> list[str]:
    """Return the names of the parts of an Office file; none for any other file."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (*_DAMAGED, OSError):
        return []
    return names if {"[Content_Types].xml", "mimetype"} & set(names) else []


def check_parts(path: Path) -> None:
    """Read the parts of an Office file; raises InputError as unpack does for all of them."""
    left = _most_unpacked(path)
    with _explain_damage(path), zipfile.ZipFile(path) as archive, Path(devnull).open("wb") as none:
        for member in _list_files(archive):
            _unpack_member(none, path, archive, member, left)
            left -= member.file_size


def _read_mark(path: Path) -> bytes:
    """Return the first bytes of a gzip or zip file; empty for any other file."""
    with path.open("rb") as file:
        first = file.read(4)
    return first if first.startswith((_GZIP, *_ZIP)) else b""


@contextmanager
def _explain_damage(path: Path) -> Iterator[None]:
    try:
        yield
    except (*_DAMAGED, OSError) as error:
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise  # the disk's fault: gzip's errors have no number, a zip's wrong offset is EINVAL
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
        "real extracts do not compress this much: check where the file comes from; if it is right, "
        "unpack it, then use the file inside",
    )


def _list_files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    return [one for one in members if not one.is_dir() and not _is_of_macos(one)]


def _is_of_macos(member: zipfile.ZipInfo) -> bool:
    """Return whether a file is one that the Finder of macOS adds."""
    return member.filename.startswith("__MACOSX/") or member.filename.endswith(".DS_Store")


def _unpack_zip(plain: BinaryIO, path: Path, free: int, most: int) -> None:
    name = escape_controls(path.name)
    with zipfile.ZipFile(path) as archive:
        members = _list_files(archive)
        if len(members) != 1:
            raise InputError(
                f"{name} is a zip that holds {len(members)} files; expected exactly one",
                "zip only the extract",
            )
        if free < members[0].file_size <= most:
            raise InputError(
                f"{name} unpacks to {members[0].file_size:,} bytes; "
                f"the disk of the --out folder has {free:,} bytes free",
                "free up disk space, or choose another folder with --out",
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
            "zip programs do not write such a path for an extract: check where the zip comes "
            "from, and zip only the extract",
        )
    if member.flag_bits & 1:
        raise InputError(f"{name} is a zip with a password; expected one without", _BY_HAND)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Windows takes Deflate64 for large files, which Python cannot read.
        raise InputError(
            f"{name} is a zip with a rare compression method; expected Deflate", _BY_HAND
        )
    if member.file_size > most:
        raise _refuse_size(path)
    with archive.open(member) as packed:
        _copy(plain, path, packed, most)


def _leads_out(name: str) -> bool:
    """Return whether a name is an absolute path or leads upward, on Windows or elsewhere."""
    place = PureWindowsPath(name)
    return bool(place.anchor) or ".." in place.parts
