"""Find out which problems an earlier run had already, from its exceptions.csv."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.errors import InputError
from senr_duck.ledger import find_run, read_run_folder
from senr_duck.privacy.shown_value import escape_controls
from senr_duck.privacy.spreadsheet import make_safe
from senr_duck.work_lists.items import WorkItem

if TYPE_CHECKING:
    import duckdb

# What tells problems apart: not the line, which changes with each extract, nor the value.
_KEYS = ("rule", "ssid", "local_student_id", "enrollment_start_date", "field")


def find_new(
    ledger: "duckdb.DuckDBPyConnection",
    database: Path,
    name: str,
    run_id: str,
    items: Iterable[WorkItem],
) -> tuple[str, frozenset[WorkItem]]:
    """Return the ID of the earlier run that the user means, and the items that it did not have.

    ``name`` is the run's ID or a part of it, and ``run_id`` the ID of the run that the items are
    of. A problem is the same if rule, student, start date and field are. Raises InputError if the
    ledger does not know the run, if it is the items' own, or if its exceptions.csv is gone.
    """
    earlier = find_run(ledger, name)
    if earlier == run_id:
        raise InputError(
            f"--since: found the run of the database itself, {run_id}; expected an earlier run",
            "senr-duck status lists the runs",
        )
    known = _read_keys(read_run_folder(ledger, database, earlier) / "exceptions.csv", earlier)
    return earlier, frozenset(item for item in items if _make_key(item) not in known)


def _read_keys(path: Path, run_id: str) -> set[tuple[str, ...]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return {
                _normalize([row[name] for name in _KEYS])
                for row in csv.DictReader(file, strict=True)
            }
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, AttributeError) as error:
        found = error.strerror if isinstance(error, OSError) else "not a file of senr-duck"
        raise InputError(
            f"--since: {escape_controls(path)} cannot be read: {found}; expected the exceptions of "
            f"run {run_id}",
            "name a run whose folder is still there",
        ) from None


def _make_key(item: WorkItem) -> tuple[str, ...]:
    values = (item.rule, item.ssid, item.local_student_id, item.start, item.field)
    return _normalize([str(make_safe(value or "")) for value in values])


def _normalize(values: list[str]) -> tuple[str, ...]:
    """Return the values of a key; a date is YYYYMMDD in the file and YYYY-MM-DD in the lists."""
    return (*values[:3], values[3].replace("-", ""), *values[4:])
