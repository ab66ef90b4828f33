"""The report of comparisons: of one alone, and of all files in one page."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import load_workbook

from senr_duck.database.comparisons import open_comparison
from senr_duck.report import compared
from tests.support.command_line import RUN, senr_duck
from tests.support.extracts import (
    ADAMS,
    BAKER,
    YEAR,
    closed,
    record,
    write_every_class,
    write_ods,
    write_sis,
)
from tests.support.other_files import LEA, compare, number, write_pair, write_side
from tests.support.report_page import HOSTILE, read_data, read_text
from tests.work_lists.test_workbook import read_rows

pytestmark = pytest.mark.slow

OTHER_LEA = "1964725"
STATUS = "english_language_acquisition_status_code"
START = "english_language_acquisition_status_start_date"


def write_two_leas(folder: Path) -> None:
    left = closed(record("1000000099", ADAMS, "20240815"), "20250606", "T160")
    both = [left, record("1000000002", BAKER, YEAR, reporting_lea=OTHER_LEA)]
    write_ods(folder / "ods.txt", both)
    write_sis(folder / "sis.txt", both)


def read_to_do(page: str) -> dict[str, Any]:
    """Return the JSON of the only list of a page."""
    (text,) = re.findall(
        r'<script type="application/json" class="to-do-data">(.*?)</script>', page, re.S
    )
    data: dict[str, Any] = json.loads(text)
    return data


@pytest.fixture
def folder(workspace_with_run: Path) -> Path:
    """Return a folder with a run, and the comparisons of all three files with its enrollments."""
    folder = workspace_with_run
    one, two, three = ({"ssid": number(place)} for place in (1, 2, 3))
    named = {"student_legal_last_name": HOSTILE, "local_student_id": "L2"}
    write_pair(folder, "SELA", [one, two], [one, {**two, **named, START: "20240816"}, three])
    assert compare(folder, "SELA", "--senr", "latest", "--quiet").returncode == 0
    moved = {"education_program_membership_end_date": "20251219"}
    write_pair(folder, "SPRG", [one, two], [one, {**two, **moved}])
    assert compare(folder, "SPRG", "--quiet").returncode == 0
    write_pair(folder, "SINF", [one, two], [one, {**two, "student_legal_first_name": "Eva"}])
    assert compare(folder, "SINF", "--quiet").returncode == 0
    return folder


def read_report(folder: Path, *options: str) -> str:
    done = senr_duck(folder, "report", "--out", "made.html", *options)
    assert done.returncode == 0, done.stderr
    return (folder / "made.html").read_text(encoding="utf-8")


def test_a_comparison_says_how_its_lines_add_up_and_what_to_do(folder: Path) -> None:
    (path,) = folder.glob("out/sela-*/report.html")
    page = path.read_text(encoding="utf-8")
    text = read_text(page)
    assert "1 to correct in the SIS, 1 in CALPADS" in text
    assert "Same on both sides SAME Both sides agree. Nobody 1 1" in text
    assert "Lines read 2 3" in text
    data = read_to_do(page)
    assert [reason[2:4] for reason in data["reasons"]] == [
        ["DATE", "SIS"],
        ["TEST-DECIDES", "CALPADS"],
    ]
    dated, undecided = data["lines"]
    assert dated[:5] == [0, f"{HOSTILE}, Ana", "L2", number(2), "1930650"]
    assert dated[6:] == [
        2,
        2,
        "",
        [["English Language Acquisition Status Start Date", "20240815", "20240816", "20240815"]],
    ]
    assert undecided[6:] == ["", 3, "", [["", "", "EL | 20240815 | spa", ""]]]
    assert HOSTILE not in page


def test_a_record_that_breaks_a_rule_of_calpads_says_which(tmp_path: Path) -> None:
    one = {"ssid": number(1)}
    broken = {"ssid": number(2), "education_program_code": "122"}
    write_pair(tmp_path, "SPRG", [one], [one, broken])
    assert compare(tmp_path, "SPRG", "--quiet").returncode == 0
    (path,) = tmp_path.glob("out/sprg-*/report.html")
    (line,) = read_to_do(path.read_text(encoding="utf-8"))["lines"]
    assert line[8] == "SPRG0081 Service missing; SPRG0168 Service year missing"
    assert senr_duck(tmp_path, "work-lists", "--db", "compare_sprg.duckdb").returncode == 0
    (book,) = (tmp_path / "work_lists").glob("*.xlsx")
    (row,) = read_rows(load_workbook(book)["SPRG for the SIS"])
    assert row["Rules it breaks"] == line[8]


@pytest.mark.parametrize(("most", "lines", "left_out"), [(1, 0, 4), (3, 1, 2), (4, 2, 0)])
def test_a_pair_is_listed_with_all_its_rows_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, lines: int, left_out: int
) -> None:
    ods = [{"ssid": number(place)} for place in (1, 2)]
    other = {"student_legal_first_name": "Eva", "student_birth_date": "20150103"}
    more = {"student_legal_first_name": "Eva", "student_legal_last_name": "Luz"}
    write_pair(tmp_path, "SINF", ods, [{**ods[0], **other}, {**ods[1], **more}])
    assert compare(tmp_path, "SINF", "--quiet").returncode == 0
    monkeypatch.setattr(compared, "LISTED_AT_MOST", most)
    with open_comparison(tmp_path / "compare_sinf.duckdb") as con:
        found = compared.read_comparison(con, with_student_data=True)
    assert found.data is not None
    assert (len(json.loads(found.data)["lines"]), found.left_out) == (lines, left_out)


def test_a_run_of_two_leas_shows_the_comparisons_of_each(tmp_path: Path) -> None:
    write_two_leas(tmp_path)
    done = senr_duck(tmp_path, *RUN, "--all-leas", "--quiet")
    assert done.returncode == 0, done.stderr
    named: list[str] = []
    for lea in (LEA, OTHER_LEA):
        one = {"ssid": number(1), "reporting_lea": lea}
        write_pair(tmp_path, "SINF", [one], [one])
        assert compare(tmp_path, "SINF", "--db", f"{lea}.duckdb", "--quiet").returncode == 0
        named += ["--compared", f"{lea}.duckdb"]
    page = read_report(tmp_path, *named)
    for lea in (LEA, OTHER_LEA):
        assert f'<a href="#sinf-{lea}">SINF {lea}</a>' in page
        assert f'<section id="sinf-{lea}"' in page


def test_one_report_shows_all_four_files_and_who_acts(folder: Path) -> None:
    page = read_report(folder)
    text = read_text(page)
    assert "All files: who has to act" in text
    rows = re.findall(r'data-label="\w+">([\d,]+)</td>', page.partition("</table>")[0])
    assert [rows[place : place + 4] for place in range(0, len(rows), 4)] == [
        ["2", "5", "0", "2"],  # SENR: on hold, to send, and left alone
        ["1", "1", "0", "0"],
        ["0", "1", "0", "0"],
        ["0", "0", "1", "0"],
    ]
    for place in ("upload", f"sela-{LEA}", f"sprg-{LEA}", f"sinf-{LEA}"):
        assert f'<section id="{place}"' in page
        assert f'href="#{place}"' in page
    assert "SPRG student programs 0 1 0 0 records that differ, to correct by hand" in text
    assert "without enrollments" in text


def test_the_same_databases_give_the_same_bytes(folder: Path) -> None:
    assert read_report(folder) == read_report(folder)


def test_a_report_of_counts_has_no_list_and_names_no_student(folder: Path) -> None:
    page = read_report(folder, "--no-student-data")
    assert "to-do-data" not in page
    assert not re.findall(r"\b80000000\d\d\b", page)
    assert "Where every line went" in read_text(page)
    assert f'<section id="sinf-{LEA}"' in page


def test_without_a_comparison_the_report_is_that_of_the_run(
    every_class_run: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(every_class_run, tmp_path / "alone"))
    (published,) = folder.glob("out/*/report.html")
    done = senr_duck(
        folder, "report", "--out", f"{published.parent.relative_to(folder)}/again.html"
    )
    assert done.returncode == 0, done.stderr
    assert published.with_name("again.html").read_bytes() == published.read_bytes()


def test_what_does_not_belong_to_the_run_is_left_out_and_said(folder: Path) -> None:
    with duckdb.connect(str(folder / "compare_sela.duckdb")) as con:
        con.execute("update reference.compare_parameters set school_year = '2024-2025'")
    (folder / "compare_sprg.duckdb").write_bytes(b"not a database")
    done = senr_duck(folder, "report", "--out", "made.html")
    assert done.returncode == 0
    first, second = done.stderr.splitlines()
    assert first == (
        "notice: left out: compare_sela.duckdb is of school year 2024-2025; expected 2025-2026, as "
        "in the SENR run"
    )
    assert second.startswith("notice: left out: compare_sprg.duckdb cannot be opened as a database")
    page = (folder / "made.html").read_text(encoding="utf-8")
    assert f"sela-{LEA}" not in page
    assert f'<section id="sinf-{LEA}"' in page


def test_the_report_of_a_comparison_can_be_written_again(folder: Path) -> None:
    (published,) = folder.glob("out/sela-*/report.html")
    page = read_report(folder, "--db", "compare_sela.duckdb")
    assert page == published.read_text(encoding="utf-8")
    done = senr_duck(
        folder, "report", "--db", "compare_sela.duckdb", "--compared", "compare_sprg.duckdb"
    )
    assert done.returncode == 2
    assert "error: --compared: found with the database of a comparison" in done.stderr


def write_hanging(folder: Path) -> None:
    write_every_class(folder)
    removed = {"ssid": "1000000005", "school_of_attendance": "1930651"}
    program = {
        **removed,
        "education_program_code": "127",
        "education_program_membership_start_date": "20250901",
    }
    write_side(folder / "sprg.txt", "SPRG", "ods", [program])


def test_what_the_files_leave_outside_is_with_its_student(tmp_path: Path) -> None:
    write_hanging(tmp_path)
    assert senr_duck(tmp_path, *RUN, "--sprg-ods", "sprg.txt", "--quiet").returncode == 0
    (path,) = tmp_path.glob("out/*/report.html")
    page = path.read_text(encoding="utf-8")
    data = read_data(page)
    place = data["students"]["ssid"].index("1000000005")
    (((file, code, school, start, end, meaning, fix),),) = data["orphaned"].values()
    assert list(data["orphaned"]) == [str(place)]
    assert (file, code, school, start, end) == ("SPRG", "127", "1930651", "2025-09-01", "")
    assert meaning.startswith("once the files have posted, program 127 no longer fits")
    assert fix.startswith("when the files have posted, correct the dates or the school")
    assert "once these files have posted: 1." in read_text(page)
    counts = read_report(tmp_path, "--no-student-data")
    assert "once these files have posted: 1." in read_text(counts)
    assert "1000000005" not in counts


def test_without_the_extracts_the_page_has_nothing_of_it(every_class_run: Path) -> None:
    (path,) = every_class_run.glob("out/*/report.html")
    page = path.read_text(encoding="utf-8")
    assert "orphaned" not in page
    assert "Left outside" not in page
    assert "to-do" not in page
