"""The correctness round: every contestant compares every tiny case."""

import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tools.bench.cases import CASES, Case, write_case
from tools.bench.contest import SCRIPTS
from tools.bench.counts import Counts, Found, count_found
from tools.bench.inputs import Inputs, run_command
from tools.bench.job import Job, Reading, describe_job, write_job
from tools.bench.measure import CommandFailed, measure
from tools.bench.results import Answer

SENR_DUCK = "senr-duck run"


@dataclass(frozen=True)
class Contestant:
    """A script with one of its ways to read, and the name of its environment."""

    name: str
    environment: str
    script: str
    reading: Reading


# In the order of the page's rows; senr-duck's own row comes first.
CONTESTANTS = tuple(
    Contestant(f"{name}, {reading}", environment, script, reading)
    for name, environment, script in (
        ("DuckDB", "floor", "floor"),
        ("polars", "polars", "polars_lazy"),
        ("datacompy", "datacompy", "datacompy_polars"),
        ("pointblank", "pointblank", "pointblank_duckdb"),
        ("pandas", "pandas", "pandas_merge"),
    )
    for reading in ("text", "default")
)


def answer_all(pythons: Mapping[str, Path], folder: Path) -> Iterator[Answer]:
    """Yield what senr-duck and each contestant with an interpreter find in each case."""
    for case in CASES:
        place = folder / f"case_{CASES.index(case) + 1}"
        shutil.rmtree(place, ignore_errors=True)
        inputs = write_case(case, place)
        yield _answer(case, SENR_DUCK, _run_senr_duck(inputs, place / "run"))
        for contestant in CONTESTANTS:
            if contestant.environment in pythons:
                out = place / contestant.name.replace(", ", "_")
                out.mkdir()
                job = describe_job(inputs.ods, inputs.sis, out)
                found = _run_script(contestant, pythons[contestant.environment], job)
                yield _answer(case, contestant.name, found)


def judge(expected: Counts, answer: Answer) -> str:
    """Return ``right``, ``flagged``, ``wrong`` or ``stops``.

    ``flagged``: the counts are too low, and what is missing is named as something to look at.
    """
    found = answer.found
    if found is None:
        return "stops"
    if found == expected:
        return "right"
    is_less = (
        found.removed <= expected.removed
        and found.added <= expected.added
        and found.changed <= expected.changed
    )
    return "flagged" if answer.flagged and is_less else "wrong"


def _answer(case: Case, contestant: str, found: Found | None) -> Answer:
    if found is None:
        return Answer(case.name, contestant, None, 0)
    return Answer(case.name, contestant, found.counts, found.flagged)


def _run_script(contestant: Contestant, python: Path, job: Job) -> Found | None:
    path = write_job(job, Path(job.out, "job.json"), contestant.reading)
    try:
        if not Path(job.commas).exists():
            measure((sys.executable, str(SCRIPTS / "to_commas.py"), str(path)))
        measure((str(python), str(SCRIPTS / f"{contestant.script}.py"), str(path)))
    except CommandFailed:
        return None
    return count_found(job, without_repeated=False)


def _run_senr_duck(inputs: Inputs, work: Path) -> Found | None:
    """Return what a run decides: a no-show counts as a removal, a student on hold is flagged."""
    work.mkdir()
    try:
        measure(run_command(inputs, work, "--allow-no-exits"))
    except CommandFailed:
        return None
    with duckdb.connect(work / "senr.duckdb", read_only=True) as con:
        (figures,) = con.execute(
            """
            select
                (select count(*) from recon.ods_class where class in ('remove', 'no_show')),
                (select count(*) from recon.sis_class where class = 'add'),
                (select count(*) from recon.ods_class where class in ('update', 'exit')),
                (select count(*) from recon.held_student)
            """
        ).fetchall()
    return Found(Counts(*figures[:3]), flagged=figures[3])
