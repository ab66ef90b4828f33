"""docs/performance.md, from the figures that the last bench left."""

from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

from senr_duck.reference.resources import resource
from tools.bench.cases import CASES
from tools.bench.contest import CONVERGED_FLOOR, FLOOR
from tools.bench.correctness import judge
from tools.bench.counts import Counts
from tools.bench.results import Answer, Contest, Line, Results, Size

PAGE = Path("docs", "performance.md")

_HEAD = """\
# Time, memory, correctness

Written by `make bench` from `performance.json`, where the figures of every turn stand; not by hand.
"""
_WHAT = """\
## What is compared

All compare the same: each value trimmed, the SIS's dates without their hyphens, blank equals blank,
all of it text. The key is school of attendance, SSID and start date; compared are the fields of the
role `enrollment` in `data/reference/senr_layout.csv`. A key is *removed* if it stands in the ODS
extract alone, *added* if in the SIS extract alone, *changed* if it stands in both and a compared
field differs. A record without SSID pairs with none. Keys that stand twice on one side are left out
of these counts, because hardly two tools treat them alike (below). Nothing is measured before all
have found the counts of a plain query over the extracts:
"""
_RUN_COUNTS = """\
For `senr-duck run` the counts are a query on the staging views of its database: that all was loaded
and nothing altered. Its own decisions are others, for it translates local codes, knows what
year-end codes a system never stores, leaves alone what is out of scope and holds back what CALPADS
would reject. These are its classes on the same extracts:
"""
_ROWS = """\
- *{floor}* is one DuckDB script that loads both files with explicit columns into tables of a
  database file, joins them once on the key, compares the compared fields and writes the differing
  rows. *Straight from the files* makes no tables; the other scripts make none either.
- *senr-duck run* is the whole command, from the start of its process to the zip, the report and the
  published database. *Nothing to send*: the same, once all that earlier runs wrote is posted to the
  model of CALPADS; its ratios are to *{converged}*, the floor on the same extracts.
- polars, datacompy and pandas write the differing rows; pointblank's `compare()` on DuckDB
  relations keeps counts and samples only, and reads commas: the conversion is a row of its own.
- Every script has a virtual environment of its own. Each turn runs all of them, one after the
  other; a first turn, in which the counts are taken, is not measured. Times are medians (least to
  most) and count child processes; memory is the highest peak of any turn. A figure's *floors* are
  how many times the floor's it is.
"""
_CORRECTNESS = """\
## Tiny extracts, counts written by hand

*Text*: every column read as text, values trimmed, as in the contest. *Default*: the library's
reader and comparison as they come, told nothing but the delimiter and the names. **Three numbers**
are a wrong answer: removed, added, changed. *Apart*: it gives no such count, but names the key, or
holds the student, as something to look at. *Stops*: it ends with an error. senr-duck's own row
is what a run decides, a no-show standing for a removal.
"""


def format_page(results: Results) -> str:
    """Return the page as Markdown."""
    machine, contest = results.machine, results.contest
    students = "as many as it has" if contest.students is None else f"{contest.students:,}"
    sides = " and ".join(f"{n:,} {side.upper()} records" for side, n in contest.records.items())
    blocks = [
        _HEAD,
        f"{results.day}; {machine.processor}, {machine.cores} cores, {machine.memory:.0f} GiB; "
        f"{machine.system}, Python {machine.python}. Made-up students of {contest.district}, "
        f"{students}: {sides}. {contest.turns} turns.\n",
        "## Time and memory\n",
        _format_lines(contest.lines),
        _ROWS.format(floor=FLOOR, converged=CONVERGED_FLOOR),
        *([_format_statewide(results.statewide)] if results.statewide else []),
        _WHAT,
        _format_counts(contest),
        _RUN_COUNTS,
        _format_decided(contest),
        _CORRECTNESS,
        _format_cases(),
        _format_answers(results.answers),
        "## Versions\n",
        _format_versions(contest),
    ]
    return "\n".join(blocks)


def write_page(results: Results) -> None:
    """Write the page beside the other documents."""
    resource(*PAGE.parts).write_text(format_page(results), encoding="utf-8", newline="\n")


def _format_lines(lines: Iterable[Line]) -> str:
    by_name = {line.name: line for line in lines}
    head = ("", "wall, s", "floors", "CPU, s", "floors", "peak, MiB", "floors")
    rows = []
    for line in by_name.values():
        floor = by_name[line.floor]
        walls = [taken.wall for taken in line.taken]
        spread = f"{median(walls):.2f} ({min(walls):.2f} to {max(walls):.2f})"
        rows.append(
            (
                line.name,
                spread,
                _format_ratio(_median_wall, line, floor),
                f"{_median_cpu(line):.2f}",
                _format_ratio(_median_cpu, line, floor),
                f"{_peak(line):,.0f}",
                _format_ratio(_peak, line, floor),
            )
        )
    return _format_table(head, rows)


def _median_wall(line: Line) -> float:
    return median(taken.wall for taken in line.taken)


def _median_cpu(line: Line) -> float:
    return median(taken.cpu for taken in line.taken)


def _peak(line: Line) -> float:
    return max(taken.memory for taken in line.taken)


def _format_ratio(figure: Callable[[Line], float], line: Line, floor: Line) -> str:
    return f"{figure(line) / figure(floor):.2f}"


def _format_statewide(sizes: Iterable[Size]) -> str:
    head = ("", "records", "wall, s", "µs per record", "CPU, s", "peak, MiB")
    rows = (
        (
            size.name,
            f"{size.records:,}",
            f"{size.taken.wall:.1f}",
            f"{size.taken.wall / size.records * 1e6:.1f}",
            f"{size.taken.cpu:.1f}",
            f"{size.taken.memory:,.0f}",
        )
        for size in sizes
    )
    return "## The whole state\n\nOne run each, by `make bench-statewide`.\n\n" + _format_table(
        head, rows
    )


def _format_counts(contest: Contest) -> str:
    head = ("extracts", "removed", "added", "changed")
    rows = (
        ("as they were made", *_format_numbers(contest.counts)),
        ("nothing to send", *_format_numbers(contest.converged)),
    )
    doubled = f"Keys that stand twice on one side: {contest.doubled:,}.\n"
    return f"{_format_table(head, rows)}\n{doubled}"


def _format_numbers(counts: Counts) -> tuple[str, str, str]:
    return f"{counts.removed:,}", f"{counts.added:,}", f"{counts.changed:,}"


def _format_decided(contest: Contest) -> str:
    rows = (
        (side.upper(), ", ".join(f"{name} {lines:,}" for name, lines in classes.items()))
        for side, classes in contest.decided.items()
    )
    return _format_table(("lines", "classes"), rows)


def _format_cases() -> str:
    rows = (
        (str(number), case.name, case.says, " ".join(_format_numbers(case.expected)))
        for number, case in enumerate(CASES, 1)
    )
    return _format_table(("case", "name", "what it holds", "removed, added, changed"), rows)


def _format_answers(answers: Iterable[Answer]) -> str:
    expected = {case.name: case.expected for case in CASES}
    given: dict[str, dict[str, str]] = {}
    for answer in answers:
        verdict = judge(expected[answer.case], answer)
        if verdict == "wrong" and answer.found is not None:
            verdict = f"**{' '.join(_format_numbers(answer.found))}**"
        given.setdefault(answer.contestant, {})[answer.case] = verdict
    rows = (
        (contestant, *(verdicts[name] for name in expected))
        for contestant, verdicts in given.items()
    )
    head = ("", *(str(number) for number in range(1, len(CASES) + 1)))
    return _format_table(head, rows)


def _format_versions(contest: Contest) -> str:
    rows = (
        (name, ", ".join(f"{library} {version}" for library, version in versions.items()))
        for name, versions in contest.versions.items()
    )
    return _format_table(("environment", "libraries"), rows)


def _format_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join((f"| {' | '.join(head)} |", "|---" * len(head) + "|", *lines, ""))
