"""Forms of extracts that are read, and files that are refused."""

import zipfile
from pathlib import Path

import pytest

from tests.real_cases.forms import (
    change_fields,
    check_read,
    check_refused,
    rewrite,
    run_forms,
    write_forms,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_forms(tmp_path)
    return tmp_path


def test_case_67_a_zip_of_two_extracts_is_refused(folder: Path) -> None:
    with zipfile.ZipFile(folder / "ods.zip", "w") as archive:
        archive.write(folder / "ods.txt", "ods_1.txt")
        archive.write(folder / "ods.txt", "ods_2.txt")
    check_refused(run_forms(folder, ods="ods.zip"), "ods.zip")


def test_case_67_a_folder_is_refused(folder: Path) -> None:
    (folder / "extracts").mkdir()
    check_refused(run_forms(folder, ods="extracts"), "extracts")


def test_case_71_the_two_files_swapped_are_refused(folder: Path) -> None:
    check_refused(run_forms(folder, ods="sis.txt", sis="ods.txt"), "SENR-R", "sis.txt")


def test_case_72_a_mark_at_the_start_blank_lines_at_the_end_and_times_are_read(
    folder: Path,
) -> None:
    times = ["2025-10-14 00:00:00.000", "10/14/2025 8:15:02 AM"]
    change_fields(folder / "ods.txt", lambda fields: [*fields[:-2], *times])
    for name in ("ods.txt", "sis.csv"):
        rewrite(folder / name, lambda text: f"\ufeff{text}\r\n\r\n")
    check_read(run_forms(folder, sis="sis.csv"))


def test_case_80_an_older_layout_is_named(folder: Path) -> None:
    change_fields(folder / "ods.txt", lambda fields: [*fields[:-3], *fields[-2:]])
    check_refused(run_forms(folder), "ods.txt", "34-field")


def test_case_80_one_caret_too_many_names_the_line(folder: Path) -> None:
    lines = (folder / "ods.txt").read_bytes().decode("utf-8").splitlines()
    lines[6] = lines[6].replace("^Pat^", "^Pat^^", 1)
    (folder / "ods.txt").write_bytes("".join(f"{line}\r\n" for line in lines).encode("utf-8"))
    check_refused(run_forms(folder), "ods.txt line 7", "38 fields", "has 37")
