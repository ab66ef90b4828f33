"""The names of the upload files, and how many records the plan puts into each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from senr_duck.reference.sql_tables import insert_rows

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
    """One planned upload file: ``number`` counts from 1 within its LEA and category.

    In a run of several LEAs, its name begins with its LEA; see ``name_in_run``.
    """

    lea: str
    name: str
    category: str
    number: int
    records: int
    is_unconfirmed: bool


def name_file(category: str, number: int, files: int) -> str:
    """Return the name of a category's file; ``files`` is the number of files in the category.

    Names sort in upload order: the number has two digits, or as many as the count needs.
    """
    if files == 1:
        return f"{_STEMS[category]}.txt"
    return f"{_STEMS[category]}_{number:0{max(2, len(str(files)))}}.txt"


def name_in_run(name: str, lea: str, is_of_several: bool) -> str:
    """Return a file's name outside its zip.

    In a run of one LEA it is the name in the zip; in a run of several, the LEA comes first:
    ``1964733/002_Exits.txt``.
    """
    return f"{lea}/{name}" if is_of_several else name


def list_files(con: "duckdb.DuckDBPyConnection") -> tuple[PlannedFile, ...]:
    """Return the files by LEA, in upload order; exits and updates exist even with 0 records."""
    leas = [
        str(lea)
        for (lea,) in con.execute(
            "select reporting_lea from reference.run_lea order by reporting_lea"
        ).fetchall()
    ]
    counts: dict[tuple[str, str], dict[int, tuple[int, bool]]] = {}
    for lea, category, number, records, is_unconfirmed in con.execute(
        """
        select
            reporting_lea, category, file_number,
            cast(sum(records) as bigint) as records, bool_or(is_unconfirmed) as is_unconfirmed
        from recon.file_count
        group by reporting_lea, category, file_number
        order by reporting_lea, category, file_number
        """
    ).fetchall():
        counts.setdefault((lea, category), {})[number] = (records, is_unconfirmed)
    return tuple(
        PlannedFile(
            lea,
            name_in_run(name_file(category, number, len(files)), lea, len(leas) > 1),
            category,
            number,
            records,
            is_unconfirmed,
        )
        for lea in leas
        for category, _, always in CATEGORIES
        for files in [counts.get((lea, category), {1: (0, False)} if always else {})]
        for number, (records, is_unconfirmed) in sorted(files.items())
    )


def record_files(con: "duckdb.DuckDBPyConnection") -> None:
    """Fill ``reference.upload_file`` with the LEA, category, number and name of each file."""
    insert_rows(
        con,
        "reference.upload_file",
        (
            {
                "lea": file.lea,
                "category": file.category,
                "file_number": file.number,
                "name": file.name,
            }
            for file in list_files(con)
        ),
    )
