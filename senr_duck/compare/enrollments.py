"""Find a SENR run, and copy its enrollments as CALPADS has them once its files have posted."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.database.published import open_published
from senr_duck.errors import InputError
from senr_duck.files.regular_file import find_fault
from senr_duck.ledger import find_run, read_ledger
from senr_duck.privacy.shown_list import name_first
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


_HINT = "use --senr to name the run, or the database that `senr-duck run` published"


@dataclass(frozen=True)
class SenrRun:
    """The SENR run whose enrollments a comparison reads.

    ``run_id`` is the one that the user named, or None if it is the one that ``database`` has.
    """

    database: Path
    run_id: str | None = None


def find_senr_run(named: str, database: Path) -> SenrRun:
    """Return the run that ``--senr`` names: by a database, a run's folder, its ID, or ``latest``.

    An ID, or a part of it, is looked up in the ledger of ``database``. Raises InputError if the
    ledger has no such run, or several.
    """
    path = Path(named)
    found = find_fault(path)
    is_id = found == "no such file" and not path.suffix and path.name == named
    if not is_id and found != "a folder":
        return SenrRun(path)
    name = named if is_id else path.absolute().name
    try:
        with read_ledger(database) as ledger:
            return SenrRun(database, find_run(ledger, name))
    except InputError as error:
        raise InputError(f"--senr: {error}", _HINT) from error


def copy_enrollments(con: "duckdb.DuckDBPyConnection", senr: SenrRun, lea: str) -> tuple[str, str]:
    """Fill ``staging.enrollment`` from a SENR run; return the run's ID and its school year.

    Raises InputError for a file that is no database of a run, or that an older or newer senr-duck
    published; for one of another run than the user named, of a run without the LEA, and of a run
    that a guard stopped.
    """
    database = senr.database
    try:
        with open_published(database) as published:
            [(run_id, school_year)] = published.execute(
                "select run.run_id, parameters.school_year"
                " from reference.run as run cross join reference.run_parameters as parameters"
            ).fetchall()
            leas = published.execute(
                "select reporting_lea from reference.run_lea order by reporting_lea"
            ).fetchall()
            [(stops,)] = published.execute("select count(*) from reference.run_stop").fetchall()
    except InputError as error:
        raise InputError(f"--senr: {error}", _HINT) from error
    if stops:
        raise InputError(
            f"--senr: {database} is of a run that was stopped; expected one that was published",
            _HINT,
        )
    if senr.run_id not in (None, run_id):
        raise InputError(
            f"--senr: {database} has run {run_id}, expected {senr.run_id}",
            "name the run that the database has; or make the other one again with `senr-duck run`, "
            "from the same extracts",
        )
    if (lea,) not in leas:
        raise InputError(
            f"--senr: {database} is of {name_first([code for (code,) in leas])}, expected a run "
            f"with LEA {lea}",
            "name a run of the LEA that is compared",
        )
    con.execute(f"attach {quote(str(database.absolute()))} as senr_run (read_only)")
    try:
        con.execute(_COPY)
    finally:
        con.execute("detach senr_run")
    return str(run_id), str(school_year)
