"""The story of ``extract-sis``: from the query to the Parquet file that ``run`` reads."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senr_duck.errors import InputError
from senr_duck.extract.columns import convert, plan_columns
from senr_duck.extract.driver import import_arrow_odbc, open_query
from senr_duck.extract.query import fill_parameters, read_query
from senr_duck.extract.source import Source
from senr_duck.files.database_file import explain_open_file
from senr_duck.files.disk import explain_disk_faults
from senr_duck.files.own_file import refuse_foreign
from senr_duck.files.signals import hold_signals
from senr_duck.files.workspace import create_private_file, open_scratch
from senr_duck.load.headers import ColumnNames
from senr_duck.reference.layout import layout_on

if TYPE_CHECKING:
    import pyarrow as pa

    from senr_duck.settings.settings import Settings

# The mark in the file's own metadata by which we know it again.
_MARK = {b"senr_duck": b"extract-sis"}
_PER_GROUP = 60_000  # records that are in memory and go into the file together
_STEP = 100_000  # records between two messages


@dataclass(frozen=True)
class Extracted:
    """What was written: how many records and columns, and what the user should know."""

    records: int
    columns: int
    notices: tuple[str, ...]


def extract_sis(
    source: Source, settings: "Settings", out: Path, report_step: Callable[[str], None]
) -> Extracted:
    """Write the records of the source's query to ``out``, a private Parquet file.

    Codes are text, dates are dates; the columns keep the query's names. The file replaces one of an
    earlier extract, whole or not at all. Raises InputError for a query that does not just read, a
    database that refuses it, a result that is no extract of enrollments, and a file at ``out`` that
    senr-duck did not make.
    """
    import_arrow_odbc()
    refuse_foreign(out, "--out", "an extract", _is_extract)
    values = {
        "window_start": settings.window_start.isoformat(),
        "as_of": settings.as_of.isoformat(),
        "lea": settings.lea,
    }
    query = read_query(source.query, tuple(values))
    given = fill_parameters(query, values)
    known = ColumnNames(layout_on(settings.as_of), settings.columns, settings.lea)
    with explain_disk_faults(), open_scratch(out) as folder:
        new = folder / "sis.parquet"
        create_private_file(new)
        report_step("Connecting to the database")
        with open_query(source, query, given) as (schema, batches):
            plan = plan_columns(schema, query.name, known)
            converted = convert(batches, plan, query.name)
            records = _write(new, plan.schema, _count(converted, report_step))
        if not records:
            raise InputError(
                f"{query.name} gives no record, expected enrollments",
                "run the query in your database's own tool; check the dates and the LEA in it",
            )
        hold_signals()
        with explain_open_file(out):
            new.replace(out)
    return Extracted(records, len(plan.schema), plan.notices)


def _count(
    batches: Iterator["pa.RecordBatch"], report_step: Callable[[str], None]
) -> Iterator["pa.RecordBatch"]:
    records, reported = 0, 0
    report_step("Reading the records")
    for batch in batches:
        records += batch.num_rows
        if records - reported >= _STEP:
            reported = records
            report_step(f"Reading the records: {records:,}")
        yield batch


def _write(path: Path, schema: "pa.Schema", batches: Iterator["pa.RecordBatch"]) -> int:
    """Write the records to a file that exists, and sync it to the disk; return their number."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    records = 0
    group: list[pa.RecordBatch] = []
    in_group = 0

    def write_group(writer: Any) -> None:
        writer.write_table(pa.Table.from_batches(group, schema), row_group_size=_PER_GROUP)
        group.clear()

    with path.open("r+b") as file:
        with pq.ParquetWriter(file, schema.with_metadata(_MARK), compression="zstd") as writer:
            for batch in batches:
                records += batch.num_rows
                in_group += batch.num_rows
                group.append(batch)
                if in_group >= _PER_GROUP:
                    write_group(writer)
                    in_group = 0
            if group:
                write_group(writer)
        file.flush()
        os.fsync(file.fileno())
    return records


def _is_extract(path: Path) -> bool:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        metadata = pq.read_metadata(path).metadata or {}
    except (pa.ArrowException, OSError):
        return False
    return all(metadata.get(key) == value for key, value in _MARK.items())
