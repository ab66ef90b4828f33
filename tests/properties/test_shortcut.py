"""The shortcut for students on whom both sides plainly agree changes nothing in the result."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from senr_duck.ledger import change_ledger, mark_posted
from senr_duck.run.engine import Engine
from senr_duck.run.job import run_job
from senr_duck.run.reconcile import Job, Reconciliation, reconcile
from senr_duck.settings.settings import load_settings
from senr_duck.views.order import order_views
from tests.support.convergence import NO_GUARDS
from tests.support.districts import AS_OF
from tests.support.extracts import LEA, Record, write_ods, write_sis
from tests.support.lives import SCHOOLS, last_day
from tests.support.odd_mixtures import NOT_REPORTED, OTHER_LEA, TRANSLATE, make_mixture

pytestmark = pytest.mark.slow

STUDENTS = 3000
# Raise this to try more: every as-of date is tried with this many mixtures.
SEEDS = 1

# What the shortcut is for has other rows without it: everything up to the classes of the records.
_COMPARED_LAYERS = ("75_explain", "80_plan", "85_account", "90_guard", "95_export")
_COMPARED_VIEWS = (
    *("ods_record", "sis_record", "local_id_change", "classified_record", "field_difference"),
    *("proposed_record", "conflicts", "demographic_pair", "ssid_pair", "finding", "held_student"),
)
# Lists what the comparison looks at, which depends on the shortcut; work_item reads it.
_LOOKED_AT = "own_record"

# How the runs are made; each as-of date has another of them with each seed.
WAYS = ("plain", "local codes", "all LEAs", "one school", "lacking columns", "posted since", "all")


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize(("place", "as_of"), list(enumerate(AS_OF)))
def test_the_result_is_the_same_with_and_without_the_shortcut(
    tmp_path: Path, seed: int, place: int, as_of: date
) -> None:
    way = WAYS[(place + seed) % len(WAYS)]
    job = prepare_job(tmp_path, make_mixture(seed, as_of, STUDENTS), way, as_of)
    with reconcile(job) as one:
        with_shortcut = read_result(one)
        [(agreeing,)] = one.con.execute("select count(*) from recon.agreeing_student").fetchall()
    with reconcile(replace(job, engine=Engine(has_shortcut=False))) as one:
        without = read_result(one)
        [(none,)] = one.con.execute("select count(*) from recon.agreeing_student").fetchall()
    different = [name for name in without if with_shortcut[name] != without[name]]
    assert not different, (way, show_difference(with_shortcut, without, different))
    assert none == 0
    # so that the shortcut is taken; near the last school day every open enrollment is closed
    is_near_the_end = date(as_of.year, 5, 20) <= as_of <= date(as_of.year, 6, 30)
    assert agreeing > STUDENTS * (0.02 if is_near_the_end or way == "one school" else 0.1)


def prepare_job(
    folder: Path, sides: tuple[list[Record], list[Record]], way: str, as_of: date
) -> Job:
    ods_records, sis_records = sides
    if way == "all":
        sis_records = [store_first_day_away(one) for one in sis_records]
    ods = write_ods(folder / "ods.txt", ods_records)
    sis = write_sis(folder / "sis.txt", sis_records)
    if way == "lacking columns":
        sis = write_csv(folder / "sis.csv", sis_records)
    text = "".join(
        f'[calendar."{year}-{year + 1}"]\nlast_day = {last_day(year)}\n'
        for year in range(2025, 2028)
    )
    text += f'[schools]\ndo_not_report = ["{NOT_REPORTED}"]\n'
    text += "[evidence]\nuse = false\n"
    if way == "all":
        text += '[sis]\nexit_date_is = "first_day_away"\n'
    for column, codes in TRANSLATE.items() if way in ("local codes", "posted since") else ():
        text += f"[translate.{column}]\n"
        text += "".join(f'"{local}" = "{code}"\n' for local, code in codes.items())
    (folder / "senr.toml").write_text(text, encoding="utf-8")
    options: dict[str, Any] = {**NO_GUARDS, "as_of": as_of, "allow_empty_scope": True}
    options["change_years"] = "all" if way == "all" else "current"
    if way == "all LEAs":
        options |= {"lea": [LEA, OTHER_LEA]}
    if way == "one school":
        options["school"] = [SCHOOLS[0]]
    settings = load_settings(folder / "senr.toml", options, as_of)
    job = Job([ods], [sis], settings, folder / "out", folder / "senr.duckdb")
    if way == "posted since":
        result = run_job(job)
        with change_ledger(job.database) as ledger:
            mark_posted(ledger, result.run_id, None, None, as_of)
        later = replace(settings, as_of=as_of + timedelta(days=1), ods_date=as_of)
        job = replace(job, settings=later)
    return job


def store_first_day_away(one: Record) -> Record:
    """Return a record as a SIS with another idea of exit dates has it."""
    try:
        moved = date.fromisoformat(one.get("enrollment_exit_date", "")) + timedelta(days=1)
    except ValueError:  # odd, or none
        return one
    if one.get("student_exit_reason_code") == "N470":
        return one
    return {**one, "enrollment_exit_date": moved.strftime("%Y%m%d")}


def write_csv(path: Path, records: Sequence[Record]) -> Path:
    """Write a SIS extract as CSV that lacks some compared columns."""
    lacking = ("student_seal_of_biliteracy_indicator", "student_school_completion_status_code")
    columns = sorted({name for one in records for name in one} - {*lacking, "upload_date"})
    columns = [name for name in columns if name not in ("academic_year_id", "last_date_updated")]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(records)
    return path


def read_result(one: Reconciliation) -> dict[str, Any]:
    """Return the rows of everything that the result is made of, sorted, by view."""
    names = [
        view.name
        for view in order_views(one.settings.rules)
        if (view.layer in _COMPARED_LAYERS and view.name != _LOOKED_AT)
        or view.name in _COMPARED_VIEWS
    ]
    rows: dict[str, Any] = {
        name: sorted(map(repr, one.con.execute(f"select * from recon.{name}").fetchall()))
        for name in names
    }
    return rows | {"accounting": one.accounting, "notices": one.notices, "run": one.run_id}


def show_difference(
    one: dict[str, Any], other: dict[str, Any], names: Sequence[str]
) -> dict[str, Any]:
    return {
        name: (
            sorted(set(one[name]) - set(other[name]))[:2],
            sorted(set(other[name]) - set(one[name]))[:2],
        )
        for name in names
    }
