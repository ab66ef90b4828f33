"""What was posted or rejected is remembered until a newer ODS extract shows it."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from senr_duck.files.own_folder import mark_folder
from tests.support.command_line import counts, run_json, senr_duck, tell
from tests.support.extracts import (
    Record,
    closed,
    every_class,
    write_every_class,
    write_ods,
    write_sis,
)

pytestmark = pytest.mark.slow

DAY = "2026-03-02"  # the as-of date of every run here


Summary = dict[str, Any]


@pytest.fixture
def workspace(workspace_with_run: Path) -> Path:
    """Give a folder with both extracts, in which the run ``first`` has been made."""
    return workspace_with_run


@pytest.fixture
def first(first_run: Summary) -> Summary:
    return first_run


def states(folder: Path) -> list[tuple[str, str]]:
    """Return name and state of the last run's files."""
    (first, *_) = json.loads(tell(folder, "status", "--json"))["runs"]
    return [(file["name"], file["state"]) for file in first["files"]]


def next_file(folder: Path) -> str | None:
    (first, *_) = json.loads(tell(folder, "status", "--json"))["runs"]
    found = first["next_file"]
    assert found is None or isinstance(found, str)
    return found


def read_lines(folder: Path, summary: Summary, name: str) -> list[str]:
    with zipfile.ZipFile(folder / summary["zip"]) as archive:
        return archive.read(name).decode().splitlines()


def reject(folder: Path, lines: list[str], code: str = "SENR0027", severity: str = "F") -> Path:
    """Write a rejected-records extract: type SENR-E, transaction code blanked, error columns."""
    rejected = []
    for line in lines:
        _, _, *fields = line.split("^")
        rejected.append("^".join(["SENR-E", "", *fields, code, severity, "Overlap", "1.22", "x"]))
    path = folder / "rejected.txt"
    path.write_text("".join(f"{line}\r\n" for line in rejected), encoding="utf-8", newline="")
    return path


def post_to_model(folder: Path, summary: Summary, target: str) -> None:
    """Make the ODS extract as it is after the run's files were posted to the model of CALPADS."""
    arguments = ("--ods", "ods.txt", "--as-of", DAY, "--write-ods", target)
    tell(folder, "simulate", summary["zip"], *arguments)


def test_what_is_posted_is_not_sent_again(workspace: Path, first: Summary) -> None:
    assert counts(first) == {"001_Removals.txt": 1, "002_Exits.txt": 2, "003_Updates.txt": 2}
    assert next_file(workspace) == "001_Removals.txt"
    told = tell(workspace, "posted", first["run_id"], "--through", "002_Exits", "--on", DAY)
    assert told == (
        f"{first['run_id']} 001_Removals.txt: posted\n{first['run_id']} 002_Exits.txt: posted\n"
    )
    assert next_file(workspace) == "003_Updates.txt"
    second = run_json(workspace)
    assert counts(second) == {"002_Exits.txt": 0, "003_Updates.txt": 2}
    assert read_lines(workspace, second, "003_Updates.txt") == read_lines(
        workspace, first, "003_Updates.txt"
    )
    tell(workspace, "posted", second["run_id"], "--on", DAY)
    third = run_json(workspace)
    assert counts(third) == {"002_Exits.txt": 0, "003_Updates.txt": 0}
    assert third["ods"]["lines"] == 10
    assert sum(n for name, n in third["ods"].items() if name != "lines") == 10


def test_the_run_says_which_posted_files_it_counts_in(workspace: Path, first: Summary) -> None:
    tell(workspace, "posted", first["run_id"], "--through", "001_Removals", "--on", DAY)
    assert run_json(workspace)["notices"] == [
        f"001_Removals.txt of run {first['run_id']}, posted on {DAY}, is not in the ODS extract "
        "yet: 1 record of it is compared as posted; if the extract was made later, set its date "
        "with --ods-date",
        *first["notices"],
    ]


def test_the_records_of_an_undone_posting_are_sent_again(workspace: Path, first: Summary) -> None:
    tell(workspace, "posted", first["run_id"], "--on", DAY)
    refused = senr_duck(workspace, "posted", first["run_id"], "--undo", "--through", "002_Exits")
    assert refused.returncode == 2
    assert "003_Updates.txt of run" in refused.stderr
    tell(workspace, "posted", first["run_id"], "--undo")
    again = run_json(workspace)
    assert again["run_id"] == first["run_id"]
    assert counts(again) == counts(first)
    assert {state for _, state in states(workspace)} == {"written"}


def test_a_posted_record_differs_from_the_extracts_own_lines(
    workspace: Path, first: Summary
) -> None:
    tell(workspace, "posted", first["run_id"], "--on", DAY)
    run_json(workspace)
    query = "select file_name, count(*) as n, max(line_number) as last from staging.ods_raw"
    rows = tell(workspace, "sql", "--csv", f"{query} group by file_name order by file_name")
    assert rows.splitlines() == [
        "file_name,n,last",
        f"{first['run_id']}/002_Exits.txt,2,13",
        f"{first['run_id']}/003_Updates.txt,2,14",
        "ods.txt,10,10",
    ]


def test_a_mistyped_date_does_not_make_the_extract_newer(workspace: Path, first: Summary) -> None:
    tell(workspace, "posted", first["run_id"], "--on", DAY)
    ods, _ = every_class()
    write_ods(workspace / "ods.txt", [{**ods[0], "last_date_updated": "20620203"}, *ods[1:]])
    assert counts(run_json(workspace)) == {"002_Exits.txt": 0, "003_Updates.txt": 0}


def test_posting_a_run_older_than_the_last_posted_one_is_reported(
    workspace: Path, first: Summary
) -> None:
    _, sis = every_class()
    write_sis(workspace / "sis.txt", [{**one, "grade_level_code": "06"} for one in sis])
    second = run_json(workspace)
    tell(workspace, "posted", second["run_id"], "--on", DAY)
    late = senr_duck(workspace, "posted", first["run_id"], "--on", DAY)
    assert late.stderr == (
        f"notice: files of the later run {second['run_id']} are already posted; "
        f"the records of {first['run_id']} may be older\n"
    )


def test_a_fresh_extract_that_shows_the_posting_closes_it(workspace: Path, first: Summary) -> None:
    tell(workspace, "posted", first["run_id"], "--on", DAY)
    post_to_model(workspace, first, "fresh.txt")
    (workspace / "fresh.txt").replace(workspace / "ods.txt")
    fresh = run_json(workspace, "--ods-date", "2026-03-03")
    assert counts(fresh) == {"002_Exits.txt": 0, "003_Updates.txt": 0}
    assert fresh["notices"] == first["notices"]
    told = tell(workspace, "status")
    assert told.count(f"posted {DAY}; in the ODS") == 3


def test_a_fresh_extract_that_contradicts_the_posting_wins_with_a_notice(
    workspace: Path, first: Summary
) -> None:
    tell(workspace, "posted", first["run_id"], "--on", DAY)
    fresh = run_json(workspace, "--ods-date", "2026-03-03")
    assert counts(fresh) == counts(first)
    told = [notice for notice in fresh["notices"] if "which is used instead" in notice]
    assert told == [
        f"{name} of run {first['run_id']}, posted on {DAY}: {differing} in the ODS extract, "
        "which is used instead (recon.posted_entry lists the records)"
        for name, differing in (
            ("001_Removals.txt", "1 record of 1 differs"),
            ("002_Exits.txt", "2 records of 2 differ"),
            ("003_Updates.txt", "2 records of 2 differ"),
        )
    ]
    (_, posted) = json.loads(tell(workspace, "status", "--json"))["runs"]
    assert [file["contradicted_records"] for file in posted["files"]] == [1, 2, 2]
    # the older extract again: what was posted since that one still counts
    assert counts(run_json(workspace)) == {"002_Exits.txt": 0, "003_Updates.txt": 0}


def test_on_the_day_of_posting_the_extract_itself_counts(workspace: Path, first: Summary) -> None:
    tell(workspace, "posted", first["run_id"], "--on", DAY)
    before = run_json(workspace, "--ods-date", DAY)
    assert counts(before) == {"002_Exits.txt": 0, "003_Updates.txt": 0}
    post_to_model(workspace, first, "fresh.txt")
    (workspace / "fresh.txt").replace(workspace / "ods.txt")
    after = run_json(workspace, "--ods-date", DAY)
    assert after["notices"] == first["notices"]


def test_the_extracts_own_newest_date_counts_without_an_option(
    workspace: Path, first: Summary
) -> None:
    tell(workspace, "posted", first["run_id"], "--on", DAY)
    later = ("--as-of", "2026-03-04", "--allow-other-year", "--json")
    extracts = ("--ods", "ods.txt", "--sis", "sis.txt")
    older = json.loads(tell(workspace, "run", *extracts, *later))
    assert counts(older) == {"002_Exits.txt": 0, "003_Updates.txt": 0}
    ods, _ = every_class()
    newer = [{**ods[0], "last_date_updated": "20260303"}, *ods[1:]]
    write_ods(workspace / "ods.txt", newer)
    assert counts(json.loads(tell(workspace, "run", *extracts, *later))) == counts(first)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2999-01-01", "--on: found 2999-01-01, expected a day up to today"),
        ("2026-03-01", "expected 2026-03-02, its as-of date, or later"),
    ],
)
def test_a_day_on_which_nothing_can_have_posted_is_refused(
    workspace: Path, first: Summary, day: str, found: str
) -> None:
    done = senr_duck(workspace, "posted", first["run_id"], "--on", day)
    assert done.returncode == 2
    assert found in done.stderr
    assert {state for _, state in states(workspace)} == {"written"}


def test_a_file_does_not_post_before_the_one_above_it(workspace: Path, first: Summary) -> None:
    tell(workspace, "posted", first["run_id"], "--through", "001_Removals", "--on", "2026-03-05")
    done = senr_duck(workspace, "posted", first["run_id"], "--on", "2026-03-04")
    assert done.returncode == 2
    assert "expected 2026-03-05, when its last file posted, or later" in done.stderr
    tell(workspace, "posted", first["run_id"], "--on", "2026-03-05")


@pytest.mark.parametrize("run_id", ["", " "])
def test_a_blank_is_no_run(workspace: Path, first: Summary, run_id: str) -> None:
    done = senr_duck(workspace, "posted", run_id)
    assert done.returncode == 2
    assert "is the ID of no run in the ledger" in done.stderr


def test_a_posted_record_keeps_the_fields_that_were_posted(workspace: Path, first: Summary) -> None:
    """An exit is posted, then corrected in the SIS: the comparison is with what CALPADS has now."""
    tell(workspace, "posted", first["run_id"], "--on", DAY)
    _, sis = every_class()
    (leaver,) = [one for one in sis if one.get("student_exit_reason_code") == "T160"]
    fixed: list[Record] = [
        {**one, "student_exit_reason_code": "T180"} if one is leaver else one for one in sis
    ]
    write_sis(workspace / "sis.txt", fixed)
    second = run_json(workspace)
    assert counts(second) == {"002_Exits.txt": 0, "003_Updates.txt": 1}
    (line,) = read_lines(workspace, second, "003_Updates.txt")
    assert leaver["ssid"] in line.split("^")
    assert "T180" in line.split("^")


def test_a_rejected_record_is_found_reported_and_held_until_it_changes(
    workspace: Path, first: Summary
) -> None:
    lines = read_lines(workspace, first, "003_Updates.txt")
    reject(workspace, lines[:1])
    told = tell(workspace, "rejected", "rejected.txt", "--on", DAY)
    assert "CALPADS: fatal SENR0027 Overlap" in told
    assert f"in 003_Updates.txt of {first['run_id']}" in told
    assert "foreseen: no" in told
    assert states(workspace) == [
        ("001_Removals.txt", "written"),
        ("002_Exits.txt", "written"),
        ("003_Updates.txt", "rejected"),
    ]
    assert "rejected: SENR0027 1" in tell(workspace, "status")
    held = run_json(workspace)
    assert held["exceptions"]["REJECTED-BEFORE"] == 1
    assert held["held_students"] == first["held_students"] + 1
    assert read_lines(workspace, held, "003_Updates.txt") == lines[1:]
    ssid = lines[0].split("^")[7]
    _, sis = every_class()
    fixed = [{**one, "grade_level_code": "06"} if one["ssid"] == ssid else one for one in sis]
    write_sis(workspace / "sis.txt", fixed)
    sent = run_json(workspace)
    assert "REJECTED-BEFORE" not in sent["exceptions"]
    assert ssid in {line.split("^")[7] for line in read_lines(workspace, sent, "003_Updates.txt")}


def test_a_rejection_finds_its_record_by_key_if_the_id_is_lost(
    workspace: Path, first: Summary
) -> None:
    line = read_lines(workspace, first, "002_Exits.txt")[0].split("^")
    reject(workspace, ["^".join([*line[:2], "", *line[3:]])])
    (found,) = json.loads(tell(workspace, "rejected", "rejected.txt", "--json"))["rejected"]
    assert found["action_id"] == line[2]
    assert found["file_name"] == "002_Exits.txt"


def find_rejected(folder: Path, lines: list[str]) -> set[str]:
    """Return the IDs of the runs to which ``rejected`` assigns the lines."""
    reject(folder, lines)
    told = json.loads(tell(folder, "rejected", "rejected.txt", "--on", DAY, "--json"))
    return {one["run_id"] for one in told["rejected"]}


def test_a_rejection_finds_the_file_that_was_marked_too_early_and_not_a_newer_run(
    workspace: Path, first: Summary
) -> None:
    later = ("--as-of", "2026-03-03", "--allow-other-year", "--json")
    again = json.loads(tell(workspace, "run", "--ods", "ods.txt", "--sis", "sis.txt", *later))
    lines = read_lines(workspace, first, "003_Updates.txt")
    assert read_lines(workspace, again, "003_Updates.txt") == lines
    tell(workspace, "posted", first["run_id"], "--on", DAY)
    assert find_rejected(workspace, lines) == {first["run_id"]}
    listed = json.loads(tell(workspace, "status", "--json"))["runs"]
    updates = {one["run_id"]: one["files"][-1]["state"] for one in listed}
    assert updates == {first["run_id"]: "rejected", again["run_id"]: "written"}


def test_a_rejection_finds_the_newest_run_if_another_posting_of_the_key_came_between(
    workspace: Path, first: Summary
) -> None:
    _, sis = every_class()
    runs = [first]
    for grade in ("06", "04"):
        (regraded,) = [one for one in sis if one["grade_level_code"] == "04"]
        changed = [{**one, "grade_level_code": grade} if one is regraded else one for one in sis]
        tell(workspace, "posted", runs[-1]["run_id"], "--on", DAY)
        write_sis(workspace / "sis.txt", changed)
        runs.append(run_json(workspace))
    sent = [read_lines(workspace, one, "003_Updates.txt") for one in runs]
    (line,) = sent[2]
    assert line in sent[0]
    assert line not in sent[1]
    assert find_rejected(workspace, [line]) == {runs[2]["run_id"]}


def test_an_undone_rejection_puts_no_student_on_hold(workspace: Path, first: Summary) -> None:
    reject(workspace, read_lines(workspace, first, "003_Updates.txt"))
    tell(workspace, "rejected", "rejected.txt")
    tell(workspace, "rejected", "rejected.txt")  # reporting it twice changes nothing
    assert tell(workspace, "rejected", "rejected.txt", "--undo") == (
        "2 errors of rejected.txt removed from the ledger\n"
    )
    again = run_json(workspace)
    assert again["run_id"] == first["run_id"]
    assert {state for _, state in states(workspace)} == {"written"}


def test_a_warning_neither_rejects_a_file_nor_holds_a_record(
    workspace: Path, first: Summary
) -> None:
    reject(workspace, read_lines(workspace, first, "003_Updates.txt"), severity="W")
    tell(workspace, "rejected", "rejected.txt")
    assert {state for _, state in states(workspace)} == {"written"}
    assert "REJECTED-BEFORE" not in run_json(workspace)["exceptions"]


def test_a_rejected_file_is_not_posted_with_the_others(workspace: Path, first: Summary) -> None:
    reject(workspace, read_lines(workspace, first, "002_Exits.txt")[:1])
    tell(workspace, "rejected", "rejected.txt")
    refused = senr_duck(workspace, "posted", first["run_id"])
    assert refused.returncode == 2
    assert "002_Exits.txt of run" in refused.stderr
    assert {state for _, state in states(workspace)} == {"written", "rejected"}
    tell(workspace, "posted", first["run_id"], "--through", "001_Removals")
    assert states(workspace)[0] == ("001_Removals.txt", "posted")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", "rejected.txt is empty"),
        ("SENR^\r\n", "rejected.txt line 1 is not of record type SENR-E"),
        ("SENR-E^x\r\n", "rejected.txt line 1 has 2 fields"),
    ],
)
def test_a_file_that_is_not_a_rejected_records_extract_is_refused(
    workspace: Path, content: str, found: str
) -> None:
    (workspace / "rejected.txt").write_text(content, encoding="utf-8")
    refused = senr_duck(workspace, "rejected", "rejected.txt")
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"error: {found}")
    assert refused.stdout == ""


def test_a_rejected_records_extract_is_not_an_upload_file(workspace: Path, first: Summary) -> None:
    path = reject(workspace, read_lines(workspace, first, "003_Updates.txt"))
    with zipfile.ZipFile(workspace / "upload.zip", "w") as archive:
        archive.write(path, "003_Updates.txt")
    refused = senr_duck(workspace, "simulate", "upload.zip", "--ods", "ods.txt", "--as-of", DAY)
    assert refused.returncode == 2
    assert "a rejected-records extract" in refused.stderr


def test_an_unknown_run_or_file_is_named_with_the_known_ones(
    workspace: Path, first: Summary
) -> None:
    refused = senr_duck(workspace, "posted", "2031")
    assert refused.returncode == 2
    assert first["run_id"] in refused.stderr
    refused = senr_duck(workspace, "posted", first["run_id"], "--through", "004_More")
    assert refused.returncode == 2
    assert "001_Removals, 002_Exits, 003_Updates" in refused.stderr


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    workspace = write_every_class(tmp_path)
    refused = senr_duck(workspace, "posted", "2026", "--db", "nowhere/senr.duckdb")
    assert refused.returncode == 2
    assert refused.stderr.startswith("error: found no ledger nowhere/senr.ledger.duckdb, expected ")
    assert not (workspace / "nowhere").exists()


def test_check_says_with_its_exit_status_whether_there_is_something_to_do(
    tmp_path: Path,
) -> None:
    workspace = write_every_class(tmp_path)
    arguments = ("--ods", "ods.txt", "--sis", "sis.txt", "--as-of", DAY, "--allow-other-year")
    guards = ("--max-removal-share", "1", "--max-held-share", "1", "--max-update-share", "1")
    there_is = senr_duck(workspace, "check", *arguments, *guards, "--allow-no-exits")
    assert there_is.returncode == 1, there_is.stderr
    assert not (workspace / "senr.duckdb").exists()
    assert not (workspace / "senr.ledger.duckdb").exists()
    assert list((workspace / "out").glob("[!.]*")) == []
    same = [closed(every_class()[0][0], "20260227", "T180")]
    write_ods(workspace / "ods.txt", same)
    write_sis(workspace / "sis.txt", same)
    assert senr_duck(workspace, "check", *arguments, *guards).returncode == 0
    (workspace / "ods.txt").write_text("nothing of the kind\n", encoding="utf-8")
    assert senr_duck(workspace, "check", *arguments).returncode == 2


def test_old_runs_are_removed_except_those_that_are_partly_posted(tmp_path: Path) -> None:
    workspace = write_every_class(tmp_path)
    first = run_json(workspace)
    tell(workspace, "posted", first["run_id"], "--through", "001_Removals", "--on", DAY)
    _, sis = every_class()
    runs = [first]
    for grade in ("01", "02", "03"):
        write_sis(workspace / "sis.txt", [{**one, "grade_level_code": grade} for one in sis])
        runs.append(run_json(workspace))
    (workspace / "out" / "mine").mkdir()
    assert tell(workspace, "clean-runs", "--keep", "1").splitlines() == [
        f"removed: {one['out_dir']}" for one in runs[1:3]
    ]
    assert {path.name for path in (workspace / "out").glob("[!.]*")} == {
        "mine",
        runs[0]["run_id"],
        runs[3]["run_id"],
    }
    assert tell(workspace, "clean-runs", "--keep", "1") == ""


def make_two_runs(workspace: Path) -> list[str]:
    """Run twice with different SIS extracts; return the IDs."""
    first = run_json(workspace)
    _, sis = every_class()
    write_sis(workspace / "sis.txt", [{**one, "grade_level_code": "06"} for one in sis])
    return [first["run_id"], run_json(workspace)["run_id"]]


def list_folders(out: Path) -> set[str]:
    return {path.name for path in out.glob("[!.]*")}


def test_clean_runs_in_a_copy_of_a_workspace_leaves_the_original_alone(tmp_path: Path) -> None:
    original, copy = tmp_path / "original", tmp_path / "copy"
    original.mkdir()
    runs = make_two_runs(write_every_class(original))
    shutil.copytree(original, copy)
    assert tell(copy, "clean-runs", "--keep", "1") == f"removed: out/{runs[0]}\n"
    assert list_folders(original / "out") == set(runs)
    assert list_folders(copy / "out") == {runs[1]}


def test_clean_runs_works_after_a_workspace_was_moved_and_from_any_folder(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    runs = make_two_runs(write_every_class(tmp_path / "before"))
    moved = (tmp_path / "before").rename(tmp_path / "after")
    database = ("--db", str(moved / "senr.duckdb"))
    told = tell(tmp_path, "clean-runs", "--keep", "1", *database)
    assert told == f"removed: {moved}/out/{runs[0]}\n"
    assert list_folders(moved / "out") == {runs[1]}


@pytest.mark.parametrize("name", ["notes.txt", "exceptions.xlsx", "more/notes.txt"])
def test_a_runs_folder_to_which_someone_added_a_file_stays(tmp_path: Path, name: str) -> None:
    runs = make_two_runs(write_every_class(tmp_path))
    mine = tmp_path / "out" / runs[0] / name
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine", encoding="utf-8")
    (mine.parent / "Thumbs.db").touch()
    done = senr_duck(tmp_path, "clean-runs", "--keep", "1")
    said = f"notice: out/{runs[0]} stays, because it has files that the run did not write\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, "", said)
    assert mine.read_text(encoding="utf-8") == "mine"
    mine.unlink()
    shutil.rmtree(tmp_path / "out" / runs[0] / "more", ignore_errors=True)
    assert tell(tmp_path, "clean-runs", "--keep", "1") == f"removed: out/{runs[0]}\n"


def test_runs_in_a_folder_elsewhere_are_removed_only_if_it_is_named(tmp_path: Path) -> None:
    workspace, elsewhere = tmp_path / "work", tmp_path / "runs"
    workspace.mkdir()
    write_every_class(workspace)
    runs = [run_json(workspace, "--out", str(elsewhere))["run_id"]]
    _, sis = every_class()
    write_sis(workspace / "sis.txt", [{**one, "grade_level_code": "06"} for one in sis])
    runs.append(run_json(workspace, "--out", str(elsewhere))["run_id"])
    done = senr_duck(workspace, "clean-runs", "--keep", "1")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "notice: ../runs has old runs, too; name it with --out\n"
    assert list_folders(elsewhere) == set(runs)
    tell(workspace, "clean-runs", "--keep", "1", "--out", str(elsewhere))
    assert list_folders(elsewhere) == {runs[1]}


def test_a_removed_run_is_made_again_with_everything_that_posting_needs(tmp_path: Path) -> None:
    workspace = write_every_class(tmp_path)
    first = run_json(workspace)
    _, sis = every_class()
    write_sis(workspace / "sis.txt", [{**one, "grade_level_code": "06"} for one in sis])
    run_json(workspace)
    tell(workspace, "clean-runs", "--keep", "1")
    assert senr_duck(workspace, "posted", first["run_id"]).returncode == 2
    write_sis(workspace / "sis.txt", sis)
    again = run_json(workspace)
    assert again["run_id"] == first["run_id"]
    tell(workspace, "posted", first["run_id"], "--on", DAY)
    assert counts(run_json(workspace)) == {"002_Exits.txt": 0, "003_Updates.txt": 0}


def test_clean_runs_forgets_an_old_run_whose_folder_is_gone(tmp_path: Path) -> None:
    workspace = write_every_class(tmp_path)
    runs = make_two_runs(workspace)
    shutil.rmtree(workspace / "out" / runs[0])
    assert tell(workspace, "clean-runs", "--keep", "1") == ""
    assert [one["run_id"] for one in json.loads(tell(workspace, "status", "--json"))["runs"]] == [
        runs[1]
    ]


@pytest.mark.parametrize("command", ["posted", "clean-runs"])
def test_a_command_that_writes_to_the_ledger_removes_what_a_killed_one_left(
    command: str, workspace: Path, first: Summary
) -> None:
    places = [workspace, workspace / "out"] if command == "clean-runs" else [workspace]
    for place in places:
        prefix = ".senr.duckdb.new-" if place == workspace else ".run-"
        left = place / f"{prefix}abcdefgh"
        left.mkdir()
        mark_folder(left)
        (left / "ledger.duckdb").write_text("student data", encoding="utf-8")
    tell(workspace, command, *([first["run_id"]] if command == "posted" else []))
    assert [path for place in places for path in place.glob(".*-abcdefgh")] == []
