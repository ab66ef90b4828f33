"""A district's own views instead of ours: what is accepted, what is refused, what they change."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from senr_duck.errors import InputError
from senr_duck.reference.resources import resource
from senr_duck.versions.ruleset import newest_version
from senr_duck.views.overlay import explain_overlay_faults, read_overlay
from senr_duck.views.read import read_views
from senr_duck.views.view import View
from tests.support.archives import read_zip
from tests.support.command_line import run, senr_duck
from tests.support.extracts import ADAMS, closed, every_class, record, write_ods, write_sis
from tests.support.stock import take_stock

VIEWS = read_views(newest_version())
NO_SHOW = "recon.no_show_exit"
SAMPLE = resource("data", "sample")
STUDENTS = ("Nuñez", "Ana", "20150310", "2015-03-10")
# the replaced text of our file, its replacement, and the error
REFUSED: dict[str, tuple[str, str, str]] = {
    "no view": ("create or replace view recon", "create view recon", "found no line `create or"),
    "a view that is not ours": ("recon.no_show_exit as", "recon.no_show_exits as", "one of ours"),
    "a header without its key": ("-- key:", "-- keys:", "a header without key"),
    "a column too few": ("    record_to_send.ods_line,\n", "", "found 1 columns, expected 2"),
    "another name": (
        "end as enrollment_exit_date",
        "end as exit_date",
        "column 2: found exit_date DATE, expected enrollment_exit_date DATE",
    ),
    "another type": (
        "    record_to_send.ods_line,",
        "    cast(record_to_send.ods_line as varchar) as ods_line,",
        "column 1: found ods_line VARCHAR, expected ods_line BIGINT",
    ),
    "a column that is not there": (
        "ods.enrollment_start_date - 1",
        "ods.first_day - 1",
        "first_day",
    ),
    "SQL that is none": (
        "left join students",
        "left jion on students",
        "SQL that cannot be parsed",
    ),
    "the clock": (
        "ods.enrollment_start_date - 1",
        "current_date",
        "current_date() is not a function that a view may call",
    ),
    "a setting": (
        "= 'no_show';",
        "= 'no_show' and current_setting('threads') > 1;",
        "current_setting() is not a function that a view may call",
    ),
    "who asks": (
        "= 'no_show';",
        "= 'no_show' and user is not null;",
        "user is not a function that a view may call",
    ),
    "a file": (
        "from recon.record_to_send",
        "from read_csv('sis.txt') as record_to_send",
        "read_csv() reads what is not a table of the run",
    ),
    "a file by its name": (
        "from recon.record_to_send",
        "from 'sis.csv' as record_to_send",
        "is not a table of the run",
    ),
    "a second statement": (
        "= 'no_show';",
        "= 'no_show';\ncopy staging.sis_raw to 'all.csv';",
        "2 statements",
    ),
    "itself": (
        "from recon.record_to_send",
        "from recon.no_show_exit as record_to_send",
        "it reads itself",
    ),
}


def write_own(folder: Path, name: str, old: str, new: str) -> Path:
    """Write a district's own file: ours with one change."""
    text = VIEWS[name].text
    assert text.count(old) == 1
    path = folder / "own" / "deeper" / "mine.sql"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_an_own_view_replaces_ours_and_is_named_wherever_it_matters(
    workspace: Path, first_run: dict[str, Any]
) -> None:
    path = write_own(workspace, NO_SHOW, "enrollment_start_date - 1", "enrollment_start_date - 0")
    done = run(workspace, "--json", "--quiet", "--sql-overlay", "own")
    assert done.returncode == 0, done.stderr
    (no_show,) = [line for line in read_zip(workspace)["002_Exits.txt"] if line[25] == "N470"]
    assert no_show[24] == "20250814"  # the start date
    told = json.loads(done.stdout)
    notice = f"views of --sql-overlay are used instead of ours: {NO_SHOW}"
    assert notice in told["notices"]
    assert told["run_id"] != first_run["run_id"]  # which had no own views
    (folder,) = workspace.glob("out/20*")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    sha256 = View(path, path.read_text(encoding="utf-8")).sha256
    assert manifest["overlay"] == {NO_SHOW: sha256}
    assert manifest["rule_checksums"][NO_SHOW] == sha256
    assert manifest["parameters"]["sql_overlay"] == "own"
    assert notice in (folder / "report.html").read_text(encoding="utf-8")
    shown = senr_duck(workspace, "sql", "--csv", "select notice from reference.run_notice")
    assert notice in shown.stdout


@pytest.mark.slow
def test_a_change_of_an_own_view_changes_the_run_id(workspace: Path) -> None:
    run_ids = set()
    for days in ("0", "(0)"):
        write_own(
            workspace, NO_SHOW, "enrollment_start_date - 1", f"enrollment_start_date - {days}"
        )
        done = run(workspace, "--json", "--quiet", "--sql-overlay", "own")
        run_ids.add(json.loads(done.stdout)["run_id"])
    assert len(run_ids) == 2


def test_a_check_uses_own_views_too(workspace: Path) -> None:
    write_own(workspace, NO_SHOW, "enrollment_start_date - 1", "enrollment_start_date - 0")
    done = senr_duck(
        workspace,
        *("check", "--ods", "ods.txt", "--sis", "sis.txt", "--sql-overlay", "own"),
        *("--as-of", "2026-03-02", "--allow-other-year"),
    )
    assert done.returncode == 1
    assert f"views of --sql-overlay are used instead of ours: {NO_SHOW}" in done.stderr


@pytest.mark.parametrize(("old", "new", "said"), REFUSED.values(), ids=REFUSED)
def test_a_view_that_cannot_replace_ours_is_refused(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    path = write_own(tmp_path, NO_SHOW, old, new)
    with pytest.raises(InputError) as caught:
        read_overlay(tmp_path / "own", newest_version())
    assert str(caught.value).startswith(f"{path}: ")
    assert said in str(caught.value)
    assert caught.value.hint


def test_an_own_view_may_call_what_a_district_needs(tmp_path: Path) -> None:
    write_own(
        tmp_path,
        NO_SHOW,
        "ods.enrollment_start_date - 1",
        "cast(date_trunc('day', ods.enrollment_start_date) as date)\n"
        "- cast(length(lpad(lower(regexp_replace('A1', '[0-9]', '', 'g')), 1, '0')) as integer)\n"
        "- cast(row_number() over (partition by ods.ssid order by ods.ods_line) as integer)",
    )
    assert list(read_overlay(tmp_path / "own", newest_version())) == [NO_SHOW]


def test_a_refusal_ends_with_status_2_before_anything_is_made(workspace: Path) -> None:
    write_own(workspace, NO_SHOW, "end as enrollment_exit_date", "end as exit_date")
    done = run(workspace, "--sql-overlay", "own")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: own/deeper/mine.sql: found 2 columns, expected 2; column 2: found exit_date DATE, "
        "expected enrollment_exit_date DATE\n\n"
        f"hint: change {NO_SHOW} to have the columns of ours, with their order and their types\n"
    )
    assert not (workspace / "out").exists()


def empty(folder: Path) -> str:
    (folder / "own").mkdir()
    return "--sql-overlay: found no file *.sql below own"


def miss(folder: Path) -> str:
    return "--sql-overlay: own is not a folder, expected one with SQL files"


def write_twice(folder: Path) -> str:
    path = write_own(folder, NO_SHOW, "where record", "where record")
    path.with_name("mine_too.sql").write_bytes(path.read_bytes())
    return f"own/deeper/mine_too.sql: found {NO_SHOW} a second time, expected one file per view"


def write_other_bytes(folder: Path) -> str:
    path = write_own(folder, NO_SHOW, "where record", "where record")
    path.write_bytes(b"-- \xff\n" + path.read_bytes())
    return "own/deeper/mine.sql: found bytes that are not UTF-8, expected a readable file in UTF-8"


@pytest.mark.parametrize("prepare", [empty, miss, write_twice, write_other_bytes])
def test_a_folder_that_is_no_overlay_is_refused(
    prepare: Callable[[Path], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = prepare(tmp_path)
    with pytest.raises(InputError) as caught:
        read_overlay(Path("own"), newest_version())
    assert str(caught.value) == said


def test_a_value_that_an_own_view_fails_on_is_reported_without_the_student(
    workspace: Path,
) -> None:
    write_own(
        workspace,
        "staging.sis_enrollment",
        "    nullif(trim(student_legal_last_name), '') as student_legal_last_name,\n",
        "    cast(cast(trim(student_legal_last_name) as integer) as varchar)"
        " as student_legal_last_name,\n",
    )
    done = run(workspace, "--sql-overlay", "own")
    assert done.returncode == 2
    assert (
        done.stderr.split("\nhint")[0]
        .split("error: ")[1]
        .startswith(
            "--sql-overlay: with staging.sis_enrollment instead of ours: ConversionException: "
        )
    )
    assert not any(word in done.stderr for word in STUDENTS)
    assert not list(workspace.glob("out/20*"))


def try_own(folder: Path, *options: str, as_of: str = "2026-10-30") -> str:
    done = senr_duck(
        folder,
        *("rules", "try", "--overlay", "own", "--as-of", as_of, "--allow-other-year"),
        *options,
    )
    assert done.returncode == 0, done.stderr
    assert not list(folder.glob("out/20*"))
    assert not (folder / "senr.duckdb").exists()
    return done.stdout


def read_table(printed: str) -> list[list[str]]:
    rows = [[cell.strip() for cell in line.split(" | ")] for line in printed.splitlines()]
    return [row for row in rows if len(row) > 1]


@pytest.mark.slow
def test_trying_shows_what_a_change_of_one_line_does_to_the_sample(tmp_path: Path) -> None:
    write_own(tmp_path, NO_SHOW, "enrollment_start_date - 1", "enrollment_start_date - 0")
    files = ("--ods", str(SAMPLE / "ods.txt"), "--sis", str(SAMPLE / "sis.csv"))
    printed = try_own(tmp_path, *files, "--config", str(SAMPLE / "senr.toml"))
    head, (kind, category, record_class, records, example) = read_table(printed)
    assert head == ["record", "file", "class", "records", "for example"]
    assert (kind, category, record_class, records) == ("changes", "exits", "no_show", "8")
    assert example == (
        "1000416218 at 5431598 from 20260815: enrollment_exit_date 20260814 -> 20260815"
    )
    assert printed.endswith(
        "\nstudents on hold: 14 without your views, 14 with your views\nnothing was written\n"
    )


@pytest.mark.slow
def test_trying_shows_what_disappears_and_why(tmp_path: Path) -> None:
    write_own(tmp_path, NO_SHOW, "enrollment_start_date - 1", "enrollment_start_date - 2")
    files = ("--ods", str(SAMPLE / "ods.txt"), "--sis", str(SAMPLE / "sis.csv"))
    printed = try_own(tmp_path, *files, "--config", str(SAMPLE / "senr.toml"))
    assert [row[:4] for row in read_table(printed) if row[0] == "vanishes"] == [
        ["vanishes", "exits", "no_show", "8"],
        ["vanishes", "updates", "add", "3"],
    ]
    assert ["SENR0018", "0", "9"] in read_table(printed)
    assert "students on hold: 14 without your views, 22 with your views" in printed


@pytest.mark.slow
def test_trying_shows_what_appears(tmp_path: Path) -> None:
    ods, sis = every_class()
    write_ods(tmp_path / "ods.txt", ods)
    write_sis(tmp_path / "sis.txt", sis)
    write_own(tmp_path, "recon.held_student", "= 'fatal'", "= 'never'")
    printed = try_own(tmp_path, "--ods", "ods.txt", "--sis", "sis.txt", as_of="2026-03-02")
    assert read_table(printed)[1] == [
        "appears", "updates", "update", "1", "1000000009 at 1930650 from 20250814"
    ]  # fmt: skip
    assert "students on hold: 2 without your views, 0 with your views" in printed
    assert not any(word in printed for word in STUDENTS)


@pytest.mark.slow
def test_trying_shows_where_a_guard_would_stop_the_run(tmp_path: Path) -> None:
    students = [record(f"10000000{n}", ADAMS, "20250814") for n in range(10, 70)]
    left = closed(record("1000000001", ADAMS, "20250814"), "20251201", "T160")
    write_ods(tmp_path / "ods.txt", [left, *students])
    write_sis(tmp_path / "sis.txt", [left, *students[:30]])
    write_own(tmp_path, "recon.last_record", "last_records.preference = 1", "1 = 0")
    printed = try_own(tmp_path, "--ods", "ods.txt", "--sis", "sis.txt", as_of="2026-03-02")
    assert [row[:4] for row in read_table(printed)][:3] == [
        ["record", "file", "class", "records"],
        ["appears", "removals", "remove", "30"],
        ["vanishes", "exits", "no_show", "30"],
    ]
    for run_name in ("without your views", "with your views"):
        assert f"{run_name} a guard would stop the run: 30 of 61 ODS records" in printed


@pytest.mark.slow
def test_trying_our_own_view_changes_nothing(tmp_path: Path) -> None:
    ods, sis = every_class()
    write_ods(tmp_path / "ods.txt", ods)
    write_sis(tmp_path / "sis.txt", sis)
    write_own(tmp_path, NO_SHOW, "where record", "-- ours\nwhere record")
    printed = try_own(tmp_path, "--ods", "ods.txt", "--sis", "sis.txt", as_of="2026-03-02")
    assert printed == (
        "no record changes in any file\n\nstudents on hold: 2 without your views, 2 with your "
        "views\nnothing was written\n"
    )


DOUBLED = ("staging.ods_enrollment", "recon.planned_record", "recon.held_student", NO_SHOW)


@pytest.mark.slow
@pytest.mark.parametrize("name", DOUBLED)
def test_an_own_view_that_doubles_rows_is_named(name: str, workspace: Path) -> None:
    before = take_stock(workspace)
    view = VIEWS[name]
    query = view.query.strip().removesuffix(";")
    text = view.text.replace(view.query, f"\n({query})\nunion all\n({query});\n")
    (workspace / "own").mkdir()
    (workspace / "own" / "mine.sql").write_text(text, encoding="utf-8")
    done = run(workspace, "--quiet", "--sql-overlay", "own")
    assert done.returncode == 2
    assert done.stderr.startswith(
        f"error: --sql-overlay: {name} has several rows with the same {view.header['key']}; "
        "expected one, as in ours\n"
    )
    (workspace / "own" / "mine.sql").unlink()
    after = {path: content for path, content in take_stock(workspace).items() if path in before}
    assert after == before


def test_an_own_view_that_loses_lines_is_named(workspace: Path) -> None:
    write_own(workspace, "recon.held_student", "= 'fatal'", "= 'fatal' and 1 = 0")
    lost = run(workspace, "--quiet", "--sql-overlay", "own")
    assert "Traceback" not in lost.stderr
    with pytest.raises(InputError) as caught, explain_overlay_faults({NO_SHOW: "its checksum"}):
        raise AssertionError("the lines do not add up")
    assert str(caught.value) == (
        f"--sql-overlay: with {NO_SHOW} instead of ours: the lines of the extracts do not add up"
    )
    with pytest.raises(AssertionError), explain_overlay_faults({}):
        raise AssertionError("a bug")


@pytest.mark.parametrize("depth", [300, 3000])
def test_an_own_view_that_is_nested_without_end_is_named(depth: int, workspace: Path) -> None:
    nested = f"enrollment_start_date - {'(' * depth}1{')' * depth}"
    write_own(workspace, NO_SHOW, "enrollment_start_date - 1", nested)
    done = run(workspace, "--quiet", "--sql-overlay", "own")
    assert done.returncode in (0, 2)
    assert "Traceback" not in done.stderr
    if done.returncode:
        assert done.stderr.startswith("error: own/deeper/mine.sql: found SQL that is nested too")


def test_an_own_view_with_another_key_is_refused(workspace: Path) -> None:
    write_own(workspace, NO_SHOW, "-- key:      ods_line", "-- key:      ods_line, exit_reason")
    done = run(workspace, "--quiet", "--sql-overlay", "own")
    assert done.returncode == 2
    assert done.stderr.startswith(
        "error: own/deeper/mine.sql: found the key ods_line, exit_reason, expected ods_line, as in"
    )
