"""Explaining one student, for every class and every hold, as text of 80 columns and as JSON."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from senr_duck.student.explain_text import print_explanation
from senr_duck.student.find import explain_keys, find_students, read_names
from tests.support.command_line import run, senr_duck
from tests.support.extracts import (
    ADAMS,
    BAKER,
    YEAR,
    Record,
    closed,
    record,
    write_ods,
    write_sis,
)

AGREE = "NOTHING IS SENT: both sides agree."
LEFT = "NOTHING IS SENT: 1 record left alone."
HELD = "ON HOLD: nothing is sent for this student until the 1 finding below is fixed."


@pytest.fixture(scope="module")
def sample(sample_run: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(sample_run / "senr.duckdb", read_only=True) as con:
        yield con


def explain(con: duckdb.DuckDBPyConnection, key: str, encoding: str = "utf-8") -> str:
    """Return what a terminal of 80 columns without color shows of a student."""
    (explanation,) = explain_keys(con, [key])
    shown = io.BytesIO()
    with io.TextIOWrapper(shown, encoding=encoding) as file:
        console = Console(file=file, width=80, no_color=True)
        print_explanation(explanation, read_names(con), console)
        file.flush()
        return shown.getvalue().decode(encoding)


def unwrap(text: str) -> str:
    return " ".join(text.split())


OF_THE_SAMPLE = [
    ("1002678070", "SENT: 2 records, in 001_Removals.txt and 003_Updates_01.txt.", "START-CHANGED"),
    ("1001658385", "SENT: 1 record, in 001_Removals.txt.", "SCHOOL-NOT-IN-SIS"),
    ("1000408660", "SENT: 2 records, in 001_Removals.txt and", "START-NOT-IN-SIS"),
    ("1000501818", "SENT: 1 record, in 002_Exits.txt.", "LAST-RECORD-NOT-IN-SIS"),
    ("1000053677", "SENT: 2 records, in 002_Exits.txt and", "LAST-RECORD-REPLACED"),
    ("1000593890", "SENT: 1 record, in 002_Exits.txt.", "EXIT-ADDED"),
    ("1001052286", "SENT: 1 record, in 002_Exits.txt.", "EXIT-DATE-CHANGED"),
    ("1001340839", "SENT: 2 records, in 002_Exits.txt and", "PRIOR-YEAR-CLOSED"),
    ("1000196275", "SENT: 1 record, in 003_Updates_01.txt.", "EXIT-REASON-CHANGED"),
    ("1000408660", "SENT: 2 records, in 001_Removals.txt and", "EXIT-TAKEN-AWAY"),
    ("1000446000", "SENT: 1 record, in 003_Updates_01.txt.", "FIELDS-CHANGED"),
    ("1002965107", "SENT: 2 records, in 002_Exits.txt and", "MID-YEAR-CHANGE"),
    ("1001849355", "SENT: 2 records, in 002_Exits.txt and", "SCHOOL-NOT-IN-ODS"),
    ("1000187182", "SENT: 1 record, in 003_Updates_01.txt.", "STUDENT-NOT-IN-ODS"),
    ("1001340839", "SENT: 2 records, in 002_Exits.txt and", "YEAR-NOT-IN-ODS"),
    ("1002143020", LEFT, "KEEP-LIST, enrollment 4"),
    ("1002982411", LEFT, "FUTURE-ODS-ONLY, enrollment 4"),
    ("1006271148", LEFT, "LEFTOVER-NO-SHOW, enrollment 1"),
    ("1000202106", LEFT, "PRIOR-YEAR-ODS-ONLY, enrollment 2"),
    ("1001822835", LEFT, "FUTURE-START, enrollment 1"),
    ("1001232907", LEFT, "PRIOR-YEAR-SIS-ONLY, enrollment 1"),
    ("1000003027", AGREE, "Enrollments"),
    ("1001960282", "NOTHING IS SENT: the run leaves this student out.", "(DO-NOT-REPORT)"),
    ("1001889830", AGREE, "1: the run leaves it out: Before the window (BEFORE-WINDOW)"),
    ("1001620197", AGREE, "4: the run leaves it out: Line twice in the ODS extract (ODS-TWIN)"),
    (
        "1005345388",
        "ON HOLD: nothing is sent for this student until the 2 findings below are fixed.",
        "COMPLETION-CONTRADICTION (fatal), enrollment 2, ODS line 1283 of ods.txt, "
        "SIS line 3396 of sis.csv",
    ),
    (
        "1005345388",
        "ON HOLD: nothing is sent for this student until the 2 findings below are fixed.",
        "SENR0022 (fatal), enrollment 2, ODS line 1283 of ods.txt, SIS line 3396 of sis.csv",
    ),
    (
        "1007124886",
        HELD,
        "FRMT0002 (fatal), enrollment 3, ODS line 2905 of ods.txt, SIS line 4521 of sis.csv",
    ),
    (
        "1006186484",
        HELD,
        "GERR0001 (fatal), enrollment 3, ODS line 4842 of ods.txt, SIS line 3915 of sis.csv",
    ),
    (
        "1005815831",
        HELD,
        "GERR0002 (fatal), enrollment 4, ODS line 4810 of ods.txt, SIS line 3697 of sis.csv",
    ),
    ("1005983759", HELD, "ODS-COMPLETER (fatal), enrollment 4, ODS line 1395 of ods.txt"),
    ("local 2005974", HELD, "SSID-MISSING (fatal), enrollment 1, SIS line 3753 of sis.csv"),
    (
        "1001647542",
        "ON HOLD",
        "SENR0027 (fatal), enrollment 4, ODS line 34 of ods.txt, SIS line 1039 of sis.csv",
    ),
    (
        "1001647542",
        "ON HOLD",
        "SENR0187 (fatal), enrollment 4, ODS line 34 of ods.txt, SIS line 1039 of sis.csv",
    ),
    ("1000310194", HELD, "SSID-SHARED (fatal), enrollment 2, SIS line 172 of sis.csv"),
    ("1000225223", HELD, "SSID-MISMATCH (fatal), enrollment 1, ODS line 1851 of ods.txt"),
]


@pytest.mark.parametrize(
    ("key", "verdict", "why"), OF_THE_SAMPLE, ids=[why.split()[0] for _, _, why in OF_THE_SAMPLE]
)
def test_the_verdict_and_the_reason_of_a_student_of_the_sample(
    sample: duckdb.DuckDBPyConnection, key: str, verdict: str, why: str
) -> None:
    shown = explain(sample, key)
    assert shown.splitlines()[1].startswith(verdict)
    assert why in unwrap(shown)
    assert max(len(line) for line in shown.splitlines()) <= 80


def test_the_students_above_are_of_every_reason_and_hold_of_the_sample(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    reasons = sample.execute(
        """
        select reason from recon.planned_record
        union select reason from recon.record_reason where class in ('kept', 'not_sent')
        union select reason from recon.ods_class where class = 'out_of_scope'
        union select rule from recon.finding where severity = 'fatal'
        """
    ).fetchall()
    told = {word.strip("(),") for _, _, why in OF_THE_SAMPLE for word in why.split()}
    assert {reason for (reason,) in reasons} <= told


REMOVED = """\
SSID 1000000005, local ID L0005   (LEA 1964733, as of 2026-03-02)
SENT: 1 record, in 001_Removals.txt.

Timeline
                      2025-26
 1 1930650   CALPADS            ├──────────────────────────────────────────────▶
             SIS                ├──────────────────────────────────────────────▶
 2 1930651   CALPADS                ├──────────────────────────────────────────▶
             SIS      (none)
             after    (deleted)

Enrollments
   school  start      st gr  CALPADS          SIS                CALPADS after
 1 1930650 2025-08-14 10 05  open             open               open
 2 1930651 2025-09-01 20 05  open             -                * deleted
   * after all files have posted
   Codes: 10 Primary enrollment; 20 Secondary enrollment

What is sent, in this order, and why
001_Removals.txt deletes enrollment 2 (SCHOOL-NOT-IN-SIS)
   Only CALPADS has this enrollment at 1930651 from 2025-09-01, open, secondary;
   the SIS has the student in that school year at 1930650 from 2025-08-14, open
   (CALPADS has it too). The run assumes that the SIS is right, so the record is
   deleted.
"""


def test_a_removal_from_the_first_line_to_the_last(every_class_run: Path) -> None:
    done = senr_duck(every_class_run, "explain", "1000000005")
    assert (done.returncode, done.stderr) == (0, "")
    # the terminal of the tests has 100 columns
    assert unwrap(REMOVED.partition("Timeline")[0]) in unwrap(done.stdout)
    with duckdb.connect(every_class_run / "senr.duckdb", read_only=True) as con:
        shown = explain(con, "1000000005")
    assert [line.rstrip() for line in shown.splitlines()] == REMOVED.splitlines()


def test_a_terminal_that_shows_only_ascii_gets_only_ascii(every_class_run: Path) -> None:
    with duckdb.connect(every_class_run / "senr.duckdb", read_only=True) as con:
        shown = explain(con, "1000000002", encoding="ascii")
    assert " 1 1930650   CALPADS            |--------" in shown
    assert "             after              |--------" in shown


def test_json_says_the_same_in_names_that_stay(every_class_run: Path) -> None:
    done = senr_duck(every_class_run, "explain", "1000000003", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    action_id = told["students"][0]["sent"][0].pop("local_record_id")
    assert len(action_id) == 32
    ods = {
        "line": 3,
        "file": "ods.txt",
        "exit": None,
        "exit_reason": None,
        "completion_status": None,
        "status": "10",
        "grade": "05",
    }
    sis = {**ods, "file": "sis.txt", "grade": "04"}
    assert told == {
        "schema_version": 1,
        "lea": "1964733",
        "as_of": "2026-03-02",
        "students": [
            {
                "ssid": "1000000003",
                "local_student_id": "L0003",
                "held": False,
                "enrollments": [
                    {
                        "number": 1,
                        "school": ADAMS,
                        "school_name": None,
                        "start": "2025-08-14",
                        "class": "update",
                        "reason": "FIELDS-CHANGED",
                        "calpads": ods,
                        "sis": sis,
                        "sis_as_calpads_should_show_it": sis,
                        "calpads_afterwards": sis,
                    }
                ],
                "differences": [
                    {"enrollment": 1, "field": "grade_level_code", "calpads": "05", "sis": "04"}
                ],
                "sent": [
                    {
                        "file": "003_Updates.txt",
                        "is_unconfirmed": False,
                        "enrollment": 1,
                        "class": "update",
                        "reason": "FIELDS-CHANGED",
                        "explanation": "Grade Level Code is 05 in CALPADS and 04 in the SIS.",
                    }
                ],
                "held_by": [],
                "waiting": [],
                "left_alone": [],
                "listed": [],
            }
        ],
    }


def test_what_calpads_has_afterwards(every_class_run: Path) -> None:
    exits = {
        "1000000002": [("2025-12-01", "T160")],
        "1000000004": [(None, None)],
        "1000000005": [(None, None), None],
        "1000000006": [("2025-08-13", "N470")],
        "1000000007": [("2025-06-06", "E155")],
        "1000000008": [None],
        "1000000009": [(None, None)],
    }
    with duckdb.connect(every_class_run / "senr.duckdb", read_only=True) as con:
        found = {
            one.student.key: [
                pair.after and (pair.after.exit, pair.after.exit_reason) for pair in one.pairs
            ]
            for one in explain_keys(con, exits)
        }
    assert found == exits


def test_no_name_or_birth_date_is_shown(every_class_run: Path) -> None:
    for option in ((), ("--json",)):
        done = senr_duck(every_class_run, "explain", "1000000009", *option)
        assert done.returncode == 0
        for private in ("Ana", "Nuñez", "Nu\\u00f1ez", "20150310", "2015-03-10"):
            assert private not in done.stdout


def test_a_local_id_finds_the_student(every_class_run: Path) -> None:
    by_ssid = senr_duck(every_class_run, "explain", "1000000006")
    by_local_id = senr_duck(every_class_run, "explain", "--local-id", "L0006")
    assert by_local_id.returncode == 0
    assert by_local_id.stdout == by_ssid.stdout


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (("9999999999",), "with this SSID", "check the number"),
        (("L0006",), "with this SSID", "use --local-id"),
        (("--local-id", "9999"), "with this local student ID", "check the number"),
        (("--local-id", "1000000006"), "with this local student ID", "leave out --local-id"),
    ],
)
def test_a_student_in_neither_extract_is_exit_status_2_with_a_hint(
    every_class_run: Path, arguments: tuple[str, ...], message: str, hint: str
) -> None:
    done = senr_duck(every_class_run, "explain", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    error, _, told = done.stderr.partition("\n\nhint: ")
    assert error.startswith("error: neither extract has a student") and message in error
    assert hint in told
    assert not any(word in done.stderr for word in arguments if not word.startswith("--"))


def test_without_a_database_it_says_so(tmp_path: Path) -> None:
    done = senr_duck(tmp_path, "explain", "1000000006")
    assert done.returncode == 2
    assert "senr.duckdb: found no such file" in done.stderr


def held_students() -> tuple[list[Record], list[Record], dict[str, str]]:
    """Return both sides of students whom the comparison itself puts on hold, with the rules."""
    twice = record("1000000031", ADAMS, YEAR)
    two_of_one_key = record("1000000032", ADAMS, YEAR)
    mistyped = record(
        "1000000033", ADAMS, YEAR, local_student_id="L77", student_legal_first_name="Mia"
    )
    at_the_edge = record("1000000034", ADAMS, YEAR)
    starts_later = record("1000000034", BAKER, "20260601")
    history = closed(record("1000000035", ADAMS, YEAR), "20251001", "T160")
    secondary = record("1000000036", ADAMS, YEAR, enrollment_status_code="20")
    last_year = record("1000000037", ADAMS, "20240815")
    stays = closed(record("1000000038", ADAMS, YEAR), "20251201", "T160")
    overlaps = record("1000000038", BAKER, "20251101")
    ods = [
        twice,
        two_of_one_key,
        {**two_of_one_key, "grade_level_code": "06"},
        mistyped,
        at_the_edge,
        history,
        secondary,
        last_year,
        stays,
    ]
    sis = [
        twice,
        twice,
        two_of_one_key,
        {**mistyped, "ssid": "1000000043"},
        starts_later,
        last_year,
        stays,
        overlaps,
    ]
    rules = {
        "1000000031": "SENR0034",
        "1000000032": "ODS-KEY-TWICE",
        "1000000033": "SSID-MISMATCH",
        "1000000043": "SSID-MISMATCH",
        "1000000034": "SCOPE-EDGE",
        "1000000035": "LAST-RECORD-HISTORY",
        "1000000036": "LAST-RECORD-SECONDARY",
        "1000000037": "PRIOR-YEAR-OPEN",
        "1000000038": "SENR0027",
    }
    return ods, sis, rules


@pytest.fixture(scope="module")
def held_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which those students have been reconciled."""
    folder = tmp_path_factory.mktemp("held")
    ods, sis, _ = held_students()
    write_ods(folder / "ods.txt", ods)
    write_sis(folder / "sis.txt", sis)
    done = run(folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_each_hold_is_explained_with_its_fix(held_run: Path) -> None:
    _, _, rules = held_students()
    with duckdb.connect(held_run / "senr.duckdb", read_only=True) as con:
        for key, rule in rules.items():
            shown = unwrap(explain(con, key))
            assert "ON HOLD: nothing is sent for this student until" in shown, key
            assert f"{rule} (fatal), enrollment" in shown, key
            assert "Why the student is on hold, and how to fix it" in shown
        assert "has it under SSID 1000000043" in unwrap(explain(con, "1000000033"))
        assert "the SIS has the student at 1930651 from 2026-06-01, open" in unwrap(
            explain(con, "1000000034")
        )
        overlap = unwrap(explain(con, "1000000038"))
        assert "the other enrollment is at 1930650 from 2025-08-14 to 2025-12-01" in overlap
        assert "What waits for these fixes SCHOOL-NOT-IN-ODS, enrollment 2" in overlap


def test_a_local_id_of_two_students_shows_both(held_run: Path) -> None:
    with duckdb.connect(held_run / "senr.duckdb", read_only=True) as con:
        found = find_students(con, [" L77 "], is_local_id=True)
    assert [one.student.key for one in found] == ["1000000033", "1000000043"]
