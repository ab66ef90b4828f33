"""The upload files' bytes, and the zip that holds them in upload order."""

import hashlib
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.layout import Layout
from senr_duck.upload_names import CATEGORIES, name_file
from senr_duck.workspace import create_private_file

if TYPE_CHECKING:
    import duckdb

# The same bytes whenever the zip is made: the oldest date that a zip can say.
_MEMBER_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class UploadFile:
    """One file of the zip: SENR input records, CR LF after each, in the encoding asked for.

    ``is_unconfirmed`` marks a file whose records rest on something that CALPADS's documents leave
    open; a rejection of it stops nothing else.
    """

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
    con: "duckdb.DuckDBPyConnection", layout: Layout, encoding: str
) -> tuple[UploadFile, ...]:
    """Return the files in upload order; the layout is the one in force on the as-of date.

    Lines inside a file go by school, SSID and start date. No removals file without removals;
    exits and updates are there even with 0 records.
    """
    return tuple(
        file
        for category, _, always in CATEGORIES
        for file in _build_category(con, layout, encoding, category, always)
    )


def _build_category(
    con: "duckdb.DuckDBPyConnection",
    layout: Layout,
    encoding: str,
    category: str,
    always: bool,
) -> list[UploadFile]:
    fields = ", ".join(f"coalesce({field.column}, '')" for field in layout.upload)
    lines: dict[int, list[str]] = {}
    unconfirmed: set[int] = set()
    for number, line, is_unconfirmed in con.execute(
        f"""
        select file_number, concat_ws('^', {fields}), is_unconfirmed
        from recon.{category}
        order by file_number, school_of_attendance, ssid, enrollment_start_date, local_record_id
        """  # noqa: S608 - names of this module and of the layout, no outside text
    ).fetchall():
        lines.setdefault(number, []).append(line)
        if is_unconfirmed == "Y":
            unconfirmed.add(number)
    if always and not lines:
        lines[1] = []
    return [
        UploadFile(
            name=name_file(category, number, len(lines)),
            category=category,
            records=len(records),
            content="".join(f"{record}\r\n" for record in records).encode(encoding),
            is_unconfirmed=number in unconfirmed,
        )
        for number, records in sorted(lines.items())
    ]


def write_archive(files: tuple[UploadFile, ...], path: Path) -> None:
    """Write the zip; the same files give the same bytes. On the disk when this returns."""
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
