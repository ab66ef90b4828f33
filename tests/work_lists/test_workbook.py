"""The workbooks, read by another program than the one that wrote them."""

import shutil
import stat
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from senr_duck.database.published import open_published
from senr_duck.errors import InputError
from senr_duck.work_lists.items import ListedRun, WorkItem, read_items, read_listed_run
from senr_duck.work_lists.problem_sheets import list_problem_sheets
from senr_duck.work_lists.workbook import is_untouched, write_workbook
from senr_duck.work_lists.write_lists import write_lists
from tests.support.command_line import AS_OF, run, senr_duck
from tests.support.extracts import ADAMS, BAKER, LEA, YEAR, closed, record, write_ods, write_sis
from tests.support.stock import read_run_id

pytestmark = pytest.mark.slow

# without an exit in the ODS extract, no run begins
LEFT = closed(record("1000000099", ADAMS, "20240815"), "20250606", "T160")
COLUMNS = [
    *("At stake", "School", "Student", "Local ID", "SSID", "Start", "What is wrong"),
    *("CALPADS has", "The SIS has", "What to do", "Rule", "Done", "By"),
]
ADAMS_SHEET, BAKER_SHEET = "Adams Arts Science Acad 1930650", "Baker Middle 1930651"


@pytest.fixture(scope="module")
def book(problems: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("lists") / "new" / "folder"
    done = senr_duck(problems, "work-lists", "--out", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    (path,) = folder.glob("*.xlsx")
    assert path.name == f"work_list_{LEA}_{read_run_id(problems)}.xlsx"
    assert done.stdout == f"{path}: 6 problems of 5 students at 2 schools\n"
    assert [stat.S_IMODE(one.stat().st_mode) for one in (folder, path)] == [0o700, 0o600]
    return openpyxl.load_workbook(path)


def read_rows(sheet: Any) -> list[dict[str, str]]:
    header, *rows = sheet.iter_rows(values_only=True)
    return [
        {name: value for name, value in zip(header, row, strict=True) if value is not None}
        for row in rows
    ]


def test_there_is_a_sheet_for_all_schools_and_one_for_each(book: Any) -> None:
    assert book.sheetnames == ["All schools", ADAMS_SHEET, BAKER_SHEET]
    assert [cell.value for cell in book["All schools"][1]] == COLUMNS
    assert [cell.value for cell in book[BAKER_SHEET][1]] == [c for c in COLUMNS if c != "School"]


def test_a_row_says_who_what_both_sides_and_what_to_do_the_worst_first(book: Any) -> None:
    rows = read_rows(book["All schools"])
    assert [(row["At stake"], row["SSID"]) for row in rows] == [
        ("Deleted or made a no-show", "1000000002"),
        ("On hold: not in CALPADS", "1000000003"),
        ("On hold: not right in CALPADS", "1000000005"),
        ("On hold: not right in CALPADS", "1000000005"),
        ("On hold: not right in CALPADS", "1000000004"),
        ("Sent, to check", "1000000006"),
    ]
    assert rows[4] == {
        "At stake": "On hold: not right in CALPADS",
        "School": "Baker Middle 1930651",
        "Student": "Nuñez, Ana",
        "Local ID": "0004",
        "SSID": "1000000004",
        "Start": "2025-08-14",
        "What is wrong": "The value is not one of CALPADS's codes for this field: Grade Level Code "
        "is 98 (CALPADS has 05).",
        "CALPADS has": "Open; Grade Level Code is 05 (Grade 5).",
        "The SIS has": "Open; Grade Level Code is 98.",
        "What to do": "Choose a valid code in the SIS, or translate the local code under "
        "[translate] in senr.toml, then run again.",
        "Rule": "GERR0002",
    }
    assert rows[0]["The SIS has"] == "The SIS extract has no enrollment of the student."
    assert rows[5]["The SIS has"] == (
        "To 2025-12-18 with T160; Student Legal Last Name is D\u2019Angelo."
    )


def test_each_row_is_on_its_schools_sheet_too(book: Any) -> None:
    of_schools = [*read_rows(book[ADAMS_SHEET]), *read_rows(book[BAKER_SHEET])]
    assert len(of_schools) == 6
    everything = [
        {name: value for name, value in row.items() if name != "School"}
        for row in read_rows(book["All schools"])
    ]
    assert sorted(of_schools, key=str) == sorted(everything, key=str)


def test_all_cells_are_text_and_no_formula(book: Any) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    shown = {cell.value: cell for cell in cells if cell.value in ("=1+1", "=Cmd, Ana", "0004")}
    assert len(shown) == 3
    # what a person edits there stays text
    assert {cell.number_format for cell in shown.values()} == {"@"}


def test_the_header_is_frozen_filtered_and_repeated_and_a_page_is_as_wide(book: Any) -> None:
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        page = sheet.page_setup
        assert (page.orientation, page.paperSize) == ("landscape", 1)
        # one page wide, which is what a workbook means if it does not say; any number of pages high
        assert (page.fitToWidth, page.fitToHeight) == (None, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert book[BAKER_SHEET].oddHeader.left.text == f"&B{BAKER_SHEET}&B, LEA {LEA}"


def test_the_same_run_gives_the_same_bytes(problems: Path, tmp_path: Path) -> None:
    with open_published(problems / "senr.duckdb") as con:
        run_of_it, items = read_listed_run(con), read_items(con)
    made = []
    for name in ("one", "two"):
        write_lists(tmp_path / name, run_of_it, items, ())
        (path,) = (tmp_path / name).glob("*.xlsx")
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_a_list_is_replaced_unless_a_program_has_saved_it_since(
    problems: Path, tmp_path: Path
) -> None:
    with open_published(problems / "senr.duckdb") as con:
        run_of_it, items = read_listed_run(con), read_items(con)
    ((first,), _) = write_lists(tmp_path, run_of_it, items, ())
    ((again,), _) = write_lists(tmp_path, run_of_it, items[:1], ())
    assert (again.path, again.problems) == (first.path, 1)
    book = openpyxl.load_workbook(first.path)
    book["All schools"]["L2"] = "x"
    book.save(first.path)
    kept = first.path.read_bytes()
    with pytest.raises(InputError, match="is not a work list that senr-duck wrote"):
        write_lists(tmp_path, run_of_it, items, ())
    assert first.path.read_bytes() == kept
    assert [one.name for one in tmp_path.iterdir() if one.is_dir()] == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"a,b\r\n"])
def test_other_files_are_no_work_lists(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(content)
    assert not is_untouched(tmp_path / "x.xlsx")


def test_a_run_without_problems_has_a_list_without_rows(tmp_path: Path) -> None:
    write_ods(tmp_path / "ods.txt", [LEFT, record("1000000001", ADAMS, YEAR)])
    write_sis(tmp_path / "sis.txt", [LEFT, record("1000000001", ADAMS, YEAR)])
    assert run(tmp_path, "--quiet").returncode == 0
    done = senr_duck(tmp_path, "work-lists")
    (path,) = tmp_path.glob("work_lists/*.xlsx")
    assert done.stdout == f"{path.relative_to(tmp_path)}: 0 problems of 0 students at 0 schools\n"
    made = openpyxl.load_workbook(path)
    assert made.sheetnames == ["All schools"]
    assert read_rows(made["All schools"]) == []


def test_a_school_and_a_text_can_be_anything(tmp_path: Path) -> None:
    with_school = WorkItem(
        LEA, "*/?", None, "On hold", True, "A", "\x01_x0041_ 😀", "007", None, "soon", "FRMT0001",
        "ssid", "x" * 40_000, "=1", "@2", "+3",
    )  # fmt: skip
    without = WorkItem(
        LEA, "", None, "On hold", True, "B", None, None, "1", None, "FRMT0001", None, "a", "b",
        "c", "d",
    )  # fmt: skip
    path = tmp_path / "list.xlsx"
    of_run = ListedRun("run", "2026-03-02", (LEA,))
    problems = list_problem_sheets(of_run, [with_school, without])
    write_workbook(path, of_run, LEA, [problems.of_all, *problems.of_schools])
    made = openpyxl.load_workbook(path)
    assert made.sheetnames == ["All schools", "School", "No school"]
    (row, other) = read_rows(made["All schools"])
    assert (row["Local ID"], row["School"], len(row["What is wrong"])) == ("007", "*/?", 32_767)
    assert (row["CALPADS has"], row["The SIS has"]) == ("=1.", "@2.")
    assert other["SSID"] == "1"


def test_several_leas_have_a_list_each(tmp_path: Path) -> None:
    other = "1964725"
    broken = [
        record("1000000001", ADAMS, YEAR, grade_level_code="99"),
        record("1000000002", BAKER, YEAR, grade_level_code="99", reporting_lea=other),
    ]
    write_ods(tmp_path / "ods.txt", [LEFT, *({**one, "grade_level_code": "05"} for one in broken)])
    write_sis(tmp_path / "sis.txt", [LEFT, *broken])
    done = run(tmp_path, "--quiet", "--all-leas")
    assert done.returncode == 0, done.stderr
    assert senr_duck(tmp_path, "work-lists").returncode == 0
    run_id = read_run_id(tmp_path)
    ssids = {
        lea: [
            row["SSID"]
            for row in read_rows(
                openpyxl.load_workbook(tmp_path / f"work_lists/work_list_{lea}_{run_id}.xlsx")[
                    "All schools"
                ]
            )
        ]
        for lea in (LEA, other)
    }
    assert ssids == {LEA: ["1000000001"], other: ["1000000002"]}


def test_what_an_earlier_run_did_not_have_is_marked(problems: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(problems, tmp_path / "again"))
    first = read_run_id(folder)
    text = (folder / "sis.txt").read_text(encoding="utf-8")
    agreed, *others = text.splitlines(keepends=True)
    assert "^1000000001^" in agreed
    # one student is fixed, and another one is new
    text = "".join([agreed.replace("^05^", "^96^"), *others]).replace("^98^", "^05^")
    (folder / "sis.txt").write_text(text, encoding="utf-8", newline="")
    assert run(folder, "--quiet").returncode == 0
    done = senr_duck(folder, "work-lists", "--since", first)
    assert done.stdout.endswith(": 6 problems of 5 students at 2 schools, 1 new\n"), done.stdout
    (path,) = folder.glob("work_lists/*.xlsx")
    sheet = openpyxl.load_workbook(path)["All schools"]
    assert sheet["A1"].value == "New"
    assert [(row["SSID"], row.get("New")) for row in read_rows(sheet)] == [
        ("1000000002", None),
        ("1000000003", None),
        ("1000000005", None),
        ("1000000005", None),
        ("1000000001", "new"),
        ("1000000006", None),
    ]
    for since, said in (
        (read_run_id(folder), "expected an earlier run"),
        ("nothing", "is the ID of no run"),
    ):
        refused = senr_duck(folder, "work-lists", "--since", since)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert said in refused.stderr
    (folder / "out" / first / "exceptions.csv").unlink()
    gone = senr_duck(folder, "work-lists", "--since", first)
    assert gone.returncode == 2
    assert "exceptions.csv cannot be read: No such file" in gone.stderr


def test_a_run_that_a_guard_stopped_has_lists_too(tmp_path: Path) -> None:
    ods = [record(f"10000000{n}", ADAMS, YEAR) for n in range(10, 50)]
    write_ods(tmp_path / "ods.txt", [LEFT, *ods])
    write_sis(tmp_path / "sis.txt", [LEFT, *({**one, "grade_level_code": "99"} for one in ods)])
    assert (
        senr_duck(
            tmp_path, "run", "--ods", "ods.txt", "--sis", "sis.txt", *AS_OF, "--quiet"
        ).returncode
        == 1
    )
    done = senr_duck(tmp_path, "work-lists", "--db", "out/stopped/senr.duckdb")
    assert done.returncode == 0
    assert done.stderr.startswith("notice: a guard stopped this run")
    assert ": 40 problems of 40 students at 1 school\n" in done.stdout
