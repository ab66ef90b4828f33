"""Create temporary tables with everything that the published database has about chosen students.

They are tables, not views, because the report reads each of them several times, and a district has
far more students than those chosen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

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

# Differences have exit dates as YYYYMMDD or as in the extract; this converts them to YYYY-MM-DD.
_VALUE = """case difference.column_name when 'enrollment_exit_date'
            then coalesce(
                cast(cast(try_strptime(difference.{value}, '%Y%m%d') as date) as varchar),
                difference.{value}
            )
            else difference.{value} end as {value}"""

# The rows of each table are in the order in which they are read; n counts the students from 0.
_TABLES = {
    "chosen_planned": f"""
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
    inner join reference.upload_file as file
        on
            one.reporting_lea = file.lea
            and one.category = file.category
            and one.file_number = file.file_number
    order by chosen.n, start_date, school, one.action_id""",  # noqa: S608 - columns of this module
    # first the line numbers, then the records: a district has far more lines than those chosen
    "chosen_ods_line": """
    select chosen.n, one.ods_line, raw.line_number,
        -- a record that has posted since is in no file of the extract
        case when posted_since.ods_line is null then raw.file_name end as file_name
    from chosen_student as chosen
    inner join {ods_record} as one on chosen.student_key = one.student_key
    inner join staging.ods_raw as raw on one.ods_line = raw.source_line
    left join recon.posted_since on one.ods_line = posted_since.ods_line""",
    "chosen_ods": f"""
    select
        lines.n,
        found.ods_line,
        found.sis_line,
        lines.line_number,
        lines.file_name,
        {_COLUMNS.format(text="unreadable")},
        found.class,
        found.reason,
        planned.file,
        one.ssid,
        one.local_student_id,
        coalesce(nullif(one.student_lea, ''), parameters.lea) as lea
    from chosen_ods_line as lines
    inner join recon.ods_class as found on lines.ods_line = found.ods_line
    inner join {{ods_record}} as one on lines.ods_line = one.ods_line
    cross join reference.run_parameters as parameters
    left join chosen_planned as planned on lines.ods_line = planned.ods_line
    order by lines.n, start_date, school, lines.ods_line""",  # noqa: S608 - columns of this module
    "chosen_sis_line": """
    select chosen.n, one.sis_line, raw.line_number, raw.file_name
    from chosen_student as chosen
    inner join {sis_record} as one on chosen.student_key = one.student_key
    inner join staging.sis_raw as raw on one.sis_line = raw.source_line""",
    # target_enrollment is the SIS's own record with another exit
    "chosen_sis": f"""
    select
        lines.n,
        found.ods_line,
        found.sis_line,
        lines.line_number,
        lines.file_name,
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
    inner join {{sis_record}} as one on lines.sis_line = one.sis_line
    cross join reference.run_parameters as parameters
    left join {{sis_exit}} as target on lines.sis_line = target.sis_line
    left join chosen_planned as planned on lines.sis_line = planned.sis_line
    order by lines.n, start_date, school, lines.sis_line""",  # noqa: S608 - columns of this module
    "chosen_difference": f"""
    select
        chosen.n,
        difference.ods_line,
        difference.sis_line,
        difference.column_name as field,
        {_VALUE.format(value="ods_value")},
        {_VALUE.format(value="target_value")}
    from chosen_student as chosen
    inner join recon.field_difference as difference
        on chosen.student_key = difference.student_key
    order by chosen.n, difference.ods_line, difference.sis_line, difference.position""",  # noqa: S608 - columns of this module
    "chosen_reason": """
    select chosen.n, why.ods_line, why.sis_line, why.class, why.reason, why.explanation
    from chosen_student as chosen
    inner join recon.record_reason as why on chosen.student_key = why.student_key
    order by chosen.n, coalesce(why.ods_line, 0), coalesce(why.sis_line, 0)""",
    "chosen_finding": """
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
    inner join recon.finding_message as finding on chosen.student_key = finding.student_key
    order by
        chosen.n,
        case finding.severity when 'fatal' then 1 when 'warning' then 2 else 3 end,
        finding.rule,
        coalesce(finding.ods_line, 0),
        coalesce(finding.sis_line, 0),
        coalesce(finding.field, '')""",
    # the student's name comes from the latest record of the SIS, or else of CALPADS
    "chosen_name": """
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
            from chosen_ods
            union all
            select n, lea, ssid, local_student_id, sis_line, 1000000000 + rowid from chosen_sis
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

_ALL = {
    "ods_record": "recon.ods_record",
    "sis_record": "recon.sis_record",
    "sis_exit": "recon.sis_exit",
}
_TO_COMPARE = {
    "ods_record": "recon.ods_to_compare",
    "sis_record": "recon.sis_to_compare",
    "sis_exit": "recon.target_exit",
}

_GIVEN = """
    select unnest($keys) as student_key
    intersect
    (select student_key from recon.ods_record union select student_key from recon.sis_record)"""
_REPORTED = """
    select student_key
    from recon.reported_student
    qualify
        row_number() over (
            partition by is_sent or is_held
            order by
                list_contains($first, student_key) desc, is_held desc, is_listed desc, student_key
        ) <= case when is_sent or is_held then $acted_on else $listed end"""
# More than any extract has.
_ALL_STUDENTS = 2**62


@dataclass(frozen=True)
class Limits:
    """How many of the students with something sent, on hold or listed are chosen at most.

    ``acted_on`` limits those with something sent or on hold, ``listed`` those who are only listed.
    Those in ``first`` come before others, then those on hold, then those with a warning.
    """

    acted_on: int = _ALL_STUDENTS
    listed: int = _ALL_STUDENTS
    first: Sequence[str] = ()


def choose_students(
    con: "duckdb.DuckDBPyConnection",
    student_keys: Iterable[str] | None = None,
    limits: Limits = Limits(),
) -> None:
    """Create the temporary tables of the chosen students: one for students, enrollments, and so on.

    ``chosen_student`` numbers the students from 0, in the order of their keys. The other tables
    (``chosen_name``, ``chosen_ods``, ``chosen_sis``, ``chosen_planned``, ``chosen_difference``,
    ``chosen_reason``, ``chosen_finding``) have that number as ``n``, and their rows are in the
    order in which they are read; ``chosen_ods_line`` and ``chosen_sis_line``, from which two of
    them are made, have no order. Without keys, the students with something sent, on hold, or listed
    are chosen, within the limits. Keys that neither extract has are left out. Works on a database
    that is open for reading only.
    """
    values: dict[str, object]
    if student_keys is None:
        # nothing is sent or listed for a student on whom both sides plainly agree
        students, records = _REPORTED, _TO_COMPARE
        values = {"acted_on": limits.acted_on, "listed": limits.listed, "first": list(limits.first)}
    else:
        students, records = _GIVEN, _ALL
        values = {"keys": sorted(set(student_keys))}
    con.execute(
        f"""
        create or replace temp table chosen_student as
        select student_key, row_number() over (order by student_key) - 1 as n
        from ({students})
        """,  # noqa: S608 - queries of this module
        values,
    )
    for table, query in _TABLES.items():
        con.execute(f"create or replace temp table {table} as {query.format_map(records)}")


def count_left_out(con: "duckdb.DuckDBPyConnection") -> tuple[int, int]:
    """Return how many reported students are not chosen: with something sent or on hold, and others.

    Call ``choose_students`` first.
    """
    [(acted_on, listed)] = con.execute(
        """
        select
            count(*) filter (reported.is_sent or reported.is_held),
            count(*) filter (not reported.is_sent and not reported.is_held)
        from recon.reported_student as reported
        left join chosen_student as chosen on reported.student_key = chosen.student_key
        where chosen.student_key is null
        """
    ).fetchall()
    return acted_on, listed
