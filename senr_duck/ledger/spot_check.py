"""Record who looked up which students before an upload, from the file that the report saves."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senr_duck.errors import InputError
from senr_duck.files.regular_file import find_fault
from senr_duck.ledger.mark_posted import find_run
from senr_duck.privacy.shown_value import escape_controls
from senr_duck.reference.sql_tables import insert_rows

if TYPE_CHECKING:
    import duckdb

FORMAT = "senr-duck spot-check 1"  # in the file, as the report writes it
_LARGEST = 5_000_000  # bytes; a report has twelve students
_LONGEST = 100  # characters of a name or a number
_MOST_LINES = 10_000
_TEXTS = ("lea", "ssid", "local_student_id")


@dataclass(frozen=True)
class LookUp:
    """A student whom a person has looked up; ``ticked`` of ``lines`` enrollments were as shown."""

    lea: str
    ssid: str
    local_student_id: str
    checked_by: str
    checked_on: date
    ticked: int
    lines: int


@dataclass(frozen=True)
class SpotChecks:
    """What a file of the report has: the run that it is of, and the students."""

    run_id: str
    look_ups: tuple[LookUp, ...]


def read_spot_checks_file(path: Path, today: date) -> SpotChecks:
    """Return what the report's page has saved.

    Raises InputError for a file that cannot be read or is another one, without its values; a day
    after ``today`` is one of these.
    """
    name = escape_controls(path.name or path)
    expected = "a spot-check file that the page report.html has saved"
    hint = "tick the students on the page, write your name, and save them again"
    if found := find_fault(path):
        raise InputError(f"{name}: found {found}, expected {expected}", hint)
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError
        saved = json.loads(path.read_bytes())
        if saved["format"] != FORMAT:
            raise ValueError
        by = _take_text(saved, "checked_by")
        if not by.strip():
            raise ValueError
        look_ups = tuple(_read_look_up(one, by.strip(), today) for one in saved["students"])
        return SpotChecks(_take_text(saved, "run_id"), look_ups)
    except (KeyError, TypeError, ValueError, RecursionError):
        raise InputError(f"{name} is not what was expected: {expected}", hint) from None


def _read_look_up(one: Any, by: str, today: date) -> LookUp:
    on = date.fromisoformat(_take_text(one, "checked_on"))
    counts = [one["ticked"], one["lines"]]
    if on > today or not all(type(count) is int for count in counts):
        raise ValueError
    if not 1 <= counts[0] <= counts[1] <= _MOST_LINES:
        raise ValueError
    lea, ssid, local_student_id = (_take_text(one, name) for name in _TEXTS)
    if not (ssid or local_student_id):
        raise ValueError
    return LookUp(lea, ssid, local_student_id, by, on, *counts)


def _take_text(values: Mapping[str, Any], name: str) -> str:
    text = values[name]
    if not isinstance(text, str) or len(text) > _LONGEST or not text.isprintable():
        raise ValueError
    return text


def keep_spot_checks(ledger: "duckdb.DuckDBPyConnection", checks: SpotChecks) -> int:
    """Record the students; return how many there are that the ledger did not have like this.

    Of the same student, person and day, the last file counts. Raises InputError for a run that the
    ledger does not know.
    """
    run_id = find_run(ledger, checks.run_id)
    columns = "lea, ssid, local_student_id, checked_by, checked_on, ticked, lines"
    before = set(
        ledger.execute(
            f"select {columns} from spot_check where run_id = ?",  # noqa: S608 - names of this function
            [run_id],
        ).fetchall()
    )
    rows = {tuple(vars(one).values())[:5]: one for one in checks.look_ups}
    for one in rows.values():
        ledger.execute(
            """
            delete from spot_check
            where
                run_id = ? and lea = ? and ssid = ? and local_student_id = ?
                and checked_by = ? and checked_on = ?
            """,
            [run_id, *list(vars(one).values())[:5]],
        )
    insert_rows(ledger, "spot_check", ({"run_id": run_id, **vars(one)} for one in rows.values()))
    return len([one for one in rows.values() if tuple(vars(one).values()) not in before])


def list_look_ups(ledger: "duckdb.DuckDBPyConnection", run_id: str) -> tuple[LookUp, ...]:
    """Return who looked up whom for a run, in the order of the days."""
    return tuple(
        LookUp(*row)
        for row in ledger.execute(
            """
            select lea, ssid, local_student_id, checked_by, checked_on, ticked, lines
            from spot_check
            where run_id = ?
            order by checked_on, checked_by, lea, ssid, local_student_id
            """,
            [run_id],
        ).fetchall()
    )
