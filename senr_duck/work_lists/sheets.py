"""A sheet of a work list: its columns, its rows, and what its printed page says."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column: its header, and its width in characters.

    ``is_plain`` cells stay text even if someone edits them, so that no zero is lost.
    """

    title: str
    width: float
    is_plain: bool = True


@dataclass(frozen=True)
class Row:
    """A row: its cells, and whose it is; a black line is above each student's first row."""

    student: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A sheet before it has a name: ``title`` and ``code``, such as those of a school, give it one.

    ``run_id`` is the run or the comparison that it is of, ``as_of`` its day (YYYY-MM-DD), and
    ``since`` the ID of the run with which it is compared, or None.
    """

    title: str
    code: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    run_id: str
    as_of: str
    since: str | None = None


# What every sheet has for the notes of whoever works with it.
DONE, BY = Column("Done", 7), Column("By", 9)


def say(text: str | None) -> str:
    """Return a text as a sentence; a blank one stays blank."""
    return f"{text[:1].upper()}{text[1:].removesuffix('.')}." if text else ""
