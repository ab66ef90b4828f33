"""Files of another kind are refused by what they are; a header, quotes and a last line are read."""

from pathlib import Path

import pytest

from tests.real_cases.forms import (
    change_fields,
    change_lines,
    check_read,
    check_refused,
    rewrite,
    run_forms,
    write_forms,
)
from tests.real_cases.notation import COLUMNS, UPLOAD
from tests.real_cases.workbook import write_workbook


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_forms(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["ods.txt", "sis.txt"])
def test_case_68_the_cumulative_enrollment_extract_is_named(name: str, folder: Path) -> None:
    change_fields(folder / "ods.txt", lambda fields: ["CENR-R", *fields[1:], *[""] * 5])
    (folder / "ods.txt").replace(folder / "cenr.txt")
    write_forms(folder)
    side = {"ods.txt": {"ods": "cenr.txt"}, "sis.txt": {"sis": "cenr.txt"}}[name]
    check_refused(run_forms(folder, **side), "cenr.txt", "CENR-R", "cumulative")


def test_case_68_the_extract_of_student_information_is_named(folder: Path) -> None:
    change_fields(folder / "ods.txt", lambda fields: ["SINF-R", *fields[1:]])
    check_refused(run_forms(folder), "ods.txt", "SINF-R", "student information")


def test_case_68_the_extract_of_ssids_is_named(folder: Path) -> None:
    lines = "".join(
        f"SSID-R^^^1964733^6015986^2025-2026^{2000000001 + number}^P{number}^Pat^^Plain\r\n"
        for number in range(50)
    )
    (folder / "ods.txt").write_text(lines, encoding="utf-8", newline="")
    check_refused(run_forms(folder), "ods.txt", "SSID")


def test_case_69_a_header_line_above_caret_lines_is_passed_over(folder: Path) -> None:
    rewrite(folder / "ods.txt", lambda text: "^".join(COLUMNS) + "\r\n" + text)
    rewrite(folder / "sis.txt", lambda text: "^".join(UPLOAD) + "\r\n" + text)
    check_read(run_forms(folder), "header")


def test_case_70_an_ods_extract_that_excel_saved_with_commas_is_refused(folder: Path) -> None:
    def save(fields: list[str]) -> list[str]:
        return [str(int(one)) if one.isdigit() else one for one in fields]

    change_fields(folder / "ods.txt", save)
    rewrite(folder / "ods.txt", lambda text: text.replace("^", ","))
    check_refused(run_forms(folder), "ods.txt", "comma", "zero")


def test_case_70_quotes_around_every_field_are_read(folder: Path) -> None:
    for name in ("ods.txt", "sis.txt"):
        change_fields(folder / name, lambda fields: [f'"{one}"' for one in fields])
    check_read(run_forms(folder), "quotes")


def test_case_70_a_table_with_semicolons_is_read(folder: Path) -> None:
    rewrite(folder / "sis.csv", lambda text: text.replace(",", ";"))
    check_read(run_forms(folder, sis="sis.csv"), "semicolon")


@pytest.mark.parametrize("name", ["ods.txt", "sis.txt", "sis.csv"])
@pytest.mark.parametrize(
    ("what", "last"),
    [
        ("the count of rows", "(101 rows affected)\r\n"),
        ("a blank line and the count of rows", "\r\n(101 rows affected)\r\n"),
        ("an end-of-file mark", "\x1a"),
        ("a line of blanks", "     \r\n"),
    ],
)
def test_case_73_a_last_line_that_is_no_record_is_passed_over(
    name: str, what: str, last: str, folder: Path
) -> None:
    rewrite(folder / name, lambda text: text + last)
    sis = name if name != "ods.txt" else "sis.txt"
    check_read(run_forms(folder, sis=sis), name)


def test_case_73_in_the_middle_such_a_line_is_named_for_what_it_is(folder: Path) -> None:
    text = (folder / "ods.txt").read_bytes().decode("utf-8")
    lines = text.splitlines(keepends=True)
    lines.insert(50, "(50 rows affected)\r\n")
    (folder / "ods.txt").write_bytes("".join(lines).encode("utf-8"))
    done = run_forms(folder)
    check_refused(done, "ods.txt line 51")
    assert "stray ^" not in done.words


def test_case_79_a_workbook_is_read(folder: Path) -> None:
    lines = (folder / "sis.csv").read_text(encoding="utf-8").splitlines()
    write_workbook(folder / "sis.xlsx", [line.split(",") for line in lines])
    check_read(run_forms(folder, sis="sis.xlsx"))


def test_case_79_a_workbook_with_title_lines_is_read(folder: Path) -> None:
    lines = (folder / "sis.csv").read_text(encoding="utf-8").splitlines()
    titles = [["Enrollment history"], ["2025-2026"], []]
    write_workbook(folder / "sis.xlsx", [*titles, *(line.split(",") for line in lines)])
    check_read(run_forms(folder, sis="sis.xlsx"), "sis.xlsx")


def test_case_79_blank_lines_of_delimiters_alone_are_passed_over(folder: Path) -> None:
    """What is left of rows that were deleted in a spreadsheet."""
    rewrite(folder / "sis.csv", lambda text: text + ("," * 34 + "\r\n") * 3)
    check_read(run_forms(folder, sis="sis.csv"), "sis.csv")


def test_case_79_title_lines_above_the_header_are_passed_over(folder: Path) -> None:
    rewrite(folder / "sis.csv", lambda text: "Enrollment history\r\n2025-2026\r\n\r\n" + text)
    check_read(run_forms(folder, sis="sis.csv"), "sis.csv")


def test_case_70_trailing_blanks_in_every_field_are_read(folder: Path) -> None:
    change_lines(folder / "sis.txt", lambda line: line.replace("^", "  ^"))
    check_read(run_forms(folder))
