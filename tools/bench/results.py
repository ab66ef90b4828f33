"""The figures of a bench, kept as JSON next to the page that shows them."""

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
    """What one entry took, turn by turn; ``floor`` names the line that its ratios divide by."""

    name: str
    floor: str
    taken: tuple[Measurement, ...]


@dataclass(frozen=True)
class Stages:
    """Seconds of processor time of a run, stage by stage, turn by turn.

    ``records`` are those of both sides together.
    """

    name: str
    records: int
    taken: tuple[Mapping[str, float], ...]


@dataclass(frozen=True)
class Contest:
    """The contest on one district; ``records`` are by side, ``decided`` by side and class.

    ``counts`` and ``repeated`` are keys of the extracts; ``converged`` are the counts when nothing
    is left to send. ``versions`` are by environment, then by library. ``stages`` are of runs on the
    same district in several sizes.
    """

    district: str
    students: int | None
    turns: int
    records: Mapping[str, int]
    counts: Counts
    repeated: int
    converged: Counts
    decided: Mapping[str, Mapping[str, int]]
    lines: tuple[Line, ...]
    versions: Mapping[str, Mapping[str, str]]
    stages: tuple[Stages, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a contestant found in a tiny case: ``found`` is None if it stopped with an error."""

    case: str
    contestant: str
    found: Counts | None
    flagged: int


@dataclass(frozen=True)
class Size:
    """What one run took on extracts with this number of records, both sides together."""

    name: str
    records: int
    taken: Measurement


@dataclass(frozen=True)
class Results:
    """Everything that the page shows; ``statewide`` is empty until it is measured."""

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
