"""Files of another kind are refused by what they are."""

from pathlib import Path

import pytest

from tests.real_cases.forms import change_fields, check_refused, run_forms, write_forms

PAGE = "<!DOCTYPE html>\n<html><head><title>Log in</title></head><body></body></html>\n"


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
    check_refused(run_forms(folder), "ods.txt", "SSID-R")


def test_case_79_a_saved_log_in_page_is_refused_as_html(folder: Path) -> None:
    (folder / "sis.csv").write_text(PAGE, encoding="utf-8")
    check_refused(run_forms(folder, sis="sis.csv"), "HTML", "sis.csv")
    (folder / "ods.txt").write_text(PAGE, encoding="utf-8")
    check_refused(run_forms(folder), "HTML", "ods.txt")
