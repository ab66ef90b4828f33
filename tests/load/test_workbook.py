"""A SIS extract as an Excel workbook: which sheet, where its header is, and what cells mean."""

import gzip
import io
import zipfile
from datetime import date, datetime

import duckdb
import pytest

from senr_duck.errors import InputError
from senr_duck.load.extract import load_extract
from senr_duck.load.headers import ColumnNames
from senr_duck.reference.layout import layout_on
from tests.load.workbooks import workbook_bytes

LAYOUT = layout_on(date(2025, 10, 1))
HEADER = [
    *("SSID", "Reporting LEA", "School of Attendance", "Local Student ID"),
    *("Student Legal First Name", "Student Legal Last Name", "Student Birth Date"),
    *("Student Gender Code", "Student Birth Country Code", "Enrollment Start Date"),
    *("Enrollment Exit Date", "Student Exit Reason Code"),
    *("Enrollment Status Code", "Grade Level Code"),
]
ROW = [
    *(8000000001.0, 1964733, "1930650", "007", "Ana", "Nuñez", date(2011, 3, 15), "F", "US"),
    *(datetime(2025, 8, 14), datetime(2026, 6, 5), "E155", 10, "08"),
]
TABLE = [HEADER, ROW, ROW]
LOADED = "ssid, local_student_id, student_birth_date, enrollment_start_date, enrollment_status_code"
VALUES = ("8000000001", "007", "20110315", "20250814", "10")


def load(folder, content, side="sis"):
    """Return the extract, and line number with the columns LOADED."""
    path = folder / f"{side}.xlsx"
    path.write_bytes(content)
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    con = duckdb.connect()
    con.execute("create schema staging")
    try:
        extract = load_extract(con, side, [path], ColumnNames(LAYOUT), scratch)
    finally:
        assert list(scratch.iterdir()) == []
    query = f"select line_number, {LOADED} from staging.{side}_raw order by line_number"
    return extract, con.execute(query).fetchall()


def list_notices(extract):
    return [
        one.removeprefix("sis.xlsx: ") for one in extract.notices if "columns missing" not in one
    ]


def refuse(folder, content, side="sis"):
    with pytest.raises(InputError) as refusal:
        load(folder, content, side)
    return str(refusal.value), refusal.value.hint


def change_part(content, name, old, new):
    """Return a workbook with other text in a part; without the part if ``new`` is None."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(packed, "w") as changed:
        for part in given.namelist():
            text = given.read(part).decode()
            if part != name:
                changed.writestr(part, text)
            elif new is not None:
                assert old in text
                changed.writestr(part, text.replace(old, new))
    return packed.getvalue()


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_dates_and_numbers_become_text_as_in_an_extract(tmp_path, pack):
    extract, rows = load(tmp_path, pack(workbook_bytes({"Enrollment": TABLE})))
    assert rows == [(2, *VALUES), (3, *VALUES)]
    assert (extract.lines, extract.columns_given[:2]) == (2, ("ssid", "reporting_lea"))
    assert list_notices(extract) == ['read from sheet "Enrollment" of the workbook']


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (date(9999, 12, 31), "99991231"),
        (datetime(2025, 8, 14, 8, 30), "2025-08-14 08:30:00"),
        (7, "7"),
        (7.0, "7"),
        (7.25, "7.25"),
        (19647331930650.0, "19647331930650"),
        (True, "TRUE"),
        (" 7", " 7"),
        ("Ana\nMaría", "Ana\nMaría"),
        ("", None),
        (None, None),
    ],
)
def test_a_cell_of_each_kind_is_read(tmp_path, cell, text):
    rows = [[*HEADER, "Local Record ID"], [*ROW, cell], [*ROW, "last"]]
    path = tmp_path / "sis.xlsx"
    path.write_bytes(workbook_bytes({"A": rows}))
    con = duckdb.connect()
    con.execute("create schema staging")
    load_extract(con, "sis", [path], ColumnNames(LAYOUT), tmp_path)
    found = con.execute("select line_number, local_record_id from staging.sis_raw").fetchall()
    assert found == [(2, text), (3, "last")]


def test_rows_keep_their_numbers_below_titles_and_above_a_footer(tmp_path):
    rows = [["Students"], [], *([None, *row] for row in TABLE), [], ["(2 rows affected)"]]
    rows[-1] = [None, "(2 rows affected)"]
    extract, loaded = load(tmp_path, workbook_bytes({"A & B": rows}))
    assert loaded == [(4, *VALUES), (5, *VALUES)]
    assert list_notices(extract) == [
        'read from sheet "A & B" of the workbook',
        "1 title line and 1 blank line above the header are passed over",
        "2 rows at the end hold no record and are passed over (1 blank, 1 without a delimiter)",
    ]


def test_cells_next_to_the_table_are_counted(tmp_path):
    extract, loaded = load(tmp_path, workbook_bytes({"A": [HEADER, [*ROW, None, "!"], ROW]}))
    assert loaded == [(2, *VALUES), (3, *VALUES)]
    assert list_notices(extract)[1:] == [
        "cells next to the columns of the header are ignored, in 1 row"
    ]


@pytest.mark.parametrize(
    "others",
    [
        {"Cover": [["Students"]], "Empty": []},
        {"Template": [HEADER]},
        {"By grade": [["Grade Level Code", "Count"], ["08", 12]]},
    ],
)
def test_the_sheet_whose_header_fits_is_read(tmp_path, others):
    for sheets in ({**others, "Data": TABLE}, {"Data": TABLE, **others}):
        extract, loaded = load(tmp_path, workbook_bytes(sheets))
        assert loaded == [(2, *VALUES), (3, *VALUES)]
        assert list_notices(extract) == ['read from sheet "Data" of the workbook']


def test_several_sheets_that_fit_are_named(tmp_path):
    content = workbook_bytes({"2024": TABLE, "Notes": [["x"]], "2025": [["Students"], *TABLE]})
    assert refuse(tmp_path, content) == (
        "sis.xlsx is an Excel workbook with 2 sheets that could be the extract: "
        '"2024", "2025"; expected one',
        "save the sheet that is the extract in a workbook of its own, or as CSV UTF-8",
    )


def test_no_sheet_with_a_header(tmp_path):
    message, _ = refuse(tmp_path, workbook_bytes({"A": [["x", "y"], [1, 2]], "B": []}))
    assert message.startswith(
        "sis.xlsx is an Excel workbook without a sheet that has a header of SENR field names; "
    )


def test_a_header_that_lacks_columns_names_them(tmp_path):
    message, _ = refuse(tmp_path, workbook_bytes({"A": [[*row[:11], *row[12:]] for row in TABLE]}))
    assert message == "sis.xlsx lacks required columns: Student Exit Reason Code"


def test_a_header_without_records(tmp_path):
    message, _ = refuse(tmp_path, workbook_bytes({"A": [HEADER, [], []]}))
    assert message.startswith("sis.xlsx is without any record; expected ")


def test_a_blank_row_in_the_middle_is_named(tmp_path):
    message, hint = refuse(tmp_path, workbook_bytes({"A": [HEADER, ROW, [], ROW, []]}))
    assert message == "sis.xlsx row 3 is blank; the header has 14"
    assert hint.startswith("export the file again, or remove that row: ")


def test_a_record_above_the_header(tmp_path):
    message, _ = refuse(tmp_path, workbook_bytes({"A": [ROW, HEADER, ROW]}))
    assert message.startswith("sis.xlsx row 1 is above the header and looks like a record")


def test_an_ods_extract_must_not_be_a_workbook(tmp_path):
    message, _ = refuse(tmp_path, workbook_bytes({"A": TABLE}), "ods")
    assert message.startswith(
        "ods.xlsx is an Excel workbook, in which leading zeros of codes may be lost; expected an "
    )


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (SHEET, "", None),
        (SHEET, "</c>", "</d>"),
        ("xl/_rels/workbook.xml.rels", "", None),
        ("xl/workbook.xml", "<sheets>", "<sheet"),
    ],
)
def test_a_damaged_workbook(tmp_path, name, old, new):
    content = change_part(workbook_bytes({"A": TABLE}), name, old, new)
    assert refuse(tmp_path, content) == (
        "sis.xlsx is damaged: its cells cannot be read",
        "export the file again",
    )


def test_a_workbook_that_was_cut(tmp_path):
    assert refuse(tmp_path, workbook_bytes({"A": TABLE})[:-60]) == (
        "sis.xlsx is damaged: its compressed content cannot be read",
        "download or copy the file again",
    )


def test_a_sheet_with_a_cell_in_its_last_corner(tmp_path):
    far = '<dimension ref="A1:XFD1048576"/><sheetData>'
    content = change_part(workbook_bytes({"A": TABLE}), SHEET, "<sheetData>", far)
    message, _ = refuse(tmp_path, content)
    assert message.startswith("sis.xlsx has a sheet of more than 50,000,000 cells")


def test_a_workbook_that_unpacks_to_more_than_an_extract_could(tmp_path):
    content = workbook_bytes({"A": [*TABLE, ["x" * (17 << 20)]]})
    message, _ = refuse(tmp_path, content)
    assert message.startswith("sis.xlsx unpacks to more than 16,777,216 bytes")


def test_a_sheet_with_a_chart_alone_is_passed_over(tmp_path):
    content = workbook_bytes({"Chart": [], "Data": TABLE})
    relations = "xl/_rels/workbook.xml.rels"
    content = change_part(content, SHEET, "worksheet", "chartsheet")
    target = '{}" Target="worksheets/sheet1'
    content = change_part(
        content, relations, target.format("worksheet"), target.format("chartsheet")
    )
    extract, loaded = load(tmp_path, content)
    assert loaded == [(2, *VALUES), (3, *VALUES)]
    assert list_notices(extract) == ['read from sheet "Data" of the workbook']
