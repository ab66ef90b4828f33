"""CSV files of what CALPADS has and the SIS lacks, to import into the SIS."""

from pathlib import Path

import pytest

from senr_duck.database.published import open_published
from senr_duck.errors import InputError
from senr_duck.work_lists.corrections import choose, find_corrections
from tests.support.command_line import senr_duck
from tests.support.extracts import LEA
from tests.support.stock import read_run_id

HEADER = (
    "local_student_id,school_of_attendance,enrollment_start_date,field,sis_value,calpads_value\r\n"
)


def test_a_rule_and_a_field_have_a_file_each(problems: Path, tmp_path: Path) -> None:
    done = senr_duck(
        problems,
        *("work-lists", "--out", str(tmp_path), "--calpads-is-right", "gerr0002"),
        *("--calpads-is-right", "1.30", "--calpads-is-right", "SENR0027"),
    )
    assert done.returncode == 0
    run_id = read_run_id(problems)
    rule = tmp_path / f"calpads_is_right_GERR0002_{LEA}_{run_id}.csv"
    field = tmp_path / f"calpads_is_right_student_school_transfer_code_{LEA}_{run_id}.csv"
    # the student whom CALPADS does not have is not there
    assert rule.read_bytes().decode() == (
        HEADER + "'=1+1,1930650,20250814,grade_level_code,97,05\r\n"
        "0004,1930651,20250814,grade_level_code,98,05\r\n"
    )
    assert field.read_bytes().decode() == (
        HEADER + "L0007,1930650,20250814,student_school_transfer_code,1,\r\n"
    )
    assert f"{rule}: 2 values to correct in the SIS\n" in done.stdout
    assert done.stderr.splitlines() == [
        "notice: senr.toml translates local codes of grade_level_code, and the CSV file has "
        "CALPADS's codes",
        "notice: SENR0027: there is nothing that the SIS could take over from CALPADS",
    ]
    assert len(list(tmp_path.glob("*.csv"))) == 2
    # written again it is the same; if someone has changed it, it stays
    again = ("work-lists", "--out", str(tmp_path), "--calpads-is-right", "GERR0002")
    assert senr_duck(problems, *again).returncode == 0
    rule.write_text(HEADER, encoding="utf-8")
    refused = senr_duck(problems, *again)
    assert refused.returncode == 2
    assert "calpads_is_right_GERR0002" in refused.stderr
    assert rule.read_text(encoding="utf-8") == HEADER.replace("\r\n", "\n")


def test_a_difference_of_the_demographics_is_chosen_by_its_rule(sample_run: Path) -> None:
    with open_published(sample_run / "senr.duckdb") as con:
        found = find_corrections(con, choose(con, "DEMOGRAPHIC-DIFFERENCE"))
    rows = found.by_lea["5476836"]
    assert len(rows) == 12
    assert ("2004467", "5431598", "20250813", "student_legal_last_name", "Muñoz", "Munoz") in rows


def test_an_exit_that_the_run_sets_is_nothing_to_correct(sample_run: Path) -> None:
    with open_published(sample_run / "senr.duckdb") as con:
        found = find_corrections(con, choose(con, "Student Exit Reason Code"))
        [(closed_by_the_run,)] = con.execute(
            "select count(*) from recon.target_enrollment where exit_outcome = 'CLOSE-OUT'"
        ).fetchall()
    assert closed_by_the_run == 6
    assert [row for row in found.by_lea["5476836"] if row[4] == row[5]] == []
    assert [row for row in found.by_lea["5476836"] if row[4] == "E155" and not row[5]] == []


@pytest.mark.parametrize(
    ("wanted", "said", "hint"),
    [
        ("GERR002", '"GERR002"', "GERR0002"),
        ("grade_level", "11 characters", "grade_level_code"),
        ("Nobody knows it", "15 characters", "exceptions.csv has"),
    ],
)
def test_what_is_neither_a_rule_nor_a_field_is_refused(
    problems: Path, wanted: str, said: str, hint: str
) -> None:
    with (
        open_published(problems / "senr.duckdb") as con,
        pytest.raises(InputError, match="--calpads-is-right: found") as caught,
    ):
        choose(con, wanted)
    assert said in str(caught.value)
    assert hint in caught.value.hint
