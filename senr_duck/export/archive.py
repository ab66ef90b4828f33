"""Build the upload files, and the zip that contains them in upload order."""

import hashlib
import os
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.export.upload_names import CATEGORIES, name_file
from senr_duck.files.workspace import create_private_file
from senr_duck.reference.layout import Layout

if TYPE_CHECKING:
    import duckdb

# Lines of one LEA and category by file number, each with whether it depends on something that
# CALPADS has not confirmed.
_NumberedLines = dict[int, list[tuple[str, bool]]]

# The oldest date that a zip can have, so that the zip has the same bytes whenever it is made.
_MEMBER_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class UploadFile:
    """One file of an LEA's zip: SENR input records with CR LF line ends, in the chosen encoding.

    ``is_unconfirmed`` marks a file with records that CALPADS does not document whether it accepts;
    a rejection of that file does not affect the other files.
    """

    lea: str
    name: str
    category: str
    records: int
    content: bytes
    is_unconfirmed: bool

    @property
    def sha256(self) -> str:
        """The checksum of the content, 64 hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()


def build_files(
    con: "duckdb.DuckDBPyConnection", leas: Sequence[str], layout: Layout, encoding: str
) -> tuple[UploadFile, ...]:
    """Return the files of each LEA in upload order; ``layout`` is the one on the as-of date.

    Lines in a file are sorted by school, SSID, and start date. There is a removals file only if
    there are removals; the exits and updates files exist even with 0 records.
    """
    lines = {category: _read_lines(con, layout, category) for category, _, _ in CATEGORIES}
    return tuple(
        file
        for lea in leas
        for category, _, always in CATEGORIES
        for file in _build_category(lines[category].get(lea, {}), lea, category, encoding, always)
    )


def _read_lines(
    con: "duckdb.DuckDBPyConnection", layout: Layout, category: str
) -> dict[str, _NumberedLines]:
    """Return a category's lines by LEA and file number, read in one pass."""
    fields = ", ".join(f"coalesce({field.column}, '')" for field in layout.upload)
    found: dict[str, _NumberedLines] = {}
    result = con.execute(
        f"""
        select reporting_lea, file_number, concat_ws('^', {fields}), is_unconfirmed
        from recon.{category}
        order by
            reporting_lea, file_number,
            school_of_attendance, ssid, enrollment_start_date, local_record_id
        """  # noqa: S608 - names of this module and of the layout, no outside text
    )
    while rows := result.fetchmany(10_000):
        for lea, number, line, is_unconfirmed in rows:
            lines = found.setdefault(lea, {}).setdefault(number, [])
            lines.append((line, is_unconfirmed))
    return found


def _build_category(
    lines: _NumberedLines, lea: str, category: str, encoding: str, always: bool
) -> list[UploadFile]:
    if always and not lines:
        lines = {1: []}
    return [
        UploadFile(
            lea=lea,
            name=name_file(category, number, len(lines)),
            category=category,
            records=len(records),
            content="".join(f"{record}\r\n" for record, _ in records).encode(encoding),
            is_unconfirmed=any(is_unconfirmed for _, is_unconfirmed in records),
        )
        for number, records in sorted(lines.items())
    ]


def name_archive(lea: str, as_of: date) -> str:
    """Return the name of an LEA's zip."""
    return f"SENR_{lea}_{as_of}.zip"


def write_archives(files: Sequence[UploadFile], folder: Path, as_of: date) -> None:
    """Write the zip of each LEA and sync it to the disk; the same files give the same bytes."""
    for lea, of_lea in groupby(files, key=lambda file: file.lea):
        _write_archive(of_lea, folder / name_archive(lea, as_of))


def _write_archive(files: Iterable[UploadFile], path: Path) -> None:
    create_private_file(path)
    with path.open("wb") as target:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                member = zipfile.ZipInfo(file.name, _MEMBER_DATE)
                member.compress_type = zipfile.ZIP_DEFLATED
                member.create_system = 3
                member.external_attr = 0o600 << 16
                archive.writestr(member, file.content)
        target.flush()
        os.fsync(target.fileno())
