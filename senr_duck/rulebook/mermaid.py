"""Write flowcharts as Mermaid text, which GitHub and many editors can draw."""

from collections.abc import Iterable

# The signs around a node's label, by the node's shape.
BOX = ("[", "]")
ROUND = ("([", "])")
CYLINDER = ("[(", ")]")
DOUBLE = ("[[", "]]")

# Characters with a special meaning in a Mermaid label, and how to write them instead.
_ESCAPES = str.maketrans({"#": "#35;", '"': "#quot;", "*": "#42;", "<": "#lt;", ">": "#gt;"})


def format_node(name: str, lines: Iterable[str], shape: tuple[str, str] = BOX) -> str:
    """Return a node with its label; ``name`` has only letters, digits, and underscores."""
    label = "<br/>".join(line.translate(_ESCAPES) for line in lines)
    return f'{name}{shape[0]}"{label}"{shape[1]}'


def format_arrow(source: str, target: str, *, is_dotted: bool = False) -> str:
    """Return an arrow from one node to another."""
    return f"{source} {'-.->' if is_dotted else '-->'} {target}"
