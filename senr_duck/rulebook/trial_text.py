"""What own views change, for a person at a terminal."""

from typing import TYPE_CHECKING

from senr_duck.database.print_rows import print_plain, print_rows

if TYPE_CHECKING:
    from rich.console import Console

    from senr_duck.rulebook.trial import Trial

_RUNS = ("without the own views", "with the own views")


def print_trial(trial: "Trial", console: "Console") -> None:
    """Print the records that appear, vanish or change, the findings that do, and every stop."""
    if trial.records:
        rows = [
            (one.kind, one.category, one.record_class, one.records, one.example)
            for one in trial.records
        ]
        print_rows(("record", "file", "class", "records", "for example"), rows, console)
    else:
        print_plain("no record of any file changes", console)
    if trial.findings:
        print_plain("", console)
        found = [(rule, *counts) for rule, counts in trial.findings.items()]
        print_rows(("finding", *_RUNS), found, console)
    before, after = trial.held
    print_plain(f"\nstudents held: {before:,} {_RUNS[0]}, {after:,} {_RUNS[1]}", console)
    for run, stop in zip(_RUNS, trial.stops, strict=True):
        if stop is not None:
            print_plain(f"{run} a guard would stop the run: {stop}", console)
    print_plain("nothing was written", console)
