"""Read what someone must look at from the published database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_SCHOOL_CODE = re.compile(r"\b\d{7}\b")

# The worst first; all rows of a student follow each other. Line numbers settle what is left.
_ITEMS = """
    select
        reporting_lea,
        school_of_attendance,
        school_name,
        harm,
        is_held,
        student_key,
        student_name,
        local_student_id,
        ssid,
        start_date,
        rule,
        field,
        statement,
        calpads_has,
        sis_has,
        fix
    from recon.work_item
    order by
        reporting_lea,
        min(harm_order) over (partition by reporting_lea, student_key),
        upper(strip_accents(coalesce(student_name, ''))),
        student_key,
        harm_order,
        start_date,
        school_of_attendance,
        rule,
        field,
        coalesce(ods_line, 0),
        coalesce(sis_line, 0)"""


@dataclass(frozen=True)
class WorkItem:
    """One thing to look at: who, what is wrong, what each side has, and what to do.

    ``lea`` and ``school`` are blank if they are not known. ``start`` is YYYY-MM-DD, or the text in
    the extract if it is not a date. The texts name schools with their codes.
    """

    lea: str
    school: str
    school_name: str | None
    harm: str
    is_held: bool
    student_key: str
    student_name: str | None
    local_student_id: str | None
    ssid: str | None
    start: str | None
    rule: str
    field: str | None
    statement: str
    calpads_has: str
    sis_has: str
    fix: str


@dataclass(frozen=True)
class ListedRun:
    """The run whose items are listed; ``as_of`` is YYYY-MM-DD."""

    run_id: str
    as_of: str
    leas: tuple[str, ...]


def read_listed_run(con: "duckdb.DuckDBPyConnection") -> ListedRun:
    """Return the run that made the database."""
    [(run_id, as_of)] = con.execute(
        """
        select run.run_id, cast(parameters.as_of as varchar)
        from reference.run as run
        cross join reference.run_parameters as parameters
        """
    ).fetchall()
    leas = con.execute(
        "select reporting_lea from reference.run_lea order by reporting_lea"
    ).fetchall()
    return ListedRun(run_id, as_of, tuple(lea for (lea,) in leas))


def read_items(con: "duckdb.DuckDBPyConnection") -> tuple[WorkItem, ...]:
    """Return everything that someone must look at, by LEA, and in it the most harmful first.

    ``reference.harm`` has the order. Of students with the same harm, the names decide.
    """
    schools = dict(
        con.execute(
            """
            select school_of_attendance, min(name) from recon.school_name
            where name is not null
            group by school_of_attendance
            """
        ).fetchall()
    )
    return tuple(
        WorkItem(*row[:12], *(_name_schools(text, schools) for text in row[12:]))
        for row in con.execute(_ITEMS).fetchall()
    )


def _name_schools(text: str, schools: Mapping[str, str]) -> str:
    """Return a text with the name of each school next to its code."""
    return _SCHOOL_CODE.sub(
        lambda code: f"{schools[code[0]]} ({code[0]})" if code[0] in schools else code[0], text
    )
