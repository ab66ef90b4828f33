"""The versions of the rules: when each is in force, how they differ, and files as released."""

import itertools
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from senr_duck.reference.resources import resource
from senr_duck.rulebook.diff import diff_versions, diff_views
from senr_duck.versions.ruleset import choose_version, list_rulesets
from senr_duck.views.read import read_own_views, read_views
from senr_duck.views.view import View
from tests.run.test_notices import only, reconcile
from tests.support.archives import read_zip
from tests.support.command_line import RUN, senr_duck
from tests.support.extracts import ADAMS, BAKER, record, write_every_class

NO_SHOW = Path("sql", "v2", "50_match", "no_show_exit.sql")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with a copy of the program, which the command line runs there, and files."""
    for name in ("senr_duck", "sql", "data/reference"):
        shutil.copytree(resource(*name.split("/")), tmp_path / name)
    return write_every_class(tmp_path)


def call_copy(
    checkout: Path, *arguments: str, program: str = "main()"
) -> "subprocess.CompletedProcess[str]":
    """Run a command of the program in the folder; ``program`` calls its ``main``."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys\nfrom senr_duck.cli import main\n{program}",
            *arguments,
        ],
        cwd=checkout,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2020, 7, 1), "v1"),
        (date(2025, 4, 30), "v1"),
        (date(2025, 5, 1), "v2"),
        (date(2026, 10, 30), "v2"),
    ],
)
def test_a_day_has_the_version_in_force_on_it(day: date, version: str) -> None:
    assert choose_version(day) == version


def test_each_version_begins_when_the_one_before_it_ends() -> None:
    rulesets = list_rulesets()
    for earlier, later in itertools.pairwise(rulesets):
        assert earlier.effective_to is not None
        assert later.effective_from == earlier.effective_to + timedelta(days=1)
    assert rulesets[0].effective_from is None
    assert rulesets[-1].effective_to is None


def test_a_version_is_named_as_its_folder_and_says_what_it_follows_and_changes() -> None:
    for ruleset in list_rulesets():
        assert ruleset.folder.name == ruleset.name
        assert ruleset.follows
        assert ruleset.changes


def test_the_newest_version_is_whole_and_each_other_overlays_the_one_after_it() -> None:
    rulesets = list_rulesets()
    for earlier, later in itertools.pairwise(rulesets):
        assert earlier.overlays == later.name
    assert rulesets[-1].overlays is None
    newest = rulesets[-1].name
    assert read_own_views(newest) == read_views(newest)


def test_the_first_version_holds_one_view_and_takes_the_rest_from_the_second() -> None:
    assert list(read_own_views("v1")) == ["recon.no_show_exit"]
    first, second = read_views("v1"), read_views("v2")
    assert list(first) == list(second)
    assert [name for name in first if first[name] != second[name]] == ["recon.no_show_exit"]
    assert first["recon.no_show_exit"].source == "v1/50_match/no_show_exit.sql"
    assert second["recon.no_show_exit"].source == "v2/50_match/no_show_exit.sql"


def test_the_two_versions_differ_in_the_exit_of_a_no_show_and_in_nothing_else() -> None:
    (difference,) = diff_versions("v1", "v2")
    assert (difference.view, difference.kind) == ("recon.no_show_exit", "changed")
    changed = [line.replace(" ", "") for line in difference.lines if line[0] in "+-"]
    assert changed == [
        "-WHENstudents_with_a_disability.student_keyISNULL",
        "-ANDparameters.no_show_exit_date='day_before'",
        "-THENods.enrollment_start_date-1",
        "-ELSEods.enrollment_start_date",
        "+WHENNOTstudents_with_a_disability.student_keyISNULL",
        "+ORparameters.no_show_exit_date='start_date'",
        "+THENods.enrollment_start_date",
        "+ELSEods.enrollment_start_date-1",
    ]


def make_view(name: str, query: str, stored: str = "no") -> View:
    head = f"-- {name}: x.\n--\n-- stored:   {stored}\n\n"
    return View(Path(f"{name}.sql"), f"{head}create or replace view recon.{name} as\n{query};\n")


def make_views(*views: View) -> dict[str, View]:
    return {view.qualified_name: view for view in views}


@pytest.mark.parametrize(
    "query",
    [
        "select\n    a\n\nfrom recon.two",
        "select a from recon.two -- why",
        "SELECT A FROM recon.TWO",
    ],
)
def test_formatting_comments_and_letter_case_are_ignored(query: str) -> None:
    one = make_views(make_view("one", "select a from recon.two"))
    assert diff_views(one, make_views(make_view("one", query))) == []


def test_a_value_a_stored_view_and_a_view_of_one_side_alone_are_differences() -> None:
    plain = make_view("one", "select 1 as a")
    other = make_views(make_view("one", "select 2 as a"))
    stored = make_views(make_view("one", "select 1 as a", stored="yes"))
    assert [found.kind for found in diff_views(make_views(plain), other)] == ["changed"]
    assert [found.kind for found in diff_views(make_views(plain), stored)] == ["changed"]
    assert [found.kind for found in diff_views({}, make_views(plain))] == ["added"]
    assert [found.kind for found in diff_views(make_views(plain), {})] == ["removed"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("as_of", "pin", "version", "exit_date"),
    [
        ("2025-04-30", "", "v1", "20250303"),
        ("2025-05-01", "", "v2", "20250302"),
        ("2025-05-01", 'rules_version = "v1"', "v1", "20250303"),
        ("2025-04-30", 'rules_version = "v2"', "v2", "20250302"),
    ],
)
def test_the_as_of_date_picks_the_version_unless_the_configuration_does(
    as_of: str, pin: str, version: str, exit_date: str, tmp_path: Path
) -> None:
    left = record("1000000001", ADAMS, "20250303")
    stays = [record("1000000002", BAKER, "20250303"), record("1000000003", ADAMS, "20250303")]
    guards = (
        "\n[guards]\nmax_removal_share = 1\nallow_missing_schools = true\nallow_no_exits = true\n"
    )
    result = reconcile(tmp_path, [left, *stays], stays, as_of, pin + guards)
    assert result.settings.rules == version
    assert [line[24] for line in read_zip(tmp_path)["002_Exits.txt"]] == [exit_date]
    notices = only(result, "are in force")
    in_force = {"v1": "until 2025-04-30", "v2": "from 2025-05-01 on"}
    expected = (
        f"the rules {version} are in force {in_force[version]}, and the as-of date is {as_of}; "
        "without --rules and the key rules_version, the as-of date decides"
    )
    assert notices == ([expected] if pin else [])


def test_a_pin_within_its_dates_is_no_notice(tmp_path: Path) -> None:
    stays = [record("1000000001", ADAMS, "20250303")]
    result = reconcile(
        tmp_path, stays, stays, "2025-05-01", 'rules_version = "v2"', allow_no_exits=True
    )
    assert only(result, "are in force") == []


def edit(path: Path) -> str:
    text = path.read_text(encoding="utf-8").replace("start_date - 1", "start_date - 2")
    path.write_text(text, encoding="utf-8")
    return "v2/50_match/no_show_exit.sql is changed"


def add(path: Path) -> str:
    text = path.read_text(encoding="utf-8").replace("no_show_exit as", "no_show_entry as")
    path.with_name("no_show_entry.sql").write_text(text, encoding="utf-8")
    return "v2/50_match/no_show_entry.sql is new"


def take_away(path: Path) -> str:
    path.unlink()
    return "v2/50_match/no_show_exit.sql is missing"


def move_the_dates(path: Path) -> str:
    ruleset = path.parents[1] / "ruleset.toml"
    text = ruleset.read_text(encoding="utf-8").replace("2025-05-01", "2025-04-01")
    ruleset.write_text(text, encoding="utf-8")
    return "v2/ruleset.toml is changed"


def lock_again(path: Path) -> str:
    lock = path.parents[1] / "views.lock.json"
    lock.write_text(lock.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    return "v2/views.lock.json is not the one that v1 overlays"


def take_the_lock_away(path: Path) -> str:
    (path.parents[1] / "views.lock.json").unlink()
    return "v2/views.lock.json is missing"


def edit_the_overlay(path: Path) -> str:
    edit(path.parents[2] / "v1" / "50_match" / path.name)
    return "v1/50_match/no_show_exit.sql is changed"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("disturb", "version"),
    [
        (edit, "v2"),
        (edit, "v1"),
        (add, "v2"),
        (take_away, "v2"),
        (move_the_dates, "v2"),
        (lock_again, "v1"),
        (take_the_lock_away, "v2"),
        (edit_the_overlay, "v1"),
    ],
)
def test_a_released_version_whose_files_differ_is_refused(
    disturb: Callable[[Path], str], version: str, checkout: Path
) -> None:
    said = disturb(checkout / NO_SHOW)
    done = call_copy(checkout, *RUN, "--rules", version)
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: the rules {version} are not as released: {said}\n")
    assert "with --allow-changed-rules, the run uses the changed files" in done.stderr
    assert not (checkout / "out").exists()
    verified = call_copy(checkout, "rules", "verify")
    assert verified.returncode == 2
    assert said in verified.stderr


@pytest.mark.slow
def test_changed_rules_that_are_allowed_are_in_the_manifest_and_in_a_notice(
    checkout: Path,
) -> None:
    path = checkout / NO_SHOW
    edit(path)
    done = call_copy(checkout, *RUN, "--rules", "v2", "--allow-changed-rules")
    assert done.returncode == 0, done.stderr
    assert (
        "notice: the rules v2 are not as released: "
        "v2/50_match/no_show_exit.sql is changed" in done.stderr
    )
    (manifest,) = checkout.glob("out/*/manifest.json")
    told = json.loads(manifest.read_text(encoding="utf-8"))
    assert told["changed_rules"] == ["v2/50_match/no_show_exit.sql is changed"]
    assert told["parameters"]["allow_changed_rules"] is True
    sha256 = View(path, path.read_text(encoding="utf-8")).sha256
    assert told["rule_checksums"]["recon.no_show_exit"] == sha256


@pytest.mark.slow
def test_own_views_can_be_tried_on_changed_rules_that_are_allowed(checkout: Path) -> None:
    path = checkout / NO_SHOW
    (checkout / "own").mkdir()
    (checkout / "own" / path.name).write_bytes(path.read_bytes())
    edit(path)
    trial = ("rules", "try", "--overlay", "own", *RUN[1:])
    refused = call_copy(checkout, *trial)
    assert refused.returncode == 2
    assert "not as released" in refused.stderr
    done = call_copy(checkout, *trial, "--allow-changed-rules")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("nothing was written\n")


def test_line_ends_are_no_change(checkout: Path) -> None:
    path = checkout / NO_SHOW
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert call_copy(checkout, "rules", "verify").returncode == 0


def test_the_commands_show_the_versions(tmp_path: Path) -> None:
    listed = senr_duck(tmp_path, "rules", "list").stdout
    assert "v1    | until 2025-04-30   | v2       |" in listed
    assert "v2    | from 2025-05-01 on |          |" in listed
    shown = senr_duck(tmp_path, "rules", "show", "v1").stdout
    assert "overlays: v2" in shown
    assert "recon.no_show_exit  v1/50_match/no_show_exit.sql" in shown
    assert senr_duck(tmp_path, "rules", "verify").stdout == "v1: as released\nv2: as released\n"
    differs = senr_duck(tmp_path, "rules", "diff", "v1", "v2").stdout
    assert [line for line in differs.splitlines() if not line.startswith(" ")] == [
        "recon.no_show_exit: changed"
    ]
    assert senr_duck(tmp_path, "rules", "diff", "v2", "v2").stdout == "v2 and v2 do the same\n"


@pytest.mark.parametrize("command", [("show", "v9"), ("diff", "v1", "v9")])
def test_an_unknown_version_is_named(command: tuple[str, ...], tmp_path: Path) -> None:
    done = senr_duck(tmp_path, "rules", *command)
    assert done.returncode == 2
    assert done.stderr.startswith('error: rules: found "v9", expected v1 or v2\n')


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_the_views_of_any_version_can_be_looked_at(version: str, tmp_path: Path) -> None:
    shown = senr_duck(tmp_path, "views", "no_show_exit", "--rules", version)
    path = resource("sql", version, "50_match", "no_show_exit.sql")
    assert shown.stdout == path.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_run_of_a_release_parses_no_sql(checkout: Path) -> None:
    program = "try:\n    main()\nfinally:\n    print('sqlglot' in sys.modules)\n"
    done = call_copy(checkout, *RUN, "--quiet", program=program)
    assert (done.returncode, done.stdout) == (0, "False\n"), done.stderr
