"""The temporary tables that say of chosen students what the published database knows of them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from senr_duck.upload_names import list_files

if TYPE_CHECKING:
    import duckdb


def _day(column: str, unreadable: str) -> str:
    return f"coalesce(cast({column} as varchar), {unreadable})"


_COLUMNS = """{table}.school_of_attendance as school,
    {table}.school_of_attendance_nps as school_nps,
    {start} as start_date,
    {exit} as exit_date,
    {table}.enrollment_status_code as status,
    {table}.grade_level_code as grade,
    {table}.student_exit_reason_code as exit_reason,
    {table}.student_school_completion_status_code as completion_status"""


def _columns(table: str, text: str) -> str:
    """Return a side's columns; ``text`` ends the names of its columns of dates as text."""
    start, exit_ = (
        _day(f"{table}.{column}", f"{table}.{column}_{text}")
        for column in ("enrollment_start_date", "enrollment_exit_date")
    )
    return _COLUMNS.format(table=table, start=start, exit=exit_)


# Each in the order in which it is read: n counts the students from 0.
_TABLES = {
    "student_enrollment": f"""
    with
    sent as materialized (
        select planned.*, file.name as file
        from recon.planned_record as planned
        inner join student_file as file
            on planned.category = file.category and planned.file_number = file.number
    ),
    -- the lines first, then what stands on them: a district has far more than the chosen
    ods_line as materialized (
        select chosen.n, one.ods_line, one.sis_line, one.class, one.reason, sent.file
        from chosen_student as chosen
        inner join recon.ods_class as one on chosen.student_key = one.student_key
        left join sent on one.ods_line = sent.ods_line
    ),
    sis_line as materialized (
        select chosen.n, one.ods_line, one.sis_line, one.class, one.reason, sent.file
        from chosen_student as chosen
        inner join recon.sis_class as one on chosen.student_key = one.student_key
        left join sent on one.sis_line = sent.sis_line
    ),
    everything as (
        select line.n, 0 as side, line.ods_line, line.sis_line, {_columns("ods", "unreadable")},
            line.class, line.reason, line.file, null as action_id, null as exit_outcome,
            ods.ssid, ods.local_student_id
        from ods_line as line
        inner join recon.ods_record as ods on line.ods_line = ods.ods_line
        union all
        select line.n, 1, line.ods_line, line.sis_line, {_columns("sis", "unreadable")},
            line.class, line.reason, line.file, null, null, sis.ssid, sis.local_student_id
        from sis_line as line
        inner join recon.sis_record as sis on line.sis_line = sis.sis_line
        union all
        select line.n, 2, line.ods_line, line.sis_line, {_columns("target", "unreadable")},
            line.class, line.reason, line.file, null, target.exit_outcome,
            target.ssid, target.local_student_id
        from sis_line as line
        inner join recon.target_enrollment as target on line.sis_line = target.sis_line
        union all
        select chosen.n, 3, sent.ods_line, sent.sis_line, {_columns("sent", "text")},
            sent.class, sent.reason, sent.file, sent.action_id, null,
            sent.ssid, sent.local_student_id
        from chosen_student as chosen
        inner join sent on chosen.student_key = sent.student_key
    )
    select * from everything
    order by n, side, start_date, school, coalesce(ods_line, 0), coalesce(sis_line, 0)""",  # noqa: S608 - columns of this module
    "student_difference": """
    select
        chosen.n,
        difference.ods_line,
        difference.sis_line,
        difference.column_name as field,
        case difference.column_name when 'enrollment_exit_date'
            then coalesce(
                cast(cast(try_strptime(difference.ods_value, '%Y%m%d') as date) as varchar),
                difference.ods_value
            )
            else difference.ods_value end as ods_value,
        case difference.column_name when 'enrollment_exit_date'
            then coalesce(
                cast(cast(try_strptime(difference.target_value, '%Y%m%d') as date) as varchar),
                difference.target_value
            )
            else difference.target_value end as target_value
    from chosen_student as chosen
    inner join recon.field_difference as difference
        on chosen.student_key = difference.student_key
    order by chosen.n, difference.ods_line, difference.sis_line, difference.position""",
    "student_finding": """
    select
        chosen.n,
        finding.severity,
        finding.rule,
        finding.ods_line,
        finding.sis_line,
        finding.field,
        finding.value,
        finding.message,
        finding.fix
    from chosen_student as chosen
    inner join recon.finding as finding on chosen.student_key = finding.student_key
    order by
        chosen.n,
        case finding.severity when 'fatal' then 1 when 'warning' then 2 else 3 end,
        finding.rule,
        coalesce(finding.ods_line, 0),
        coalesce(finding.sis_line, 0),
        coalesce(finding.field, '')""",
    # the SIS's latest record names the student, else CALPADS's latest
    "student_name": """
    with
    latest as (
        select
            n,
            max(ssid) as ssid,
            arg_max(local_student_id, place) filter (local_student_id is not null)
                as local_student_id,
            arg_max(case side when 0 then -ods_line else sis_line end, place) as line
        from (
            select n, side, ods_line, sis_line, ssid, local_student_id,
                row_number() over (
                    partition by n
                    order by side, start_date, school, coalesce(ods_line, 0), coalesce(sis_line, 0)
                ) as place
            from student_enrollment
            where side in (0, 1)
        )
        group by n
    ),
    named as (
        select latest.n, latest.ssid, latest.local_student_id,
            sis.student_legal_last_name as last_name, sis.student_legal_name_suffix as suffix,
            sis.student_legal_first_name as first_name, sis.student_legal_middle_name as middle_name
        from latest
        inner join staging.sis_enrollment as sis on latest.line = sis.source_line
        union all
        select latest.n, latest.ssid, latest.local_student_id,
            ods.student_legal_last_name, ods.student_legal_name_suffix,
            ods.student_legal_first_name, ods.student_legal_middle_name
        from latest
        inner join staging.ods_enrollment as ods on -latest.line = ods.source_line
    )
    select
        chosen.n,
        chosen.student_key,
        named.ssid,
        named.local_student_id,
        nullif(
            concat_ws(
                ', ',
                nullif(concat_ws(' ', named.last_name, named.suffix), ''),
                nullif(concat_ws(' ', named.first_name, named.middle_name), '')
            ),
            ''
        ) as name,
        case when held.student_key is null then 'N' else 'Y' end as is_held
    from chosen_student as chosen
    inner join named on chosen.n = named.n
    left join recon.held_student as held on chosen.student_key = held.student_key
    order by chosen.n""",
}

_SOMETHING_SAID = """
    select student_key from recon.planned_record
    union
    select student_key from recon.held_student
    union
    select student_key from recon.finding"""
_GIVEN = """
    select unnest($keys) as student_key
    intersect
    (select student_key from recon.ods_record union select student_key from recon.sis_record)"""


def create_student_tables(
    con: "duckdb.DuckDBPyConnection", student_keys: Iterable[str] | None = None
) -> None:
    """Create the temporary tables that are read: one row per student, enrollment and so on.

    ``chosen_student`` numbers the students from 0, in the order of their keys; the other tables
    (``student_name``, ``student_enrollment``, ``student_difference``, ``student_finding``) say of
    whom they speak with that number ``n``, and stand in the order in which they are read. A key
    that neither extract has is left out. Works on a database opened to be read only.
    """
    keys = None if student_keys is None else {"keys": sorted(set(student_keys))}
    con.execute(
        f"""
        create or replace temp table chosen_student as
        select student_key, row_number() over (order by student_key) - 1 as n
        from ({_SOMETHING_SAID if keys is None else _GIVEN})
        """,  # noqa: S608 - queries of this module
        keys,
    )
    con.execute(
        "create or replace temp table student_file (category varchar, number bigint, name varchar)"
    )
    files = [(file.category, file.number, file.name) for file in list_files(con)]
    con.executemany("insert into student_file values (?, ?, ?)", files)
    for table, query in _TABLES.items():
        con.execute(f"create or replace temp table {table} as {query}")
