"""The bench counts what it says it counts; only the contestants that need DuckDB alone run."""

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.support.extracts import ADAMS, BAKER, closed, record, write_ods
from tests.support.once import make_once
from tests.support.places import ROOT
from tools.bench.cases import CASES
from tools.bench.contest import SCRIPTS, CountsDiffer, Entry, check_counts, measure_all
from tools.bench.correctness import answer_all, judge
from tools.bench.counts import Counts, Found, count_extracts, count_found, count_repeated
from tools.bench.inputs import SAMPLE, Inputs, count_records, run_command
from tools.bench.job import Job, describe_job, write_job
from tools.bench.machine import Machine
from tools.bench.measure import CommandFailed, Measurement, measure, measure_stages
from tools.bench.page import format_page
from tools.bench.results import Answer, Contest, Line, Results, Size, Stages, read_results
from tools.bench.stages import STAGES, name_stage

YEAR = "20260813"
PYTHON = Path(sys.executable)


def write_sis_csv(path: Path, lines: list[str]) -> Path:
    header = (
        "reporting_lea,school_of_attendance,school_of_attendance_nps,ssid,enrollment_start_date,"
        "enrollment_status_code,grade_level_code,enrollment_exit_date,student_exit_reason_code,"
        "student_school_completion_status_code,expected_receiver_school_of_attendance,"
        "student_met_all_uc_csu_requirements_indicator,student_school_transfer_code,"
        "district_of_geographic_residence_code,student_golden_state_seal_merit_diploma_indicator,"
        "student_seal_of_biliteracy_indicator,"
        "adult_age_students_with_disabilities_in_transition_status,graduation_exemption_indicator"
    )
    text = "".join(f"{line}\n" for line in (header, *lines))
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.fixture
def drifted(tmp_path: Path) -> Job:
    """Seven keys in the ODS, one of them twice; five in the SIS, and a record without an SSID."""
    ods = [
        record("1000000001", ADAMS, YEAR),
        record("1000000002", ADAMS, YEAR, grade_level_code="04"),
        closed(record("1000000003", ADAMS, YEAR), "20261001", "T160"),
        record("1000000004", ADAMS, YEAR),
        record("1000000005", ADAMS, YEAR),
        record("1000000005", ADAMS, YEAR, grade_level_code="04"),
        record("1000000007", ADAMS, YEAR),
        record("1000000008", ADAMS, YEAR),
    ]
    sis = write_sis_csv(
        tmp_path / "sis.csv",
        [
            f"1964733,{ADAMS}, ,1000000001,2026-08-13,10, 05 ,,,,,,,,,,,",
            f"1964733,{ADAMS},,1000000002,2026-08-13,10,05,,,,,,,,,,,",
            f"1964733,{ADAMS},,1000000003,2026-08-13,10,05,2026-10-01,T160,,,,,,,,,",
            f"1964733,{ADAMS},,1000000005,2026-08-13,10,05,,,,,,,,,,,",
            f"1964733,{BAKER},,1000000006,2026-08-13,10,05,,,,,,,,,,,",
            f"1964733,{BAKER},,,2026-08-13,10,05,,,,,,,,,,,",
        ],
    )
    out = tmp_path / "out"
    out.mkdir()
    return describe_job(write_ods(tmp_path / "ods.txt", ods), sis, out)


# only in the ODS: 4, 7, 8; only in the SIS: 6 and the one without an SSID; changed: 2; twice: 5
DRIFTED = Counts(removed=3, added=2, changed=1)


def test_the_counts_of_the_extracts_leave_repeated_keys_out(drifted: Job) -> None:
    assert count_extracts(drifted) == DRIFTED
    assert count_repeated(drifted) == 1


@pytest.mark.parametrize("straight", [False, True])
def test_the_floor_finds_the_counts_with_and_without_tables(drifted: Job, straight: bool) -> None:
    path = write_job(drifted, Path(drifted.out, "job.json"), straight=straight)
    taken = measure((sys.executable, str(SCRIPTS / "floor.py"), str(path)))
    assert count_found(drifted, without_repeated=True) == Found(DRIFTED, flagged=0)
    assert Path(drifted.out, "floor.duckdb").exists() != straight
    assert taken.wall > 0
    assert taken.memory > 10  # a process that has loaded DuckDB


def test_a_repeated_key_counts_once_if_it_is_not_left_out(drifted: Job) -> None:
    Path(drifted.out, "found.csv").write_text(
        "status,school,ssid,start\n"
        "removed,1930650,1000000005,20260813\n"
        "removed,1930650,1000000005,20260813\n"
        "added,1930651,,20260813\n"
        "added,1930651,,20260813\n",
        encoding="utf-8",
    )
    whole = Counts(removed=1, added=2, changed=0)
    assert count_found(drifted, without_repeated=False).counts == whole
    kept = Counts(removed=0, added=2, changed=0)
    assert count_found(drifted, without_repeated=True).counts == kept


def test_the_commas_have_a_header_and_the_same_values(drifted: Job) -> None:
    path = write_job(drifted, Path(drifted.out, "job.json"))
    measure((sys.executable, str(SCRIPTS / "to_commas.py"), str(path)))
    header, first, *_ = Path(drifted.commas).read_text(encoding="utf-8").splitlines()
    assert header.split(",")[:5] == [
        "record_type_code",
        "transaction_type_code",
        "local_record_id",
        "reporting_lea",
        "school_of_attendance",
    ]
    assert first.startswith(f"SENR-R,,,1964733,{ADAMS},,2026-2027,1000000001,L0001,Ana,,Nuñez,")


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(CommandFailed, match="no such luck"):
        measure((sys.executable, "-c", "raise SystemExit('no such luck')"))


def test_entries_run_in_turn_and_only_when_all_agree(tmp_path: Path) -> None:
    log = tmp_path / "log"
    entries = tuple(
        Entry(
            name=name,
            floor="a",
            command=(sys.executable, "-c", f"open({str(log)!r}, 'a').write({name!r})"),
            work=tmp_path / name,
            count=lambda: Counts(1, 2, 3),
            expected=Counts(1, 2, 3),
        )
        for name in ("a", "b")
    )
    check_counts(entries, lambda line: None)
    figures = measure_all(entries, 2, lambda line: None)
    assert log.read_text(encoding="utf-8") == "ababab"
    assert {name: len(taken) for name, taken in figures.items()} == {"a": 2, "b": 2}
    odd = Entry(
        "c", "a", entries[0].command, tmp_path / "c", lambda: Counts(1, 2, 4), Counts(1, 2, 3)
    )
    with pytest.raises(CountsDiffer, match=r"c found .*changed=4.* expected .*changed=3"):
        check_counts((*entries, odd), lambda line: None)


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    """The verdicts on DuckDB and senr-duck, by case and contestant."""
    expected = {case.name: case.expected for case in CASES}

    def make(folder: Path) -> None:
        found = answer_all({"floor": PYTHON}, folder)
        verdicts = [(one.case, one.contestant, judge(expected[one.case], one)) for one in found]
        (folder / "verdicts.json").write_text(json.dumps(verdicts), encoding="utf-8")

    made = make_once(tmp_path_factory, "bench_answers", make) / "verdicts.json"
    verdicts = json.loads(made.read_text(encoding="utf-8"))
    return {(case, contestant): verdict for case, contestant, verdict in verdicts}


@pytest.mark.slow
def test_text_in_duckdb_is_wrong_only_where_a_zero_is_lost(
    answers: dict[tuple[str, str], str],
) -> None:
    found = {case: verdict for (case, name), verdict in answers.items() if name == "DuckDB, text"}
    assert found.pop("`01` and `1`") == "wrong"
    assert set(found.values()) == {"right"}


@pytest.mark.slow
def test_a_run_is_right_or_holds_the_student(answers: dict[tuple[str, str], str]) -> None:
    assert {
        case: verdict for (case, name), verdict in answers.items() if name == "senr-duck run"
    } == {
        "zeros on both sides": "right",
        "a key's lost zero": "flagged",
        "`01` and `1`": "right",
        "letters on one side": "right",
        "blank and missing": "right",
        "twins": "right",
        "a repeated key": "flagged",
        "no SSID": "flagged",
        "quotes in names": "flagged",
    }


def test_an_answer_is_apart_only_if_it_names_what_it_leaves_out() -> None:
    expected = Counts(removed=0, added=0, changed=1)
    nothing = Counts(removed=0, added=0, changed=0)
    too_much = Counts(removed=1, added=0, changed=0)
    assert judge(expected, Answer("c", "t", expected, 1)) == "right"
    assert judge(expected, Answer("c", "t", nothing, 1)) == "flagged"
    assert judge(expected, Answer("c", "t", nothing, 0)) == "wrong"
    assert judge(expected, Answer("c", "t", too_much, 1)) == "wrong"
    assert judge(expected, Answer("c", "t", None, 0)) == "stops"


def make_results() -> Results:
    floor = (Measurement(2.0, 3.0, 400.0), Measurement(1.0, 4.0, 500.0), Measurement(3, 5, 450))
    run = (Measurement(4.0, 6.0, 1000.0), Measurement(6.0, 8.0, 900.0), Measurement(5, 7, 800))
    return Results(
        day=date(2026, 11, 28),
        machine=Machine("Some Processor", 2, 23.6, "Linux 6", "3.11.7"),
        contest=Contest(
            district="Exeter Unified",
            students=1000,
            turns=3,
            records={"ods": 2600, "sis": 2610},
            counts=Counts(1200, 20, 3),
            repeated=4,
            converged=Counts(5, 6, 7),
            decided={"ods": {"same": 2500, "held": 100}, "sis": {"same": 2500, "held": 110}},
            lines=(Line("floor", "floor", floor), Line("senr-duck run", "floor", run)),
            versions={"floor": {"duckdb": "2.0.1"}},
            stages=(
                Stages(
                    "500 students",
                    2_600,
                    tuple({stage: float(turn) for stage in STAGES} for turn in (1, 3, 2)),
                ),
            ),
        ),
        answers=tuple(
            Answer(case.name, "a tool", Counts(9, 9, 9) if number == 2 else case.expected, 0)
            for number, case in enumerate(CASES)
        ),
        statewide=(Size("the state", 2_000_000, Measurement(10.0, 20.0, 4096.0)),),
    )


@pytest.mark.parametrize(
    ("layer", "stage"),
    [
        ("10_posted", "agree"),
        ("30_scope", "agree"),
        ("40_target", "match"),
        ("60_order", "match"),
        ("70_check", "check"),
        ("75_explain", "plan"),
        ("95_export", "plan"),
    ],
)
def test_each_layer_of_the_views_belongs_to_a_stage(layer: str, stage: str) -> None:
    assert name_stage(layer) == stage


def test_a_run_is_measured_stage_by_stage(tmp_path: Path) -> None:
    sample = Inputs(SAMPLE / "ods.txt", SAMPLE / "sis.csv", SAMPLE / "senr.toml")
    seconds = measure_stages(run_command(sample, tmp_path)[1:])
    assert list(seconds) == list(STAGES)
    assert all(second > 0 for second in seconds.values())
    assert count_records(tmp_path) == len(
        (SAMPLE / "ods.txt").read_text(encoding="utf-8").splitlines()
    ) + len((SAMPLE / "sis.csv").read_text(encoding="utf-8").splitlines()[1:])


def test_the_page_shows_medians_peaks_and_their_ratios_to_the_floor() -> None:
    page = format_page(make_results())
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert "| floor | 2.00 (1.00 to 3.00) | 1.00 | 4.00 | 1.00 | 500 | 1.00 |" in rows
    assert "| senr-duck run | 5.00 (4.00 to 6.00) | 2.50 | 7.00 | 1.75 | 1,000 | 2.00 |" in rows
    assert "| as they were made | 1,200 | 20 | 3 |" in rows
    assert f"| 500 students | 2,600 |{' 2.00 |' * 8} 16.00 |" in rows
    assert "| the state | 2,000,000 | 10.0 | 5.0 | 20.0 | 4,096 |" in rows
    assert (
        "| a tool | right | right | **9 9 9** | right | right | right | right | right | right |"
        in rows
    )
    assert "Some Processor, 2 cores, 24 GiB; Linux 6, Python 3.11.7." in page
    assert "Exeter Unified, 1,000: 2,600 ODS records and 2,610 SIS records. 3 turns." in page


def test_the_page_shows_the_figures_of_the_last_bench() -> None:
    page = ROOT / "docs" / "performance.md"
    assert page.read_text(encoding="utf-8") == format_page(read_results())
