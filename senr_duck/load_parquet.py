"""Land the columns of a Parquet file as text."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from senr_duck.errors import InputError
from senr_duck.headers import match_header
from senr_duck.intake import PlainFile, hash_file, quote_path
from senr_duck.landing import Landing, line_table
from senr_duck.layout import Layout, all_fields
from senr_duck.text_form import refuse_form
from senr_duck.text_records import AGAIN

_DATES = ("DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS")


def land_parquet(con: duckdb.DuckDBPyConnection, file: PlainFile, layout: Layout) -> Landing:
    """Create the table of the SIS with the records of a Parquet file, each known column as text.

    Dates become YYYY-MM-DD, blanks null; row numbers stand for line numbers. Raises InputError
    for a file given as ODS extract, damaged or without a record, for a header that match_header
    refuses, for a NUL, and for values that are neither text nor, in a date field, dates: a number
    has lost its leading zeros.
    """
    if file.side == "ods":
        raise refuse_form(file, "a Parquet file")
    with _damage_refused(file):
        schema = _read_schema(con, file)
        header = match_header([name for name, _ in schema], file.file_name, layout)
        names = ", ".join(f"column_{place}" for place in range(len(schema)))
        source = (
            f"read_parquet({quote_path(file.path)}, hive_partitioning = false,"
            f" file_row_number = true) as given({names}, row_number)"
        )
        dates = {field.column for field in all_fields() if field.type == "DT"}
        values = []
        not_text = {}
        for place, (column, (name, kind)) in enumerate(zip(header.columns, schema, strict=True)):
            if column in dates and kind in _DATES:
                values.append(f"cast(cast(column_{place} as date) as varchar)")
            elif column is not None:
                values.append(f"nullif(cast(column_{place} as varchar), '')")
                if kind != "VARCHAR":
                    not_text[f"{name} ({kind})"] = f"count(column_{place})"
        [(records, nul_row, *counts)] = con.execute(
            "select count(*), min(case when contains(concat("
            f"{', '.join(values)}), chr(0)) then row_number + 1 end), "
            f"{', '.join(not_text.values())} from {source}"
        ).fetchall()
        # A column without a single value has whatever type its writer chose.
        wrong = [name for name, count in zip(not_text, counts, strict=True) if count]
        if wrong:
            raise InputError(
                f"{file.file_name} has columns that are not text: {', '.join(wrong)}; "
                "expected VARCHAR, or DATE or TIMESTAMP for a date",
                "export them as text: a number has lost its leading zeros for good",
            )
        if nul_row:
            raise InputError(
                f"{file.file_name} row {nul_row} holds a NUL; expected text", AGAIN["sis"]
            )
        if not records:
            raise InputError(
                f"{file.file_name} has a header and no record; expected at least one record",
                AGAIN["sis"],
            )
        select = [
            f"{value} as {column}" for value, column in zip(values, header.known, strict=True)
        ]
        con.execute(
            f"create or replace table {line_table('sis')} as select {', '.join(select)} from {source}"
        )
    return Landing(
        columns=header.known,
        has_header=True,
        line_number="rowid + 1",
        records=records,
        sha256=hash_file(file.path),
        notices=header.notices,
    )


def _read_schema(con: duckdb.DuckDBPyConnection, file: PlainFile) -> list[tuple[str, str]]:
    """Return name and type of each column; read_parquet would rename one that comes twice."""
    elements = con.execute(
        "select name, coalesce(duckdb_type, 'nested'), coalesce(num_children, 0)"
        f" from parquet_schema({quote_path(file.path)})"
    ).fetchall()
    columns = []
    nested = 0  # elements still to come inside the last column
    for name, kind, children in elements[1:]:  # the first is the root
        if nested:
            nested -= 1
        else:
            columns.append((name, kind))
        nested += children
    return columns


@contextmanager
def _damage_refused(file: PlainFile) -> Iterator[None]:
    try:
        yield
    except duckdb.OperationalError:
        raise  # memory or disk ran short
    except duckdb.Error as error:
        raise InputError(
            f"{file.file_name} is damaged: its Parquet content cannot be read", AGAIN["sis"]
        ) from error
