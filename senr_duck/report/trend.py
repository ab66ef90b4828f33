"""Draw how a run compares with those before it: bars that can be read without color."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from senr_duck.report.since_last_run import read_since_last_run

if TYPE_CHECKING:
    import duckdb

_WIDTH = 240  # of a chart, whose first and last bar are at its edges
_BAR = 14
_TALLEST = 44
_ABOVE = 18  # room for the number above a bar


@dataclass(frozen=True)
class Bar:
    """One run's bar; the number above it is shown for the first run and for this one."""

    x: float
    y: float
    height: float
    value: int
    is_this_run: bool
    is_labeled: bool


@dataclass(frozen=True)
class Chart:
    """The bars of one total; ``sentence`` says the same to a reader who does not see them."""

    title: str
    sentence: str
    width: int
    height: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class TrendRun:
    """The totals of one run; ``as_of`` is YYYY-MM-DD."""

    as_of: str
    records_sent: int
    students_held: int
    findings_open: int


@dataclass(frozen=True)
class Trend:
    """The last runs, this one the last, and how many findings were solved and are new since."""

    runs: tuple[TrendRun, ...]
    charts: tuple[Chart, ...]
    last_run: str
    solved: int
    new: int


def read_trend(con: "duckdb.DuckDBPyConnection") -> Trend | None:
    """Return the trend of the last twelve runs of the same LEAs and schools; None for a first run.

    It has no student data: only totals.
    """
    since = read_since_last_run(con)
    if since is None:
        return None
    runs = tuple(
        TrendRun(*row)
        for row in con.execute(
            """
            select cast(as_of as varchar), records_sent, students_held, findings_open
            from recon.run_trend
            order by position
            """
        ).fetchall()
    )
    return Trend(
        runs,
        (
            _draw("Records to send", [run.records_sent for run in runs]),
            _draw("Students on hold", [run.students_held for run in runs]),
            _draw("To fix or to check", [run.findings_open for run in runs]),
        ),
        since.run_id,
        since.solved,
        since.new,
    )


def _draw(title: str, values: Sequence[int]) -> Chart:
    """Return the chart of the values, of which there are at least two."""
    most = max(values) or 1
    last = len(values) - 1
    bars = []
    for place, value in enumerate(values):
        height = max(round(_TALLEST * value / most, 1), 1.0)
        bars.append(
            Bar(
                x=round((_WIDTH - _BAR) * place / last, 1),
                y=_ABOVE + _TALLEST - height,
                height=height,
                value=value,
                is_this_run=place == last,
                is_labeled=place in (0, last),
            )
        )
    listed = ", ".join(f"{value:,}" for value in values)
    return Chart(
        title,
        f"{title} in the last {len(values)} runs, this one last: {listed}",
        _WIDTH,
        _ABOVE + _TALLEST + 2,
        tuple(bars),
    )
