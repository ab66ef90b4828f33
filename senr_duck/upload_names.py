"""What the upload files are called, and how many records the plan puts into each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

# Category, the stem of its files' names, and whether a file is written even with 0 records.
CATEGORIES = (
    ("removals", "001_Removals", False),
    ("exits", "002_Exits", True),
    ("updates", "003_Updates", True),
)
_STEMS = {category: stem for category, stem, _ in CATEGORIES}


@dataclass(frozen=True)
class PlannedFile:
    """One file of the zip as the plan has it: ``number`` counts from 1 within its category."""

    name: str
    category: str
    number: int
    records: int
    is_unconfirmed: bool


def name_file(category: str, number: int, files: int) -> str:
    """Return the name of a category's file; ``files`` is how many the category has.

    Names sort in upload order: the number has two digits, or as many as the count needs.
    """
    if files == 1:
        return f"{_STEMS[category]}.txt"
    return f"{_STEMS[category]}_{number:0{max(2, len(str(files)))}}.txt"


def list_files(con: "duckdb.DuckDBPyConnection") -> tuple[PlannedFile, ...]:
    """Return the files in upload order; exits and updates are there even with 0 records."""
    counts: dict[str, dict[int, tuple[int, bool]]] = {}
    for category, number, records, is_unconfirmed in con.execute(
        """
        select category, file_number, count(*) as records, max(is_unconfirmed) as is_unconfirmed
        from recon.planned_record
        group by category, file_number
        order by category, file_number
        """
    ).fetchall():
        counts.setdefault(category, {})[number] = (records, is_unconfirmed == "Y")
    return tuple(
        PlannedFile(
            name_file(category, number, len(files)), category, number, records, is_unconfirmed
        )
        for category, _, always in CATEGORIES
        for files in [counts.get(category, {1: (0, False)} if always else {})]
        for number, (records, is_unconfirmed) in sorted(files.items())
    )
