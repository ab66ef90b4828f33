"""Load every record of an extract, in one file or in several, into a table, as text."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from senr_duck.errors import InputError
from senr_duck.files.own_file import refuse_changes
from senr_duck.load.headers import ColumnNames
from senr_duck.load.packed_file import list_office_parts
from senr_duck.load.parquet import load_parquet
from senr_duck.load.plain_file import (
    PlainFile,
    Side,
    check_file,
    hash_file,
    is_parquet,
    unpack_file,
)
from senr_duck.load.raw_table import (
    LoadedLines,
    create_raw_view,
    drop_line_table,
    find_last_line,
    refuse_other_records,
)
from senr_duck.load.text import load_text
from senr_duck.load.workbook import load_workbook


@dataclass(frozen=True)
class InputFile:
    """A file of an extract: ``lines`` is the number of records, ``sha256`` that of the given file.

    ``lines_before`` is the number of lines, not of records, in the files loaded before it;
    ``columns`` are those that the file has, without the ignored ones, whose names are
    ``unknown_names``.
    """

    path: Path
    file_name: str
    sha256: str
    lines: int
    lines_before: int = 0
    columns: tuple[str, ...] = ()
    unknown_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Extract:
    """What was loaded from all files of a side, which are in the order of their lines.

    ``columns_given`` are the columns that every file has, without those that are ignored. A column
    that one of several files lacks counts as not given for the whole side: its values are loaded
    and compared, and where it is blank, the value of the other side stays, whatever the file.
    """

    side: Side
    files: tuple[InputFile, ...]
    columns_given: tuple[str, ...]
    notices: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """Return the names of the files, in one text."""
        return ", ".join(file.file_name for file in self.files)

    @property
    def lines(self) -> int:
        """Return the number of records of all files."""
        return sum(file.lines for file in self.files)

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the file; of several files, that of their hashes."""
        if len(self.files) == 1:
            return self.files[0].sha256
        return hashlib.sha256(" ".join(file.sha256 for file in self.files).encode()).hexdigest()

    @property
    def names_and_starts(self) -> list[tuple[str, int]]:
        """Return each file's name and the number of lines before it, which the raw view shows."""
        return [(file.file_name, file.lines_before) for file in self.files]


def load_extract(
    con: duckdb.DuckDBPyConnection,
    side: Side,
    paths: Sequence[Path],
    known: ColumnNames,
    scratch: Path,
) -> Extract:
    """Load an ODS or SIS extract, record by record, into the schema ``staging``.

    Creates the table ``ods_line`` or ``sis_line`` with unchanged text, where blank is null, and on
    it the view ``ods_raw`` or ``sis_raw``: ``source_line``, which counts the lines of all files,
    file name, line number in the uncompressed file (row number in Parquet), then every column that
    the side can have. Several files are loaded in the order of the hashes of their uncompressed
    content, so that the order in which they are given does not matter. Turns on
    ``preserve_insertion_order``, because line numbers depend on it. Temporary files are written to
    the folder ``scratch`` and removed. ``known`` are the names of columns, and the layout of the
    file that the extract must be of.

    Raises InputError, and leaves neither table nor view, if a file is empty, has a wrong line,
    changes while it is read, or is not of the expected kind: an ODS extract (such as SENR-R), or
    for the SIS an upload file or CSV, TSV, an Excel workbook, or Parquet with a header; and if two
    files have the same content.
    """
    for path in paths:
        check_file(path, side)
    con.execute("set preserve_insertion_order = true")
    try:
        with refuse_changes(*paths), TemporaryDirectory(dir=scratch) as folder:
            files, loads = _load_files(con, side, paths, known, Path(folder))
    except InputError:
        drop_line_table(con, side)
        raise
    extract = Extract(
        side=side,
        files=files,
        columns_given=tuple(
            column for column in files[0].columns if all(column in file.columns for file in files)
        ),
        notices=tuple(notice for loaded in loads for notice in loaded.notices),
    )
    create_raw_view(con, side, extract.names_and_starts, file_type=known.layout.file_type)
    return extract


def _load_files(
    con: duckdb.DuckDBPyConnection,
    side: Side,
    paths: Sequence[Path],
    known: ColumnNames,
    folder: Path,
) -> tuple[tuple[InputFile, ...], tuple[LoadedLines, ...]]:
    """Load the files one after the other into one table, and return them in this order."""
    type_code = known.layout.file_type
    unpacked = [_unpack(path, side, folder / str(n), type_code) for n, path in enumerate(paths)]
    if len(unpacked) > 1:
        unpacked = _sort_by_content(unpacked)
    files: list[InputFile] = []
    loads: list[LoadedLines] = []
    lines_before = 0
    for path, plain, own_folder in unpacked:
        file = replace(plain, lines_before=lines_before)
        if is_parquet(file.path):
            loaded = load_parquet(con, file, known)
        elif list_office_parts(file.path):
            loaded = load_workbook(con, file, known, own_folder)
        else:
            loaded = load_text(con, file, known, own_folder)
        refuse_other_records(con, file, loaded)
        sha256 = loaded.sha256 if file.path == path else hash_file(path)
        files.append(
            InputFile(
                path,
                file.file_name,
                sha256,
                loaded.records,
                lines_before,
                loaded.columns,
                loaded.unknown_names,
            )
        )
        loads.append(loaded)
        lines_before = find_last_line(con, side)
    return tuple(files), tuple(loads)


def _unpack(path: Path, side: Side, folder: Path, type_code: str) -> tuple[Path, PlainFile, Path]:
    folder.mkdir(mode=0o700)
    return path, unpack_file(path, side, folder, type_code), folder


def _sort_by_content(
    unpacked: list[tuple[Path, PlainFile, Path]],
) -> list[tuple[Path, PlainFile, Path]]:
    """Return the files in the order of their hashes; raises InputError if two are the same."""
    by_hash: dict[str, tuple[Path, PlainFile, Path]] = {}
    for one in unpacked:
        _, file, _ = one
        _, first, _ = by_hash.setdefault(hash_file(file.path), one)
        if first is not file:
            raise InputError(
                f"{first.file_name} and {file.file_name} have the same content; "
                "expected each file once",
                f"check the files after --{file.side}: every line would count twice",
            )
    return [by_hash[sha256] for sha256 in sorted(by_hash)]
