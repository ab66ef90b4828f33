"""Copy the enrollments of a SENR run, as CALPADS has them once its files have posted."""

from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.database.published import open_published
from senr_duck.errors import InputError
from senr_duck.reference.sql_tables import quote

if TYPE_CHECKING:
    import duckdb

# What CALPADS keeps as it is, and what the run's files make of the other records.
_COPY = """
insert into staging.enrollment by name
select
    ods.ssid,
    ods.school_of_attendance,
    ods.enrollment_start_date,
    ods.enrollment_exit_date,
    ods.student_exit_reason_code
from senr_run.recon.ods_record as ods
left join senr_run.recon.planned_record as planned on ods.ods_line = planned.ods_line
where ods.is_in_calpads and planned.ods_line is null
union all
select
    ssid,
    school_of_attendance,
    enrollment_start_date,
    enrollment_exit_date,
    student_exit_reason_code
from senr_run.recon.planned_record
where class <> 'remove'
"""


def copy_enrollments(con: "duckdb.DuckDBPyConnection", database: Path) -> str:
    """Fill ``staging.enrollment`` from the published database of a SENR run; return the run's ID.

    Raises InputError for a file that is no such database, or that an older or newer senr-duck
    published; and for one of a run that a guard stopped.
    """
    hint = "use --senr to name the database that `senr-duck run` published"
    try:
        with open_published(database) as published:
            [(run_id,)] = published.execute("select run_id from reference.run").fetchall()
            [(stops,)] = published.execute("select count(*) from reference.run_stop").fetchall()
    except InputError as error:
        raise InputError(str(error), hint) from error
    if stops:
        raise InputError(
            f"{database} is of a run that was stopped; expected one that was published", hint
        )
    con.execute(f"attach {quote(str(database.absolute()))} as senr_run (read_only)")
    try:
        con.execute(_COPY)
    finally:
        con.execute("detach senr_run")
    return str(run_id)
