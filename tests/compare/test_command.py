"""What ``senr-duck compare`` publishes, refuses, and prints."""

import csv
import json
import os
import shutil
import stat
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.support.command_line import senr_duck, tell
from tests.support.other_files import LEA, compare, number, write_pair, write_side

pytestmark = pytest.mark.slow

STATUS = "english_language_acquisition_status_code"
STATUS_START = "english_language_acquisition_status_start_date"
PROGRAM, START = "education_program_code", "education_program_membership_start_date"
END = "education_program_membership_end_date"


def read_list(folder: Path, file_type: str) -> list[dict[str, str]]:
    (path,) = folder.glob(f"out/{file_type.lower()}-*/compare_{file_type.lower()}.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_sela(folder: Path) -> None:
    write_pair(
        folder,
        "SELA",
        [{"ssid": number(1)}, {"ssid": number(2)}, {"ssid": number(3), "reporting_lea": "1911111"}],
        [{"ssid": number(1)}, {"ssid": number(2), STATUS_START: "20240816"}, {"ssid": number(4)}],
    )


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compared")
    write_sela(folder)
    done = compare(folder, "SELA", "--json", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    (folder / "printed.json").write_text(done.stdout, encoding="utf-8")
    return folder


def test_the_folder_has_lists_a_report_and_nothing_to_upload(compared: Path) -> None:
    (folder,) = (compared / "out").glob("sela-*")
    assert folder.name.startswith("sela-2026-03-02-")
    assert sorted(path.name for path in folder.iterdir()) == [
        "compare_sela.csv",
        "enter_in_sis.csv",
        "manifest.json",
        "report.html",
        f"work_list_{LEA}_{folder.name}.xlsx",
    ]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_only_the_owner_can_read_what_is_written(compared: Path) -> None:
    (folder,) = (compared / "out").glob("sela-*")
    written = [*folder.iterdir(), compared / "compare_sela.duckdb"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_printed_object_says_what_was_found(compared: Path) -> None:
    printed = json.loads((compared / "printed.json").read_text(encoding="utf-8"))
    assert printed["ods"] == {"lines": 3, "date_differs": 1, "not_in_sis": 1, "same": 1}
    assert printed["sis"] == {"lines": 3, "date_differs": 1, "not_sendable": 1, "same": 1}
    assert (printed["file"], printed["lea"], printed["senr_run"]) == ("SELA", LEA, None)
    assert printed["reasons"][0] == {
        "class": "same",
        "reason": "SAME",
        "acts": "nobody",
        "ods": 1,
        "sis": 1,
    }
    assert Path(printed["list"]).name == "compare_sela.csv"


def test_the_list_names_field_values_lines_and_who_acts(compared: Path) -> None:
    rows = {row["reason"]: row for row in read_list(compared, "SELA")}
    assert set(rows) == {"DATE", "TEST-DECIDES", "NOT-IN-SIS-OTHER-LEA"}
    date_row = rows["DATE"]
    assert date_row["field"] == "English Language Acquisition Status Start Date"
    assert (date_row["calpads_value"], date_row["sis_value"]) == ("20240815", "20240816")
    assert (date_row["ods_line"], date_row["sis_line"], date_row["acts"]) == ("2", "2", "SIS")
    assert rows["NOT-IN-SIS-OTHER-LEA"]["calpads_value"] == "EL | 20240815 | spa"
    assert rows["TEST-DECIDES"]["sis_value"] == "EL | 20240815 | spa"


def test_the_views_are_in_a_schema_of_the_file_and_can_be_queried(compared: Path) -> None:
    asked = tell(
        compared,
        *("sql", "--db", "compare_sela.duckdb", "--csv"),
        "select side, class, lines from sela.class_count order by all",
    )
    assert asked.splitlines() == [
        "side,class,lines",
        "ods,date_differs,1",
        "ods,not_in_sis,1",
        "ods,same,1",
        "sis,date_differs,1",
        "sis,not_sendable,1",
        "sis,same,1",
    ]


def test_the_views_have_their_comments(compared: Path) -> None:
    with duckdb.connect(str(compared / "compare_sela.duckdb"), read_only=True) as con:
        comments = con.execute(
            "select comment from duckdb_tables() where schema_name = 'sela'"
            " union all select comment from duckdb_views() where schema_name = 'sela'"
        ).fetchall()
    assert len(comments) == 27
    assert all(comment and "Grain: " in comment for (comment,) in comments)


def test_the_same_inputs_give_the_same_bytes(compared: Path, tmp_path: Path) -> None:
    for name in ("ods.txt", "sis.txt"):
        shutil.copy(compared / name, tmp_path)
    assert compare(tmp_path, "SELA", "--quiet", "--threads", "1").returncode == 0
    (folder,) = (tmp_path / "out").glob("sela-*")
    for path in folder.iterdir():
        before = compared / "out" / folder.name / path.name
        assert path.read_bytes() == before.read_bytes()


def test_a_comparison_can_be_made_again(compared: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(compared, tmp_path / "again"))
    assert compare(folder, "SELA", "--quiet").returncode == 0


def test_a_list_that_was_edited_is_not_replaced(compared: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(compared, tmp_path / "edited"))
    (path,) = folder.glob("out/*/compare_sela.csv")
    path.write_text("mine", encoding="utf-8")
    done = compare(folder, "SELA", "--quiet")
    assert done.returncode == 2
    assert "its compare_sela.csv differs from what this run wrote" in done.stderr
    assert path.read_text(encoding="utf-8") == "mine"


def test_the_summary_adds_up_and_says_that_nothing_is_sent(compared: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(compared, tmp_path / "summary"))
    done = compare(folder, "SELA")
    assert done.returncode == 0
    assert "Nothing is sent; the list has 3 rows" in done.stdout
    assert "not_in_sis" in done.stdout
    assert "notice: without --senr the enrollments are not known" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("compare", "staf"), "compare: found 'staf', expected sela or sprg or sinf"),
        (("compare", "senr"), "compare: found 'senr', expected sela or sprg or sinf"),
    ],
)
def test_a_file_that_is_not_compared_is_refused(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = senr_duck(tmp_path, *arguments, "--ods", "ods.txt", "--sis", "sis.txt")
    assert done.returncode == 2
    assert message in done.stderr


@pytest.mark.parametrize(
    ("given", "expected", "side", "message"),
    [
        ("SPRG", "SELA", "ods", "ods.txt is a student programs extract (record type SPRG-R); "),
        ("SELA", "SPRG", "sis", "sis.txt is an English language acquisition upload file"),
        ("SINF", "SPRG", "ods", "ods.txt is a student information extract (record type SINF-R); "),
    ],
)
def test_an_extract_of_another_file_is_refused_by_name(
    tmp_path: Path, given: str, expected: str, side: str, message: str
) -> None:
    write_pair(tmp_path, expected, [{"ssid": number(1)}], [{"ssid": number(1)}])
    write_side(tmp_path / f"{side}.txt", given, side, [{"ssid": number(1)}])
    done = compare(tmp_path, expected)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert f"record type {expected}" in done.stderr
    assert not list(tmp_path.glob("out/s*"))


def test_an_upload_in_place_of_the_ods_extract_is_refused(tmp_path: Path) -> None:
    write_pair(tmp_path, "SELA", [{"ssid": number(1)}], [{"ssid": number(1)}])
    shutil.copy(tmp_path / "sis.txt", tmp_path / "ods.txt")
    done = compare(tmp_path, "SELA")
    assert done.returncode == 2
    assert "expected an ODS extract (record type SELA-R" in done.stderr


def test_a_column_that_cannot_be_read_stops_the_comparison(tmp_path: Path) -> None:
    records = [{"ssid": number(place), STATUS_START: "15.08.2024"} for place in range(30)]
    write_pair(tmp_path, "SELA", [{"ssid": number(1)}], records)
    done = compare(tmp_path, "SELA")
    assert done.returncode == 1
    assert "English Language Acquisition Status Start Date" in done.stderr
    assert "30 of 30 values cannot be read: 99.99.9999 (30)" in done.stderr
    assert not list(tmp_path.glob("out/sela-*"))


def test_nothing_in_common_stops_the_comparison_unless_it_is_allowed(tmp_path: Path) -> None:
    write_pair(tmp_path, "SINF", [{"ssid": number(1)}], [{"ssid": number(2)}])
    done = compare(tmp_path, "SINF", "--json", "--quiet")
    assert done.returncode == 1
    assert "no line of the two extracts has the same key: 1 line of the ODS" in done.stderr
    assert "no line" in json.loads(done.stdout)["stopped"][0]
    assert not list(tmp_path.glob("compare_*.duckdb"))
    assert compare(tmp_path, "SINF", "--allow-empty-scope").returncode == 0


def test_missing_meal_programs_stop_the_comparison_unless_it_is_allowed(tmp_path: Path) -> None:
    same = {"ssid": number(1)}
    meal = {"ssid": number(2), PROGRAM: "181"}
    write_pair(tmp_path, "SPRG", [same], [same, meal])
    done = compare(tmp_path, "SPRG")
    assert done.returncode == 1
    assert "the SIS extract has 1 record of meal programs (181, 182) and the ODS" in done.stderr
    assert compare(tmp_path, "SPRG", "--allow-no-meals").returncode == 0
    write_pair(tmp_path, "SPRG", [same, {**meal, PROGRAM: "182"}], [same, meal])
    assert compare(tmp_path, "SPRG").returncode == 0


def test_several_leas_must_be_compared_one_by_one(tmp_path: Path) -> None:
    two = [{"ssid": number(1)}, {"ssid": number(2), "reporting_lea": "1911111"}]
    write_pair(tmp_path, "SINF", two, two)
    done = compare(tmp_path, "SINF")
    assert done.returncode == 2
    assert "the ODS extract names 2 reporting LEAs (1911111, 1964733); expected one" in done.stderr
    done = compare(tmp_path, "SINF", "--lea", "1911111", "--json", "--quiet")
    assert json.loads(done.stdout)["ods"] == {"lines": 2, "not_compared": 1, "same": 1}


@pytest.mark.parametrize("database", ["sela.duckdb", "SELA.db"])
def test_a_database_with_the_name_of_its_schema_is_refused(tmp_path: Path, database: str) -> None:
    write_sela(tmp_path)
    done = compare(tmp_path, "SELA", "--db", database)
    assert done.returncode == 2
    assert "the views are in a schema sela" in done.stderr


def test_the_database_of_another_comparison_is_not_replaced(compared: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(compared, tmp_path / "other"))
    write_pair(folder, "SINF", [{"ssid": number(1)}], [{"ssid": number(1)}])
    before = (folder / "compare_sela.duckdb").read_bytes()
    done = compare(folder, "SINF", "--db", "compare_sela.duckdb")
    assert done.returncode == 2
    assert "compare_sela.duckdb is of a comparison of SELA; expected a new file" in done.stderr
    assert (folder / "compare_sela.duckdb").read_bytes() == before


def test_a_command_about_a_run_says_that_the_database_is_of_a_comparison(compared: Path) -> None:
    done = senr_duck(compared, "explain", number(1), "--db", "compare_sela.duckdb")
    assert done.returncode == 2
    assert "is of a comparison; expected one of a SENR run" in done.stderr


def programs(run_folder: Path) -> dict[str, Any]:
    """Return a student of the run who left, with the exit's values."""
    with duckdb.connect(str(run_folder / "senr.duckdb"), read_only=True) as con:
        found = con.execute(
            """
            select ods.ssid, ods.school_of_attendance, ods.enrollment_start_date,
                ods.enrollment_exit_date
            from recon.ods_record as ods
            left join recon.planned_record as planned on ods.ods_line = planned.ods_line
            where planned.ods_line is null and ods.is_in_calpads
                and ods.enrollment_exit_date is not null
                and ods.student_exit_reason_code like 'T%'
                and ods.enrollment_exit_date > ods.enrollment_start_date
            order by ods.ods_line limit 1
            """
        )
        names = [column[0] for column in found.description or ()]
        (row,) = found.fetchall()
    return dict(zip(names, row, strict=True))


def write_day(day: date) -> str:
    return f"{day:%Y%m%d}"


def test_the_enrollments_of_a_run_tell_what_calpads_has_closed_itself(
    sample_run: Path, tmp_path: Path
) -> None:
    left = programs(sample_run)
    record = {
        "ssid": left["ssid"],
        "reporting_lea": read_lea(sample_run),
        "school_of_attendance": left["school_of_attendance"],
        PROGRAM: "108",
        START: write_day(left["enrollment_start_date"]),
    }
    closed = {**record, END: write_day(left["enrollment_exit_date"])}
    write_pair(tmp_path, "SPRG", [closed], [record])
    (tmp_path / "run").mkdir()
    shutil.copy(sample_run / "senr.duckdb", tmp_path / "run")
    done = compare(tmp_path, "SPRG", "--json", "--quiet", "--senr", "run/senr.duckdb")
    assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)
    assert [one["reason"] for one in printed["reasons"]] == ["CLOSED-BY-CALPADS"]
    assert printed["senr_run"].startswith("2026-10-30-")
    done = compare(tmp_path, "SPRG", "--json", "--quiet")
    assert [one["reason"] for one in json.loads(done.stdout)["reasons"]] == ["REOPEN-UNCHECKED"]


def read_lea(run_folder: Path) -> str:
    with duckdb.connect(str(run_folder / "senr.duckdb"), read_only=True) as con:
        [(lea,)] = con.execute("select reporting_lea from reference.run_lea").fetchall()
    return str(lea)


@pytest.mark.parametrize("senr", ["missing.duckdb", "ods.txt"])
def test_a_senr_database_that_is_none_is_refused(tmp_path: Path, senr: str) -> None:
    write_sela(tmp_path)
    done = compare(tmp_path, "SELA", "--senr", senr)
    assert done.returncode == 2
    assert senr in done.stderr
    assert "hint: use --senr to name the run, or the database" in done.stderr
    assert not list(tmp_path.glob("out/s*"))


def test_an_extract_from_before_the_last_posted_file_is_refused(
    workspace_with_run: Path,
) -> None:
    folder = workspace_with_run
    tell(folder, "posted", "latest", "--on", "2026-03-02")
    write_pair(folder, "SINF", [{"ssid": number(1)}], [{"ssid": number(1)}])
    done = compare(folder, "SINF")
    assert done.returncode == 1
    assert "reaches up to 2026-03-01, and a SENR file posted on 2026-03-02" in done.stderr
    assert compare(folder, "SINF", "--allow-stale-ods").returncode == 0
    new = {"ssid": number(1), "upload_date": "20260302"}
    write_pair(folder, "SINF", [new], [{"ssid": number(1)}])
    assert compare(folder, "SINF").returncode == 0
