"""The command of ``make bench``."""

import argparse
import json
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
from tools.bench.inputs import converge, make_sample
from tools.bench.job import describe_job
from tools.bench.machine import describe_machine
from tools.bench.page import write_page
from tools.bench.results import FIGURES, Contest, Line, Results, read_results, write_results

FOLDER = Path(".bench")


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
            versions={
                "senr-duck": {name: version(name) for name in ("senr-duck", "duckdb")},
                **{name: read_versions(name, python) for name, python in pythons.items()},
            },
        ),
        answers=answers,
    )


def _read_decided(entries: tuple[Entry, ...]) -> dict[str, dict[str, int]]:
    """Return what the run of the first turn decided, by side and class, with the lines read."""
    work = next(entry.work for entry in entries if entry.name == RUN)
    (manifest,) = work.glob("out/*/manifest.json")
    decided: dict[str, dict[str, int]] = json.loads(manifest.read_text(encoding="utf-8"))[
        "accounting"
    ]
    return decided


def _report(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
