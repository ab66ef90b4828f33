"""Each run is compared with the last one of the same LEAs and schools, by what the ledger keeps."""

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.ledger.test_versions import make_older
from tests.support.command_line import run, run_json, senr_duck, tell
from tests.support.once import make_once
from tests.support.report_page import read_text
from tests.support.stock import read_run_id, take_stock

pytestmark = pytest.mark.slow

LEDGER = "senr.ledger.duckdb"


def exchange_faults(folder: Path) -> None:
    """Correct the grade of student 9 in the SIS, and break that of student 1."""
    text = (folder / "sis.txt").read_text(encoding="utf-8")
    lines = text.splitlines()
    changed = [
        line.replace("^10^99^", "^10^05^")
        if "^1000000009^" in line
        else line.replace("^10^05^", "^10^99^")
        if "^1000000001^" in line
        else line
        for line in lines
    ]
    assert sum(old != new for old, new in zip(lines, changed, strict=True)) == 2
    (folder / "sis.txt").write_text(
        "".join(f"{line}\r\n" for line in changed), encoding="utf-8", newline=""
    )


def correct_all(folder: Path) -> None:
    """Correct every grade in the SIS."""
    text = (folder / "sis.txt").read_text(encoding="utf-8")
    text = text.replace("^10^99^", "^10^05^")
    (folder / "sis.txt").write_text(text, encoding="utf-8", newline="")


@pytest.fixture(scope="module")
def two_runs(every_class_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder in which a second run, with other faults, has followed the first one."""

    def make(folder: Path) -> None:
        shutil.copytree(every_class_run, folder, dirs_exist_ok=True)
        exchange_faults(folder)
        printed = run(folder)
        assert printed.returncode == 0, printed.stderr
        (folder / "printed.txt").write_text(printed.stdout, encoding="utf-8")

    return make_once(tmp_path_factory, "two_runs", make)


@pytest.fixture
def workspace(two_runs: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(two_runs, tmp_path / "work"))


def ask(folder: Path, query: str) -> list[dict[str, Any]]:
    rows = json.loads(tell(folder, "sql", "--json", query))
    assert isinstance(rows, list)
    return rows


def test_sql_lists_what_was_solved_and_what_is_new(two_runs: Path) -> None:
    assert ask(two_runs, "select * from change_since_last_run order by change") == [
        {
            "change": change,
            "severity": "fatal",
            "rule": "GERR0002",
            "reporting_lea": "1964733",
            "student": student,
            "local_student_id": f"L{student[-4:]}",
            "school_of_attendance": "1930650",
        }
        for change, student in (("new", "1000000001"), ("solved", "1000000009"))
    ]


def test_the_trend_has_the_totals_of_both_runs(two_runs: Path, first_run: dict[str, Any]) -> None:
    assert ask(two_runs, "from recon.run_trend order by position") == [
        {
            "position": 11,
            "run_id": first_run["run_id"],
            "as_of": "2026-03-02",
            "records_sent": 5,
            "students_held": 2,
            "findings_open": 4,
        },
        {
            "position": 12,
            "run_id": None,
            "as_of": "2026-03-02",
            "records_sent": 5,
            "students_held": 2,
            "findings_open": 4,
        },
    ]


def test_the_summary_and_the_object_of_json_say_it(
    two_runs: Path, workspace: Path, first_run: dict[str, Any]
) -> None:
    assert first_run["since_last_run"] is None
    printed = (two_runs / "printed.txt").read_text(encoding="utf-8")
    assert (
        f"Since the last run ({first_run['run_id']}): 1 solved, 1 new; senr-duck changes lists them"
    ) in printed.splitlines()
    correct_all(workspace)
    assert run_json(workspace)["since_last_run"] == {
        "run_id": read_run_id(two_runs),
        "as_of": "2026-03-02",
        "solved": 1,
        "new": 0,
    }


@pytest.mark.parametrize("option", [(), ("--no-student-data",)], ids=["all", "counts"])
def test_both_reports_begin_with_the_trend(
    two_runs: Path, tmp_path: Path, option: tuple[str, ...]
) -> None:
    path = tmp_path / "report.html"
    tell(tmp_path, "report", *option, "--out", str(path), "--db", str(two_runs / "senr.duckdb"))
    page = path.read_text(encoding="utf-8")
    header, _, rest = page.partition("</header>")
    assert "Since the last run: 1 solved, 1 new" in read_text(header)
    assert 'aria-label="Students on hold in the last 2 runs, this one last: 2, 2"' in header
    assert header.count('class="this" x="226') == 3
    assert "Since the last run" not in read_text(rest)


def test_the_report_of_a_first_run_has_no_trend(every_class_run: Path) -> None:
    (path,) = every_class_run.glob("out/*/report.html")
    assert "Since the last run" not in path.read_text(encoding="utf-8")


def test_changes_lists_findings_and_counts(two_runs: Path, first_run: dict[str, Any]) -> None:
    before, now = first_run["run_id"], read_run_id(two_runs)
    printed = tell(two_runs, "changes").splitlines()
    assert printed[:3] == [
        f"from {before} (as of 2026-03-02)",
        f"to   {now} (as of 2026-03-02)",
        "1 solved, 1 new",
    ]
    cells = [[cell.strip() for cell in line.split("|")] for line in printed]
    assert ["new", "fatal", "GERR0002", "1964733", "1000000001", "L0001", "1930650"] in cells
    assert ["solved", "fatal", "GERR0002", "1964733", "1000000009", "L0009", "1930650"] in cells
    assert [row for row in cells if row[0] == "class"] == []  # as many lines of each class


def test_changes_compares_any_two_runs_and_says_the_same_as_json(
    two_runs: Path, first_run: dict[str, Any]
) -> None:
    before, now = first_run["run_id"], read_run_id(two_runs)
    found = json.loads(tell(two_runs, "changes", "--json"))
    assert (found["before"]["run_id"], found["now"]["run_id"]) == (before, now)
    assert (found["solved"], found["new"]) == (1, 1)
    assert json.loads(tell(two_runs, "changes", before, "--json")) == found
    assert json.loads(tell(two_runs, "changes", before, "latest", "--json")) == found
    back = json.loads(tell(two_runs, "changes", "latest", before, "--json"))
    assert [(one["change"], one["student"]) for one in back["findings"]] == [
        ("new", "1000000009"),
        ("solved", "1000000001"),
    ]


def test_counts_that_differ_are_listed_with_both_values(workspace: Path) -> None:
    text = (workspace / "sis.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "^1000000008^" not in line]
    (workspace / "sis.txt").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")
    assert run(workspace, "--quiet").returncode == 0
    counts = json.loads(tell(workspace, "changes", "--json"))["counts"]
    assert [
        (one["kind"], one["record_class"], one["name"], one["lines_before"], one["lines_now"])
        for one in counts
    ] == [
        ("class", "not_sent", "sis", 1, 0),
        ("rule", "notice", "FUTURE-START", 1, 0),
    ]


def test_a_first_run_has_nothing_to_be_compared_with(every_class_run: Path, tmp_path: Path) -> None:
    for names in ((), ("latest",)):
        done = senr_duck(every_class_run, "changes", *names)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("error: the ledger has no two runs to compare; expected two")


@pytest.mark.parametrize(
    ("names", "error"),
    [
        (("no-such",), "error: 'no-such' is the ID of no run in the ledger"),
        (("a", "b", "c"), "error: found 3 runs, expected at most two"),
    ],
)
def test_runs_that_are_not_there_are_refused(
    two_runs: Path, names: tuple[str, ...], error: str
) -> None:
    done = senr_duck(two_runs, "changes", *names)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(error)


def test_the_same_inputs_say_so_and_change_nothing(workspace: Path) -> None:
    before = take_stock(workspace, "out/**/*")
    again = run(workspace, remembers=False)
    assert again.returncode == 0
    assert "notice: the same inputs as on 20" in again.stderr
    assert f"so {read_run_id(workspace)} is the same run, and its files are the same" in (
        again.stderr
    )
    assert take_stock(workspace, "out/**/*") == before
    summary = run_json(workspace)
    assert summary["made_before"][:2] == "20"
    assert (summary["since_last_run"]["solved"], summary["since_last_run"]["new"]) == (1, 1)
    assert len(ask(workspace, "from recon.run_trend")) == 2


def test_the_same_run_with_another_history_keeps_its_folder(workspace: Path) -> None:
    """The report says what the ledger knows; that is no reason to refuse the same run."""
    before = take_stock(workspace, "out/**/*")
    (workspace / LEDGER).unlink()
    summary = run_json(workspace)
    assert (summary["made_before"], summary["since_last_run"]) == (None, None)
    assert take_stock(workspace, "out/**/*") == before
    (report,) = workspace.glob(f"out/{summary['run_id']}/report.html")
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("records to send", "records"), encoding="utf-8")
    refused = run(workspace, "--quiet")
    assert refused.returncode == 2
    assert "its report.html differs from what this run wrote" in refused.stderr


def test_a_run_of_one_school_is_not_compared_with_one_of_all(workspace: Path) -> None:
    options = ("--school", "1930650", "--allow-missing-schools")
    assert run_json(workspace, *options)["since_last_run"] is None
    whole = read_run_id(workspace)
    assert run_json(workspace)["since_last_run"]["solved"] == 1
    done = senr_duck(workspace, "changes", whole, "latest")
    assert done.returncode == 0
    assert done.stderr == "notice: these two runs are of different LEAs or schools\n"


def test_at_most_twelve_runs_are_in_the_trend(workspace: Path) -> None:
    with duckdb.connect(str(workspace / LEDGER)) as con:
        con.execute(
            """
            insert into run by name
            select * exclude (n) replace ('older-' || n as run_id, -n as position)
            from (select * from run limit 1) cross join range(15) as many(n)
            """
        )
        con.execute(
            """
            insert into run_total
            select 'older-' || n, scope, n, 0, 0
            from (select scope from run_total limit 1) cross join range(15) as many(n)
            """
        )
    run_json(workspace)
    trend = ask(workspace, "from recon.run_trend order by position")
    assert [row["position"] for row in trend] == list(range(1, 13))
    assert [row["records_sent"] for row in trend][:10] == list(range(9, -1, -1))


@pytest.mark.parametrize("version", [1, 2])
def test_a_run_of_an_older_ledger_has_no_counts(workspace: Path, version: int) -> None:
    older = read_run_id(workspace)
    make_older(workspace, version)
    correct_all(workspace)
    assert run_json(workspace)["since_last_run"] is None
    done = senr_duck(workspace, "changes", older, "latest")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: the ledger has no counts of run {older}")
    assert senr_duck(workspace, "changes").returncode == 2


def test_clean_runs_forgets_the_counts_too(workspace: Path) -> None:
    tell(workspace, "clean-runs", "--keep", "1")
    with duckdb.connect(str(workspace / LEDGER), read_only=True) as con:
        for table in ("run", "run_total", "run_count", "open_finding"):
            kept = con.execute(f"select distinct run_id from {table}").fetchall()
            assert kept == [(read_run_id(workspace),)]
