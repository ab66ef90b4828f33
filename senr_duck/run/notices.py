"""What a person must know before uploading, as sentences without any student's data."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

YEAR_END = "year end: "


def find_notices(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    """Yield the notices of a run whose views are all there; counts are records, days are days.

    Those that begin with ``YEAR_END`` belong into the summary too: nobody wants these codes by
    surprise.
    """
    yield from _describe_year_end(con)
    yield from _describe_postings(con)
    yield from _count_findings(con)
    yield from _describe_first_upload(con)
    yield from _describe_age(con)
    yield from _name_idle_schools(con)
    yield from _name_unchecked_rules(con)
    yield from _describe_disability_codes(con)


def _describe_year_end(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for school_year, code, records in _fetch(
        con,
        """
        select
            case
                when planned.enrollment_start_date >= parameters.school_year_start then 'this'
                else 'an earlier'
            end as school_year,
            planned.student_exit_reason_code,
            count(*) as records
        from recon.planned_record as planned
        inner join recon.target_exit on planned.sis_line = target_exit.sis_line
        cross join reference.run_parameters as parameters
        where target_exit.exit_outcome = 'CLOSE-OUT'
        group by all
        order by all
        """,
    ):
        yield (
            f"{YEAR_END}{records:,} open enrollments of {school_year} school year are closed with "
            f"{code} on its last school day"
            + (
                "; to leave them open, set close_open_enrollments = false under [year_end]"
                if school_year == "this"
                else ", for CALPADS still shows them open"
            )
        )


def _describe_postings(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    """Tell of each posted file what it means for the comparison; of those confirmed, nothing."""
    for run_id, name, day, when, records, contradicted in _fetch(
        con,
        """
        select run_id, file_name, posted_on, posted, records, contradicted_records
        from recon.posted_file
        where posted = 'SINCE' or contradicted_records > 0
        order by posting
        """,
    ):
        file = f"{name} of run {run_id}, posted on {day}"
        if when == "SINCE":
            yield (
                f"{file}, is not in the ODS extract yet: its {records:,} records are compared as "
                "posted; if the extract was made later, say so with --ods-date"
            )
        else:
            yield (
                f"{file}: the ODS extract shows {contradicted:,} of its {records:,} records "
                "otherwise, and counts (recon.posted_entry lists them)"
            )


def _count_findings(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for code, records in _fetch(
        con,
        """
        select rule, count(*) as records from recon.finding
        where rule in ('PRIOR-YEAR-ODS-OPEN', 'ODS-TWIN', 'SENIOR-UNDECIDED', 'PROMOTION-UNDECIDED')
        group by rule order by rule
        """,
    ):
        yield f"{code}: {records:,}; see exceptions.csv"


def _describe_first_upload(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    """Tell of a year that only the SIS has yet: no fault in July and August (guard_coverage)."""
    for school_year, leas, records in _fetch(
        con,
        """
        select
            parameters.school_year,
            count(distinct nullif(sis.student_lea, '')) as leas,
            count(*) as records
        from recon.sis_record as sis
        cross join reference.run_parameters as parameters
        where
            sis.scope_reason is null
            and sis.enrollment_start_date >= parameters.school_year_start
            and parameters.as_of < parameters.school_year_start + interval 2 month
            and not exists (
                select ods.ods_line from recon.ods_record as ods
                where
                    ods.scope_reason is null
                    and ods.student_lea = sis.student_lea
                    and ods.enrollment_start_date >= parameters.school_year_start
            )
        group by parameters.school_year
        """,
    ):
        yield (
            f"the ODS extract has no enrollment of {school_year} yet"
            f"{f' for {leas:,} LEAs' if leas else ''}, the SIS extract {records:,}: "
            "they are taken for the year's first; if CALPADS does hold some, request the ODS "
            "extract again, up to today"
        )


def _describe_age(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for newest, days in _fetch(
        con,
        """
        select
            max(ods.last_change_date) as newest,
            parameters.as_of - max(ods.last_change_date) as days
        from recon.ods_record as ods
        cross join reference.run_parameters as parameters
        group by parameters.as_of
        having parameters.as_of - max(ods.last_change_date) > 30
        """,
    ):
        yield (
            f"the ODS extract was last updated on {newest}, {days} days before the as-of date; "
            "a fresh one gives fewer surprises"
        )


def _name_idle_schools(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for (school,) in _fetch(
        con,
        """
        select requested.school_of_attendance
        from reference.requested_school as requested
        where
            not exists (
                select ods.ods_line from recon.ods_record as ods
                where
                    ods.school_of_attendance = requested.school_of_attendance
                    and ods.scope_reason is null
            )
            and not exists (
                select sis.sis_line from recon.sis_record as sis
                where
                    sis.school_of_attendance = requested.school_of_attendance
                    and sis.scope_reason is null
            )
        order by requested.school_of_attendance
        """,
    ):
        yield (
            f"--school {school}: neither extract has a record in scope of that school; "
            "check its code, and whether it is this LEA's"
        )


def _name_unchecked_rules(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for (rules,) in _fetch(
        con,
        """
        select string_agg(rule.code, ', ' order by rule.code)
        from reference.rule as rule
        cross join reference.run_parameters as parameters
        where
            not parameters.has_school_list
            and rule.stage = 'reference'
            and rule.severity <> 'off'
        having count(*) > 0
        """,
    ):
        yield (
            f"not checked for want of a school list: {rules}; "
            "name one with the key list under [schools]"
        )


def _describe_disability_codes(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for (records,) in _fetch(
        con,
        """
        select count(*) as records from recon.sis_record
        where student_with_disability not in ('Y', 'N')
        having count(*) > 0
        """,
    ):
        yield (
            f"student_with_disability is neither Y nor N in {records:,} records of the SIS "
            "extract, which count as N; write Y or N, or leave it blank"
        )


def _fetch(con: "duckdb.DuckDBPyConnection", query: str) -> list[tuple[Any, ...]]:
    return con.execute(query).fetchall()
