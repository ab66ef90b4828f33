"""The main job as a scheduled job sees it: exit status, standard output, files."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.archives import read_zip
from tests.support.command_line import NOT_CONFIGURED, RUN, run, senr_duck
from tests.support.extracts import (
    ADAMS,
    BAKER,
    YEAR,
    closed,
    every_class,
    record,
    write_ods,
    write_sis,
)
from tests.support.stock import take_stock


def test_every_class_is_counted_and_the_lines_add_up(first_run: dict[str, Any]) -> None:
    summary = first_run
    assert summary["ods"] == {
        "lines": 10,
        "same": 2,
        "exit": 1,
        "update": 1,
        "remove": 1,
        "no_show": 1,
        "kept": 1,
        "held": 2,
        "out_of_scope": 1,
    }
    assert summary["sis"] == {
        "lines": 7,
        "same": 2,
        "exit": 1,
        "update": 1,
        "add": 1,
        "not_sent": 1,
        "held": 1,
    }
    assert summary["held_students"] == 2
    assert summary["exceptions"] == {
        "E155-NOT-RETURNED": 1,
        "FUTURE-START": 1,
        "GERR0002": 1,
        "ODS-COMPLETER": 1,
        "OPEN-TO-NO-SHOW": 1,
    }


def test_the_json_object_has_the_promised_keys(first_run: dict[str, Any]) -> None:
    summary = first_run
    assert list(summary) == [
        "schema_version",
        "run_id",
        "out_dir",
        "zip",
        "lea",
        "as_of",
        "school_year",
        "rules",
        "files",
        "ods",
        "sis",
        "exceptions",
        "held_students",
        "notices",
        "seconds",
        "report",
        "exceptions_csv",
        "made_before",
        "since_last_run",
    ]
    assert summary["report"] == f"{summary['out_dir']}/report.html"
    assert summary["exceptions_csv"] == f"{summary['out_dir']}/exceptions.csv"
    assert summary["lea"] == "1964733"
    assert summary["school_year"] == "2025-2026"
    assert [file["name"] for file in summary["files"]] == [
        "001_Removals.txt",
        "002_Exits.txt",
        "003_Updates.txt",
    ]
    assert [file["records"] for file in summary["files"]] == [1, 2, 2]


def test_the_files_hold_the_records_of_their_category(every_class_run: Path) -> None:
    files = read_zip(every_class_run)
    key = [(4, "school"), (7, "ssid"), (21, "start")]
    keys = {
        name: [tuple(line[place] for place, _ in key) for line in lines]
        for name, lines in files.items()
    }
    assert keys == {
        "001_Removals.txt": [(BAKER, "1000000005", "20250901")],
        "002_Exits.txt": [(ADAMS, "1000000002", YEAR), (ADAMS, "1000000006", YEAR)],
        "003_Updates.txt": [(ADAMS, "1000000003", YEAR), (BAKER, "1000000004", "20260112")],
    }
    removal = files["001_Removals.txt"][0]
    assert len(removal) == 35
    assert removal[:2] == ["SENR", "D"]
    leaver, no_show = files["002_Exits.txt"]
    assert leaver[:2] == ["SENR", ""]
    assert leaver[24:26] == ["20251201", "T160"]
    assert no_show[24:26] == ["20250813", "N470"]
    assert files["003_Updates.txt"][0][23] == "04"


def test_no_difference_gives_empty_exits_and_updates_and_no_removals(tmp_path: Path) -> None:
    closed_record = closed(record("1000000001", ADAMS, YEAR), "20251201", "T160")
    write_ods(tmp_path / "ods.txt", [closed_record])
    write_sis(tmp_path / "sis.txt", [closed_record])
    done = run(tmp_path)
    assert done.returncode == 0
    assert read_zip(tmp_path) == {"002_Exits.txt": [], "003_Updates.txt": []}


def test_shuffled_lines_line_ends_and_threads_change_no_byte_of_the_zip(workspace: Path) -> None:
    run(workspace, "--threads", "1")
    (first,) = workspace.glob("out/*/*.zip")
    ods, sis = every_class()
    other = workspace / "other"
    other.mkdir()
    write_ods(other / "ods.txt", ods[::-1], line_end="\n")
    write_sis(other / "sis.txt", sis[3:] + sis[:3], line_end="\n")
    run(other, "--threads", "4")
    (second,) = other.glob("out/*/*.zip")
    assert first.read_bytes() == second.read_bytes()


def test_a_second_run_on_the_same_inputs_changes_nothing(workspace_with_run: Path) -> None:
    before = {path: path.read_bytes() for path in workspace_with_run.glob("out/*/*")}
    assert before
    assert run(workspace_with_run, remembers=False).returncode == 0
    after = {path: path.read_bytes() for path in workspace_with_run.glob("out/*/*")}
    assert after == before


@pytest.mark.parametrize("name", ["manifest.json", "exceptions.csv"])
def test_a_run_whose_folder_was_edited_stops_before_it_replaces_anything(
    name: str, workspace_with_run: Path
) -> None:
    (edited,) = workspace_with_run.glob(f"out/*/{name}")
    edited.write_text("something else", encoding="utf-8")
    before = take_stock(workspace_with_run)
    assert {"senr.duckdb", "senr.ledger.duckdb"} < before.keys()
    done = run(workspace_with_run)
    assert done.returncode == 2
    assert f"{name} differs from what this run wrote" in done.stderr
    assert take_stock(workspace_with_run) == before


def test_the_manifest_names_inputs_accounting_and_files_but_no_student(
    every_class_run: Path,
) -> None:
    (path,) = every_class_run.glob("out/*/manifest.json")
    text = path.read_text(encoding="utf-8")
    manifest = json.loads(text)
    assert [file["lines"] for file in manifest["inputs"]["ods"]] == [10]
    assert [file["name"] for file in manifest["inputs"]["sis"]] == ["sis.txt"]
    assert manifest["accounting"]["sis"]["add"] == 1
    assert [file["records"] for file in manifest["files"]] == [1, 2, 2]
    assert manifest["parameters"]["guards"]["max_removal_share"] == 0.02
    assert manifest["versions"]["rules"] == "v2"
    assert manifest["changed_rules"] == []
    assert "recon.planned_record" in manifest["rule_checksums"]
    assert "Nuñez" not in text
    assert "10000000" not in text
    assert "20150310" not in text


def test_a_spreadsheet_knows_the_encoding_of_the_exceptions(every_class_run: Path) -> None:
    (path,) = every_class_run.glob("out/*/exceptions.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfseverity,rule,ssid,")


def test_exceptions_lead_back_to_both_lines(every_class_run: Path) -> None:
    (path,) = every_class_run.glob("out/*/exceptions.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["rule"]: row for row in csv.DictReader(file)}
    held = rows["GERR0002"]
    assert (held["severity"], held["held"]) == ("fatal", "Y")
    assert (held["field"], held["value"]) == ("grade_level_code", "99")
    assert (held["ods_line"], held["sis_line"]) == ("8", "7")
    assert held["ssid"] == "1000000009"
    assert held["message"]
    assert held["fix"]


def test_the_summary_says_what_to_upload_and_where_it_is(workspace: Path) -> None:
    done = run(workspace)
    assert "001_Removals.txt" in done.stdout
    assert "to turn into a no-show" in done.stdout
    (archive,) = workspace.glob("out/*/*.zip")
    assert f"zip:        {archive.relative_to(workspace)}" in done.stdout
    assert "Nuñez" not in done.stdout + done.stderr


def test_quiet_prints_nothing(workspace: Path) -> None:
    done = run(workspace, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("command", ["run", "check"])
def test_without_any_configuration_it_says_so_once(workspace: Path, command: str) -> None:
    arguments = (command, *RUN[1:])
    assert senr_duck(workspace, *arguments).stderr.count(NOT_CONFIGURED) == 1
    (workspace / "senr.toml").touch()
    assert NOT_CONFIGURED not in senr_duck(workspace, *arguments).stderr
    (workspace / "senr.toml").rename(workspace / "other.toml")
    assert NOT_CONFIGURED not in senr_duck(workspace, *arguments, "--config", "other.toml").stderr


def test_the_notice_of_a_missing_configuration_is_no_notice_of_the_run(workspace: Path) -> None:
    done = run(workspace, "--json")
    assert "senr.toml" not in " ".join(json.loads(done.stdout)["notices"])
    assert NOT_CONFIGURED in done.stderr


def test_one_school_only_leaves_the_others_out_of_scope(workspace: Path) -> None:
    summary = json.loads(run(workspace, "--json", "--school", BAKER).stdout)
    assert summary["ods"]["out_of_scope"] == 9
    assert summary["sis"] == {"lines": 7, "add": 1, "out_of_scope": 6}


def test_a_failed_run_publishes_nothing_and_leaves_nothing_behind(workspace: Path) -> None:
    (workspace / "sis.txt").write_text("", encoding="utf-8")
    done = run(workspace)
    assert done.returncode == 2
    assert done.stderr.startswith("error: sis.txt")
    assert "\nhint: " in done.stderr
    assert not list(workspace.glob("out/[!.]*"))
    assert not list(workspace.glob("out/.run-*"))
    assert sorted(path.name for path in workspace.glob("[!.]*")) == ["ods.txt", "out", "sis.txt"]


def test_an_extract_without_one_exit_date_stops_the_run(tmp_path: Path) -> None:
    write_ods(tmp_path / "ods.txt", [record("1000000001", ADAMS, YEAR)])
    write_sis(tmp_path / "sis.txt", [record("1000000001", ADAMS, YEAR)])
    done = run(tmp_path)
    assert done.returncode == 1
    assert done.stderr == (
        f"{NOT_CONFIGURED}error: the ODS extract has 1 record but no exit date; "
        "expected the exits of three school years\n\n"
        "hint: request the extract again by date range, not for active students only; "
        "in the first weeks of a new school, use --allow-no-exits\n"
        "      look at exceptions.csv, senr.duckdb in out/stopped\n"
    )
    assert run(tmp_path, "--allow-no-exits").returncode == 0


def test_two_reporting_leas_need_the_option(workspace: Path) -> None:
    ods, _ = every_class()
    write_ods(workspace / "ods.txt", [*ods, {**ods[0], "reporting_lea": "1964725"}])
    done = run(workspace)
    assert done.returncode == 2
    assert done.stderr.startswith(
        "error: the ODS extract names 2 reporting LEAs (1964725, 1964733); expected one\n"
    )
    assert run(workspace, "--lea", "1964733").returncode == 0


def test_another_school_year_stops_the_run_with_status_1(workspace: Path) -> None:
    arguments = ("run", "--ods", "ods.txt", "--sis", "sis.txt", "--as-of", "2024-03-02")
    done = senr_duck(workspace, *arguments)
    assert done.returncode == 1
    assert "--allow-other-year" in done.stderr


def test_wrong_usage_has_status_2(workspace: Path) -> None:
    assert senr_duck(workspace, "run", "--ods", "ods.txt").returncode == 2
    assert senr_duck(workspace, "run", "--no-such-option").returncode == 2
