"""Several files of one side are loaded as one extract, each in its own form."""

import gzip
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest

from senr_duck.errors import InputError
from senr_duck.load.extract import Extract, load_extract
from senr_duck.load.extract_facts import find_ods_date
from senr_duck.load.headers import ColumnNames
from senr_duck.load.plain_file import Side
from senr_duck.reference.layout import layout_on

LAYOUT = layout_on(date(2025, 10, 1))

HEADER = (
    "SSID,Reporting LEA,School of Attendance,Local Student ID,Student Legal First Name,"
    "Student Legal Last Name,Student Birth Date,Student Gender Code,Student Birth Country Code,"
    "Enrollment Start Date,Enrollment Exit Date,Student Exit Reason Code,"
    "Enrollment Status Code,Grade Level Code"
)


def csv_line(local_id: str) -> str:
    return (
        f"8000000001,1964733,1930650,{local_id},Ana,Lee,2011-03-15,F,US,20250814,"
        "20260605,E155,10,08"
    )


def caret_line(local_id: str, side: Side = "sis", changed: str = "") -> str:
    start, end = ("SENR", "") if side == "sis" else ("SENR-R", f"^^{changed}")
    return (
        f"{start}^^^1964733^1930650^^2025-2026^8000000001^{local_id}^Ana^^Lee^^^^^20110315^F^^^US^"
        f"20250814^10^08{'^' * 10}N^{end}"
    )


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("create schema staging")
    return con


def write(path: Path, *lines: str) -> Path:
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def load(con: duckdb.DuckDBPyConnection, side: Side, paths: Sequence[Path]) -> Extract:
    scratch = paths[0].parent / "scratch"
    scratch.mkdir(exist_ok=True)
    try:
        return load_extract(con, side, paths, ColumnNames(LAYOUT), scratch)
    finally:
        assert list(scratch.iterdir()) == []


def select(
    con: duckdb.DuckDBPyConnection, columns: str, side: Side = "sis"
) -> list[tuple[object, ...]]:
    return con.execute(f"select {columns} from staging.{side}_raw order by source_line").fetchall()


@pytest.fixture
def three_forms(tmp_path: Path) -> list[Path]:
    """Return a caret file of two lines, a CSV file of two, and a Parquet file of one."""
    carets = write(tmp_path / "carets.txt", caret_line("1"), caret_line("2"))
    commas = write(tmp_path / "commas.csv", HEADER, csv_line("3"), csv_line("4"))
    parquet = tmp_path / "five.parquet"
    duckdb.connect().execute(
        f"copy (select * replace ('5' as \"Local Student ID\") from read_csv('{commas}',"
        f" all_varchar = true) limit 1) to '{parquet}' (format parquet)"
    )
    return [carets, commas, parquet]


def test_each_line_keeps_its_files_name_and_number_whatever_the_form(
    con: duckdb.DuckDBPyConnection, three_forms: list[Path]
) -> None:
    extract = load(con, "sis", three_forms)
    columns = "file_name, line_number, local_student_id, grade_level_code"
    assert sorted(select(con, columns)) == [
        ("carets.txt", 1, "1", "08"),
        ("carets.txt", 2, "2", "08"),
        ("commas.csv", 2, "3", "08"),
        ("commas.csv", 3, "4", "08"),
        ("five.parquet", 1, "5", "08"),
    ]
    assert extract.lines == 5
    assert sorted((file.file_name, file.lines) for file in extract.files) == [
        ("carets.txt", 2),
        ("commas.csv", 2),
        ("five.parquet", 1),
    ]


def test_the_source_lines_of_a_side_are_all_different_and_in_an_order_of_the_content(
    con: duckdb.DuckDBPyConnection, three_forms: list[Path]
) -> None:
    carets, commas, parquet = three_forms
    columns = "source_line, file_name, line_number, local_student_id"
    first = load(con, "sis", [carets, commas, parquet])
    rows = select(con, columns)
    assert len({row[0] for row in rows}) == 5
    for order in ([parquet, commas, carets], [commas, carets, parquet]):
        assert load(con, "sis", order) == first
        assert select(con, columns) == rows


def test_a_renamed_or_packed_file_keeps_its_place(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    one = write(tmp_path / "a.txt", caret_line("1"))
    other = write(tmp_path / "b.txt", caret_line("2"))
    load(con, "sis", [one, other])
    rows = select(con, "source_line, local_student_id")
    one.rename(tmp_path / "z.txt")
    (tmp_path / "0.gz").write_bytes(gzip.compress(other.read_bytes()))
    load(con, "sis", [tmp_path / "z.txt", tmp_path / "0.gz"])
    assert select(con, "source_line, local_student_id") == rows


def test_a_column_that_one_file_lacks_is_not_given_and_its_values_are_loaded(
    con: duckdb.DuckDBPyConnection, three_forms: list[Path]
) -> None:
    carets, commas, _ = three_forms
    extract = load(con, "sis", [carets, commas])
    assert "grade_level_code" in extract.columns_given
    assert "student_school_transfer_code" not in extract.columns_given
    status = "adult_age_students_with_disabilities_in_transition_status"
    assert status not in extract.columns_given
    assert {notice.partition(":")[0] for notice in extract.notices} == {"commas.csv"}
    loaded = con.execute(f"select local_student_id, {status} from staging.sis_raw order by all")
    assert loaded.fetchall() == [("1", "N"), ("2", "N"), ("3", None), ("4", None)]


@pytest.mark.parametrize("is_packed", [False, True])
def test_one_content_twice_is_refused_with_both_names(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, is_packed: bool
) -> None:
    one = write(tmp_path / "sis.txt", caret_line("1"))
    content = one.read_bytes()
    again = tmp_path / "again.txt"
    again.write_bytes(gzip.compress(content) if is_packed else content)
    with pytest.raises(InputError) as refusal:
        load(con, "sis", [one, again])
    assert str(refusal.value) == (
        "sis.txt and again.txt have the same content; expected each file once"
    )
    assert con.execute("select count(*) from duckdb_tables()").fetchone() == (0,)


def test_one_path_twice_is_refused(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    one = write(tmp_path / "sis.txt", caret_line("1"))
    with pytest.raises(InputError, match=r"sis.txt and sis.txt have the same content"):
        load(con, "sis", [one, one])


def test_a_file_that_is_missing_is_named_before_any_is_read(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    wrong = write(tmp_path / "wrong.txt", "SENR^1")
    with pytest.raises(InputError, match=r"nosuch.txt: found no such file"):
        load(con, "sis", [wrong, tmp_path / "nosuch.txt"])


@pytest.mark.parametrize("number", ["2", "3", "4", "5"])
def test_a_wrong_line_is_named_by_its_own_file_and_line_and_nothing_is_left(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, number: str
) -> None:
    right = write(tmp_path / "right.txt", caret_line("1"))
    wrong = write(tmp_path / "wrong.txt", caret_line(number), "SENR^1")
    with pytest.raises(InputError, match=r"wrong.txt line 2 has 2 fields"):
        load(con, "sis", [right, wrong])
    assert con.execute("select count(*) from duckdb_tables()").fetchone() == (0,)


@pytest.mark.parametrize("number", ["2", "3", "4", "5"])
def test_a_header_that_comes_again_is_named_by_its_own_file_and_line(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, number: str
) -> None:
    right = write(tmp_path / "right.csv", HEADER, csv_line("1"))
    wrong = write(tmp_path / "wrong.csv", HEADER, csv_line(number), HEADER)
    with pytest.raises(InputError, match=r"wrong.csv line 3 repeats the header"):
        load(con, "sis", [right, wrong])
    assert con.execute("select count(*) from duckdb_tables()").fetchone() == (0,)


@pytest.mark.parametrize("number", ["2", "3", "4", "5"])
def test_a_record_of_another_type_is_named_by_its_own_file_and_line(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, number: str
) -> None:
    right = write(tmp_path / "right.txt", caret_line("1"))
    other = caret_line("9").replace("SENR^", "SENR-E^", 1)
    wrong = write(tmp_path / "wrong.txt", caret_line(number), other)
    with pytest.raises(InputError, match=r"wrong.txt has records that are not SENR: line 2"):
        load(con, "sis", [right, wrong])
    assert con.execute("select count(*) from duckdb_tables()").fetchone() == (0,)


def test_two_files_may_have_one_name(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = write(tmp_path / "a" / "ods.txt", caret_line("1", "ods", "20250901"))
    other = write(tmp_path / "b" / "ods.txt", caret_line("2", "ods", "20251001"))
    load(con, "ods", [one, other])
    assert sorted(select(con, "file_name, line_number, local_student_id", "ods")) == [
        ("ods.txt", 1, "1"),
        ("ods.txt", 1, "2"),
    ]
    assert find_ods_date(con, date(2025, 10, 15)) == date(2025, 9, 1)


def test_an_ods_extract_is_as_old_as_its_oldest_file(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    old = write(
        tmp_path / "old.txt",
        caret_line("1", "ods", "20250801"),
        caret_line("2", "ods", "20250901"),
    )
    new = write(tmp_path / "new.txt", caret_line("3", "ods", "20251001"))
    undated = write(tmp_path / "undated.txt", caret_line("4", "ods"))
    load(con, "ods", [new])
    assert find_ods_date(con, date(2025, 10, 15)) == date(2025, 10, 1)
    load(con, "ods", [new, undated, old])
    assert find_ods_date(con, date(2025, 10, 15)) == date(2025, 9, 1)
