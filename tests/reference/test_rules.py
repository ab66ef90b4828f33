"""The rule catalog in a run: dates, severities, and which students are on hold."""

import csv
import json
import zipfile
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from senr_duck.reference.facts import fill_facts
from senr_duck.reference.tables import create_reference_tables
from senr_duck.run.job import run_job
from senr_duck.run.reconcile import Job
from senr_duck.run.result import RunResult
from senr_duck.settings.settings import load_settings
from tests.support.extracts import ADAMS, BAKER, LEA, Record, closed, record, write_ods, write_sis

YEAR = "20250814"
AS_OF = date(2026, 3, 2)
# A rule's severity on the day before, the day on which it changes, and its severity from then on.
DATED = [
    ("SENR0586", "off", "2022-05-01", "fatal"),
    ("SENR0587", "off", "2022-05-01", "fatal"),
    ("SENR0178", "off", "2022-07-01", "fatal"),
    ("SENR0286", "off", "2023-05-01", "warning"),
    ("SENR0622", "off", "2023-07-01", "fatal"),
    ("SENR0630", "off", "2023-09-19", "fatal"),
    ("SENR0632", "off", "2023-09-19", "fatal"),
    ("IVR0668", "off", "2024-10-01", "fatal"),
    ("SENR0269", "warning", "2025-08-26", "fatal"),
    ("SENR0742", "off", "2025-11-01", "fatal"),
]
# In force since before the first as-of date that the tool accepts.
OLD = ["SENR0262", "SENR0302", "SENR0315", "SENR0316", "SENR0319", "SENR0522", "SENR0523"]


def read_severities(as_of: date, text: str = "") -> dict[str, str]:
    """Return each rule's severity as a run on that day would have it."""
    Path("senr.toml").write_text(text, encoding="utf-8")
    settings = load_settings(None, {"lea": LEA, "as_of": as_of}, as_of)
    with duckdb.connect() as con:
        create_reference_tables(con)
        fill_facts(con, settings.as_of, settings.severities)
        return dict(con.execute("select code, severity from reference.rule").fetchall())


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("rule", "before", "since", "severity"), DATED)
def test_a_dated_rule_is_in_force_from_its_day_on(
    rule: str, before: str, since: str, severity: str
) -> None:
    day = date.fromisoformat(since)
    assert read_severities(day - timedelta(days=1))[rule] == before
    assert read_severities(day)[rule] == severity


def test_older_rules_are_in_force_on_the_first_day_that_the_tool_takes() -> None:
    severities = read_severities(date(2020, 7, 1))
    assert {severities[rule] for rule in [*OLD, "E450-GRADE", "SENR0027", "EXIT-PAIR"]} == {"fatal"}


def test_a_severity_by_hand_goes_before_the_date() -> None:
    by_hand = '[rules]\nSENR0269 = "fatal"\nSENR0027 = "off"\nHANDOVER-DAY = "fatal"\n'
    severities = read_severities(date(2025, 8, 25), by_hand)
    assert severities["SENR0269"] == severities["HANDOVER-DAY"] == "fatal"
    assert severities["SENR0027"] == "off"
    assert severities["SENR0178"] == "fatal"


def spoiled_students() -> tuple[list[Record], list[Record]]:
    """Return both sides of four students, each with one finding of another kind."""
    graduate = record("1000000001", ADAMS, YEAR, grade_level_code="12")
    graduated = closed(
        graduate,
        "20251219",
        "E230",
        student_school_completion_status_code="100",
        graduation_exemption_indicator="N",
    )
    resident = record("1000000002", ADAMS, YEAR)
    mover = record("1000000003", ADAMS, YEAR)
    regraded = record("1000000004", ADAMS, YEAR)
    by_hand = closed(
        record("1000000004", BAKER, "20250701"),
        "20250701",
        "E230",
        student_school_completion_status_code="320",
    )
    sis = [
        graduated,
        {**resident, "district_of_geographic_residence_code": "64733"},
        closed(mover, "20251201", "T160"),
        record("1000000003", BAKER, "20251201"),
        {**regraded, "grade_level_code": "04"},
    ]
    return [graduate, resident, mover, regraded, by_hand], sis


def reconcile(ods: list[Record], sis: list[Record], text: str = "", **options: object) -> RunResult:
    folder = Path()
    write_ods(folder / "ods.txt", ods)
    write_sis(folder / "sis.txt", sis)
    (folder / "senr.toml").write_text(text, encoding="utf-8")
    chosen = load_settings(None, {"lea": LEA, "as_of": AS_OF, **options}, AS_OF)
    ods, sis = folder / "ods.txt", folder / "sis.txt"
    return run_job(Job([ods], [sis], chosen, folder / "out", folder / "senr.duckdb"))


def read_findings(result: RunResult) -> set[tuple[str, str, str, str]]:
    """Return severity, rule, SSID and held of every line of exceptions.csv."""
    with (result.out_dir / "exceptions.csv").open(encoding="utf-8-sig", newline="") as file:
        return {
            (row["severity"], row["rule"], row["ssid"][-1], row["held"])
            for row in csv.DictReader(file)
        }


def read_sent(result: RunResult) -> list[tuple[str, str, str]]:
    """Return the SSID's last digit, the school and the transaction code of every record sent."""
    with zipfile.ZipFile(result.archive) as archive:
        lines = [
            line.split("^")
            for name in archive.namelist()
            for line in archive.read(name).decode().splitlines()
        ]
    return sorted((line[7][-1], line[4], line[1]) for line in lines)


def test_fatal_findings_hold_their_student_and_nobody_else() -> None:
    result = reconcile(*spoiled_students())
    assert read_findings(result) == {
        ("fatal", "UCCSU-100", "1", "Y"),
        ("fatal", "SENR0192", "2", "Y"),
        ("warning", "HANDOVER-DAY", "3", "N"),
        ("fatal", "ODS-COMPLETER", "4", "Y"),
    }
    assert read_sent(result) == [("3", ADAMS, ""), ("3", BAKER, "")]
    assert result.held_students == 3


def test_severities_by_hand_hold_and_let_go_and_the_manifest_names_them() -> None:
    result = reconcile(
        *spoiled_students(),
        '[rules]\n"UCCSU-100" = "warning"\nSENR0192 = "off"\n'
        '"HANDOVER-DAY" = "fatal"\n"ODS-COMPLETER" = "warning"\n',
    )
    assert read_findings(result) == {
        ("warning", "UCCSU-100", "1", "N"),
        ("fatal", "HANDOVER-DAY", "3", "Y"),
        ("warning", "ODS-COMPLETER", "4", "N"),
    }
    # the completer's own record stays where it is
    assert read_sent(result) == [("1", ADAMS, ""), ("2", ADAMS, ""), ("4", ADAMS, "")]
    manifest = json.loads((result.out_dir / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["severities"] == {
        "HANDOVER-DAY": "fatal",
        "ODS-COMPLETER": "warning",
        "SENR0192": "off",
        "UCCSU-100": "warning",
    }


def test_a_duplicate_or_unplaced_sis_record_holds_its_student_and_nobody_else() -> None:
    one, two, three, four = (record(f"100000000{n}", ADAMS, YEAR) for n in range(1, 5))
    left = closed(record("1000000005", ADAMS, YEAR), "20251201", "T160")
    earlier = closed(record("1000000002", BAKER, "20240815"), "20250606", "T160")
    changed = [{**each, "grade_level_code": "04"} for each in (one, two, three, four)]
    result = reconcile(
        [one, two, three, four, left],
        [
            changed[0],
            {**changed[0], "grade_level_code": "06"},
            changed[1],
            earlier,
            {**earlier, "student_exit_reason_code": "T180"},
            {**three, "reporting_lea": ""},
            changed[3],
            left,
        ],
        max_held_share=1.0,
    )
    assert read_findings(result) == {
        ("fatal", "SENR0034", "1", "Y"),
        ("fatal", "SENR0034", "2", "Y"),
        ("notice", "PRIOR-YEAR-SIS-ONLY", "2", "Y"),
        ("fatal", "GERR0001", "3", "Y"),
    }
    assert read_sent(result) == [("4", ADAMS, "")]
    assert result.accounting["ods"] == {"lines": 5, "held": 3, "same": 1, "update": 1}
    assert result.accounting["sis"] == {
        "lines": 8,
        "held": 4,
        "not_sent": 2,
        "same": 1,
        "update": 1,
    }
