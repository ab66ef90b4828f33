"""Where the files lie that come with the tool: the SQL views, the reference tables."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Return the path of a file or folder under ``sql/`` or ``data/reference/``.

    In the wheel they lie inside the package, in a checkout beside it.
    """
    inside = _PACKAGE.joinpath(*parts)
    return inside if inside.exists() else _PACKAGE.parent.joinpath(*parts)
