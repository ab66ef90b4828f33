"""The forms of an extract: several kinds of text, Parquet, compressed."""

import csv
import gzip
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

import duckdb

from senr_duck.reference.layout import all_fields
from tests.support.extracts import Record

ODS_COLUMNS = tuple(field.column for field in all_fields())
SIS_COLUMNS = tuple(f.column for f in all_fields() if not f.number.startswith("R."))
OFFICIAL = {field.column: field.name for field in all_fields()}

SIS_FORMS = ("carets", "csv", "tsv", "parquet")


def write_carets(records: Sequence[Record], side: str, line_end: str = "\r\n") -> bytes:
    """Return an ODS extract of 37 fields or a SIS upload file of 35."""
    columns = ODS_COLUMNS if side == "ods" else SIS_COLUMNS
    own = {"record_type_code": "SENR-R" if side == "ods" else "SENR"}
    rows = ("^".join((own | one).get(column, "") for column in columns) for one in records)
    return "".join(row + line_end for row in rows).encode()


def write_header_file(rng: Random, records: Sequence[Record], form: str) -> bytes:
    """Return the records as CSV or TSV, the columns in any order under either of their names."""
    columns = rng.sample(SIS_COLUMNS, len(SIS_COLUMNS))
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter="," if form == "csv" else "\t",
        lineterminator=rng.choice(("\r\n", "\n")),
        quoting=rng.choice((csv.QUOTE_ALL, csv.QUOTE_MINIMAL)),
    )
    writer.writerow([rng.choice((column, OFFICIAL[column])) for column in columns])
    writer.writerows([one.get(column, "") for column in columns] for one in records)
    return text.getvalue().encode()


def write_parquet(records: Sequence[Record], path: Path) -> bytes:
    """Return the records as Parquet, written to ``path`` on the way."""
    with duckdb.connect() as con:
        columns = ", ".join(f"{column} varchar" for column in SIS_COLUMNS)
        con.execute(f"create table given ({columns})")
        row = f"({', '.join('?' for _ in SIS_COLUMNS)})"
        values = [one.get(column) or None for one in records for column in SIS_COLUMNS]
        con.execute(f"insert into given values {', '.join([row] * len(records))}", values)
        con.execute(f"copy given to '{path}' (format parquet)")
    return path.read_bytes()


def pack(rng: Random, content: bytes) -> bytes:
    """Return the bytes as they are, or in a gzip or zip file."""
    kind = rng.choice(("plain", "plain", "gzip", "zip"))
    if kind == "gzip":
        return gzip.compress(content, 1, mtime=0)
    return zip_alone(rng, content) if kind == "zip" else content


def zip_alone(rng: Random, content: bytes, name: str = "extract.txt") -> bytes:
    packed = io.BytesIO()
    method = rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), content, method)
    return packed.getvalue()
