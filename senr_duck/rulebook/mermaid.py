"""Flowcharts as Mermaid text, which GitHub and many editors draw."""

from collections.abc import Iterable

# The signs around a node's label, by the node's shape.
BOX = ("[", "]")
ROUND = ("([", "])")
CYLINDER = ("[(", ")]")
DOUBLE = ("[[", "]]")

# Signs that mean something to Mermaid within a label, as it writes them itself.
_ESCAPES = str.maketrans({"#": "#35;", '"': "#quot;", "*": "#42;", "<": "#lt;", ">": "#gt;"})


def format_node(name: str, lines: Iterable[str], shape: tuple[str, str] = BOX) -> str:
    """Return a node with its label; ``name`` holds letters, digits and underscores only."""
    label = "<br/>".join(line.translate(_ESCAPES) for line in lines)
    return f'{name}{shape[0]}"{label}"{shape[1]}'


def format_arrow(source: str, target: str, *, is_dotted: bool = False) -> str:
    """Return an arrow from one node to another."""
    return f"{source} {'-.->' if is_dotted else '-->'} {target}"
