"""Compare records of SELA, SPRG or SINF in memory, with the views as a comparison creates them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import duckdb

from senr_duck.compare.lines import create_lines
from senr_duck.load.raw_table import create_raw_view, raw_columns
from senr_duck.reference.compared_tables import create_compared_tables, fill_compared_facts
from senr_duck.reference.file_types import file_types
from senr_duck.reference.sql_tables import insert_rows
from senr_duck.reference.tables import create_reference_tables
from senr_duck.views.create import create_views
from senr_duck.views.order import order_views
from tests.support.other_files import LEA, USUAL, Record

AS_OF = date(2026, 3, 2)


@contextmanager
def open_compared(
    file_type: str,
    ods: Sequence[Record],
    sis: Sequence[Record],
    *,
    enrollments: Sequence[Mapping[str, Any]] | None = None,
    translate: Mapping[str, Mapping[str, str]] | None = None,
    missing: Sequence[str] = (),
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a database with the comparison's views; ``missing`` are columns that the SIS lacks."""
    with duckdb.connect() as con:
        con.execute("attach ':memory:' as senr; use senr")
        create_reference_tables(con)
        create_compared_tables(con)
        for side, records in (("ods", ods), ("sis", sis)):
            columns = raw_columns(side, file_type)
            listed = ", ".join(f"{column} varchar" for column in columns)
            con.execute(f"create table staging.{side}_line (line_number bigint, {listed})")
            rows = [
                {"line_number": place}
                | {
                    column: {**USUAL, **record}.get(column) or None
                    for column in columns
                    if side == "ods" or column not in missing
                }
                for place, record in enumerate(records, start=1)
            ]
            insert_rows(con, f"staging.{side}_line", rows)
            create_raw_view(con, side, [(f"{side}.txt", 0)], file_type=file_type)
        given = tuple(one for one in raw_columns("sis", file_type) if one not in missing)
        fill_compared_facts(con, file_type, given)
        insert_rows(con, "reference.compare_parameters", [_describe(file_type, enrollments)])
        insert_rows(con, "staging.enrollment", enrollments or [])
        create_lines(con, file_type, translate or {}, given)
        name = file_type.lower()
        create_views(con, order_views(name), name, schema=name)
        yield con


def _describe(file_type: str, enrollments: Sequence[Mapping[str, Any]] | None) -> dict[str, Any]:
    return {
        "file_type": file_type,
        "lea": LEA,
        "as_of": AS_OF,
        "school_year": "2025-2026",
        "school_year_start": date(2025, 7, 1),
        "school_year_end": date(2026, 6, 30),
        "has_enrollments": enrollments is not None,
        "holds_other_leas": file_types()[file_type].holds_other_leas,
    }


def classify(file_type: str, *sides: Sequence[Record], **options: Any) -> list[tuple[str, ...]]:
    """Return side, class and reason of every line, sorted by side and line."""
    with open_compared(file_type, *sides, **options) as con:
        return con.execute(
            f"select side, class, reason from {file_type.lower()}.line_class"
            " order by side, source_line"
        ).fetchall()


def name_differences(file_type: str, ods: Record, sis: Record, **options: Any) -> list[str]:
    """Return the columns in which two records differ."""
    with open_compared(file_type, [ods], [sis], **options) as con:
        found = con.execute(
            f"select column_name from {file_type.lower()}.value_difference order by compared_place"
        ).fetchall()
    return [column for (column,) in found]
