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
        "the as-of date and all options: one row; lea is blank in a run of several LEAs",
        """lea varchar, has_several_leas boolean, as_of date, school_year varchar,
        school_year_start date, school_year_end date, window_start date, rules varchar,
        change_years varchar, has_requested_schools boolean,
        close_open_enrollments boolean, year_end_window_days integer, grade_12 varchar,
        prekindergarten_exit varchar, no_show_exit_date varchar, encoding varchar,
        has_school_list boolean, max_removal_share double,
        max_held_share double, max_update_share double, allow_missing_schools boolean,
        allow_stale_ods boolean, ods_date date""",
    ),
    "reference.run_lea": (
        "the LEAs of the run; student_lea is the LEA in a run of several LEAs, else blank",
        "reporting_lea varchar, student_lea varchar",
    ),
    "reference.layout": (
        "the fields of the SENR record: one row per field, in file order",
        """position integer, number varchar, name varchar, column_name varchar, type varchar,
        max_length integer, required varchar, role varchar, code_set varchar, since date""",
    ),
    "reference.code": (
        "the codes of the coded fields: one row per code set and code, dates inclusive",
        "code_set varchar, code varchar, name varchar, valid_from date, valid_to date",
    ),
    "reference.grade_level": (
        "the order of the grade levels; transitional kindergarten counts as kindergarten in a span",
        "code varchar, grade_order integer",
    ),
    "reference.rule": (
        "the rule catalog with the severities of this run: one row per rule",
        """code varchar, name varchar, severity varchar, stage varchar, since date, fields varchar,
        message varchar, fix varchar, confidence varchar""",
    ),
    "reference.class": (
        "the classes of records: one row per class, first those that are sent, in upload order",
        """position integer, code varchar, is_sent boolean, is_in_ods boolean, is_in_sis boolean,
        accounting_order integer, spot_check_order integer, files varchar, name varchar,
        summary varchar, action varchar, meaning varchar""",
    ),
    "reference.sentence": (
        "the sentences of explanations, with {names} instead of values: one row per code",
        "code varchar, sentence varchar",
    ),
    "reference.reason": (
        "why a record got its class: one row per code and class; for held, the rule",
        "code varchar, class varchar, name varchar, meaning varchar",
    ),
    "reference.translation": (
        "local codes and what CALPADS calls them: one row per column and local code",
        "column_name varchar, local_code varchar, calpads_code varchar",
    ),
    "reference.calendar": (
        "last school days: one row per school year, and per school that differs",
        "school_year_start date, school_of_attendance varchar, last_day date",
    ),
    "reference.do_not_report": (
        "schools that are not reported: one row per school",
        "school_of_attendance varchar",
    ),
    "reference.requested_school": (
        "the schools that the user chose for the run; none means all",
        "school_of_attendance varchar",
    ),
    "reference.keep_list": (
        "ODS records that must never be removed: one row per operational key",
        """ssid varchar, school_of_attendance varchar, enrollment_start_date date, why varchar""",
    ),
    "reference.school": (
        "the school list, if the configuration names one: one row per school",
        """reporting_lea varchar, school_of_attendance varchar, name varchar, low_grade varchar,
        high_grade varchar, open_date date, close_date date, school_type varchar""",
    ),
    "staging.posted_record": (
        "the records of posted files in the ledger: one row per record, as uploaded",
        "posting bigint, run_id varchar, file_name varchar, posted_on date, "
        + ", ".join(f"{column} varchar" for column in UPLOAD_COLUMNS),
    ),
    "staging.rejected_record": (
        "the records that CALPADS rejected: one row per Local Record ID, with the fatal codes",
        "local_record_id varchar, codes varchar, rejected_on date",
    ),
    "staging.sis_column_given": (
        "whether the SIS extract has each compared column: one row",
        ", ".join(f"{column} boolean" for column in compared_columns()),
    ),
}


def describe_tables() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the comment, and the columns with their types, of each table by qualified name."""
    return {
        table: (comment, tuple(" ".join(column.split()) for column in columns.split(",")))
        for table, (comment, columns) in _TABLES.items()
    }


def create_reference_tables(con: "duckdb.DuckDBPyConnection") -> None:
    """Create the schemas and the empty tables, each with its comment."""
    for schema in ("staging", "reference", "recon"):
        con.execute(f"create schema if not exists {schema}")
    create_tables(con, _TABLES)
