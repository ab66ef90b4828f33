"""The figures of a bench, kept as JSON beside the page that shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter

from senr_duck.reference.resources import resource
from tools.bench.counts import Counts
from tools.bench.machine import Machine
from tools.bench.measure import Measurement

FIGURES = Path("docs", "performance.json")


@dataclass(frozen=True)
class Line:
    """What one entry took, turn by turn; ``floor`` names the line that its ratios are to."""

    name: str
    floor: str
    taken: tuple[Measurement, ...]


@dataclass(frozen=True)
class Contest:
    """The contest over one district; ``records`` and ``decided`` by side and class.

    ``counts`` and ``doubled`` are keys of the extracts, ``converged`` the counts of the state in
    which nothing is to send. ``versions`` by environment, then library.
    """

    district: str
    students: int | None
    turns: int
    records: Mapping[str, int]
    counts: Counts
    doubled: int
    converged: Counts
    decided: Mapping[str, Mapping[str, int]]
    lines: tuple[Line, ...]
    versions: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Answer:
    """What a contestant found in a tiny case: ``found`` is None if it stopped with an error."""

    case: str
    contestant: str
    found: Counts | None
    apart: int


@dataclass(frozen=True)
class Size:
    """What one run took on extracts of so many records, both sides together."""

    name: str
    records: int
    taken: Measurement


@dataclass(frozen=True)
class Results:
    """All that the page shows; ``statewide`` is empty as long as it was not measured."""

    day: date
    machine: Machine
    contest: Contest
    answers: tuple[Answer, ...]
    statewide: tuple[Size, ...] = ()


_ADAPTER = TypeAdapter(Results)


def read_results() -> Results:
    """Return the figures of the last bench."""
    return _ADAPTER.validate_json(resource(*FIGURES.parts).read_bytes())


def write_results(results: Results) -> None:
    """Keep the figures."""
    text = _ADAPTER.dump_json(results, indent=1).decode()
    resource(*FIGURES.parts).write_text(f"{text}\n", encoding="utf-8", newline="\n")
