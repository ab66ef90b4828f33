"""Load every record of an extract into a table, as text."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from senr_duck.load.packed_file import list_office_parts
from senr_duck.load.parquet import load_parquet
from senr_duck.load.plain_file import Side, check_file, hash_file, is_parquet, unpack_file
from senr_duck.load.raw_table import create_raw_view, refuse_other_records
from senr_duck.load.text import load_text
from senr_duck.load.workbook import load_workbook
from senr_duck.reference.layout import Layout


@dataclass(frozen=True)
class Extract:
    """What was loaded: ``lines`` is the number of records, ``sha256`` that of the original file.

    ``columns_given`` are the columns of the file, in its order, without those that are ignored.
    """

    side: Side
    path: Path
    file_name: str
    sha256: str
    lines: int
    columns_given: tuple[str, ...]
    notices: tuple[str, ...]


def load_extract(
    con: duckdb.DuckDBPyConnection, side: Side, path: Path, layout: Layout, scratch: Path
) -> Extract:
    """Load an ODS or SIS extract, record by record, into the schema ``staging``.

    Creates the table ``ods_line`` or ``sis_line`` with unchanged text, where blank is null, and on
    it the view ``ods_raw`` or ``sis_raw``: file name, line number in the uncompressed file (row
    number in Parquet), then every column that the side can have. Turns on
    ``preserve_insertion_order``, because line numbers depend on it. Temporary files are written to
    the folder ``scratch`` and removed. ``layout`` is the one in force.

    Raises InputError, and leaves neither table nor view, if the file is empty, has a wrong line, or
    is not of the expected kind: an ODS extract (SENR-R), or for the SIS a SENR upload file or CSV,
    TSV, an Excel workbook, or Parquet with a header.
    """
    check_file(path, side)
    con.execute("set preserve_insertion_order = true")
    with TemporaryDirectory(dir=scratch) as folder:
        file = unpack_file(path, side, Path(folder))
        if is_parquet(file.path):
            loaded = load_parquet(con, file, layout)
        elif list_office_parts(file.path):
            loaded = load_workbook(con, file, layout, Path(folder))
        else:
            loaded = load_text(con, file, layout, Path(folder))
    refuse_other_records(con, file, loaded)
    create_raw_view(con, side, file.file_name, loaded.columns)
    return Extract(
        side=side,
        path=path,
        file_name=file.file_name,
        sha256=loaded.sha256 if file.path == path else hash_file(path),
        lines=loaded.records,
        columns_given=loaded.columns,
        notices=loaded.notices,
    )
