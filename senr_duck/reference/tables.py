"""The tables that the views look things up in, from the reference files and the settings."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from senr_duck.reference.layout import Layout, all_fields, compared_columns
from senr_duck.reference.reasons import read_reasons
from senr_duck.reference.resources import read_reference
from senr_duck.settings.keep_list import read_keep_list
from senr_duck.settings.school_list import GRADE_ORDER, read_school_list

if TYPE_CHECKING:
    import duckdb

    from senr_duck.settings.settings import Settings

UPLOAD_COLUMNS = tuple(f.column for f in all_fields() if not f.number.startswith("R."))

# Each table's grain, and its columns.
_TABLES = {
    "reference.run_parameters": (
        "the clock and all options: one row; lea is blank in a run of several",
        """lea varchar, has_several_leas boolean, as_of date, school_year varchar,
        school_year_start date, school_year_end date, window_start date, rules varchar,
        change_years varchar, has_requested_schools boolean,
        close_open_enrollments boolean, year_end_window_days integer, grade_12 varchar,
        prekindergarten_exit varchar, no_show_exit_date varchar, encoding varchar,
        has_graduation_exemption boolean, has_school_list boolean, max_removal_share double,
        max_held_share double, max_update_share double, allow_missing_schools boolean,
        allow_stale_ods boolean, ods_date date""",
    ),
    "reference.run_lea": (
        "the LEAs of the run; student_lea is the LEA in a run of several, blank in a run of one",
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
        "the rule catalogue with the severities of this run: one row per rule",
        """code varchar, name varchar, severity varchar, stage varchar, since date, fields varchar,
        message varchar, fix varchar, confidence varchar""",
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
        "the schools that the run was asked for; none means all",
        "school_of_attendance varchar",
    ),
    "reference.keep_list": (
        "ODS records never to be removed: one row per operational key",
        """ssid varchar, school_of_attendance varchar, enrollment_start_date date, why varchar""",
    ),
    "reference.school": (
        "the school list, if the configuration names one: one row per school",
        """reporting_lea varchar, school_of_attendance varchar, name varchar, low_grade varchar,
        high_grade varchar, open_date date, close_date date, school_type varchar""",
    ),
    "staging.posted_record": (
        "the records of the posted files that the ledger has: one row per record, as uploaded",
        "posting bigint, run_id varchar, file_name varchar, posted_on date, "
        + ", ".join(f"{column} varchar" for column in UPLOAD_COLUMNS),
    ),
    "staging.rejected_record": (
        "the records that CALPADS has rejected: one row per Local Record ID, with the fatal codes",
        "local_record_id varchar, codes varchar, rejected_on date",
    ),
    "staging.sis_column_given": (
        "whether the SIS extract has each compared column: one row",
        ", ".join(f"{column} boolean" for column in compared_columns()),
    ),
}


def describe_tables() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return of each table, by qualified name, its comment and its columns with their types."""
    return {
        table: (comment, tuple(" ".join(column.split()) for column in columns.split(",")))
        for table, (comment, columns) in _TABLES.items()
    }


def create_reference_tables(con: "duckdb.DuckDBPyConnection") -> None:
    """Create the schemas and the empty tables, each with its comment."""
    for schema in ("staging", "reference", "recon"):
        con.execute(f"create schema if not exists {schema}")
    for table, (comment, columns) in _TABLES.items():
        con.execute(f"create table {table} ({columns})")
        con.execute(f"comment on table {table} is '{comment}'")


def _insert(con: "duckdb.DuckDBPyConnection", table: str, rows: Iterable[Sequence[Any]]) -> None:
    listed = list(rows)
    if listed:
        marks = ", ".join(f"({', '.join('?' for _ in row)})" for row in listed)
        values = [value for row in listed for value in row]
        con.execute(f"insert into {table} values {marks}", values)  # noqa: S608 - names of this module


def fill_reference_tables(
    con: "duckdb.DuckDBPyConnection",
    settings: "Settings",
    layout: Layout,
    sis_columns: Iterable[str],
    ods_date: date | None = None,
) -> None:
    """Fill the tables: what the run was asked for, and the facts of ``data/reference/``.

    The settings name the run's LEAs. ``sis_columns`` are the columns that the SIS extract has,
    ``ods_date`` is the day up to which the ODS extract reaches. Raises InputError for a keep list
    or a school list that cannot be read.
    """
    schools = read_school_list(settings.school_list) if settings.school_list else ()
    keep_list = read_keep_list(settings.keep_file) if settings.keep_file else ()
    in_force = {field.column for field in layout.upload}
    _insert(con, "reference.run_parameters", [_describe_run(settings, in_force) + [ods_date]])
    _insert(
        con,
        "reference.run_lea",
        ((lea, None if settings.lea else lea) for lea in settings.leas),
    )
    _insert(
        con,
        "reference.layout",
        (
            (position, f.number, f.name, f.column, f.type, f.max_length, f.required, f.role)
            + (f.code_set, f.since)
            for position, f in enumerate(all_fields(), start=1)
            if f.column in in_force or f.number.startswith("R.")
        ),
    )
    _insert(
        con,
        "reference.code",
        (
            (row["code_set"], row["code"], row["name"])
            + (row["valid_from"] or None, row["valid_to"] or None)
            for row in read_reference("code_sets.csv")
        ),
    )
    _insert(con, "reference.grade_level", GRADE_ORDER.items())
    rules = read_reference("rules.csv")
    _insert(con, "reference.rule", (_describe_rule(row, settings) for row in rules))
    _insert(
        con,
        "reference.reason",
        ((r.code, r.record_class, r.name, r.meaning) for r in read_reasons()),
    )
    _insert(
        con,
        "reference.translation",
        (
            (column, local_code.strip().upper(), calpads_code)
            for column, codes in sorted(settings.translate.items())
            for local_code, calpads_code in sorted(codes.items())
        ),
    )
    _insert(con, "reference.calendar", _list_last_days(settings))
    _insert(con, "reference.do_not_report", ((school,) for school in settings.do_not_report))
    _insert(con, "reference.requested_school", ((school,) for school in settings.schools))
    _insert(
        con,
        "reference.keep_list",
        ((k.ssid, k.school_of_attendance, k.enrollment_start_date, k.why) for k in keep_list),
    )
    _insert(
        con,
        "reference.school",
        (
            (s.lea, s.school, s.name, s.low_grade, s.high_grade)
            + (s.open_date, s.close_date, s.school_type)
            for s in schools
        ),
    )
    given = set(sis_columns)
    _insert(
        con,
        "staging.sis_column_given",
        [[column in given for column in compared_columns()]],
    )


def _describe_run(settings: "Settings", in_force: set[str]) -> list[Any]:
    return [
        settings.lea,
        len(settings.leas) > 1,
        settings.as_of,
        settings.school_year,
        settings.school_year_start,
        settings.school_year_end,
        settings.window_start,
        settings.rules,
        settings.change_years,
        bool(settings.schools),
        settings.year_end.close_open_enrollments,
        settings.year_end.window_days,
        settings.year_end.grade_12,
        settings.year_end.prekindergarten_exit,
        settings.no_show_exit_date,
        settings.encoding,
        "graduation_exemption_indicator" in in_force,
        settings.school_list is not None,
        settings.guards.max_removal_share,
        settings.guards.max_held_share,
        settings.guards.max_update_share,
        settings.guards.allow_missing_schools,
        settings.guards.allow_stale_ods,
    ]


def _describe_rule(row: dict[str, str], settings: "Settings") -> tuple[str | None, ...]:
    """Return a rule with the severity that it has on the as-of date and in the configuration."""
    in_force = not row["since"] or date.fromisoformat(row["since"]) <= settings.as_of
    severity = row["severity"] if in_force else row.get("severity_before") or "off"
    return (
        row["code"],
        row["name"],
        settings.severities.get(row["code"], severity),
        row["stage"],
        row["since"] or None,
        row["fields"],
        row["message"],
        row["fix"],
        row["confidence"],
    )


def _list_last_days(settings: "Settings") -> Iterable[tuple[date, str | None, date]]:
    for school_year, days in sorted(settings.calendar.items()):
        start = date(int(school_year[:4]), 7, 1)
        if days.last_day is not None:
            yield start, None, days.last_day
        for school, last_day in sorted(days.schools.items()):
            yield start, school, last_day
