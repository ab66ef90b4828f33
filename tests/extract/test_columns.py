"""The columns of a result become texts and dates, or are refused by name."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from senr_duck.errors import InputError
from senr_duck.extract.columns import convert, plan_columns
from senr_duck.load.headers import ColumnNames
from senr_duck.reference.layout import layout_on

LAYOUT = layout_on(date(2026, 3, 2))
REQUIRED = {
    "reporting_lea": "1964733",
    "school_of_attendance": "1930650",
    "ssid": "1000000001",
    "local_student_id": "L0001",
    "enrollment_start_date": "2025-08-14",
    "enrollment_exit_date": "",
    "student_exit_reason_code": None,
}


def read(changes: dict[str, pa.Array], known: ColumnNames | None = None) -> pa.RecordBatch:
    """Return the extract of a result of one record, some of its columns replaced or added."""
    columns = {name: pa.array([value], pa.string()) for name, value in REQUIRED.items()} | changes
    batch = pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))
    plan = plan_columns(batch.schema, "q.sql", known or ColumnNames(LAYOUT))
    (converted,) = convert(iter([batch]), plan, "q.sql")
    assert converted.schema == plan.schema
    return converted


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("ssid", pa.array([1000000001], pa.int64()), "1000000001"),
        ("ssid", pa.array([Decimal(1000000001)], pa.decimal128(10, 0)), "1000000001"),
        ("local_student_id", pa.array([12], pa.int32()), "12"),
        ("local_student_id", pa.array(["007"]), "007"),
        ("enrollment_start_date", pa.array([date(2025, 8, 14)]), date(2025, 8, 14)),
        (
            "enrollment_start_date",
            pa.array([datetime(2025, 8, 14)], pa.timestamp("us")),
            date(2025, 8, 14),
        ),
        ("enrollment_start_date", pa.array([20250814], pa.int32()), "20250814"),
        ("enrollment_start_date", pa.array(["8/14/2025"]), "8/14/2025"),
        ("enrollment_exit_date", pa.array([None], pa.timestamp("ms")), None),
        ("student_exit_reason_code", pa.array([None], pa.null()), None),
    ],
)
def test_a_value_is_kept_as_text_or_date(name: str, values: pa.Array, expected: Any) -> None:
    converted = read({name: values})
    assert converted.column(name).to_pylist() == [expected]
    kind = pa.date32() if isinstance(expected, date) or name == "enrollment_exit_date" else None
    assert converted.schema.field(name).type == (kind or pa.string())


@pytest.mark.parametrize(
    ("name", "values", "shown"),
    [
        ("ssid", pa.array([1e9]), "ssid (double)"),
        ("ssid", pa.array([1e9], pa.float32()), "ssid (float)"),
        ("ssid", pa.array([Decimal("1.5")]), "ssid (decimal128(2, 1))"),
        ("ssid", pa.array([b"1"]), "ssid (binary)"),
        ("school_of_attendance", pa.array([1930650]), "school_of_attendance (int64)"),
        ("grade_level_code", pa.array([5]), "grade_level_code (int64)"),
        ("grade_level_code", pa.array([True]), "grade_level_code (bool)"),
        ("grade_level_code", pa.array([date(2025, 8, 14)]), "grade_level_code (date32[day])"),
        ("student_birth_date", pa.array([1.5]), "student_birth_date (double)"),
    ],
)
def test_a_column_of_the_wrong_type_is_refused_by_name(
    name: str, values: pa.Array, shown: str
) -> None:
    with pytest.raises(InputError) as raised:
        read({name: values})
    assert f"q.sql has columns of the wrong type: {shown}; expected text" in str(raised.value)


def test_all_wrong_columns_are_named_at_once() -> None:
    with pytest.raises(InputError) as raised:
        read({"ssid": pa.array([1.5]), "grade_level_code": pa.array([5])})
    assert "wrong type: ssid (double), grade_level_code (int64); expected" in str(raised.value)


def test_a_time_of_day_is_refused_by_name() -> None:
    odd = pa.array([datetime(2025, 8, 14, 0, 0, 1)], pa.timestamp("us"))
    with pytest.raises(InputError) as raised:
        read({"student_birth_date": odd})
    assert "q.sql: the column student_birth_date has a time other than midnight" in str(
        raised.value
    )


def test_a_column_that_means_nothing_is_left_out_and_an_own_name_keeps_its_name() -> None:
    known = ColumnNames(LAYOUT, {"perm_id": "local_student_id"})
    names = {"Perm ID": pa.array([7]), "notes": pa.array([b"\x00"])}
    columns = {**{name: pa.array([""]) for name in REQUIRED}, **names}
    del columns["local_student_id"]
    batch = pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))
    plan = plan_columns(batch.schema, "q.sql", known)
    (converted,) = convert(iter([batch]), plan, "q.sql")
    assert set(converted.schema.names) == {*REQUIRED, "Perm ID"} - {"local_student_id"}
    assert converted.column("Perm ID").to_pylist() == ["7"]
    assert "q.sql: unknown columns are ignored: notes" in plan.notices


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"SSID": pa.array(["1"])}, "q.sql has columns that occur twice: SSID"),
        ({"Reporting LEA": pa.array(["1"])}, "q.sql has columns that occur twice: Reporting LEA"),
    ],
)
def test_a_doubled_column_is_refused(changes: dict[str, pa.Array], message: str) -> None:
    with pytest.raises(InputError) as raised:
        read(changes)
    assert str(raised.value) == message


def test_a_missing_column_is_refused_and_the_lea_may_be_named_elsewhere() -> None:
    columns = {name: pa.array([""]) for name in REQUIRED if name != "reporting_lea"}
    schema = pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns)).schema
    with pytest.raises(InputError, match=r"^q\.sql lacks required columns: Reporting LEA$"):
        plan_columns(schema, "q.sql", ColumnNames(LAYOUT))
    plan = plan_columns(schema, "q.sql", ColumnNames(LAYOUT, lea="1964733"))
    assert len(plan.places) == len(columns)
