"""The temporary tables that say of chosen students what the published database knows of them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from senr_duck.export.upload_names import create_file_table

if TYPE_CHECKING:
    import duckdb


_COLUMNS = """one.school_of_attendance as school,
        coalesce(cast(one.enrollment_start_date as varchar), one.enrollment_start_date_{text})
            as start_date,
        coalesce(cast(one.enrollment_exit_date as varchar), one.enrollment_exit_date_{text})
            as exit_date,
        one.enrollment_status_code as status,
        one.grade_level_code as grade,
        one.student_exit_reason_code as exit_reason,
        one.student_school_completion_status_code as completion_status"""

# Each in the order in which it is read: n counts the students from 0.
_TABLES = {
    "student_planned": f"""
    select
        chosen.n,
        one.ods_line,
        one.sis_line,
        {_COLUMNS.format(text="text")},
        one.class,
        one.reason,
        file.name as file,
        one.reporting_lea as lea,
        one.action_id
    from chosen_student as chosen
    inner join recon.planned_record as one on chosen.student_key = one.student_key
    inner join upload_file as file
        on
            one.reporting_lea = file.lea
            and one.category = file.category
            and one.file_number = file.number
    order by chosen.n, start_date, school, one.action_id""",  # noqa: S608 - columns of this module
    # the lines first, then what stands on them: a district has far more than the chosen
    "chosen_ods_line": """
    select chosen.n, one.ods_line
    from chosen_student as chosen
    inner join recon.ods_record as one on chosen.student_key = one.student_key""",
    "student_ods": f"""
    select
        lines.n,
        found.ods_line,
        found.sis_line,
        {_COLUMNS.format(text="unreadable")},
        found.class,
        found.reason,
        planned.file,
        one.ssid,
        one.local_student_id,
        coalesce(nullif(one.student_lea, ''), parameters.lea) as lea
    from chosen_ods_line as lines
    inner join recon.ods_class as found on lines.ods_line = found.ods_line
    inner join recon.ods_record as one on lines.ods_line = one.ods_line
    cross join reference.run_parameters as parameters
    left join student_planned as planned on lines.ods_line = planned.ods_line
    order by lines.n, start_date, school, lines.ods_line""",  # noqa: S608 - columns of this module
    "chosen_sis_line": """
    select chosen.n, one.sis_line
    from chosen_student as chosen
    inner join recon.sis_record as one on chosen.student_key = one.student_key""",
    # what target_enrollment shows is the SIS's own record with another exit
    "student_sis": f"""
    select
        lines.n,
        found.ods_line,
        found.sis_line,
        {_COLUMNS.format(text="unreadable")},
        found.class,
        found.reason,
        planned.file,
        target.exit_outcome,
        coalesce(
            cast(target.enrollment_exit_date as varchar), target.enrollment_exit_date_unreadable
        ) as target_exit_date,
        target.student_exit_reason_code as target_exit_reason,
        target.student_school_completion_status_code as target_completion_status,
        one.ssid,
        one.local_student_id,
        coalesce(nullif(one.student_lea, ''), parameters.lea) as lea
    from chosen_sis_line as lines
    inner join recon.sis_class as found on lines.sis_line = found.sis_line
    inner join recon.sis_record as one on lines.sis_line = one.sis_line
    cross join reference.run_parameters as parameters
    left join recon.target_exit as target on lines.sis_line = target.sis_line
    left join student_planned as planned on lines.sis_line = planned.sis_line
    order by lines.n, start_date, school, lines.sis_line""",  # noqa: S608 - columns of this module
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
    "student_reason": """
    select chosen.n, told.ods_line, told.sis_line, told.class, told.reason, told.explanation
    from chosen_student as chosen
    inner join recon.record_reason as told on chosen.student_key = told.student_key
    order by chosen.n, coalesce(told.ods_line, 0), coalesce(told.sis_line, 0)""",
    "student_finding": """
    select
        chosen.n,
        finding.severity,
        finding.rule,
        finding.ods_line,
        finding.sis_line,
        finding.field,
        finding.value,
        fact.message,
        finding.fix
    from chosen_student as chosen
    inner join recon.finding as finding on chosen.student_key = finding.student_key
    inner join recon.finding_fact as fact
        on
            finding.rule = fact.rule
            and finding.ods_line is not distinct from fact.ods_line
            and finding.sis_line is not distinct from fact.sis_line
            and finding.field is not distinct from fact.field
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
            max(lea) as lea,
            max(ssid) as ssid,
            arg_max(local_student_id, place) filter (local_student_id is not null)
                as local_student_id,
            arg_max(line, place) as line
        from (
            select n, lea, ssid, local_student_id, -ods_line as line, rowid as place
            from student_ods
            union all
            select n, lea, ssid, local_student_id, sis_line, 1000000000 + rowid from student_sis
        )
        group by n
    ),
    named as (
        select latest.n, latest.lea, latest.ssid, latest.local_student_id,
            sis.student_legal_last_name as last_name, sis.student_legal_name_suffix as suffix,
            sis.student_legal_first_name as first_name, sis.student_legal_middle_name as middle_name
        from latest
        inner join staging.sis_enrollment as sis on latest.line = sis.source_line
        union all
        select latest.n, latest.lea, latest.ssid, latest.local_student_id,
            ods.student_legal_last_name, ods.student_legal_name_suffix,
            ods.student_legal_first_name, ods.student_legal_middle_name
        from latest
        inner join staging.ods_enrollment as ods on -latest.line = ods.source_line
    )
    select
        chosen.n,
        chosen.student_key,
        named.lea,
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
        held.student_key is not null as is_held
    from chosen_student as chosen
    inner join named on chosen.n = named.n
    left join recon.held_student as held on chosen.student_key = held.student_key
    order by chosen.n""",
}

_SENT_OR_HELD = """
    select student_key from recon.planned_record
    union
    select student_key from recon.held_student"""
_SAID = "select student_key from sent_or_held union all select student_key from listed"
_GIVEN = """
    select unnest($keys) as student_key
    intersect
    (select student_key from recon.ods_record union select student_key from recon.sis_record)"""


def create_student_tables(
    con: "duckdb.DuckDBPyConnection",
    student_keys: Iterable[str] | None = None,
    listed_at_most: int | None = None,
) -> None:
    """Create the temporary tables that are read: one row per student, enrollment and so on.

    ``chosen_student`` numbers the students from 0, in the order of their keys; the other tables
    (``student_name``, ``student_ods``, ``student_sis``, ``student_planned``,
    ``student_difference``, ``student_reason``, ``student_finding``) say of whom they speak with
    that number ``n``, and stand in the order in which they are read. ``chosen_ods_line`` and
    ``chosen_sis_line``, of which two of them are made, have no order. Without keys, everybody with
    something sent, held or listed is chosen; ``listed_at_most`` limits those who are only listed.
    A key that neither extract has is left out. Works on a database opened to be read only.
    """
    keys = None if student_keys is None else {"keys": sorted(set(student_keys))}
    limit = "" if listed_at_most is None else f"limit {listed_at_most:d}"
    con.execute(
        f"""
        create or replace temp table chosen_student as
        with
        sent_or_held as ({_SENT_OR_HELD}),
        listed as (
            select student_key from recon.finding
            except
            select student_key from sent_or_held
            order by student_key
            {limit}
        ),
        given as ({_GIVEN if keys else _SAID})
        select student_key, row_number() over (order by student_key) - 1 as n
        from given
        """,  # noqa: S608 - queries of this module
        keys,
    )
    create_file_table(con)
    for table, query in _TABLES.items():
        con.execute(f"create or replace temp table {table} as {query}")
