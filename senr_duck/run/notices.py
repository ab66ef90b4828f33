"""Notices: what a person must know before uploading, in sentences without student data."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

YEAR_END = "year end: "


def find_notices(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    """Yield the notices of a run: a sentence for each row of the views ``notice_...``.

    Those that begin with ``YEAR_END`` belong in the summary too, so that these codes are no
    surprise.
    """
    yield from _describe_year_end(con)
    yield from _describe_postings(con)
    yield from _count_findings(con)
    yield from _describe_first_upload(con)
    yield from _describe_age(con)
    yield from _name_schools_without_records(con)
    yield from _name_unchecked_rules(con)
    yield from _describe_disability_codes(con)


def _describe_year_end(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for is_this_school_year, code, records in con.execute(
        """
        select is_this_school_year, student_exit_reason_code, records
        from recon.notice_year_end
        order by is_this_school_year, student_exit_reason_code
        """
    ).fetchall():
        yield (
            f"{YEAR_END}{records:,} open enrollments of "
            f"{'this' if is_this_school_year else 'an earlier'} school year are closed with "
            f"{code} on its last school day"
            + (
                "; to leave them open, set close_open_enrollments = false under [year_end]"
                if is_this_school_year
                else " because CALPADS still shows them open"
            )
        )


def _describe_postings(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for run_id, name, day, when, records, contradicted in con.execute(
        """
        select run_id, file_name, posted_on, posted, records, contradicted_records
        from recon.notice_posted_file
        order by posting
        """
    ).fetchall():
        file = f"{name} of run {run_id}, posted on {day}"
        if when == "SINCE":
            yield (
                f"{file}, is not in the ODS extract yet: its {records:,} records are compared as "
                "posted; if the extract was made later, set its date with --ods-date"
            )
        else:
            yield (
                f"{file}: {contradicted:,} of its {records:,} records differ in the ODS extract, "
                "which is used for them (recon.posted_entry lists them)"
            )


def _count_findings(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for code, records in con.execute(
        "select rule, records from recon.notice_finding order by rule"
    ).fetchall():
        yield f"{code}: {records:,}; see exceptions.csv"


def _describe_first_upload(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for school_year, leas, records in con.execute(
        "select school_year, leas, records from recon.notice_first_upload order by school_year"
    ).fetchall():
        yield (
            f"the ODS extract has no enrollment of {school_year} yet"
            f"{f' for {leas:,} LEAs' if leas else ''}, but the SIS extract has {records:,}: "
            "they are treated as the first of the year; if CALPADS already has some, request the "
            "ODS extract again, up to today"
        )


def _describe_age(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for newest, days in con.execute(
        "select newest_change_date, days from recon.notice_old_ods order by newest_change_date"
    ).fetchall():
        yield (
            f"the ODS extract was last updated on {newest}, {days} days before the as-of date; "
            "with a new one the comparison is more accurate"
        )


def _name_schools_without_records(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for (school,) in con.execute(
        """
        select school_of_attendance
        from recon.notice_school_without_records
        order by school_of_attendance
        """
    ).fetchall():
        yield (
            f"--school {school}: neither extract has a record of that school in scope; "
            "check the code, and that the school belongs to this LEA"
        )


def _name_unchecked_rules(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    rules = con.execute("select rule from recon.notice_unchecked_rule order by rule").fetchall()
    if rules:
        yield (
            f"not checked because there is no school list: {', '.join(rule for (rule,) in rules)}; "
            "name a file with the key list under [schools]"
        )


def _describe_disability_codes(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for (records,) in con.execute(
        "select records from recon.notice_disability_code order by records"
    ).fetchall():
        yield (
            f"student_with_disability is neither Y nor N in {records:,} records of the SIS "
            "extract; they count as N; export Y or N, or leave the field blank"
        )
