"""Write docs/performance.md from the figures of the last bench."""

from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

from senr_duck.reference.resources import resource
from tools.bench.cases import CASES
from tools.bench.contest import CONVERGED_FLOOR, FLOOR
from tools.bench.correctness import judge
from tools.bench.counts import Counts
from tools.bench.results import Answer, Contest, Line, Results, Size, Stages
from tools.bench.stages import STAGES

PAGE = Path("docs", "performance.md")

_HEAD = """\
# Time, memory, correctness

`make bench` writes this page from `performance.json`, which has the figures of every turn. Do not
edit it by hand.
"""
_WHAT = """\
## What is compared

All tools compare the same way: each value trimmed, the SIS's dates without hyphens, blank equal to
blank, everything as text. The key is school of attendance, SSID and start date. The compared fields
are those with the role `enrollment` in `data/reference/senr_layout.csv`. A key is *removed* if only
the ODS extract has it, *added* if only the SIS extract has it, and *changed* if both have it and a
compared field differs. A record without an SSID pairs with no other. Keys that occur twice on one
side are left out of these counts, because almost no two tools treat them alike (see below). The
bench measures nothing until every tool has found the counts of a plain query on the extracts:
"""
_RUN_COUNTS = """\
For `senr-duck run`, the counts come from a query on the staging views of its database. They prove
that it loaded everything and changed nothing. Its own decisions are different: it translates local
codes, knows which year-end codes a system never stores, leaves out what is out of scope, and holds
back what CALPADS would reject. These are its classes on the same extracts:
"""
_ROWS = """\
- *{floor}* is one DuckDB script. It loads both files with explicit columns into tables of a
  database file, joins them once on the key, compares the compared fields and writes the differing
  rows. *Straight from the files* creates no tables; neither do the scripts of the other tools.
- *senr-duck run* is the whole command, from the start of its process to the zip, the report and the
  published database. *In June* is the same command on the day after the last school day, when every
  open enrollment is closed. *Nothing to send* is the same command, after everything that earlier
  runs wrote has posted to the model of CALPADS; its ratios are to *{converged}*, the floor on the
  same extracts.
- polars, datacompy and pandas write the differing rows. pointblank's `compare()` on DuckDB
  relations keeps only counts and samples. It reads commas, so the conversion has its own row.
- Every script has its own virtual environment. Each turn runs all of them, one after the other. The
  bench does not measure the first turn, in which it takes the counts. Times are medians (minimum to
  maximum) and include child processes. Memory is the highest peak of any turn. *Floors* is the
  figure divided by the floor's figure.
"""
_STAGES = """\
## Where the time goes

Seconds of processor time, with the views created one after the other; medians. *Start* is the
program and its imports, *load* both extracts. *Agree* is staging, the scope, and finding the
students on whom both sides agree; *match* the target, the classes and the order of the records;
*check* the rules; *plan* reasons, files, accounting, guards' views and exports. *Report* and
*files* write what is published.
"""
_CORRECTNESS = """\
## Tiny extracts, counts written by hand

*Text*: every column is read as text and values are trimmed, as in the contest. *Default*: the
reader and the comparison of the library with no options but the delimiter and the column names.
**Three numbers** are a wrong answer: removed, added, changed. *Flagged*: the tool does not give the
right counts, but names the key or puts the student on hold, as something to look at. *Stops*: it
ends with an error. senr-duck's own row shows what a run decides; a no-show counts as a removal.
"""


def format_page(results: Results) -> str:
    """Return the page as Markdown."""
    machine, contest = results.machine, results.contest
    students = "as many as it really has" if contest.students is None else f"{contest.students:,}"
    sides = " and ".join(f"{n:,} {side.upper()} records" for side, n in contest.records.items())
    blocks = [
        _HEAD,
        f"{results.day}; {machine.processor}, {machine.cores} cores, {machine.memory:.0f} GiB; "
        f"{machine.system}, Python {machine.python}. Made-up students of {contest.district}, "
        f"{students}: {sides}. {contest.turns} turns.\n",
        "## Time and memory\n",
        _format_lines(contest.lines),
        _ROWS.format(floor=FLOOR, converged=CONVERGED_FLOOR),
        *([_format_stages(contest.stages)] if contest.stages else []),
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
    """Write the page into the folder of the documents."""
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


def _format_stages(sizes: Iterable[Stages]) -> str:
    head = ("", "records", *STAGES, "all")
    rows = []
    for size in sizes:
        seconds = [median(turn[stage] for turn in size.taken) for stage in STAGES]
        whole = median(sum(turn.values()) for turn in size.taken)
        figures = (f"{second:.2f}" for second in (*seconds, whole))
        rows.append((size.name, f"{size.records:,}", *figures))
    return f"{_STAGES}\n{_format_table(head, rows)}"


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
    return (
        "## The whole state\n\n`make bench-statewide` measures one run of each.\n\n"
        + _format_table(head, rows)
    )


def _format_counts(contest: Contest) -> str:
    head = ("extracts", "removed", "added", "changed")
    rows = (
        ("as they were made", *_format_numbers(contest.counts)),
        ("nothing to send", *_format_numbers(contest.converged)),
    )
    repeated = f"Keys that occur twice on one side: {contest.repeated:,}.\n"
    return f"{_format_table(head, rows)}\n{repeated}"


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
    return _format_table(("case", "name", "what it contains", "removed, added, changed"), rows)


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
