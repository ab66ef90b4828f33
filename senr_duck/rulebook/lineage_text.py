"""Format the way back from a column as lines of text."""

from collections.abc import Iterator

from senr_duck.rulebook.lineage import Lineage
from senr_duck.rulebook.parsed_view import Place
from senr_duck.versions.ruleset import name_list


def format_lineage(lineage: Lineage) -> Iterator[str]:
    """Yield the way back as lines; each place is below what comes from it, and expanded once."""
    written: set[Place] = set()
    ahead = [(place, 0) for place in list(lineage)[:1]]
    while ahead:
        place, depth = ahead.pop()
        step = lineage[place]
        note = ""
        if place in written and step.sources:
            note = " (as above)"
        elif not step.values and step.deciders:
            note = ", which depends on"
        elif step.deciders:
            note = f", decided by {name_list(map(str, step.deciders))}"
        yield f"{'  ' * depth}{place}{note}"
        if place not in written:
            ahead += [(source, depth + 1) for source in reversed(step.sources)]
        written.add(place)
