"""The command of ``make bench``."""

import argparse
import shutil
import sys
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from senr_duck.reference.resources import resource
from tools.bench.contest import RUN, Entry, check_counts, enter_all, measure_all
from tools.bench.correctness import answer_all
from tools.bench.counts import count_extracts, count_repeated
from tools.bench.environments import REQUIREMENTS, prepare_environment, read_versions
from tools.bench.inputs import (
    SAMPLE,
    Inputs,
    converge,
    count_records,
    make_sample,
    read_manifest,
    run_command,
)
from tools.bench.job import describe_job
from tools.bench.machine import describe_machine
from tools.bench.measure import measure_stages
from tools.bench.page import write_page
from tools.bench.results import (
    FIGURES,
    Contest,
    Line,
    Results,
    Stages,
    read_results,
    write_results,
)

FOLDER = Path(".bench")
# The numbers of students at which the growth of each stage is measured, if the contest has more.
_SMALLER = (20_000, 100_000)


def main() -> None:
    """Measure, keep the figures, write the page."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench")
    parser.add_argument("--district", required=True)
    parser.add_argument("--students", type=int)
    parser.add_argument("--turns", type=int, required=True)
    given = parser.parse_args()
    results = _bench(given.district, given.students, given.turns)
    if resource(*FIGURES.parts).exists():
        results = replace(results, statewide=read_results().statewide)
    write_results(results)
    write_page(results)
    _report("docs/performance.md is written")


def _bench(district: str, students: int | None, turns: int) -> Results:
    pythons = {}
    for name in REQUIREMENTS:
        _report(f"the environment of {name}")
        pythons[name] = prepare_environment(name, FOLDER / "env")
    work = FOLDER / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    answers = tuple(answer_all(pythons, work / "cases"))
    _report("the extracts")
    inputs = make_sample(("--district", district), students, work / "inputs")
    converged = converge(inputs, work / "inputs")
    entries = enter_all(inputs, converged, pythons, work)
    check_counts(entries, _report)
    decided = _read_decided(entries)
    job = describe_job(inputs.ods, inputs.sis, work)
    figures = measure_all(entries, turns, _report)
    stages = _measure_stages(district, students, inputs, turns, work)
    return Results(
        day=datetime.now().date(),
        machine=describe_machine(),
        contest=Contest(
            district=district,
            students=students,
            turns=turns,
            records={side: classes.pop("lines") for side, classes in decided.items()},
            counts=count_extracts(job),
            repeated=count_repeated(job),
            converged=count_extracts(describe_job(converged.ods, converged.sis, work)),
            decided=decided,
            lines=tuple(
                Line(entry.name, entry.floor, tuple(figures[entry.name])) for entry in entries
            ),
            stages=stages,
            versions={
                "senr-duck": {name: version(name) for name in ("senr-duck", "duckdb")},
                **{name: read_versions(name, python) for name, python in pythons.items()},
            },
        ),
        answers=answers,
    )


def _measure_stages(
    district: str, students: int | None, inputs: Inputs, turns: int, work: Path
) -> tuple[Stages, ...]:
    """Return what each stage of a run takes on the sample, on smaller extracts, and on these."""
    sizes = {"data/sample": Inputs(SAMPLE / "ods.txt", SAMPLE / "sis.csv", SAMPLE / "senr.toml")}
    for smaller in _SMALLER:
        if students is None or smaller < students:
            folder = work / f"inputs_{smaller}"
            sizes[f"{smaller:,} students"] = make_sample(("--district", district), smaller, folder)
    sizes["as above"] = inputs
    taken: dict[str, list[dict[str, float]]] = {}
    records = {}
    for turn in range(1, turns + 1):
        for name, size in sizes.items():
            folder = work / "stages"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            seconds = measure_stages(run_command(size, folder)[1:])
            taken.setdefault(name, []).append(seconds)
            records[name] = count_records(folder)
            _report(f"turn {turn}: stages of {name}: {sum(seconds.values()):.2f} s of processor")
    return tuple(Stages(name, records[name], tuple(turns)) for name, turns in taken.items())


def _read_decided(entries: tuple[Entry, ...]) -> dict[str, dict[str, int]]:
    """Return what the run of the first turn decided, by side and class, with the lines read."""
    work = next(entry.work for entry in entries if entry.name == RUN)
    decided: dict[str, dict[str, int]] = read_manifest(work)["accounting"]
    return decided


def _report(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
