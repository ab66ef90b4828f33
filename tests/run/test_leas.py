"""A run of several LEAs: each has the same results as in a run of its own."""

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from senr_duck.cli.summary import print_summary
from senr_duck.database.published import open_published
from senr_duck.errors import DataStop, InputError
from senr_duck.report import read_comparable
from senr_duck.run.engine import Engine
from senr_duck.run.job import run_job
from senr_duck.run.reconcile import Job
from senr_duck.run.result import RunResult
from senr_duck.settings.settings import load_settings
from senr_duck.student.find import find_students
from tests.support.command_line import counts, run_json, senr_duck, tell
from tests.support.convergence import NO_GUARDS
from tests.support.districts import fixed_district
from tests.support.extracts import ADAMS, BAKER, Record, closed, record, write_ods, write_sis

pytestmark = pytest.mark.slow

AS_OF = date(2026, 3, 2)
YEAR = "20250814"
LEAS = ("1964733", "1964725", "1910199")

# One reporting LEA's records of both sides.
Sides = tuple[list[Record], list[Record]]


@dataclass(frozen=True)
class Outcome:
    """What a run wrote: each LEA's files as bytes by name, the rows of exceptions.csv."""

    result: RunResult
    files: dict[str, dict[str, bytes]]
    exceptions: list[dict[str, str]]


def settle_in(lea: str, place: int, records: Sequence[Record], ssid: str) -> list[Record]:
    """Return a student's records as another LEA's, at that LEA's schools, with an SSID."""
    return [
        {
            **one,
            "reporting_lea": lea,
            "school_of_attendance": str(int(one["school_of_attendance"]) + 1000 * place),
            "ssid": ssid,
        }
        for one in records
    ]


def make_county(students: int, apart: int = 0) -> dict[str, Sides]:
    """Return the records of three LEAs with this many students each, all with some change.

    Each is a student of all three LEAs, with another life in each, unless the SSIDs of the LEAs are
    so far apart that no student is in two.
    """
    made = fixed_district(AS_OF, students).students
    county: dict[str, Sides] = {}
    for place, lea in enumerate(LEAS):
        ods: list[Record] = []
        sis: list[Record] = []
        for number, student in enumerate(made):
            other = made[(number + 7 * place) % students]
            ssid = str(int(student.ssid) + apart * place)
            ods += settle_in(lea, place, other.ods, ssid)
            sis += settle_in(lea, place, other.sis, ssid)
        county[lea] = (ods, sis)
    return county


def reconcile(
    folder: Path,
    sides: Sequence[Sides],
    leas: Sequence[str],
    engine: Engine | None = None,
    **options: object,
) -> Outcome:
    """Run the LEAs over the sides, one after the other in one pair of extracts."""
    folder.mkdir()
    ods = write_ods(folder / "ods.txt", [one for side, _ in sides for one in side])
    sis = write_sis(folder / "sis.txt", [one for _, side in sides for one in side])
    settings = load_settings(
        None, {**NO_GUARDS, "as_of": AS_OF, "lea": list(leas), **options}, AS_OF
    )
    database = folder / "senr.duckdb"
    result = run_job(Job([ods], [sis], settings, folder / "out", database, engine or Engine()))
    with (result.out_dir / "exceptions.csv").open(encoding="utf-8-sig", newline="") as file:
        exceptions = list(csv.DictReader(file))
    return Outcome(result, {one.lea: read_zip(one.archive) for one in result.leas}, exceptions)


def read_zip(path: Path | None) -> dict[str, bytes]:
    assert path is not None
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def count_exceptions(outcomes: Sequence[Outcome]) -> Counter[tuple[str, ...]]:
    """Return the findings without their lines, which differ in an extract of all LEAs."""
    return Counter(
        tuple(
            value.replace(" in this LEA", "")
            for name, value in row.items()
            if name not in ("ods_line", "sis_line")
        )
        for outcome in outcomes
        for row in outcome.exceptions
        if row["rule"] != "SENR0028"
    )


def list_ssids(content: bytes) -> list[str]:
    return [line.split("^")[7] for line in content.decode().splitlines()]


def read_all(outcome: Outcome) -> dict[str, bytes]:
    folder = outcome.result.out_dir
    # the report names the database, which is another one for each run
    return {path.name: read_comparable(path) for path in folder.iterdir()}


@pytest.fixture(scope="module")
def county() -> dict[str, Sides]:
    return make_county(40)


@pytest.fixture(scope="module")
def together(county: dict[str, Sides], tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Return the run of all three LEAs."""
    folder = tmp_path_factory.mktemp("county") / "all"
    return reconcile(folder, list(county.values()), LEAS)


def test_each_lea_comes_out_as_if_run_alone_on_its_own_lines(
    tmp_path: Path, county: dict[str, Sides], together: Outcome
) -> None:
    alone = {lea: reconcile(tmp_path / lea, [sides], [lea]) for lea, sides in county.items()}
    assert list(together.files) == sorted(LEAS)
    assert {lea: len(files) >= 6 for lea, files in together.files.items()} == dict.fromkeys(
        LEAS, True
    )
    assert together.files == {lea: one.files[lea] for lea, one in alone.items()}
    assert count_exceptions([together]) == count_exceptions(list(alone.values()))
    held = {lea: one.result.held_students for lea, one in alone.items()}
    assert together.result.held_students_by_lea == held
    assert sum(held.values()) > 0
    for side, lines in together.result.accounting.items():
        assert lines == sum(
            (Counter(one.result.accounting[side]) for one in alone.values()), Counter()
        )


def test_where_nobody_is_of_two_leas_one_alone_comes_out_the_same_on_the_same_extracts(
    tmp_path: Path,
) -> None:
    sides = list(make_county(20, apart=1000).values())
    all_of_them = reconcile(tmp_path / "all", sides, LEAS)
    alone = reconcile(tmp_path / "alone", sides, LEAS[1:2])
    assert alone.files == {LEAS[1]: all_of_them.files[LEAS[1]]}
    assert sum(map(len, alone.files[LEAS[1]].values())) > 0


def test_all_leas_are_those_that_either_extract_names(
    tmp_path: Path, county: dict[str, Sides], together: Outcome
) -> None:
    named = reconcile(tmp_path / "all", list(county.values()), (), all_leas=True)
    assert named.result.run_id == together.result.run_id
    assert read_all(named) == read_all(together)
    new = record("1000000001", "3030650", YEAR, reporting_lea="3010101")
    with_one_more = reconcile(tmp_path / "more", [([two_leas()[0]], [new])], (), all_leas=True)
    assert list(with_one_more.files) == ["1964733", "3010101"]


def test_the_accounting_of_each_lea_adds_up_to_the_one_of_all(together: Outcome) -> None:
    with open_published(together.result.database) as con:
        rows = con.execute(
            """
            select side, class, sum(lines), count(distinct reporting_lea), count(*)
            from recon.accounting_by_lea
            group by all
            """
        ).fetchall()
    found = together.result.accounting
    assert {(side, name): int(lines) for side, name, lines, _, _ in rows} == {
        (side, name): lines
        for side, counted in found.items()
        for name, lines in counted.items()
        if name != "lines"
    }
    assert {(leas, parts) for _, name, _, leas, parts in rows if name == "same"} == {(3, 3)}


def test_an_ssid_of_several_leas_is_explained_for_each(together: Outcome) -> None:
    with open_published(together.result.database) as con:
        students = find_students(con, ["1000000003"], is_local_id=False)
    assert [one.student.lea for one in students] == sorted(LEAS)
    assert {one.student.ssid for one in students} == {"1000000003"}


def test_the_report_says_how_many_leas_and_whose_each_school_is(together: Outcome) -> None:
    page = (together.result.out_dir / "report.html").read_text(encoding="utf-8")
    assert "<title>3 LEAs as of 2026-03-02: what to send CALPADS</title>" in page
    for lea in LEAS:
        assert f'<small>LEA <span class="code">{lea}</span>' in page
        assert f'<p class="file code">{lea}/001_Removals' in page


def test_the_summary_has_a_line_for_each_lea(together: Outcome) -> None:
    console = Console(width=100, file=io.StringIO())
    print_summary(together.result, console)
    assert isinstance(console.file, io.StringIO)
    printed = console.file.getvalue()
    assert printed.startswith("3 LEAs, school year 2025-2026, as of 2026-03-02, rules v2\n")
    assert all(f"│ {lea} │" in printed for lea in LEAS)


@pytest.mark.parametrize(
    "engine", [Engine(threads=1), Engine(threads=4), Engine(memory_limit="200MB", threads=2)]
)
def test_threads_and_a_tight_memory_limit_change_no_byte(
    tmp_path: Path, county: dict[str, Sides], together: Outcome, engine: Engine
) -> None:
    other = reconcile(tmp_path / "all", list(county.values()), LEAS, engine)
    assert read_all(other) == read_all(together)


def two_leas() -> tuple[Record, Record]:
    """Return one student's open enrollments in two LEAs."""
    here = record("1000000001", ADAMS, YEAR)
    there = record("1000000001", "1930700", "20250901", reporting_lea="1964725")
    return here, there


def test_a_student_of_two_leas_is_listed_and_nobody_is_held(tmp_path: Path) -> None:
    here, there = two_leas()
    sides = ([here, there], [{**here, "grade_level_code": "06"}, there])
    outcome = reconcile(tmp_path / "run", [sides], ["1964725", "1964733"])
    listed = [
        (row["severity"], row["rule"], row["school_of_attendance"], row["value"], row["held"])
        for row in outcome.exceptions
    ]
    assert listed == [
        ("warning", "SENR0028", "1930650", "1930700 20250901-open", "N"),
        ("warning", "SENR0028", "1930700", "1930650 20250814-open", "N"),
    ]
    assert list_ssids(outcome.files["1964733"]["003_Updates.txt"]) == ["1000000001"]
    assert list_ssids(outcome.files["1964725"]["003_Updates.txt"]) == []


def test_a_record_whose_lea_cannot_be_read_holds_the_student_in_every_lea(tmp_path: Path) -> None:
    here, there = two_leas()
    lost = record("1000000001", BAKER, "20260112", reporting_lea="")
    other = record("1000000002", ADAMS, YEAR)
    ods = [here, there, other]
    sis = [{**one, "grade_level_code": "06"} for one in ods]
    outcome = reconcile(tmp_path / "run", [(ods, [*sis, lost])], ["1964725", "1964733"])
    assert outcome.result.held_students_by_lea == {None: 1, "1964725": 1, "1964733": 1}
    assert list_ssids(outcome.files["1964733"]["003_Updates.txt"]) == ["1000000002"]
    assert list_ssids(outcome.files["1964725"]["003_Updates.txt"]) == []
    reported = {(row["rule"], row["field"]) for row in outcome.exceptions if row["held"] == "Y"}
    assert ("GERR0001", "reporting_lea") in reported


def test_a_guard_names_the_lea_that_stops_the_run(tmp_path: Path) -> None:
    here = [record(f"10000000{n:02}", ADAMS, YEAR) for n in range(30)]
    there = settle_in("1964725", 1, here, "")
    there = [{**one, "ssid": f"20000000{n:02}"} for n, one in enumerate(there)]
    changed = [{**one, "grade_level_code": "06"} for one in there]
    sides = ([*here, *there], [*here, *changed])
    with pytest.raises(DataStop) as stop:
        reconcile(tmp_path / "run", [sides], ["1964725", "1964733"], max_update_share=0.6)
    assert str(stop.value) == (
        "LEA 1964725: grade_level_code differs in 30 of 30 matched records, more than 60.0%; "
        "most often: 05 in CALPADS, 06 in the SIS"
    )
    assert "\n      to leave an LEA out, name the others with --lea\n" in stop.value.hint
    assert not list((tmp_path / "run" / "out").glob("2*"))


def test_two_ways_to_name_the_leas_are_refused() -> None:
    with pytest.raises(InputError, match="--lea and --all-leas: found both"):
        load_settings(None, {"lea": ["1964733"], "all_leas": True, "as_of": AS_OF}, AS_OF)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    here, there = two_leas()
    gone = closed(record("1000000003", ADAMS, YEAR), "20251201", "T160")
    left = closed(there, "20251201", "T160")
    write_ods(tmp_path / "ods.txt", [here, there, gone])
    write_sis(tmp_path / "sis.txt", [{**here, "grade_level_code": "06"}, left, gone])
    return tmp_path


def test_json_and_manifest_have_the_files_of_each_lea(workspace: Path) -> None:
    summary = run_json(workspace, "--lea", "1964733", "--lea", "1964725")
    assert (summary["lea"], summary["zip"], summary["files"]) == (None, None, None)
    assert [(one["lea"], one["held_students"]) for one in summary["leas"]] == [
        ("1964725", 0),
        ("1964733", 0),
    ]
    assert [counts(one) for one in summary["leas"]] == [
        {"002_Exits.txt": 1, "003_Updates.txt": 0},
        {"002_Exits.txt": 0, "003_Updates.txt": 1},
    ]
    names = {path.name for path in (workspace / summary["out_dir"]).iterdir()}
    zips = {f"SENR_{lea}_2026-03-02.zip" for lea in ("1964725", "1964733")}
    assert names == {*zips, "exceptions.csv", "manifest.json", "report.html"}
    assert {Path(one["zip"]).name for one in summary["leas"]} == zips
    manifest = json.loads((workspace / summary["out_dir"] / "manifest.json").read_text("utf-8"))
    assert manifest["parameters"]["lea"] == ["1964725", "1964733"]
    assert [(file["lea"], file["name"], file["records"]) for file in manifest["files"]] == [
        ("1964725", "002_Exits.txt", 1),
        ("1964725", "003_Updates.txt", 0),
        ("1964733", "002_Exits.txt", 0),
        ("1964733", "003_Updates.txt", 1),
    ]


def test_what_the_model_of_calpads_posted_for_each_lea_is_not_sent_again(workspace: Path) -> None:
    both = ("--lea", "1964733", "--lea", "1964725")
    for one in run_json(workspace, *both)["leas"]:
        posting = ("--ods", "ods.txt", "--lea", one["lea"], "--as-of", "2026-03-02")
        told = tell(workspace, "simulate", one["zip"], *posting, "--write-ods", "posted.txt")
        (workspace / "posted.txt").replace(workspace / "ods.txt")
        assert "posted, 1 record" in told
    again = run_json(workspace, *both)
    assert [sum(counts(one).values()) for one in again["leas"]] == [0, 0]


def test_each_leas_files_are_posted_separately(workspace: Path) -> None:
    both = ("--lea", "1964733", "--lea", "1964725")
    run_id = run_json(workspace, *both)["run_id"]
    refused = senr_duck(workspace, "posted", run_id)
    assert refused.returncode == 2
    assert "--lea: found nothing, expected an LEA of run" in refused.stderr
    told = tell(workspace, "posted", run_id, "--lea", "1964725", "--on", "2026-03-02")
    assert told == (
        f"{run_id} 1964725/002_Exits.txt: posted\n{run_id} 1964725/003_Updates.txt: posted\n"
    )
    listed = json.loads(tell(workspace, "status", "--json"))["runs"]
    assert [(one["lea"], one["next_file"]) for one in listed] == [
        ("1964725", None),
        ("1964733", "1964733/003_Updates.txt"),
    ]
    # what was posted out of the run of both counts in a run of one of them
    assert counts(run_json(workspace, "--lea", "1964725")) == {
        "002_Exits.txt": 0,
        "003_Updates.txt": 0,
    }
    assert counts(run_json(workspace, "--lea", "1964733")) == {
        "002_Exits.txt": 0,
        "003_Updates.txt": 1,
    }
