"""The contest: its entries, and the turns that measure all of them one after the other."""

import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from senr_duck.sample import AS_OF
from tools.bench.counts import Counts, count_extracts, count_found, count_staged
from tools.bench.inputs import JUNE, SAMPLE, SENR_DUCK, Inputs, run_command
from tools.bench.job import Job, describe_job, write_job
from tools.bench.measure import Measurement, measure

FLOOR = "floor"
CONVERGED_FLOOR = "floor, nothing to send"
RUN = "senr-duck run"

SCRIPTS = Path(__file__).with_name("contestants")


class CountsDiffer(Exception):
    """The entries found different counts, so that their times cannot be compared."""


@dataclass(frozen=True)
class Entry:
    """A command of the contest; ``floor`` names the entry that its figures are divided by.

    ``work`` is emptied before each turn. ``count`` returns what the command found last, and
    ``expected`` is what it must find; both are None for a command that compares nothing.
    """

    name: str
    floor: str
    command: tuple[str, ...]
    work: Path
    count: Callable[[], Counts] | None = None
    expected: Counts | None = None


def enter_all(
    inputs: Inputs, converged: Inputs, pythons: Mapping[str, Path], folder: Path
) -> tuple[Entry, ...]:
    """Return the entries in the order of a turn; everything that they write is in the folder."""
    first = _Pair(describe_job(inputs.ods, inputs.sis, folder), folder)
    last = _Pair(describe_job(converged.ods, converged.sis, folder), folder)
    return (
        first.enter(FLOOR, FLOOR, pythons["floor"], "floor"),
        first.enter("floor, straight from the files", FLOOR, pythons["floor"], "floor", True),
        first.enter_run(RUN, FLOOR, inputs),
        first.enter_run("senr-duck run, in June", FLOOR, inputs, JUNE),
        last.enter(CONVERGED_FLOOR, CONVERGED_FLOOR, pythons["floor"], "floor"),
        last.enter_run("senr-duck run, nothing to send", CONVERGED_FLOOR, converged),
        first.enter("polars, lazy", FLOOR, pythons["polars"], "polars_lazy"),
        first.enter("datacompy, polars", FLOOR, pythons["datacompy"], "datacompy_polars"),
        first.enter_conversion("carets to commas, for pointblank", FLOOR),
        first.enter("pointblank, DuckDB", FLOOR, pythons["pointblank"], "pointblank_duckdb"),
        first.enter("pandas", FLOOR, pythons["pandas"], "pandas_merge"),
        *_enter_small(folder),
    )


def check_counts(entries: Iterable[Entry], report: Callable[[str], None]) -> None:
    """Run every entry once without measuring, and count what it found. Raises CountsDiffer."""
    for entry in entries:
        _run(entry)
        if entry.count is None:
            continue
        found = entry.count()
        report(f"{entry.name}: {found}")
        if found != entry.expected:
            raise CountsDiffer(f"{entry.name} found {found}, expected {entry.expected}")


def measure_all(
    entries: Iterable[Entry], turns: int, report: Callable[[str], None]
) -> dict[str, list[Measurement]]:
    """Return what each entry took, turn by turn; a turn runs all of them, one after the other."""
    figures: dict[str, list[Measurement]] = {}
    for turn in range(1, turns + 1):
        for entry in entries:
            taken = _run(entry)
            report(f"turn {turn}: {entry.name}: {taken.wall:.2f} s, {taken.memory:.0f} MiB")
            figures.setdefault(entry.name, []).append(taken)
    return figures


def _run(entry: Entry) -> Measurement:
    shutil.rmtree(entry.work, ignore_errors=True)
    entry.work.mkdir(parents=True)
    return measure(entry.command)


class _Pair:
    """A pair of extracts, and the entries that compare them."""

    def __init__(self, job: Job, folder: Path) -> None:
        self._job, self._folder = job, folder
        self._expected = count_extracts(job)

    def enter(
        self, name: str, floor: str, python: Path, script: str, straight: bool = False
    ) -> Entry:
        """Enter one of the scripts."""
        work = self._folder / _name_folder(name)
        job = replace(self._job, out=str(work))
        path = write_job(job, work.with_suffix(".json"), straight=straight)
        return Entry(
            name=name,
            floor=floor,
            command=(str(python), str(SCRIPTS / f"{script}.py"), str(path)),
            work=work,
            count=lambda: count_found(job, without_repeated=True).counts,
            expected=self._expected,
        )

    def enter_conversion(self, name: str, floor: str) -> Entry:
        """Enter the script that only converts the ODS extract."""
        entry = self.enter(name, floor, Path(sys.executable), "to_commas")
        return replace(entry, count=None, expected=None)

    def enter_run(self, name: str, floor: str, inputs: Inputs, as_of: date = AS_OF) -> Entry:
        """Enter senr-duck's own run."""
        work = self._folder / _name_folder(name)
        return Entry(
            name=name,
            floor=floor,
            command=tuple(run_command(inputs, work, as_of=as_of)),
            work=work,
            count=partial(count_staged, work / "senr.duckdb", self._job),
            expected=self._expected,
        )


def _enter_small(folder: Path) -> tuple[Entry, Entry]:
    """Return the entries that show how long a start takes, and a run on very little data."""
    work = folder / "small"
    sample = Inputs(SAMPLE / "ods.txt", SAMPLE / "sis.csv", SAMPLE / "senr.toml")
    return (
        Entry("senr-duck run, on data/sample", FLOOR, tuple(run_command(sample, work)), work),
        Entry("senr-duck --help", FLOOR, (SENR_DUCK, "--help"), work),
    )


def _name_folder(name: str) -> str:
    return name.replace(",", "").replace(" ", "_")
