"""The lookup tables of the views contain what the reference files contain, column by column."""

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from senr_duck.reference.facts import fill_facts
from senr_duck.reference.resources import read_reference
from senr_duck.reference.tables import create_reference_tables

# Of each table: its file, and the columns of which a blank is null, not an empty text.
FILES = {
    "layout": ("senr_layout.csv", {"code_set", "since"}),
    "code": ("code_sets.csv", {"valid_from", "valid_to", "no_show_days"}),
    "rule": ("rules.csv", {"since", "evidence"}),
    "class": ("classes.csv", {"spot_check_order"}),
    "sentence": ("sentences.csv", set()),
}
ONLY_YEAR_END = {"E155", "E156", "E170"}
NAMED_OTHERWISE = {"column": "column_name"}


@pytest.fixture(scope="module")
def facts() -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a database with the reference data of a day on which all of it is in force."""
    with duckdb.connect() as con:
        create_reference_tables(con)
        fill_facts(con, date(2099, 7, 1), {})
        yield con


@pytest.mark.parametrize("table", FILES)
def test_every_column_of_a_table_is_the_column_of_its_file(
    facts: duckdb.DuckDBPyConnection, table: str
) -> None:
    name, nullable = FILES[table]
    held = facts.sql(f"select * from reference.{table}")
    rows = [
        {column: write_value(value) for column, value in zip(held.columns, row, strict=True)}
        for row in held.fetchall()
    ]
    expected = [
        {
            NAMED_OTHERWISE.get(column, column): (value or None) if column in nullable else value
            for column, value in row.items()
            if NAMED_OTHERWISE.get(column, column) in held.columns
        }
        for row in read_reference(name)
    ]
    compared = [row["column"] for row in read_reference(name) if row.get("role") == "enrollment"]
    compared.sort(key=lambda column: column != "enrollment_exit_date")
    places = {column: str(place) for place, column in enumerate(compared, start=1)}
    for position, row in enumerate(expected, start=1):
        if table in ("layout", "class"):
            row["position"] = str(position)
        if table == "layout":
            row["compared_place"] = places.get(row["column_name"] or "")
        if table == "rule":
            row["is_severity_by_hand"] = "false"
        if table == "code":
            row["is_year_end"] = write_value(row["code"] in {*ONLY_YEAR_END, "E230", "E450"})
            row["is_only_year_end"] = write_value(row["code"] in ONLY_YEAR_END)
    assert sorted(rows, key=repr_by_name) == sorted(expected, key=repr_by_name)


def write_value(value: object) -> str | None:
    """Return a value as the files write it."""
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def repr_by_name(row: dict[str, str | None]) -> str:
    return repr(sorted(row.items()))


def test_a_field_is_in_the_layout_from_its_day_on() -> None:
    for day, fields in ((date(2023, 9, 18), 36), (date(2023, 9, 19), 37)):
        with duckdb.connect() as con:
            create_reference_tables(con)
            fill_facts(con, day, {})
            assert con.sql("select count(*) from reference.layout").fetchall() == [(fields,)]


def test_a_reason_without_a_name_has_that_of_its_rule_and_other_rules_are_reasons_to_hold(
    facts: duckdb.DuckDBPyConnection,
) -> None:
    found = facts.sql(
        "select code, class, name, meaning from reference.reason "
        "where code in ('OTHER-LEA', 'ODS-TWIN', 'SENR0175') order by code"
    ).fetchall()
    rules = {row["code"]: row for row in read_reference("rules.csv")}
    twin, graduate = rules["ODS-TWIN"], rules["SENR0175"]
    assert found == [
        ("ODS-TWIN", "out_of_scope", twin["name"], twin["message"]),
        (
            *("OTHER-LEA", "out_of_scope", "Another LEA"),
            "the record belongs to another reporting LEA",
        ),
        ("SENR0175", "held", graduate["name"], graduate["message"]),
    ]
