"""The tables that the views of a comparison read, and the facts about SELA, SPRG and SINF."""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from senr_duck.reference.compared_units import list_units
from senr_duck.reference.file_types import SENR, file_types
from senr_duck.reference.layout import all_fields
from senr_duck.reference.resources import read_reference
from senr_duck.reference.sql_tables import create_tables, insert_rows

if TYPE_CHECKING:
    import duckdb

# Each table's grain, and its columns.
_TABLES = {
    "reference.compare_parameters": (
        "what the comparison was asked for: one row",
        """file_type varchar, lea varchar, as_of date, school_year varchar, school_year_start date,
        school_year_end date, has_enrollments boolean, senr_run varchar,
        holds_other_leas boolean""",
    ),
    "reference.compared_field": (
        "what is compared: one row per field, or per fields that are compared together",
        """compared_place integer, number varchar, name varchar, column_name varchar,
        compared_as varchar, is_given boolean""",
    ),
    "reference.class_reason": (
        "the classes of lines, with each reason and what to do: one row per class and reason",
        """position integer, class varchar, name varchar, reason varchar, is_of_every_file boolean,
        is_listed boolean, is_reported boolean, acts varchar, meaning varchar,
        what_to_do varchar, enter varchar""",
    ),
    "reference.compared_rule": (
        "the rules of CALPADS that records are tried on: one row per rule",
        "code varchar, name varchar, is_holding boolean",
    ),
    "reference.program_membership": (
        "whether a program is eligibility or participation: one row per program and time",
        "program varchar, membership varchar, valid_from date, valid_to date",
    ),
    "reference.program_closing": (
        "the programs that CALPADS closes on the exit date: one row per program",
        "program varchar, valid_to date",
    ),
    "reference.program_staying_open": (
        "the exit reasons with which CALPADS does not close it: one row per program and reason",
        "program varchar, exit_reason varchar",
    ),
    "reference.elas_pair": (
        "the class of two language statuses that differ: one row per pair",
        "calpads_status varchar, sis_status varchar, class varchar, reason varchar",
    ),
    "reference.elas_succession": (
        "which language status may follow which: one row per pair and correction reason",
        "status_from varchar, status_to varchar, correction_reason varchar",
    ),
    "staging.enrollment": (
        "the enrollments in CALPADS once the files of a SENR run have posted: one row per record",
        """ssid varchar, school_of_attendance varchar, enrollment_start_date date,
        enrollment_exit_date date, student_exit_reason_code varchar""",
    ),
}
_COMPARED_LINE = (
    "each line of both extracts with its key and the values that are compared: one row per line",
    """side varchar, source_line bigint, file_name varchar, line_number bigint,
    reporting_lea varchar, school_of_attendance varchar, ssid varchar, local_student_id varchar,
    record_key varchar, pair_key varchar, newest_day date, is_change_line boolean,
    is_ended boolean, plain_values varchar, compared_values varchar, shown_values varchar,
    all_values varchar""",
)


@cache
def list_compared() -> tuple[str, ...]:
    """Return the codes of the files that ``senr-duck compare`` knows."""
    return tuple(code for code in file_types() if code != SENR)


def name_database(file_type: str) -> str:
    """Return the name that the database of a file's comparison has by default."""
    return f"compare_{file_type.lower()}.duckdb"


def create_compared_tables(con: "duckdb.DuckDBPyConnection") -> None:
    """Create the empty tables, each with its comment; the schemas must be there."""
    create_tables(con, _TABLES)


def describe_compared_tables() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the comment of each table and its columns, as ``describe_tables`` does for SENR."""
    tables = {"staging.compared_line": _COMPARED_LINE, **_TABLES}
    return {
        table: (comment, tuple(" ".join(column.split()) for column in columns.split(",")))
        for table, (comment, columns) in tables.items()
    }


def create_empty_lines(con: "duckdb.DuckDBPyConnection") -> None:
    """Create tables in place of the views of a comparison's lines, to try views in."""
    con.execute("create schema if not exists compare")
    create_tables(con, {"staging.compared_line": _COMPARED_LINE})
    for file_type in list_compared():
        columns = ", ".join(f"{name} {kind}" for name, kind in line_columns(file_type).items())
        con.execute(f"create table staging.{file_type.lower()}_line ({columns})")


def line_columns(file_type: str) -> dict[str, str]:
    """Return the columns of a file's lines with their types; a date has its text too."""
    columns = {
        "side": "varchar",
        "source_line": "bigint",
        "file_name": "varchar",
        "line_number": "bigint",
    }
    for field in all_fields(file_type):
        if field.number.startswith("R."):
            continue
        columns[field.column] = "date" if field.type == "DT" else "varchar"
        if field.type == "DT":
            columns[f"{field.column}_text"] = "varchar"
    return columns


def fill_compared_facts(
    con: "duckdb.DuckDBPyConnection", file_type: str, columns_given: tuple[str, ...]
) -> None:
    """Fill the tables of facts for the comparison of a file.

    ``columns_given`` are the columns of the SIS extract; a field without one is not compared.
    """
    insert_rows(con, "reference.compared_field", _list_fields(file_type, columns_given))
    insert_rows(con, "reference.class_reason", list_reasons(file_type))
    insert_rows(con, "reference.compared_rule", _list_rules(file_type, columns_given))
    insert_rows(
        con,
        "reference.code",
        [
            {
                "code_set": row["code_set"],
                "code": row["code"],
                "name": row["name"],
                "valid_from": _read_date(row["valid_from"]),
                "valid_to": _read_date(row["valid_to"]),
                "is_year_end": False,
                "is_only_year_end": False,
            }
            for row in read_reference("compared_code_sets.csv")
        ],
    )
    insert_rows(
        con,
        "reference.program_staying_open",
        [
            {"program": row["program"], "exit_reason": reason}
            for row in read_reference("program_closings.csv")
            for reason in row["not_for_exit_reasons"].split()
        ],
    )
    for table, name in (
        ("reference.program_membership", "program_memberships.csv"),
        ("reference.program_closing", "program_closings.csv"),
        ("reference.elas_pair", "elas_pairs.csv"),
        ("reference.elas_succession", "elas_successions.csv"),
    ):
        columns = [column.split()[0] for column in _TABLES[table][1].split(",")]
        rows = [
            {
                column: _read_date(row[column])
                if column.startswith("valid_")
                else row[column] or None
                for column in columns
            }
            for row in read_reference(name)
        ]
        insert_rows(con, table, rows)


def list_reasons(file_type: str) -> list[dict[str, Any]]:
    """Return the reasons that a line of a file can have, in the order of the list.

    The classes come in the order of ``compare_classes.csv``, so that the work comes first.
    ``enter`` says in which fields CALPADS is right, so that its value is to be entered in the SIS:
    ``all``, those that are ``blank`` in the SIS, or the one column of that name.
    """
    classes = {row["class"]: row for row in read_reference("compare_classes.csv")}
    enter = {
        (row["file_type"], row["reason"]): row["enter"]
        for row in read_reference("compare_entries.csv")
    }
    order = list(classes)
    rows = [
        row for row in read_reference("compare_reasons.csv") if row["file_type"] in ("", file_type)
    ]
    rows.sort(key=lambda row: order.index(row["class"]))
    return [
        {
            "position": position,
            "class": row["class"],
            "name": classes[row["class"]]["name"],
            "reason": row["reason"],
            "is_of_every_file": not row["file_type"],
            "is_listed": classes[row["class"]]["is_listed"] == "yes",
            "is_reported": classes[row["class"]]["is_reported"] == "yes",
            "acts": row["acts"],
            "meaning": row["meaning"],
            "what_to_do": row["what_to_do"],
            "enter": enter.get((row["file_type"], row["reason"])),
        }
        for position, row in enumerate(rows, start=1)
    ]


def _list_fields(file_type: str, columns_given: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {
            "compared_place": place,
            "number": unit.number,
            "name": unit.name,
            "column_name": unit.column,
            "compared_as": unit.compared_as,
            "is_given": all(field.column in columns_given for field in unit.fields),
        }
        for place, unit in enumerate(list_units(file_type), start=1)
    ]


def _list_rules(file_type: str, columns_given: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the rules that are tried; without a column that it looks at, a rule says nothing."""
    missing = {field.number for field in all_fields(file_type) if field.column not in columns_given}
    return [
        {"code": row["code"], "name": row["name"], "is_holding": row["tried_as"] == "fatal"}
        for row in read_reference("compared_rules.csv")
        if row["tried_as"] and not missing & set(row["fields"].replace(",", "").split())
    ]


def _read_date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
