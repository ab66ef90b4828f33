"""Print what a district's own views change."""

from typing import TYPE_CHECKING

from senr_duck.database.print_rows import print_plain, print_rows

if TYPE_CHECKING:
    from rich.console import Console

    from senr_duck.rulebook.trial import Trial

_RUNS = ("without your views", "with your views")


def print_trial(trial: "Trial", console: "Console") -> None:
    """Print the records and findings that appear, disappear, or change, and every stop."""
    if trial.records:
        rows = [
            (one.kind, one.category, one.record_class, one.records, one.example)
            for one in trial.records
        ]
        print_rows(("record", "file", "class", "records", "for example"), rows, console)
    else:
        print_plain("no record changes in any file", console)
    if trial.findings:
        print_plain("", console)
        found = [(rule, *counts) for rule, counts in trial.findings.items()]
        print_rows(("finding", *_RUNS), found, console)
    before, after = trial.held
    print_plain(f"\nstudents on hold: {before:,} {_RUNS[0]}, {after:,} {_RUNS[1]}", console)
    for run, stop in zip(_RUNS, trial.stops, strict=True):
        if stop is not None:
            print_plain(f"{run} a guard would stop the run: {stop}", console)
    print_plain("nothing was written", console)
