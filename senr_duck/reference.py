"""The tables that the views look things up in, written from the reference files and the settings."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from senr_duck.keep_list import read_keep_list
from senr_duck.layout import Layout, all_fields, compared_columns
from senr_duck.resources import resource
from senr_duck.school_list import GRADE_ORDER, read_school_list

if TYPE_CHECKING:
    import duckdb

    from senr_duck.settings import Settings

# Each table's grain, and its columns.
_TABLES = {
    "reference.run_parameters": (
        "the clock and all options: one row",
        """lea varchar, as_of date, school_year varchar, school_year_start date, school_year_end date,
        window_start date, rules varchar, change_years varchar, some_schools_only varchar,
        close_open_enrollments varchar, year_end_window_days integer, grade_12 varchar,
        prekindergarten_exit varchar, no_show_exit_date varchar, encoding varchar,
        has_graduation_exemption varchar, has_school_list varchar, max_removal_share double,
        max_held_share double, max_update_share double, allow_missing_schools varchar,
        allow_stale_ods varchar""",
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
    "staging.sis_column_given": (
        "Y for each compared column that the SIS extract has: one row",
        ", ".join(f"{column} varchar" for column in compared_columns()),
    ),
}


def _yes_no(value: object) -> str:
    return "Y" if value else "N"


def _read_csv(name: str) -> list[dict[str, str]]:
    path = resource("data", "reference", name)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def create_reference_tables(con: "duckdb.DuckDBPyConnection") -> None:
    """Create the schemas and the empty tables, each with its comment."""
    for schema in ("staging", "reference", "recon"):
        con.execute(f"create schema if not exists {schema}")
    for table, (comment, columns) in _TABLES.items():
        con.execute(f"create table {table} ({columns})")
        con.execute(f"comment on table {table} is '{comment}'")


def _insert(
    con: "duckdb.DuckDBPyConnection", table: str, rows: Iterable[Sequence[Any]]
) -> None:
    listed = list(rows)
    if listed:
        marks = ", ".join("?" for _ in listed[0])
        con.executemany(f"insert into {table} values ({marks})", listed)
