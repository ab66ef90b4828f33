"""Find out what the unknown names in the headers of a SIS extract mean."""

from collections import Counter
from collections.abc import Mapping, Sequence

from senr_duck.draft.findings import Names
from senr_duck.load.extract import InputFile
from senr_duck.load.headers import suggest_others
from senr_duck.privacy.shown_name import is_shown_name
from senr_duck.reference.column_names import REQUIRED_COLUMNS, fold_name
from senr_duck.reference.layout import Layout, all_fields

# What a run needs, and a record to add; the key lea says the LEA for a file that lacks it.
_NEEDED = tuple(
    field.column
    for field in all_fields()
    if field.column != "reporting_lea"
    and (
        field.column in REQUIRED_COLUMNS
        or (field.required == "yes" and field.role in ("demographic", "enrollment"))
    )
)


def suggest_names(files: Sequence[InputFile], layout: Layout) -> dict[str, str]:
    """Return the column that each unknown name probably is, over all files of the extract.

    One configuration is for all files, so a name has one meaning, and no file gets a column twice.
    """
    likely: dict[str, tuple[str, str]] = {}
    for file in files:
        times = Counter(map(fold_name, file.unknown_names))
        for name, column in suggest_others(file.unknown_names, file.columns, layout).items():
            folded = fold_name(name)
            if folded and times[folded] == 1 and is_shown_name(name):
                likely.setdefault(folded, (name, column))
    for file in files:
        taken = set(file.columns)
        for folded in map(fold_name, file.unknown_names):
            if folded in likely and likely[folded][1] in taken:
                del likely[folded]
            elif folded in likely:
                taken.add(likely[folded][1])
    return dict(likely.values())


def describe_names(files: Sequence[InputFile], likely: Mapping[str, str]) -> Names:
    """Return what is known about the names; ``files`` were read without the likely ones."""
    meanings = {fold_name(name): column for name, column in likely.items()}
    others: dict[str, bool] = {}  # whether it may be shown
    found_everywhere = set(_NEEDED)
    for file in files:
        folded = {fold_name(name): name for name in file.unknown_names}
        found = {*file.columns, *(meanings[name] for name in folded if name in meanings)}
        found_everywhere &= found
        # one that is no name may mean that the header is a record
        are_names = all(map(is_shown_name, file.unknown_names))
        for name, written in folded.items():
            if name not in meanings:
                others[written] = are_names and others.get(written, True)
    missing = [column for column in _NEEDED if column not in found_everywhere]
    shown = sorted(name for name, may_be_shown in others.items() if may_be_shown)
    return Names(
        likely=likely,
        missing=tuple(c for c in missing if c in REQUIRED_COLUMNS),
        wanted=tuple(c for c in missing if c not in REQUIRED_COLUMNS),
        ignored=tuple(shown),
        withheld=len(others) - len(shown),
    )
