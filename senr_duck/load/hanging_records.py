"""Load the programs and language statuses that depend on the enrollments of a SENR run."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from senr_duck.load.columns import read_columns
from senr_duck.load.extract import Extract, load_extract
from senr_duck.load.headers import ColumnNames
from senr_duck.reference.layout import layout_on
from senr_duck.reference.resources import resource
from senr_duck.reference.sql_tables import escape_pattern

_DAY = "try_strptime(replace(trim({column}), '-', ''), '%Y%m%d')::date"
_START = "education_program_membership_start_date"
# Where two memberships apply, eligibility counts, which has the weaker rule on dates.
_PROGRAMS = f"""
insert into senr.staging.program by name
with line as (
    select
        trim(ssid) as ssid,
        trim(school_of_attendance) as school_of_attendance,
        trim(education_program_code) as program,
        {_DAY.format(column=_START)} as start_date,
        {_DAY.format(column="education_program_membership_end_date")} as end_date,
        file_name,
        line_number,
        source_line
    from staging.ods_raw
),
membership as (
    select * from read_csv(
        $path,
        columns = {{
            'program': 'varchar', 'membership': 'varchar', 'valid_from': 'date',
            'valid_to': 'date', 'notes': 'varchar'
        }},
        header = true, auto_detect = false, nullstr = ''
    )
)
select
    line.ssid, line.school_of_attendance, line.program,
    coalesce(min(membership.membership), 'eligibility') as membership,
    line.start_date, line.end_date, line.file_name, line.line_number
from line
left join membership
    on
        line.program = membership.program
        and line.start_date >= coalesce(membership.valid_from, date '0001-01-01')
        and line.start_date <= coalesce(membership.valid_to, date '9999-12-31')
where line.start_date is not null and line.ssid <> ''
group by all
"""  # noqa: S608 - names of this module
_STATUSES = f"""
insert into senr.staging.language_status by name
select
    trim(ssid) as ssid,
    trim(reporting_lea) as reporting_lea,
    trim(school_of_attendance) as school_of_attendance,
    upper(trim(english_language_acquisition_status_code)) as status,
    {_DAY.format(column="english_language_acquisition_status_start_date")} as start_date,
    file_name,
    line_number
from staging.ods_raw
where nullif(trim(ssid), '') is not null
"""  # noqa: S608 - names of this module


def load_hanging_records(
    con: duckdb.DuckDBPyConnection,
    sprg_ods: Sequence[Path],
    sela_ods: Sequence[Path],
    as_of: date,
    scratch: Path,
) -> dict[str, Extract]:
    """Fill ``staging.program`` and ``staging.language_status``; return the extracts by file type.

    A file type without files is left out. Raises as ``load_extract`` and ``read_columns`` do.
    """
    loaded = {}
    for file_type, paths, insert in (("SPRG", sprg_ods, _PROGRAMS), ("SELA", sela_ods, _STATUSES)):
        if paths:
            loaded[file_type] = _load(con, file_type, paths, insert, as_of, scratch)
    return loaded


def _load(
    con: duckdb.DuckDBPyConnection,
    file_type: str,
    paths: Sequence[Path],
    insert: str,
    as_of: date,
    scratch: Path,
) -> Extract:
    """Load the files in a database of their own, whose names are those of any extract."""
    con.execute("attach ':memory:' as hanging; use hanging; create schema staging")
    try:
        known = ColumnNames(layout_on(as_of, file_type))
        extract = load_extract(con, "ods", paths, known, scratch)
        read_columns(con, {}, file_type=file_type, sides=("ods",))
        path = escape_pattern(resource("data", "reference", "program_memberships.csv"))
        con.execute(insert, {"path": path} if "$path" in insert else {})
    finally:
        con.execute("use senr; detach hanging")
    return extract
