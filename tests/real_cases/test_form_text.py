"""Texts that are read although they are not written as CALPADS and the SIS write them."""

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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_forms(tmp_path)
    return tmp_path


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


def test_case_71_a_caret_at_the_end_of_each_line_is_read(folder: Path) -> None:
    change_lines(folder / "sis.txt", lambda line: f"{line}^")
    check_read(run_forms(folder), "sis.txt")


def test_case_71_a_table_in_utf_16_is_read(folder: Path) -> None:
    text = (folder / "sis.csv").read_bytes().decode("utf-8")
    (folder / "sis.csv").write_bytes(text.encode("utf-16"))
    check_read(run_forms(folder, sis="sis.csv"), "UTF-16")


def test_case_71_a_table_with_cr_alone_is_read(folder: Path) -> None:
    rewrite(folder / "sis.csv", lambda text: text.replace("\r\n", "\r"))
    check_read(run_forms(folder, sis="sis.csv"), "CR")


@pytest.mark.parametrize(
    ("what", "last", "sis"),
    [
        ("a blank line and the count of rows", "\r\n(101 rows affected)\r\n", "sis.csv"),
        ("an end-of-file mark", "\x1a", "sis.txt"),
        ("a line of blanks", "     \r\n", "sis.csv"),
    ],
)
def test_case_73_a_last_line_that_is_no_record_is_passed_over(
    what: str, last: str, sis: str, folder: Path
) -> None:
    for name in ("ods.txt", sis):
        rewrite(folder / name, lambda text: text + last)
    check_read(run_forms(folder, sis=sis), "ods.txt", sis)


def test_case_73_in_the_middle_such_a_line_is_named_for_what_it_is(folder: Path) -> None:
    text = (folder / "ods.txt").read_bytes().decode("utf-8")
    lines = text.splitlines(keepends=True)
    lines.insert(50, "(50 rows affected)\r\n")
    (folder / "ods.txt").write_bytes("".join(lines).encode("utf-8"))
    done = run_forms(folder)
    check_refused(done, "ods.txt line 51")
    assert "stray ^" not in done.words
