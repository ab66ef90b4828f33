"""The sheets of SELA, SPRG and SINF, and of what the files of SENR leave outside."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.command_line import Ended, run, senr_duck
from tests.support.extracts import write_every_class
from tests.support.other_files import LEA, Record, compare, number, write_pair, write_side
from tests.support.stock import read_run_id
from tests.work_lists.test_workbook import read_rows

pytestmark = pytest.mark.slow

STATUS = "english_language_acquisition_status_code"
START = "english_language_acquisition_status_start_date"
IN_SIS = [
    *("School", "Student", "Local ID", "SSID", "Record", "Field", "Value to enter"),
    *("CALPADS has", "The SIS has", "What is wrong", "What to do", "Rules it breaks"),
    *("Reason", "Done", "By"),
]
IN_CALPADS = [
    *("School", "Student", "Local ID", "SSID", "Record", "Field", "CALPADS has", "The SIS has"),
    *("What is wrong", "What to do", "Rules it breaks", "Who acts", "Reason", "Done", "By"),
]


def status(place: int, code: str, start: str, **more: str) -> Record:
    return {"ssid": number(place), STATUS: code, START: start, **more}


@pytest.fixture
def folder(workspace_with_run: Path) -> Path:
    """Return a folder with a run and a comparison of SELA: work for both sides."""
    formula = {"student_legal_last_name": "=1+1", "student_legal_first_name": "@Ñ"}
    write_pair(
        workspace_with_run,
        "SELA",
        [
            status(1, "EL", "20240815"),
            status(2, "EL", "20240815", student_legal_last_name="Ángel"),
            status(3, "TBD", "20250815"),
            status(4, "EO", "20240815"),
        ],
        [
            status(1, "EL", "20240816", local_student_id="007", **formula),
            status(3, "EO", "20250901", primary_language_code="eng"),
            status(4, "EO", "20240815"),
        ],
    )
    done = compare(workspace_with_run, "SELA", "--senr", "latest", "--quiet")
    assert done.returncode == 0, done.stderr
    return workspace_with_run


def list_work(folder: Path, *options: str) -> tuple[Ended, Any]:
    """Write the lists; return how that ended, and the workbook of the LEA."""
    done = senr_duck(folder, "work-lists", *options)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob(f"work_lists/work_list_{LEA}_*.xlsx")
    return done, openpyxl.load_workbook(path)


def test_the_workbook_of_a_run_has_the_sheets_of_the_comparisons_next_to_it(folder: Path) -> None:
    done, book = list_work(folder)
    assert book.sheetnames[:3] == ["All schools", "SELA for the SIS", "SELA for CALPADS"]
    assert len(book.sheetnames) > 3  # the schools follow
    assert done.stdout.endswith("; SELA for the SIS: 4 rows; SELA for CALPADS: 3 rows\n")
    assert [cell.value for cell in book["SELA for the SIS"][1]] == IN_SIS
    assert [cell.value for cell in book["SELA for CALPADS"][1]] == IN_CALPADS


def test_a_comparison_has_its_workbook_in_its_folder(folder: Path) -> None:
    (written,) = folder.glob("out/sela-*/work_list_*.xlsx")
    done = senr_duck(folder, "work-lists", "--db", "compare_sela.duckdb")
    assert done.returncode == 0, done.stderr
    assert (folder / "work_lists" / written.name).read_bytes() == written.read_bytes()


def test_a_saved_workbook_is_not_replaced_by_the_same_comparison(folder: Path) -> None:
    (written,) = folder.glob("out/sela-*/work_list_*.xlsx")
    written.write_bytes(b"with notes")
    done = compare(folder, "SELA", "--senr", "latest", "--quiet")
    assert done.returncode == 2
    assert f"{written.name} differs from what this run wrote" in done.stderr
    assert written.read_bytes() == b"with notes"


@pytest.mark.parametrize(("most", "is_written"), [(6, False), (7, True)])
def test_a_workbook_that_nobody_works_through_is_not_written(
    folder: Path, most: int, is_written: bool
) -> None:
    shutil.rmtree(folder / "out")
    limit = f"import senr_duck.compare.write_files as files; files._SHEET_ROWS = {most}"
    done = compare(folder, "SELA", "--senr", "senr.duckdb", before=limit)
    assert done.returncode == 0, done.stderr
    assert bool(list(folder.glob("out/sela-*/work_list_*.xlsx"))) is is_written
    assert ("work list: too many rows for a workbook; see the list" in done.stdout) != is_written


def test_where_calpads_is_right_each_value_to_enter_is_a_row(folder: Path) -> None:
    _, book = list_work(folder)
    rows = read_rows(book["SELA for the SIS"])
    assert [
        (row["Student"], row["SSID"], row["Field"].rpartition("Acquisition ")[2], row["Reason"])
        for row in rows
    ] == [
        ("=1+1, @Ñ", number(1), "Status Start Date", "DATE"),
        ("Ángel, Ana", number(2), "Status Code", "NOT-IN-SIS"),
        ("Ángel, Ana", number(2), "Status Start Date", "NOT-IN-SIS"),
        ("Ángel, Ana", number(2), "Primary Language Code", "NOT-IN-SIS"),
    ]
    assert [row["Value to enter"] for row in rows] == ["20240815", "EL", "20240815", "spa"]
    assert (rows[0]["Local ID"], rows[0]["School"], rows[0]["The SIS has"]) == (
        "007",
        "1930650",
        "20240816",
    )
    assert rows[0]["What to do"].startswith("Take the date of CALPADS over into the SIS; or")


def test_what_is_to_do_in_calpads_is_on_a_sheet_of_its_own(folder: Path) -> None:
    _, book = list_work(folder)
    rows = read_rows(book["SELA for CALPADS"])
    assert [
        (row["SSID"], row["Reason"], row["Who acts"], row["CALPADS has"], row["The SIS has"])
        for row in rows
    ] == [
        (number(3), "NEXT-STATUS", "CALPADS", "TBD", "EO"),
        (number(3), "NEXT-STATUS", "CALPADS", "20250815", "20250901"),
        (number(3), "NEXT-STATUS", "CALPADS", "spa", "eng"),
    ]


def test_all_cells_are_text_and_the_header_is_as_on_the_other_sheets(folder: Path) -> None:
    _, book = list_work(folder)
    sheet = book["SELA for the SIS"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)
    assert sheet.print_title_rows == "$1:$1"
    assert "sela-2026-03-02-" in sheet.oddFooter.left.text
    assert read_run_id(folder) in book["All schools"].oddFooter.left.text


def test_a_comparison_alone_has_a_workbook(folder: Path) -> None:
    done, book = list_work(folder, "--db", "compare_sela.duckdb")
    assert book.sheetnames == ["SELA for the SIS", "SELA for CALPADS"]
    assert "problems" not in done.stdout
    refused = senr_duck(folder, "work-lists", "--db", "compare_sela.duckdb", "--since", "latest")
    assert refused.returncode == 2
    assert "error: --since: found with the database of a comparison" in refused.stderr


def test_a_comparison_of_another_lea_is_left_out_or_refused_if_it_is_named(folder: Path) -> None:
    other = [{"ssid": number(1), "reporting_lea": "1911111"}]
    write_pair(folder, "SPRG", other, other)
    assert compare(folder, "SPRG", "--quiet").returncode == 0
    done, book = list_work(folder)
    assert "SPRG for the SIS" not in book.sheetnames
    said = "compare_sprg.duckdb is of LEA 1911111; expected one of 1964733, as in the SENR run"
    assert done.stderr == f"notice: left out: {said}\n"
    named = senr_duck(folder, "work-lists", "--compared", "compare_sprg.duckdb")
    assert named.returncode == 2
    assert f"error: --compared: {said}" in named.stderr


def test_comparisons_are_found_by_name_and_each_file_and_lea_once(folder: Path) -> None:
    (folder / "compare_sela.duckdb").rename(folder / "mine.duckdb")
    _, book = list_work(folder)
    assert "SELA for the SIS" not in book.sheetnames
    _, book = list_work(folder, "--compared", "mine.duckdb")
    assert "SELA for the SIS" in book.sheetnames
    shutil.copy(folder / "mine.duckdb", folder / "copy.duckdb")
    two = ("--compared", "mine.duckdb", "--compared", "copy.duckdb")
    done = senr_duck(folder, "work-lists", *two)
    assert done.returncode == 2
    assert "copy.duckdb is of the same file and LEA as another one" in done.stderr


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("senr.duckdb", "senr.duckdb is of a SENR run; expected one of a comparison"),
        ("ods.txt", "ods.txt cannot be opened as a database"),
        ("none.duckdb", "none.duckdb: found no such file, expected a published database"),
    ],
)
def test_what_is_no_comparison_is_refused_by_name(folder: Path, named: str, said: str) -> None:
    done = senr_duck(folder, "work-lists", "--compared", named)
    assert done.returncode == 2
    assert f"error: --compared: {said}" in done.stderr


def test_a_comparison_in_which_nothing_is_to_do_has_empty_sheets(folder: Path) -> None:
    write_pair(folder, "SINF", [{"ssid": number(1)}], [{"ssid": number(1)}])
    assert compare(folder, "SINF", "--quiet").returncode == 0
    done, book = list_work(folder)
    assert read_rows(book["SINF for the SIS"]) == read_rows(book["SINF for CALPADS"]) == []
    assert "SINF for the SIS: 0 rows; SINF for CALPADS: 0 rows" in done.stdout


@pytest.fixture
def hanging(tmp_path: Path) -> Iterator[Path]:
    """Give a folder with extracts in which a removal leaves two programs and no status outside."""
    write_every_class(tmp_path)
    removed = {"ssid": "1000000005", "school_of_attendance": "1930651"}
    start = "education_program_membership_start_date"
    programs = [
        {**removed, "education_program_code": code, start: "20250901"} for code in ("127", "108")
    ]
    write_side(tmp_path / "sprg.txt", "SPRG", "ods", programs)
    yield tmp_path


def test_what_the_files_leave_outside_is_a_sheet(hanging: Path) -> None:
    assert run(hanging, "--sprg-ods", "sprg.txt", "--quiet").returncode == 0
    done, book = list_work(hanging)
    assert book.sheetnames[:2] == ["All schools", "Left outside enrollments"]
    assert done.stdout.endswith("; Left outside enrollments: 2 rows\n")
    rows = read_rows(book["Left outside enrollments"])
    assert [(row["SSID"], row["File"], row["Program or status"], row["Start"]) for row in rows] == [
        ("1000000005", "SPRG", "108", "2025-09-01"),
        ("1000000005", "SPRG", "127", "2025-09-01"),
    ]
    assert (rows[0]["Student"], rows[0]["Local ID"]) == ("Nuñez, Ana", "L0005")
    assert rows[1]["What is wrong"] == (
        "Once the files have posted, program 127 no longer fits an enrollment of the student at "
        "the school."
    )


def test_without_the_extracts_there_is_no_such_sheet(hanging: Path) -> None:
    assert run(hanging, "--quiet").returncode == 0
    _, book = list_work(hanging)
    assert "Left outside enrollments" not in book.sheetnames
