"""Unpack a gzip or zip file, as long as what comes out can be an extract."""

import errno
import gzip
import shutil
import zipfile
import zlib
from pathlib import Path, PureWindowsPath
from typing import IO, BinaryIO

from senr_duck.errors import InputError
from senr_duck.privacy.shown_value import escape_controls, show_short

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the second is a zip without a single file
_COPIED_AT_ONCE = 1 << 20  # bytes
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)

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
    with path.open("rb") as file:
        first = file.read(4)
    if not first.startswith((_GZIP, *_ZIP)):
        return False
    try:
        with target.open("wb") as plain:
            if first.startswith(_GZIP):
                with gzip.open(path) as packed:
                    _copy(path, packed, plain)
            else:
                _unpack_zip(path, plain, shutil.disk_usage(target.parent).free)
    except (*_DAMAGED, OSError) as error:
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise  # the disk's fault; these two are gzip's word, and a zip's impossible place
        raise InputError(
            f"{escape_controls(path.name)} is damaged: its compressed content cannot be read",
            "download or copy the file again",
        ) from error
    return True


def _copy(path: Path, packed: IO[bytes] | gzip.GzipFile, plain: BinaryIO) -> None:
    most = _most_unpacked(path)
    copied = 0
    while piece := packed.read(_COPIED_AT_ONCE):
        copied += len(piece)
        if copied > most:
            raise _refuse_size(path, most)
        plain.write(piece)


def _most_unpacked(path: Path) -> int:
    return max(_ALWAYS_ALLOWED, _MOST_TIMES * path.stat().st_size)


def _refuse_size(path: Path, most: int) -> InputError:
    return InputError(
        f"{escape_controls(path.name)} unpacks to more than {most:,} bytes; "
        f"expected at most {_ALWAYS_ALLOWED:,}, or {_MOST_TIMES} times its own size",
        "no extract packs that well: look at where the file comes from; if it is right, unpack it, "
        "then give the file inside",
    )


def _unpack_zip(path: Path, plain: BinaryIO, free: int) -> None:
    name = escape_controls(path.name)
    with zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) != 1:
            raise InputError(
                f"{name} is a zip that holds {len(members)} files; expected exactly one",
                "zip the extract alone; save an Excel workbook, which is such a zip, as CSV",
            )
        member = members[0]
        by_hand = "unpack it, then give the file inside"
        if _leads_out(member.filename):
            raise InputError(
                f"{name} is a zip whose file has a path that leads out of its folder "
                f"({show_short(member.filename)}); expected a plain name",
                "no program that packs an extract writes such a path: look at where the zip comes "
                "from, and zip the extract alone",
            )
        if member.flag_bits & 1:
            raise InputError(f"{name} is a zip with a password; expected one without", by_hand)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # Windows takes Deflate64 for large files, which Python cannot read.
            raise InputError(
                f"{name} is a zip compressed in a rare way; expected the method Deflate", by_hand
            )
        if member.file_size > (most := _most_unpacked(path)):
            raise _refuse_size(path, most)
        if member.file_size > free:
            raise InputError(
                f"{name} unpacks to {member.file_size:,} bytes; "
                f"the disk of the folder of --out has {free:,} free",
                "free some space, or choose another folder with --out",
            )
        with archive.open(member) as packed:
            _copy(path, packed, plain)


def _leads_out(name: str) -> bool:
    """Say whether a name is an absolute path or goes up, with either system's separators."""
    place = PureWindowsPath(name)
    return bool(place.anchor) or ".." in place.parts
