"""Load the extracts of both sides, and account for all of their lines."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senr_duck.load.extract import Extract, load_extract
from senr_duck.load.headers import ColumnNames
from senr_duck.run.parallel import start_in_parallel

if TYPE_CHECKING:
    import duckdb

    from senr_duck.reference.layout import Layout
    from senr_duck.settings.settings import Settings


def load_both(
    con: "duckdb.DuckDBPyConnection",
    ods: Sequence[Path],
    sis: Sequence[Path],
    settings: "Settings",
    layout: "Layout",
    scratch: Path,
) -> tuple[Extract, Extract]:
    """Load both extracts at the same time; if both fail, the ODS extract's error is raised."""
    of_sis = ColumnNames(layout, settings.columns, settings.lea)
    with start_in_parallel(con, load_extract, "sis", sis, of_sis, scratch) as loading:
        return load_extract(con, "ods", ods, ColumnNames(layout), scratch), loading.result()


def describe_files(extracts: Mapping[str, Extract]) -> dict[str, list[dict[str, Any]]]:
    """Return what a manifest says of the files of each extract."""
    return {
        name: [
            {"name": file.file_name, "sha256": file.sha256, "lines": file.lines}
            for file in extract.files
        ]
        for name, extract in extracts.items()
    }


def read_accounting(
    con: "duckdb.DuckDBPyConnection", counts: str, ods: Extract, sis: Extract
) -> dict[str, dict[str, int]]:
    """Return the number of lines per side and class; if they do not add up, that is a bug.

    ``counts`` is the view that has them: ``side``, ``class`` and ``lines``.
    """
    accounting: dict[str, dict[str, int]] = {}
    for extract in (ods, sis):
        by_class = dict(
            con.execute(
                f"""
                select class, cast(sum(lines) as bigint)
                from {counts}
                where side = ?
                group by class
                order by class
                """,  # noqa: S608 - our own name
                [extract.side],
            ).fetchall()
        )
        if sum(by_class.values()) != extract.lines:
            raise AssertionError(
                f"a bug in senr-duck: {extract.side} has {extract.lines} lines, "
                f"but its classes add up to {sum(by_class.values())}; nothing was written"
            )
        accounting[extract.side] = {"lines": extract.lines, **by_class}
    return accounting
