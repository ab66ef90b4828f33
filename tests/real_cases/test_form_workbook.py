"""What spreadsheets write: workbooks, title lines, and what is left of deleted rows."""

from pathlib import Path

import pytest

from tests.real_cases.forms import check_read, rewrite, run_forms, write_forms
from tests.real_cases.workbook import write_workbook


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_forms(tmp_path)
    return tmp_path


def test_case_79_a_workbook_with_title_lines_is_read(folder: Path) -> None:
    lines = (folder / "sis.csv").read_text(encoding="utf-8").splitlines()
    titles = [["Enrollment history"], ["2025-2026"], []]
    write_workbook(folder / "sis.xlsx", [*titles, *(line.split(",") for line in lines)])
    check_read(run_forms(folder, sis="sis.xlsx"), "sis.xlsx")


def test_case_79_title_lines_and_lines_of_delimiters_alone_are_passed_over(folder: Path) -> None:
    def retitle(text: str) -> str:
        return "Enrollment history\r\n2025-2026\r\n\r\n" + text + ("," * 34 + "\r\n") * 3

    rewrite(folder / "sis.csv", retitle)
    check_read(run_forms(folder, sis="sis.csv"), "sis.csv")
