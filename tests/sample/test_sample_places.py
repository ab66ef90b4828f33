"""Samples of several districts, or of one that is made up block by block."""

import csv
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from senr_duck.cli import app
from senr_duck.errors import InputError
from senr_duck.sample import AS_OF, SamplePaths, write_sample
from senr_duck.settings.keep_list import read_keep_list
from senr_duck.settings.school_list import read_school_list
from senr_duck.settings.settings import load_settings
from senr_duck.simulate import Ods, Record, post_file

FILES = ("ods", "sis", "config", "keep", "schools")
YOLO = ["5710579", "5772678", "5772686", "5772694", "5772702", "5772710"]
DAVIS = "5772678"
STUDENTS = 6000


def write_yolo(out: Path, workers: int) -> SamplePaths:
    """Yolo County in nine blocks; its three large districts have two each."""
    return write_sample(None, STUDENTS, 7, out, county="Yolo", workers=workers, block_size=1000)


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> SamplePaths:
    return write_yolo(tmp_path_factory.mktemp("yolo"), workers=1)


@pytest.fixture(scope="module")
def ods(paths: SamplePaths) -> list[Record]:
    lines = paths.ods.read_bytes().decode("utf-8").removesuffix("\r\n").split("\r\n")
    return [Record(*line.split("^")) for line in lines]


@pytest.fixture(scope="module")
def sis(paths: SamplePaths) -> list[dict[str, str]]:
    with paths.sis.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def find_movers(sis: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    """The SIS records of each student in two districts, by SSID."""
    records = defaultdict(list)
    for record in sis:
        if record["ssid"]:
            records[record["ssid"]].append(record)
    return {
        ssid: own
        for ssid, own in records.items()
        if len({record["reporting_lea"] for record in own}) > 1
    }


def test_one_process_and_two_write_the_same_bytes(paths: SamplePaths, tmp_path: Path) -> None:
    again = write_yolo(tmp_path, workers=2)
    for name in FILES:
        assert getattr(again, name).read_bytes() == getattr(paths, name).read_bytes(), name
    assert {path.name for path in tmp_path.iterdir()} == {
        ".sample.lock",
        "ods.txt",
        "sis.csv",
        "senr.toml",
        "keep.csv",
        "schools.csv",
    }


def test_a_county_has_every_student_asked_for(
    paths: SamplePaths, ods: list[Record], sis: list[dict[str, str]]
) -> None:
    assert paths.students == STUDENTS
    assert len({r.ssid for r in ods} | {r["ssid"] for r in sis} - {""}) > STUDENTS - 60
    assert (paths.ods_records, paths.sis_records) == (len(ods), len(sis))
    assert paths.ods_students == len({(r.reporting_lea, r.ssid) for r in ods})
    assert paths.sis_students == len({r["local_student_id"] for r in sis})


def test_each_district_is_its_own_lea(ods: list[Record], sis: list[dict[str, str]]) -> None:
    assert sorted({r.reporting_lea for r in ods}) == YOLO
    assert sorted({r["reporting_lea"] for r in sis}) == YOLO


def test_both_extracts_are_in_order_of_lea(ods: list[Record], sis: list[dict[str, str]]) -> None:
    ods_order = [
        (r.reporting_lea, r.school_of_attendance, r.ssid, r.enrollment_start_date) for r in ods
    ]
    sis_order = [
        (r["reporting_lea"], r["local_student_id"], r["enrollment_start_date"]) for r in sis
    ]
    assert ods_order == sorted(ods_order)
    assert sis_order == sorted(sis_order)


def test_no_two_students_have_an_identifier_in_common(sis: list[dict[str, str]]) -> None:
    pairs = {(r["ssid"], r["local_student_id"]) for r in sis if r["ssid"]}
    places = {(r["ssid"], r["reporting_lea"]) for r in sis if r["ssid"]}
    people = {
        (r["ssid"], r["student_legal_first_name"], r["student_birth_date"])
        for r in sis
        if r["ssid"]
    }
    assert len(pairs) == len(places) == len({local for _, local in pairs})
    assert len(people) == len({ssid for ssid, _, _ in people})
    assert {len(ssid) for ssid, _ in pairs} == {10}
    assert {len(r["local_student_id"]) for r in sis} == {7}


def test_students_who_move_to_the_next_district_are_never_in_two_at_a_time(
    sis: list[dict[str, str]],
) -> None:
    movers = find_movers(sis)
    assert len(movers) == 26
    for records in movers.values():
        primary = [r for r in records if r["enrollment_status_code"] == "10"]
        primary.sort(key=lambda r: r["enrollment_start_date"])
        for before, after in pairwise(primary):
            if before["reporting_lea"] != after["reporting_lea"]:
                assert before["student_exit_reason_code"] == "T160"
                assert before["enrollment_exit_date"] < after["enrollment_start_date"]
        assert len({(r["reporting_lea"], r["local_student_id"]) for r in records}) == 2


def test_calpads_has_nothing_of_any_lea_that_it_would_have_rejected(ods: list[Record]) -> None:
    for lea in YOLO:
        own = dict.fromkeys(r for r in ods if r.reporting_lea == lea)
        uploads = [r._replace(record_type_code="SENR") for r in own]
        result = post_file(Ods([], lea=lea), "everything", uploads, AS_OF)
        # a student may be in a file only once, and this one has everything
        assert {found.rule for found in result.rejections} <= {"STUDENT-TWICE"}


def test_a_district_of_residence_is_another_school_district_of_the_county(
    ods: list[Record],
) -> None:
    residences = {r.district_of_geographic_residence_code for r in ods} - {""}
    assert residences == set(YOLO) - {"5710579"}  # the county office


def test_the_files_next_to_the_extracts_are_for_the_whole_county(
    paths: SamplePaths, ods: list[Record]
) -> None:
    settings = load_settings(paths.config, {}, AS_OF)
    assert settings.lea is None
    assert settings.do_not_report == ("0140715", "5730049", "5738810", "6056253")
    for days in settings.calendar.values():
        assert len(days.schools) == len(YOLO)
    listed = {school.school for school in read_school_list(paths.schools)}
    assert {r.school_of_attendance for r in ods} - {"0000001"} <= listed
    held = {(r.ssid, r.school_of_attendance) for r in ods}
    kept = [(entry.ssid, entry.school_of_attendance) for entry in read_keep_list(paths.keep)]
    assert len(kept) == 7
    assert set(kept) <= held


def test_a_county_is_named_in_any_case_with_or_without_the_word(tmp_path: Path) -> None:
    sample = write_sample(None, None, 1, tmp_path, county="alpine  county")
    assert sample.config.read_text(encoding="utf-8").startswith("# Alpine County: ")


def test_every_district_of_california_has_a_student_at_least(tmp_path: Path) -> None:
    sample = write_sample(None, 1014, 1, tmp_path, statewide=True, workers=1)
    lines = sample.ods.read_text(encoding="utf-8").splitlines()
    lines += sample.sis.read_text(encoding="utf-8").splitlines()[1:]
    leas = {line.removeprefix("SENR-R^^^").removeprefix(",")[:7] for line in lines}
    assert len(leas) == 1014
    assert sample.students == 1014


@pytest.mark.parametrize(
    ("county", "students", "message", "hint"),
    [
        ("Los Angelos", None, "no county is named 'Los Angelos'", "similar names: Los Angeles"),
        (
            "xyzzy",
            None,
            "no county is named 'xyzzy'",
            "use a county's name as in California's public school list",
        ),
        ("Yolo", 5, "a sample cannot have 5 students", "choose 6 to 7,000,000 students"),
        (
            "Yolo",
            7_000_001,
            "a sample cannot have 7,000,001 students",
            "choose 6 to 7,000,000 students",
        ),
    ],
)
def test_an_unusable_county_is_refused_with_a_hint(
    county: str, students: int | None, message: str, hint: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as refused:
        write_sample(None, students, 1, tmp_path, county=county)
    assert (str(refused.value), refused.value.hint) == (message, hint)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "options", [(), ("--county", "Yolo", "--statewide"), ("--district", "X", "--county", "Yolo")]
)
def test_exactly_one_place_must_be_given(options: tuple[str, ...], tmp_path: Path) -> None:
    out = tmp_path / "sample"
    result = CliRunner().invoke(app, ["sample", *options, "--out", str(out)])
    assert isinstance(result.exception, InputError)
    assert str(result.exception) == "exactly one of --district, --county, and --statewide is needed"
    assert not out.exists()


def test_the_command_makes_a_county(tmp_path: Path) -> None:
    command = ["sample", "--county", "Yolo", "--students", "60", "--out", str(tmp_path)]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0
    assert f"ODS extract: {tmp_path / 'ods.txt'}" in result.output
    text = (tmp_path / "ods.txt").read_text(encoding="utf-8")
    assert DAVIS in {line.split("^")[3] for line in text.splitlines()}
