"""Read an extract without the code under test."""

import csv
import gzip
import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

import duckdb

from tests.support.odd_files import ODS_COLUMNS, SIS_COLUMNS

EXTRAS = ("next_grade_level_code", "next_school_of_attendance", "student_with_disability")
_OF_THE_SIS = {*SIS_COLUMNS, *EXTRAS}


def list_records(path: Path, side: str) -> list[dict[str, str]]:
    """Return every record of a loaded extract: values by column, without ignored columns."""
    content = unpack(path.read_bytes())
    if content.startswith(b"PAR1"):
        return _list_parquet(content, path.with_name("plain.parquet"))
    text = decode(content)
    first = next(line for line in text.split("\n") if line.strip("\r"))
    if re.match(r"\s*SENR", first, re.IGNORECASE) and "^" in first:
        columns = ODS_COLUMNS if side == "ods" else SIS_COLUMNS
        rows = [line.removesuffix("\r").split("^") for line in text.split("\n")]
        # a caret may end each line, and what has no caret at the end is no record
        rows = [row[:-1] if len(row) == len(columns) + 1 else row for row in rows if len(row) > 1]
        return [dict(zip(columns, row, strict=True)) for row in rows]
    # newlines within quotes stay as they are
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in first else ",")
    header, *rows = [row for row in reader if row]
    names = [re.sub(r"[\s_-]+", "_", name.strip().lower()) for name in header]
    return [_keep_known(zip(names, row, strict=True)) for row in rows]


def _keep_known(values: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name: value for name, value in values if name in _OF_THE_SIS}


def unpack(content: bytes) -> bytes:
    if content.startswith(b"\x1f\x8b"):
        return gzip.decompress(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            (member,) = [one for one in archive.infolist() if not one.is_dir()]
            return archive.read(member)
    return content


def decode(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    return text if "\n" in text else text.replace("\r", "\n")


def _list_parquet(content: bytes, path: Path) -> list[dict[str, str]]:
    path.write_bytes(content)
    with duckdb.connect() as con:
        found = con.execute(f"from read_parquet('{path}')")
        names = [column[0].lower() for column in found.description or ()]
        rows = [
            _keep_known(zip(names, ("" if v is None else str(v) for v in row), strict=True))
            for row in found.fetchall()
        ]
    path.unlink()
    return rows
