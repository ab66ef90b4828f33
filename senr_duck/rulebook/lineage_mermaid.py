"""Format the way back from a column as a Mermaid flowchart."""

from collections.abc import Iterator

from senr_duck.rulebook.lineage import Lineage
from senr_duck.rulebook.mermaid import BOX, DOUBLE, ROUND, format_arrow, format_node


def format_flowchart(lineage: Lineage) -> Iterator[str]:
    """Yield the lines of a flowchart that leads from the inputs of the run to the column.

    Each place is one node, which also names what decides among its values. An arrow is dotted if
    the source only decides and provides no value.
    """
    name_of = {place: f"p{number}" for number, place in enumerate(lineage, 1)}
    asked = next(iter(lineage))
    yield "flowchart TB"
    for place, step in lineage.items():
        lines = [place.table, place.column]
        if step.values and step.deciders:
            lines += ["decided by", *map(str, step.deciders)]
        shape = DOUBLE if place == asked else BOX if step.sources else ROUND
        yield f"    {format_node(name_of[place], lines, shape)}"
    for place, step in lineage.items():
        for source in step.sources:
            arrow = format_arrow(name_of[source], name_of[place], is_dotted=not step.values)
            yield f"    {arrow}"
