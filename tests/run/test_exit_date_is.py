"""A SIS with the first day away as exit date gives the files of one with the last day."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import duckdb

from tests.support.archives import read_zip
from tests.support.command_line import AS_OF, Ended, senr_duck
from tests.support.extracts import (
    ADAMS,
    BAKER,
    YEAR,
    Record,
    closed,
    every_class,
    record,
    write_ods,
    write_sis,
)

RUN = ("run", "--ods", "ods.txt", "--sis", "sis.txt", *AS_OF)
FIRST_DAY_AWAY = '[sis]\nexit_date_is = "first_day_away"\n'


def make_sides() -> tuple[list[Record], list[Record]]:
    """Return both sides: agreeing exits, changed ones, no-shows, and one that is to be added."""
    ods, sis = every_class()
    agrees = closed(record("1000000031", ADAMS, YEAR), "20251219", "T160")
    moved_on = record("1000000031", BAKER, "20260105")
    longer = closed(record("1000000032", ADAMS, YEAR), "20251219", "T180")
    no_show = closed(record("1000000033", ADAMS, YEAR), "20250813", "N470")
    never_came = record("1000000034", ADAMS, YEAR)
    added = closed(record("1000000035", ADAMS, "20251001"), "20251031", "T160")
    ods += [agrees, moved_on, longer, no_show, never_came]
    sis += [agrees, moved_on, closed(longer, "20260109", "T180"), no_show, added]
    sis += [closed(never_came, "20250813", "N470")]
    return ods, sis


def move_exits(records: Iterable[Record], days: int) -> list[Record]:
    """Return the records with every exit but a no-show's so many days later."""

    def move(one: Record) -> Record:
        text = one.get("enrollment_exit_date")
        if not text or one["student_exit_reason_code"] == "N470":
            return one
        moved = date.fromisoformat(text) + timedelta(days)
        return {**one, "enrollment_exit_date": moved.strftime("%Y%m%d")}

    return [move(one) for one in records]


def run(folder: Path, sis: Iterable[Record], text: str = "", *options: str) -> Ended:
    folder.mkdir()
    ods, _ = make_sides()
    write_ods(folder / "ods.txt", ods)
    write_sis(folder / "sis.txt", sis)
    (folder / "senr.toml").write_text(text, encoding="utf-8")
    return senr_duck(folder, *RUN, *options)


def test_moved_exits_give_the_files_of_exits_that_are_right_with_and_without_the_shortcut(
    tmp_path: Path,
) -> None:
    _, right = make_sides()
    expected = run(tmp_path / "right", right)
    assert (expected.returncode, "moved" in expected.stderr) == (0, False), expected.stderr
    # never enrolled: on the start date, the first day away is no day of attendance
    no_day = closed(record("1000000036", ADAMS, "20251001"), "20251001", "T160")
    away = [*move_exits(right, 1), no_day]
    for name, options in (("with", ()), ("without", ("--no-shortcut",))):
        done = run(tmp_path / name, away, FIRST_DAY_AWAY, "--max-held-share", "1", *options)
        assert done.returncode == 0, done.stderr
        assert "notice: 5 exits of the SIS extract are moved back by one day" in done.stderr
        assert read_zip(tmp_path / name) == read_zip(tmp_path / "right"), name
        (listed,) = (tmp_path / name).glob("out/*/exceptions.csv")
        held = [
            line
            for line in listed.read_text(encoding="utf-8-sig").splitlines()
            if ",1000000036," in line
        ]
        assert [line.split(",")[:2] for line in held] == [["fatal", "SENR0018"]]
    archives = [next((tmp_path / name).glob("out/*/*.zip")) for name in ("with", "without")]
    assert archives[0].read_bytes() == archives[1].read_bytes()
    with duckdb.connect(str(tmp_path / "with" / "senr.duckdb"), read_only=True) as con:
        answers = con.execute(
            """
            select
                (select count(*) from recon.agreeing_student) > 0 as is_shortcut_taken,
                (select min(enrollment_exit_date) from staging.sis_raw where ssid = '1000000031')
            """
        ).fetchall()
    assert answers == [(True, "20251220")]  # what the SIS says is not changed
    for name, value in (("right", "last_day"), ("with", "first_day_away")):
        (manifest,) = (tmp_path / name).glob("out/*/manifest.json")
        parameters = json.loads(manifest.read_text(encoding="utf-8"))["parameters"]
        assert parameters["exit_date_is"] == value
