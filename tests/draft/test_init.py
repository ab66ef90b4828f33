"""The command init: the file that it writes, and that it writes nothing else."""

import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from senr_duck.settings.configuration import Configuration
from tests.draft.exports import (
    INIT,
    LAKEWOOD,
    VENDOR,
    both_sides,
    init,
    localize,
    read_both,
    section,
    write_table,
)
from tests.load.workbooks import workbook_bytes
from tests.support.canaries import CANARY, canary
from tests.support.command_line import senr_duck
from tests.support.extracts import ADAMS, BAKER, LEA, YEAR, closed, record, write_ods, write_sis

pytestmark = pytest.mark.slow

OFFICIAL = {column: column for column in VENDOR.values()}
EXPECTED = """\
# The configuration of senr-duck, as `senr-duck init` found it in the extracts.
#
# Take away one mark and the space behind it where a line such as this one is right:
#   # "K" = "KN"
# In a line that begins with two marks, first put what is right in the place of the question mark:
#   ## "X" = "?"
# Everything else behind a mark is an explanation. What is left out has its default.

# The code of your LEA, 7 digits; or a list of several.
lea = "1964733"

# The names in the SIS extract = the columns of SENR that they are.
# An official name needs no line.
[columns]
# "State Student ID" = "ssid"
# "Perm ID" = "local_student_id"
# "School Code" = "school_of_attendance"
# "First Name" = "student_legal_first_name"
# "Last Name" = "student_legal_last_name"
# "Birthdate" = "student_birth_date"
# "Gender" = "student_gender_code"
# "Birth Country" = "student_birth_country_code"
# "Enter Date" = "enrollment_start_date"
# "Status" = "enrollment_status_code"
# "Grade" = "grade_level_code"
# "Leave Date" = "enrollment_exit_date"
# "Leave Reason" = "student_exit_reason_code"
# "ResDistrict" = "district_of_geographic_residence_code"
#   ignored, because no column of SENR has such a name: "Counselor", "Homeroom"

# The last school day of 2025-2026. Exits at the end of the year depend on it.
[calendar."2025-2026"]
## last_day = ?   # a date without quotes, such as 2026-06-05

# Schools that you do not report, left out on both sides.
[schools]
# do_not_report = []

# School of Attendance: local codes of the SIS = codes of CALPADS.
[translate.school_of_attendance]
# "101" = "1930650"   # 8 of 8 records in the ODS extract
# "102" = "1930651"   # 8 of 8 records in the ODS extract

# Student Gender Code: local codes of the SIS = codes of CALPADS.
[translate.student_gender_code]
# "FEMALE" = "F"   # 16 of 16 records in the ODS extract

# Grade Level Code: local codes of the SIS = codes of CALPADS.
[translate.grade_level_code]
# "K" = "KN"   # 8 of 8 records in the ODS extract

# Student Exit Reason Code: local codes of the SIS = codes of CALPADS.
[translate.student_exit_reason_code]
# "W1" = "T160"   # 4 of 5 records in the ODS extract

# District of Geographic Residence Code: local codes of the SIS = codes of CALPADS.
[translate.district_of_geographic_residence_code]
# "LW" = "1964725"   # 8 of 8 records in the ODS extract
# "PM" = "1964873"   # 8 of 8 records in the ODS extract

# There are more keys, all with defaults: rules_version, encoding, and the tables scope, year_end,
# keep, no_show, rules, evidence and guards. The page "Configuration" of the documentation explains
# each of them. `senr-duck check` shows what a run would do, and writes nothing.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with an ODS extract, and the export of a vendor's SIS."""
    ods, sis = both_sides()
    write_ods(tmp_path / "ods.txt", ods)
    write_table(tmp_path / "sis.csv", localize(sis), VENDOR, "Homeroom", "Counselor")
    return tmp_path


def test_an_export_with_a_vendors_names_and_codes(folder: Path) -> None:
    done = init(folder)
    assert (folder / "senr.toml").read_text(encoding="utf-8") == EXPECTED
    assert done.stderr == ""
    assert done.stdout == (
        "senr.toml is written: 14 columns with a likely meaning; 7 local codes, 7 of them with a "
        "likely CALPADS code; 0 schools on one side only.\n"
        "Take away the # of each suggestion that is right, and fill in what has a question mark. "
        "Then:\n"
        "senr-duck run --ods ods.txt --sis sis.csv\n"
    )


def test_with_all_suggestions_the_run_sends_what_it_sends_for_the_plain_export(
    folder: Path, tmp_path: Path
) -> None:
    init(folder)
    read_both(folder / "senr.toml")
    _, sis = both_sides()
    write_table(folder / "plain.csv", sis, OFFICIAL)
    zips = []
    for export, options in (
        ("plain.csv", ("--lea", LEA, "--config", "none.toml")),
        ("sis.csv", ("--config", "whole.toml")),
    ):
        (folder / "none.toml").touch()
        run = ("run", "--ods", "ods.txt", "--sis", export, "--as-of", "2026-03-02")
        out = folder / f"out-{export}"
        done = senr_duck(folder, *run, "--allow-other-year", "--out", str(out), *options)
        assert done.returncode == 0, done.stderr
        (archive,) = out.glob("[!.]*/*.zip")
        zips.append(archive.read_bytes())
    assert zips[0] == zips[1]
    with zipfile.ZipFile(archive) as opened:
        assert opened.namelist() == ["002_Exits.txt", "003_Updates.txt"]


def test_a_plain_extract_needs_nothing_but_the_days(tmp_path: Path) -> None:
    ods, sis = both_sides()
    write_ods(tmp_path / "ods.txt", ods)
    write_sis(tmp_path / "sis.csv", sis)
    done = init(tmp_path)
    assert done.stdout.startswith(
        "senr.toml is written: 0 columns with a likely meaning; 0 local codes, 0 of them"
    )
    assert section(tmp_path, "columns") == []
    assert "translate" not in (tmp_path / "senr.toml").read_text(encoding="utf-8")


def test_several_leas_are_a_list_to_choose_from(folder: Path) -> None:
    ods, _ = both_sides()
    write_ods(folder / "ods.txt", [*ods, {**ods[0], "reporting_lea": LAKEWOOD}])
    init(folder)
    lines = (folder / "senr.toml").read_text(encoding="utf-8").splitlines()
    assert lines[lines.index("# The code of your LEA, 7 digits; or a list of several.") + 1 :][
        :3
    ] == [
        "#   in the ODS extract: 1964725 (1 record), 1964733 (16 records)",
        '# lea = ["1964725", "1964733"]',
        "",
    ]
    written, whole = read_both(folder / "senr.toml")
    assert (written.lea, whole.lea) == ((), ("1964725", "1964733"))


def test_the_file_is_a_configuration_as_it_is_and_with_all_suggestions(folder: Path) -> None:
    init(folder)
    written, whole = read_both(folder / "senr.toml")
    assert written.columns == {}
    assert set(written.calendar) == {"2025-2026"}
    assert all(codes == {} for codes in written.translate.values())
    assert whole.columns == VENDOR
    assert whole.translate["student_exit_reason_code"] == {"W1": "T160"}
    assert whole.schools == written.schools == Configuration().schools


def test_several_files_of_a_side_in_any_order_give_the_same_bytes(folder: Path) -> None:
    _, sis = both_sides()
    write_ods(folder / "ods2.txt", [record("1000000300", ADAMS, YEAR)])
    renamed = {**VENDOR, "Entry Date": "enrollment_start_date"}
    del renamed["Enter Date"]
    write_table(folder / "sis2.csv", localize(sis[:2]), renamed)
    texts = set()
    for first, second in (("", "2"), ("2", ""), ("", "2")):
        ods_files = ("--ods", f"ods{first}.txt", "--ods", f"ods{second}.txt")
        sis_files = ("--sis", f"sis{first}.csv", "--sis", f"sis{second}.csv")
        done = senr_duck(folder, "init", *ods_files, *sis_files, "--as-of", "2026-03-02")
        assert done.returncode == 0, done.stderr
        texts.add((folder / "senr.toml").read_bytes())
        _, whole = read_both(folder / "senr.toml")
        assert whole.columns == {**VENDOR, "Entry Date": "enrollment_start_date"}
        (folder / "senr.toml").unlink()
    assert len(texts) == 1


def test_of_two_files_no_suggestion_gives_one_of_them_a_column_twice(folder: Path) -> None:
    _, sis = both_sides()
    vendor = {name: column for name, column in VENDOR.items() if column != "ssid"}
    write_table(folder / "sis.csv", localize(sis), {"State ID": "ssid", **vendor})
    both = {**OFFICIAL, "State ID": "local_student_id"}
    write_table(folder / "sis2.csv", localize(sis[:2]), both)
    init(folder, "--sis", "sis2.csv")
    lines = section(folder, "columns")
    assert not any('"State ID" =' in line for line in lines)
    assert '## "?" = "ssid"   # a run needs it: what is its name?' in lines


def test_columns_that_a_run_needs_and_no_name_seems_to_be(folder: Path) -> None:
    _, sis = both_sides()
    lacking = ("Leave Date", "Perm ID", "Birth Country", "Grade")
    names = {name: column for name, column in VENDOR.items() if name not in lacking}
    write_table(folder / "sis.csv", localize(sis), names, "Room")
    init(folder)
    assert section(folder, "columns")[-5:] == [
        '## "?" = "local_student_id"   # a run needs it: what is its name?',
        '## "??" = "enrollment_exit_date"   # a run needs it: what is its name?',
        '## "???" = "student_birth_country_code"   # a record to add needs it: what is its name?',
        '## "????" = "grade_level_code"   # a record to add needs it: what is its name?',
        '#   ignored, because no column of SENR has such a name: "Room"',
    ]


def test_a_workbook_with_a_sheet_of_codes(folder: Path) -> None:
    _, sis = both_sides()
    rows = [[one.get(column, "") for column in VENDOR.values()] for one in localize(sis)]
    codes = [["Status", "Grade", "Gender"], ["10", "KN", "F"]]
    book = workbook_bytes({"Codes": codes, "Students": [list(VENDOR), *rows]})
    (folder / "sis.csv").write_bytes(book)
    init(folder)
    _, whole = read_both(folder / "senr.toml")
    assert whole.columns == VENDOR
    assert whole.translate["grade_level_code"] == {"K": "KN"}


def as_title(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text("Enrollments\nof all schools\n\n" + text, encoding="utf-8")


def as_semicolons(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",", ";").replace("Ana", '"A;na"'), encoding="utf-8")


def as_parquet(path: Path) -> None:
    with duckdb.connect() as con:
        con.execute("set enable_progress_bar = false")
        con.execute(f"create table export as from read_csv('{path}', all_varchar = true)")
        con.execute(f"copy export to '{path}' (format parquet)")


@pytest.mark.parametrize("rewrite", [as_title, as_semicolons, as_parquet])
def test_the_forms_of_a_table(folder: Path, rewrite: Callable[[Path], None]) -> None:
    rewrite(folder / "sis.csv")
    init(folder)
    assert (folder / "senr.toml").read_text(encoding="utf-8") == EXPECTED


@pytest.mark.parametrize(
    "occupy",
    [
        lambda place: place.write_text("mine", encoding="utf-8"),
        lambda place: place.symlink_to("nowhere"),
        lambda place: place.mkdir(),
    ],
)
def test_it_never_overwrites(folder: Path, occupy: Callable[[Path], None]) -> None:
    occupy(folder / "senr.toml")
    before = (folder / "senr.toml").lstat()
    done = senr_duck(folder, *INIT)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: --out: senr.toml exists; expected a new file\n\n"
        "hint: choose another path with --out, or move senr.toml away\n"
    )
    assert (folder / "senr.toml").lstat() == before
    assert not (folder / "nowhere").exists()
    assert init(folder, "--out", "other.toml").stdout.endswith(" --config other.toml\n")


def test_only_the_owner_can_read_the_file_and_nothing_else_is_left(folder: Path) -> None:
    init(folder, umask=0)
    assert stat.S_IMODE((folder / "senr.toml").stat().st_mode) == 0o600
    assert sorted(path.name for path in folder.iterdir()) == [
        ".senr.toml.lock",
        "ods.txt",
        "senr.toml",
        "sis.csv",
    ]


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("ods.txt", "SENR^^^\r\n", "ods.txt is a SENR upload file"),
        ("sis.csv", "", "sis.csv is empty"),
        ("sis.csv", "Grade,Gender,Room\r\n05,F,1\r\n", "sis.csv is neither a SENR file"),
    ],
)
def test_a_file_that_cannot_be_read(folder: Path, name: str, content: str, found: str) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    done = senr_duck(folder, *INIT)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {found}")
    assert "senr-duck init" not in done.stderr
    assert not (folder / "senr.toml").exists()
    assert not list(folder.glob(".senr.toml.new-*"))


def test_a_students_data_is_not_in_the_file_nor_in_a_message(tmp_path: Path) -> None:
    ods, sis = both_sides()
    sis = [canary(one) for one in localize(sis)]
    for one, column in zip(sis, VENDOR.values(), strict=False):  # values in the wrong columns
        one["student_exit_reason_code"] = one.get(column, "")
    sis[4]["student_gender_code"] = "Zephyrinda Q."
    sis[5]["grade_level_code"] = "11/17/2013"
    sis[6]["district_of_geographic_residence_code"] = sis[6]["local_student_id"]
    write_ods(tmp_path / "ods.txt", [canary(one) for one in ods])
    write_table(tmp_path / "sis.csv", sis, VENDOR, *(f"{name} x" * 9 for name in CANARY[:2]))
    done = init(tmp_path)
    text = (tmp_path / "senr.toml").read_text(encoding="utf-8")
    assert '# "K" = "KN"' in text
    for value in CANARY:
        assert value.lower() not in (done.stdout + done.stderr + text).lower()
    assert "#   2 other names ignored, not listed: one is too long, or has a number in it" in text
    assert section(tmp_path, "translate.student_gender_code")[-1] == (
        "#   1 other value not listed: possibly a student's data, or no code at all"
    )


def test_schools_on_one_side_only(folder: Path) -> None:
    ods, sis = both_sides()
    lone = [record(f"10000004{n:02}", "1930652", YEAR) for n in range(3)]
    before = closed(record("1000000500", "1930654", "20240815"), "20250606", "T160")
    write_ods(folder / "ods.txt", [*ods, *lone, before])
    elsewhere = record("1000000600", "1930653", YEAR)
    write_table(folder / "sis.csv", localize([*sis, elsewhere]))
    assert "2 schools on one side only" in init(folder).stdout
    assert section(folder, "schools") == [
        "# do_not_report = []",
        "#   In 2025-2026, one side lacks these: you do not report them, or an export lacks some.",
        "#   only the ODS extract: 1930652 (3 records)",
        "#   only the SIS extract: 1930653 (1 record)",
    ]
    assert BAKER not in "".join(section(folder, "schools"))


@pytest.mark.parametrize(
    ("days", "lines"),
    [
        (
            ["20250606"] * 3 + ["20250605"] * 2,
            ["# last_day = 2025-06-06   # 3 of 5 exits with E155 in the ODS extract"],
        ),
        (
            ["20250606"] * 2,
            ["## last_day = ?   # a date without quotes, such as 2025-06-05"],
        ),
        (
            ["20250606"] * 3 + ["20250605"] * 3,
            ["## last_day = ?   # a date without quotes, such as 2025-06-05"],
        ),
    ],
)
def test_the_last_day_is_that_of_most_year_end_exits(
    folder: Path, days: list[str], lines: list[str]
) -> None:
    ods, _ = both_sides()
    ended = [
        closed(record(f"10000007{n:02}", ADAMS, "20240815"), day, "E155")
        for n, day in enumerate(days)
    ]
    too_early = closed(record("1000000800", ADAMS, "20220815"), "20230609", "E155")
    write_ods(folder / "ods.txt", [*ods, *ended, too_early])
    init(folder)
    assert section(folder, 'calendar."2024-2025"') == lines
    written, whole = read_both(folder / "senr.toml")
    assert list(written.calendar) == list(whole.calendar) == ["2025-2026", "2024-2025"]


def test_a_school_with_another_last_day(folder: Path) -> None:
    ods, _ = both_sides()
    ended = [
        closed(record(f"10000007{n:02}", school, "20240815"), day, "E155")
        for n, (school, day) in enumerate([(ADAMS, "20250606")] * 4 + [(BAKER, "20250611")] * 3)
    ]
    write_ods(folder / "ods.txt", [*ods, *ended])
    init(folder)
    assert section(folder, 'calendar."2024-2025"') == [
        "# last_day = 2025-06-06   # 4 of 7 exits with E155 in the ODS extract",
        '# schools = { "1930651" = 2025-06-11 }   # schools with another day in the ODS extract',
    ]
    read_both(folder / "senr.toml")
