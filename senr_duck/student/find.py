"""Find the student that a person asks about by SSID or local ID in the published database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from senr_duck.errors import InputError
from senr_duck.export.upload_names import list_files
from senr_duck.student.explain import Explanation, explain_student
from senr_duck.student.read_student import read_students

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Names:
    """The names of codes and the day of the run, which a reader needs in addition to the student.

    ``codes`` has the names by code set and code, such as ``("exit_reason", "T160")``.
    ``scope_reasons`` says why the run leaves a record out.
    """

    leas: tuple[str, ...]
    as_of: date
    schools: dict[str, str]
    fields: dict[str, str]
    codes: dict[tuple[str, str], str]
    scope_reasons: dict[str, str]


def find_students(
    con: "duckdb.DuckDBPyConnection", numbers: Sequence[str], is_local_id: bool
) -> tuple[Explanation, ...]:
    """Return the students with an SSID, or with a local student ID on any record of either side.

    They are in the order of the numbers, each student once. Several students may have the same
    local ID, for example if one of them has no SSID. A student who seems to have two SSIDs is
    returned under both. Raises InputError if neither extract has a student with one of the numbers.
    """
    found: dict[str, Explanation] = {}
    for place, number in enumerate(numbers, start=1):
        explanations = _find_student(
            con, number.strip(), is_local_id, f"number {place}: " if len(numbers) > 1 else ""
        )
        for one in explanations:
            found.setdefault(one.student.key, one)
    return tuple(found.values())


def _find_student(
    con: "duckdb.DuckDBPyConnection", number: str, is_local_id: bool, place: str
) -> tuple[Explanation, ...]:
    keys = _find_keys(con, "local_student_id" if is_local_id else "ssid", number)
    keys += _find_other_keys(con, keys)
    explanations = explain_keys(con, keys)
    if not explanations:
        what, other = ("local student ID", "an SSID") if is_local_id else ("SSID", "a local ID")
        hint = "check the number, and check that --db names the database of the right run"
        if not is_local_id and _find_keys(con, "local_student_id", number):
            hint = "it is a local student ID: use --local-id"
        elif is_local_id and _find_keys(con, "ssid", number):
            hint = "it is an SSID: leave out --local-id"
        raise InputError(
            f"{place}neither extract has a student with this {what}; expected one that is in the "
            f"files of the run, or {other}",
            hint,
        )
    return explanations


def explain_keys(con: "duckdb.DuckDBPyConnection", keys: Iterable[str]) -> tuple[Explanation, ...]:
    """Return the students with these keys, in key order; unknown keys are left out."""
    files = {file.name: file for file in list_files(con)}
    return tuple(explain_student(student, files) for student in read_students(con, keys))


def _find_keys(con: "duckdb.DuckDBPyConnection", column: str, number: str) -> list[str]:
    """Return the keys of the students with that number; an SSID has one key per LEA of the run."""
    return [
        key
        for (key,) in con.execute(
            f"""
            select student_key from recon.ods_record where {column} = $1
            union
            select student_key from recon.sis_record where {column} = $1
            order by student_key
            """,  # noqa: S608 - names of this module
            [number],
        ).fetchall()
    ]


def _find_other_keys(con: "duckdb.DuckDBPyConnection", keys: list[str]) -> list[str]:
    """Return the keys under which the same persons seem to be too (SSID-MISMATCH)."""
    return [
        key
        for (key,) in con.execute(
            """
            select distinct other_student_key
            from recon.ssid_pair
            where is_to_send and list_contains($1, student_key)
            order by other_student_key
            """,
            [keys],
        ).fetchall()
        if key not in keys
    ]


def read_names(con: "duckdb.DuckDBPyConnection") -> Names:
    """Return the run's LEAs and day, and the names of their schools, of fields and of codes."""
    [(as_of,)] = con.execute("select as_of from reference.run_parameters").fetchall()
    leas = con.execute("select reporting_lea from reference.run_lea order by all").fetchall()
    schools = con.execute(
        """
        select school_of_attendance, min(name)
        from recon.school_name
        where name is not null
        group by school_of_attendance
        """
    ).fetchall()
    fields = con.execute("select column_name, name from reference.layout").fetchall()
    codes = {
        (code_set, code): name
        for code_set, code, name in con.execute(
            "select code_set, code, name from reference.code order by valid_from nulls first"
        ).fetchall()
    }
    reasons = con.execute(
        "select code, name from reference.reason where class = 'out_of_scope'"
    ).fetchall()
    return Names(
        leas=tuple(lea for (lea,) in leas),
        as_of=as_of,
        schools=dict(schools),
        fields=dict(fields),
        codes=codes,
        scope_reasons=dict(reasons),
    )
