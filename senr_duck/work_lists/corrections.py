"""Write CSV files for an import into the SIS: the values that CALPADS has and the SIS lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.errors import InputError
from senr_duck.export.safe_csv import write_safe_csv
from senr_duck.privacy.shown_value import show_short
from senr_duck.settings.nearest_name import find_nearest

if TYPE_CHECKING:
    import duckdb

CORRECTION_COLUMNS = (
    "local_student_id",
    "school_of_attendance",
    "enrollment_start_date",
    "field",
    "sis_value",
    "calpads_value",
)
_OPTION = "--calpads-is-right"

_CORRECTIONS = """
    select
        own.reporting_lea,
        own.local_student_id,
        own.school_of_attendance,
        own.enrollment_start_date,
        own.field,
        own.sis_value,
        own.ods_value
    from recon.sis_correction as own
    where
        own.field = $field
        or exists (
            select 1
            from recon.finding
            where
                finding.rule = $rule
                and finding.ods_line = own.ods_line
                and finding.sis_line = own.sis_line
                and finding.field = own.field
        )
    order by
        own.reporting_lea,
        own.school_of_attendance,
        own.local_student_id,
        own.enrollment_start_date,
        own.field,
        own.sis_line"""


@dataclass(frozen=True)
class Choice:
    """A rule or a field in which CALPADS is right; ``name`` is the rule's code or the column."""

    name: str
    is_rule: bool


@dataclass(frozen=True)
class Corrections:
    """What to change in the SIS, by LEA: rows as in CORRECTION_COLUMNS.

    ``translated`` are the fields whose local codes the run translates, so CALPADS's code may not be
    one that the SIS knows.
    """

    choice: Choice
    by_lea: dict[str, list[tuple[str | None, ...]]]
    translated: tuple[str, ...]


def choose(con: "duckdb.DuckDBPyConnection", wanted: str) -> Choice:
    """Return the rule or field that the user means: a rule's code, or a field's column or number.

    A field's name will do as well. Raises InputError for anything else.
    """
    text = wanted.strip().casefold()
    rules = con.execute("select code from reference.rule order by code").fetchall()
    fields = con.execute(
        "select column_name, number, name from reference.layout order by position"
    ).fetchall()
    for (code,) in rules:
        if text == code.casefold():
            return Choice(code, is_rule=True)
    for column, *others in fields:
        if text in (column, *(other.casefold() for other in others)):
            return Choice(column, is_rule=False)
    known = [*(code for (code,) in rules), *(column for column, *_ in fields)]
    near = [name.rpartition(".")[2] for name in find_nearest(wanted, known, most=3)]
    raise InputError(
        f"{_OPTION}: found {show_short(wanted)}, expected the code of a rule or a field's name",
        f"did you mean {' or '.join(near)}?"
        if near
        else "exceptions.csv has the rules and the fields of the run",
    )


def find_corrections(con: "duckdb.DuckDBPyConnection", choice: Choice) -> Corrections:
    """Return the differences of a field, or those that a rule has found, as changes to the SIS."""
    by_lea: dict[str, list[tuple[str | None, ...]]] = {}
    chosen = {"rule": choice.name, "field": None} if choice.is_rule else {"field": choice.name}
    for lea, *row in con.execute(_CORRECTIONS, {"rule": None, **chosen}).fetchall():
        by_lea.setdefault(lea, []).append(tuple(row))
    fields = sorted({str(row[3]) for rows in by_lea.values() for row in rows})
    translated = con.execute(
        """
        select distinct column_name from reference.translation
        where list_contains($fields, column_name)
        order by column_name
        """,
        {"fields": fields},
    ).fetchall()
    return Corrections(choice, by_lea, tuple(name for (name,) in translated))


def write_corrections(path: Path, rows: Sequence[tuple[str | None, ...]]) -> None:
    """Write an LEA's rows, as ``write_safe_csv`` does."""
    write_safe_csv(path, CORRECTION_COLUMNS, rows)
