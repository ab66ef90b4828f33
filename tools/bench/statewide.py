"""The command of ``make bench-statewide``: one run on the whole state, one on a district."""

import argparse
import shutil
from dataclasses import replace
from pathlib import Path

from tools.bench.inputs import Inputs, count_records, make_sample, run_command
from tools.bench.measure import measure
from tools.bench.page import write_page
from tools.bench.results import Size, read_results, write_results

FOLDER = Path(".bench", "statewide")
MEMORY = ("--memory-limit", "4GB")


def main() -> None:
    """Measure both, add the figures to those of the last bench, and write the page again."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.statewide")
    parser.add_argument("--district", required=True)
    parser.add_argument(
        "--students", type=int, help="students in the state; default: as many as it really has"
    )
    given = parser.parse_args()
    shutil.rmtree(FOLDER, ignore_errors=True)
    district = make_sample(("--district", given.district), None, FOLDER / "district")
    state = make_sample(("--statewide",), given.students, FOLDER / "state")
    results = replace(
        read_results(),
        statewide=(
            _measure_run(given.district, district),
            _measure_run("the whole state, `--all-leas`", state, "--all-leas"),
        ),
    )
    write_results(results)
    write_page(results)


def _measure_run(name: str, inputs: Inputs, *options: str) -> Size:
    """Measure one run within 4 GB for DuckDB, and count its records, both sides together."""
    work = inputs.ods.parent / "run"
    work.mkdir()
    taken = measure(run_command(inputs, work, *MEMORY, *options))
    return Size(name, count_records(work), taken)


if __name__ == "__main__":
    main()
