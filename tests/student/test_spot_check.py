"""Which students are chosen for spot checks: over all classes, reasons, and schools, repeatably."""

import io
import random
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from senr_duck.errors import InputError
from senr_duck.student.spot_check import SpotCheck, choose_spot_checks
from tests.support.command_line import run, senr_duck
from tests.support.extracts import Record, every_class, write_ods, write_sis


@pytest.fixture
def sample(sample_run: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(sample_run / "senr.duckdb", read_only=True) as con:
        yield con


def publish(folder: Path, ods: list[Record], sis: list[Record]) -> duckdb.DuckDBPyConnection:
    folder.mkdir()
    write_ods(folder / "ods.txt", ods)
    write_sis(folder / "sis.txt", sis)
    done = run(folder)
    assert done.returncode == 0, done.stderr
    return duckdb.connect(folder / "senr.duckdb", read_only=True)


def test_six_students_are_one_of_each_class_what_deletes_first(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    chosen = choose_spot_checks(sample, 6)
    assert [one.record_class for one in chosen] == [
        "remove",
        "no_show",
        "held",
        "exit",
        "update",
        "add",
    ]


def test_twelve_students_are_two_of_each_class_of_two_reasons(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    chosen = choose_spot_checks(sample)
    assert len({one.student_key for one in chosen}) == 12
    assert len({(one.record_class, one.reason) for one in chosen}) == 12
    assert len({one.record_class for one in chosen}) == 6


def test_sixty_students_are_of_every_reason_and_of_every_school(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    chosen = choose_spot_checks(sample, 60)
    wanted = sample.execute(
        """
        select class, reason from recon.planned_record
        union select 'held', rule from recon.finding where severity = 'fatal'
        """
    ).fetchall()
    # a student chosen for one rule is not chosen again for another
    assert set(wanted) - {(one.record_class, one.reason) for one in chosen} <= {
        ("held", "COMPLETION-CONTRADICTION"),
        ("held", "SENR0022"),
    }
    schools = sample.execute("select distinct school_of_attendance from recon.planned_record")
    assert {school for (school,) in schools.fetchall()} <= {one.school for one in chosen}


def test_the_same_seed_chooses_the_same_students_another_one_others(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    chosen = choose_spot_checks(sample, 12, seed=1)
    assert choose_spot_checks(sample, 12, seed=1) == chosen
    assert choose_spot_checks(sample, 5, seed=1) == chosen[:5]
    others = choose_spot_checks(sample, 12, seed=2)
    assert {one.student_key for one in others} != {one.student_key for one in chosen}


def test_the_order_of_the_lines_changes_nothing(every_class_run: Path, tmp_path: Path) -> None:
    ods, sis = every_class()
    with duckdb.connect(every_class_run / "senr.duckdb", read_only=True) as con:
        chosen = choose_spot_checks(con)
    random.Random(1).shuffle(ods)  # noqa: S311 - no secret
    with publish(tmp_path / "shuffled", ods, list(reversed(sis))) as con:
        assert choose_spot_checks(con) == chosen
    assert {(one.student_key, one.record_class, one.reason) for one in chosen} == {
        ("1000000002", "exit", "EXIT-ADDED"),
        ("1000000003", "update", "FIELDS-CHANGED"),
        ("1000000004", "add", "STUDENT-NOT-IN-ODS"),
        ("1000000005", "remove", "SCHOOL-NOT-IN-SIS"),
        ("1000000006", "no_show", "LAST-RECORD-NOT-IN-SIS"),
        ("1000000009", "held", "GERR0002"),
        ("1000000011", "held", "ODS-COMPLETER"),
    }


def test_fewer_than_one_student_is_no_choice(sample: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(InputError, match="found 0"):
        choose_spot_checks(sample, 0)


def test_the_terminal_shows_both_sides_and_a_line_to_tick(sample_run: Path) -> None:
    done = senr_duck(sample_run, "spot-check", "-n", "4")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n   ☐ checked by ____________________ on ______________\n") == 4
    assert done.stdout.count(" CALPADS          SIS                CALPADS after") == 4
    assert "\n1. SSID " in done.stdout and "\n4. SSID " in done.stdout
    assert "* deleted" in done.stdout
    assert "N470" in done.stdout
    assert "ON HOLD: " in done.stdout


def test_a_terminal_that_shows_only_ascii_gets_a_box_of_ascii(every_class_run: Path) -> None:
    from senr_duck.student.find import explain_keys
    from senr_duck.student.spot_check_text import print_spot_checks

    with duckdb.connect(every_class_run / "senr.duckdb", read_only=True) as con:
        chosen = choose_spot_checks(con, 1)
        explained = explain_keys(con, [one.student_key for one in chosen])
    shown = io.BytesIO()
    with io.TextIOWrapper(shown, encoding="ascii") as file:
        console = Console(file=file, width=80)
        print_spot_checks(list(zip(chosen, explained, strict=True)), console)
        file.flush()
        lines = shown.getvalue().decode("ascii").splitlines()
    assert chosen == (SpotCheck("1000000005", "remove", "SCHOOL-NOT-IN-SIS", "1930651"),)
    assert lines[-1] == "   [ ] checked by ____________________ on ______________"
    assert [line.rstrip() for line in lines[3:7]] == [
        "1. SSID 1000000005, local ID L0005   (remove: SCHOOL-NOT-IN-SIS)",
        "   school  start      st gr  CALPADS          SIS                CALPADS after",
        " 1 1930650 2025-08-14 10 05  open             open               open",
        " 2 1930651 2025-09-01 20 05  open             -                * deleted",
    ]
    assert max(len(line) for line in lines) <= 80


def test_with_nothing_to_send_there_is_nobody_to_check(tmp_path: Path) -> None:
    graduate = every_class()[0][-1]
    with publish(tmp_path / "same", [graduate], [graduate]):
        pass
    done = senr_duck(tmp_path / "same", "spot-check")
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout
        == "no records are sent and no students are on hold, so there is nothing to check\n"
    )
