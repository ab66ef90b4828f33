"""Write rows as a private CSV file that is safe to open in a spreadsheet."""

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senr_duck.files.workspace import create_private_file
from senr_duck.privacy.spreadsheet import make_safe

if TYPE_CHECKING:
    import duckdb

WITH_MARK = "utf-8-sig"  # UTF-8 with a byte-order mark, by which a spreadsheet knows accents


def write_safe_csv(
    path: Path, header: Iterable[str], rows: Iterable[Sequence[Any]], encoding: str = "utf-8"
) -> int:
    """Write a new file, sync it, and return the number of rows; null is blank.

    Lines end with CR LF (RFC 4180). Text that a spreadsheet would run as a formula gets an
    apostrophe in front. Raises FileExistsError if the file exists.
    """
    written = 0
    create_private_file(path)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(map(make_safe, row))
            written += 1
        file.flush()
        os.fsync(file.fileno())
    return written


def fetch_rows(found: "duckdb.DuckDBPyConnection") -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query, of which only some are in memory at a time."""
    while rows := found.fetchmany(10_000):
        yield from rows
