"""Find the files that come with the tool: the SQL views and the reference data."""

import csv
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def resource(*parts: str) -> Path:
    """Return the path of a file or folder under ``sql/`` or ``data/reference/``.

    In the wheel they are inside the package, in a checkout next to it.
    """
    inside = _PACKAGE.joinpath(*parts)
    return inside if inside.exists() else _PACKAGE.parent.joinpath(*parts)


def read_reference(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file of ``data/reference/``, in file order; blank is ``""``."""
    with resource("data", "reference", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
