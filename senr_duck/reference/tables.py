"""Define the lookup tables of the views: names, comments, and columns."""

from typing import TYPE_CHECKING

from senr_duck.reference.layout import all_fields, compared_columns
from senr_duck.reference.sql_tables import create_tables

if TYPE_CHECKING:
    import duckdb

UPLOAD_COLUMNS = tuple(f.column for f in all_fields() if not f.number.startswith("R."))

# Each table's grain, and its columns.
_TABLES = {
    "reference.run_parameters": (
        "the as-of date and all settings: one row; lea is blank in a run of several LEAs",
        """lea varchar, has_several_leas boolean, as_of date, school_year varchar,
        school_year_start date, school_year_end date, window_start date, rules varchar,
        change_years varchar, exit_date_is varchar, has_requested_schools boolean,
        open_prior_year_start date, close_open_enrollments boolean,
        year_end_window_days integer, grade_12 varchar,
        prekindergarten_exit varchar, no_show_exit_date varchar, encoding varchar,
        has_school_list boolean, max_removal_share double,
        max_held_share double, max_update_share double, allow_missing_schools boolean,
        allow_empty_scope boolean, allow_stale_ods boolean, use_evidence boolean, keep_file varchar,
        evidence_students integer, ods_date date, use_shortcut boolean""",
    ),
    "reference.run_lea": (
        "the LEAs of the run: one row per LEA; student_lea is blank in a run of one LEA",
        "reporting_lea varchar, student_lea varchar",
    ),
    "reference.layout": (
        "the fields of the SENR record: one row per field, in file order",
        """position integer, number varchar, name varchar, column_name varchar, type varchar,
        max_length integer, required varchar, role varchar, code_set varchar, since date,
        compared_place integer""",
    ),
    "reference.code": (
        "the codes of the coded fields: one row per code set and code, dates inclusive",
        """code_set varchar, code varchar, name varchar, valid_from date, valid_to date,
        is_year_end boolean, is_only_year_end boolean, no_show_days integer""",
    ),
    "reference.code_grade": (
        "the grades that some exit reasons and completion statuses are for: one row per grade",
        "code_set varchar, code varchar, grade_level_code varchar, since date",
    ),
    "reference.grade_level": (
        "the order of the grade levels: one row per grade; in a grade span, TK counts as KN",
        "code varchar, grade_order integer",
    ),
    "reference.name_character": (
        "characters that names are not sent with, and what they become: one row per character",
        "place integer, character varchar, becomes varchar",
    ),
    "reference.rule": (
        "the rule catalog, with the severities of this run: one row per rule",
        """code varchar, name varchar, severity varchar, stage varchar, since date, fields varchar,
        message varchar, fix varchar, confidence varchar, evidence varchar,
        is_severity_by_hand boolean""",
    ),
    "reference.rule_cause": (
        "what a finding says if the rule has a special cause: one row per rule and cause",
        "rule varchar, cause varchar, severity varchar, message varchar, fix varchar",
    ),
    "reference.class": (
        "what happens to a record: one row per class, first those that are sent, in upload order",
        """position integer, code varchar, is_sent boolean, is_in_ods boolean, is_in_sis boolean,
        accounting_order integer, spot_check_order integer, files varchar, name varchar,
        summary varchar, action varchar, meaning varchar""",
    ),
    "reference.harm": (
        "what is at stake for a student: one row per harm, the worst first",
        "position integer, code varchar, name varchar, meaning varchar",
    ),
    "reference.sentence": (
        "the sentences of explanations, with {names} instead of values: one row per code",
        "code varchar, sentence varchar",
    ),
    "reference.reason": (
        "why a record has its class: one row per code and class; for held, the code is a rule",
        "code varchar, class varchar, name varchar, meaning varchar",
    ),
    "reference.translation": (
        "local codes and their CALPADS codes: one row per column and local code",
        "column_name varchar, local_code varchar, calpads_code varchar",
    ),
    "reference.calendar": (
        "last school days: one row per school year, and one per school with a day of its own",
        "school_year_start date, school_of_attendance varchar, last_day date",
    ),
    "reference.do_not_report": (
        "schools that the run leaves out on both sides: one row per school",
        "school_of_attendance varchar",
    ),
    "reference.requested_school": (
        "the schools that --school asks for: one row per school; no row means all schools",
        "school_of_attendance varchar",
    ),
    "reference.keep_list": (
        "ODS records that the run never removes: one row per operational key",
        """ssid varchar, school_of_attendance varchar, enrollment_start_date date, why varchar,
        line_number integer""",
    ),
    "reference.school": (
        "the school list, if senr.toml names one: one row per school",
        """reporting_lea varchar, school_of_attendance varchar, name varchar, low_grade varchar,
        high_grade varchar, open_date date, close_date date, school_type varchar""",
    ),
    "reference.upload_file": (
        "the upload files: one row per LEA, category and number; filled when all views are there",
        "lea varchar, category varchar, file_number bigint, name varchar",
    ),
    "staging.posted_record": (
        "the records of all posted files in the ledger, as uploaded: one row per record",
        "posting bigint, run_id varchar, file_name varchar, posted_on date, "
        + ", ".join(f"{column} varchar" for column in UPLOAD_COLUMNS),
    ),
    "staging.rejected_record": (
        "records that CALPADS has rejected, with their fatal codes: one row per Local Record ID",
        "local_record_id varchar, codes varchar, rejected_on date",
    ),
    "staging.earlier_run": (
        "the last runs of the same LEAs and schools before this one, at most eleven, with their "
        "totals: one row per run; the position of the last one is 11",
        """position integer, run_id varchar, as_of date, is_last boolean, records_sent bigint,
        students_held bigint, findings_open bigint""",
    ),
    "staging.last_count": (
        "the counts of the last run, as in run_count: one row per kind, class and name",
        "kind varchar, class varchar, name varchar, lines bigint, students bigint",
    ),
    "staging.last_finding": (
        "what the last run found, as in open_finding: one row per LEA, student and rule",
        """reporting_lea varchar, student varchar, rule varchar, severity varchar,
        local_student_id varchar, school_of_attendance varchar""",
    ),
    "staging.program": (
        "the programs of the SPRG extract, if the run has one: one row per line with a key",
        """ssid varchar, school_of_attendance varchar, program varchar, membership varchar,
        start_date date, end_date date, file_name varchar, line_number bigint""",
    ),
    "staging.language_status": (
        "the language statuses of the SELA extract, if the run has one: one row per line",
        """ssid varchar, reporting_lea varchar, school_of_attendance varchar, status varchar,
        start_date date, file_name varchar, line_number bigint""",
    ),
    "staging.sis_column_given": (
        "whether the SIS extract has each of the compared columns: one row",
        ", ".join(f"{column} boolean" for column in compared_columns()),
    ),
}


def describe_tables() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the comment of each table and its columns with their types, by qualified name."""
    return {
        table: (comment, tuple(" ".join(column.split()) for column in columns.split(",")))
        for table, (comment, columns) in _TABLES.items()
    }


def create_reference_tables(con: "duckdb.DuckDBPyConnection") -> None:
    """Create the schemas and the empty tables, each with its comment."""
    for schema in ("staging", "reference", "recon"):
        con.execute(f"create schema if not exists {schema}")
    create_tables(con, _TABLES)
