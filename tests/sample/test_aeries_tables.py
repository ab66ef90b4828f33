"""The tables of Aeries that a sample can have: the enrollments of its SIS extract, as SQL."""

import csv
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from senr_duck.sample import SamplePaths, write_sample
from tests.support.command_line import senr_duck


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> SamplePaths:
    folder = tmp_path_factory.mktemp("sample")
    return write_sample("Exeter Unified", 300, 7, folder, with_aeries_tables=True)


def test_each_enrollment_is_a_row_and_each_student_has_one_for_each_school(
    paths: SamplePaths,
) -> None:
    assert paths.tables is not None
    with paths.sis.open(encoding="utf-8", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["transaction_type_code"] != "D"]
    with duckdb.connect() as con:
        con.execute(paths.tables.read_text(encoding="utf-8"))
        enrollments = con.execute(
            """
            select enr.id::varchar, school.sc, enr.ed::varchar, enr.gr
            from enr
            inner join loc as school
                on school.cd = case when enr.hs <> 0 then enr.hs else enr.sc end
                and school.del = 0
            where enr.del = 0
            """
        ).fetchall()
        students = con.execute("select id::varchar, cid from stu where del = 0").fetchall()
        deleted = con.execute("select count(*) from stu where del = 1").fetchall()
        names = con.execute("select distinct fn from stu where id % 9 = 0 and del = 0").fetchall()
        reasons = {code for (code,) in con.execute("select distinct er from enr").fetchall()}
    assert Counter((one, school, start) for one, school, start, _ in enrollments) == Counter(
        (line["local_student_id"], line["school_of_attendance"], line["enrollment_start_date"])
        for line in lines
    )
    assert {grade for *_, grade in enrollments} <= {None, *range(-1, 13), 15}
    schools = {(line["local_student_id"], line["school_of_attendance"]) for line in lines}
    assert Counter(one for one, _ in students) == Counter(one for one, _ in schools)
    assert dict(students) == {line["local_student_id"]: line["ssid"] for line in lines}
    assert deleted[0][0] > 0
    assert names == [("Sunny",)]
    assert "440" in reasons
    assert "E150" not in reasons


def test_the_other_files_are_those_of_the_sample_but_for_one_local_grade(
    paths: SamplePaths, tmp_path: Path
) -> None:
    done = senr_duck(
        tmp_path,
        *("sample", "--district", "Exeter Unified", "--students", "300", "--seed", "7"),
        *("--out", "plain"),
    )
    assert done.returncode == 0, done.stderr
    plain = tmp_path / "plain"
    assert not (plain / "aeries_tables.sql").exists()
    for path in (paths.ods, paths.sis, paths.keep, paths.schools):
        assert path.read_bytes() == (plain / path.name).read_bytes()
    expected = (plain / "senr.toml").read_text(encoding="utf-8") + '"15" = "PS"\n'
    assert paths.config.read_text(encoding="utf-8") == expected


def test_the_command_names_the_file_and_overwrites_nothing(tmp_path: Path) -> None:
    command = ("sample", "--district", "Exeter Unified", "--students", "20", "--out", "made")
    tables = ("--as", "aeries-tables")
    done = senr_duck(tmp_path, *command, *tables)
    assert done.returncode == 0, done.stderr
    assert "tables of Aeries: made/aeries_tables.sql\n" in done.stdout
    for name in ("ods.txt", "sis.csv", "senr.toml", "keep.csv", "schools.csv"):
        (tmp_path / "made" / name).unlink()
    done = senr_duck(tmp_path, *command, *tables)
    assert done.returncode == 2
    assert "--out: made/aeries_tables.sql exists; expected a new file" in done.stderr
    done = senr_duck(tmp_path, *command, "--as", "parquet")
    assert done.returncode == 2
    assert "--as: found 'parquet', expected csv or aeries-tables" in done.stderr
