"""Notices: what a person must know before uploading, in sentences without student data."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from senr_duck.privacy.shown_list import name_count, name_first
from senr_duck.privacy.shown_value import escape_controls

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
    yield from _describe_moved_exits(con)
    yield from _describe_disability_codes(con)
    yield from _describe_transaction_codes(con)
    yield from _name_leas_on_one_side(con)
    yield from _name_schools_not_in_sis(con)
    yield from _describe_new_local_ids(con)
    yield from _describe_top_grades(con)
    yield from _name_keep_list_rows(con)


def _describe_year_end(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for is_this_school_year, code, records in con.execute(
        """
        select is_this_school_year, student_exit_reason_code, records
        from recon.notice_year_end
        order by is_this_school_year, student_exit_reason_code
        """
    ).fetchall():
        yield (
            f"{YEAR_END}{name_count(records, 'open enrollment')} of "
            f"{'this' if is_this_school_year else 'an earlier'} school year "
            f"{'is' if records == 1 else 'are'} closed with {code} on its last school day"
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
                f"{file}, is not in the ODS extract yet: {name_count(records, 'record')} of it "
                f"{'is' if records == 1 else 'are'} compared as posted; if the extract was made "
                "later, set its date with --ods-date"
            )
        else:
            yield (
                f"{file}: {name_count(contradicted, 'record')} of {records:,} "
                f"{'differs' if contradicted == 1 else 'differ'} in the ODS extract, which is used "
                "instead (recon.posted_entry lists the records)"
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


def _describe_moved_exits(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for (exits,) in con.execute(
        "select exits from recon.notice_moved_exit order by exits"
    ).fetchall():
        yield (
            f"{name_count(exits, 'exit')} of the SIS extract {'is' if exits == 1 else 'are'} moved "
            'back by one day, because exit_date_is = "first_day_away" under [sis] says that the '
            "SIS has the first day away, and CALPADS has the last day of attendance; no-shows "
            "(N470) keep their dates"
        )


def _describe_disability_codes(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for (records,) in con.execute(
        "select records from recon.notice_disability_code order by records"
    ).fetchall():
        yield (
            f"student_with_disability is neither Y nor N in {name_count(records, 'record')} of the "
            "SIS extract; they count as N; export Y or N, or leave the field blank"
        )


def _describe_transaction_codes(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for code, lines in con.execute(
        "select transaction_type_code, lines from recon.notice_transaction_code order by all"
    ).fetchall():
        yield f"{name_count(lines, 'line')} of the SIS extract with transaction code {code}: " + (
            "the SIS says that there is no such enrollment, so they are left out (SIS-DELETION)"
            if code == "D"
            else "taken as enrollments"
        )


def _name_leas_on_one_side(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for lea, is_lea_of_run, ods, sis in con.execute(
        """
        select reporting_lea, is_lea_of_run, ods_records, sis_records
        from recon.notice_lea_on_one_side
        order by reporting_lea
        """
    ).fetchall():
        compared = "" if is_lea_of_run else "; the run does not compare that LEA"
        yield (
            f"LEA {lea}: {name_count(ods, 'record')} in the ODS extract, {sis:,} in the SIS extract"
            f"{compared}"
        )


def _name_schools_not_in_sis(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for lea, school, records, first_year, last_year in con.execute(
        """
        select reporting_lea, school_of_attendance, records, first_year, last_year
        from recon.notice_school_not_in_sis
        order by reporting_lea, school_of_attendance
        """
    ).fetchall():
        yield (
            f"{f'LEA {lea}, ' if lea else ''}school {school} has "
            f"{name_count(records, 'record')} in CALPADS and none in the SIS "
            f"({first_year}-{last_year}); if another system keeps them, add its enrollments to "
            "the SIS extract"
        )


def _describe_new_local_ids(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for lea, changed, records in con.execute(
        """
        select reporting_lea, changed_records, records
        from recon.notice_new_local_id
        order by reporting_lea
        """
    ).fetchall():
        yield (
            f"{f'LEA {lea}: ' if lea else ''}the local student ID differs in {changed:,} of "
            f"{records:,} matched records, as after a change of SIS, so it is not listed for each"
        )


def _describe_top_grades(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for (schools,) in con.execute(
        "select schools from recon.notice_top_grade order by schools"
    ).fetchall():
        yield (
            f"{YEAR_END}the top grade of {name_count(schools, 'school')} comes from the SIS "
            "extract, because no school list has it; its students stay open unless the SIS "
            "extract has their next grade or next school"
        )


def _name_keep_list_rows(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    rows = con.execute(
        "select keep_file, line_number from recon.notice_keep_list order by line_number"
    ).fetchall()
    if rows:
        yield (
            f"{escape_controls(rows[0][0])}, {name_first([f'line {line}' for _, line in rows])}: "
            "the ODS extract has no such record, so the keep list has no effect there"
        )
