"""The files of CALPADS that are loaded: how each is called, and how long its records are."""

from dataclasses import dataclass
from functools import cache

from senr_duck.reference.resources import read_reference

SENR = "SENR"


@dataclass(frozen=True)
class FileType:
    """A file that districts keep in step with CALPADS.

    ``code`` is the record type of an upload. ``sizes`` are the numbers of input fields that its
    layouts have had, each with a description; an ODS extract has two more. ``holds_other_leas``: an
    ODS extract may show what another LEA reported of a student.
    """

    code: str
    name: str
    ods_name: str
    sizes: tuple[tuple[int, str], ...]
    holds_other_leas: bool

    @property
    def ods_type(self) -> str:
        """The record type of an ODS extract."""
        return f"{self.code}-R"

    @property
    def layout_name(self) -> str:
        """The name of the CSV file with its fields."""
        return f"{self.code.lower()}_layout.csv"

    def record_type(self, side: str) -> str:
        """Return the record type that a side's extract has."""
        return self.ods_type if side == "ods" else self.code


@cache
def file_types() -> dict[str, FileType]:
    """Return all files by their code, SENR first."""
    sizes: dict[str, list[tuple[int, str]]] = {}
    for row in read_reference("layout_sizes.csv"):
        sizes.setdefault(row["file_type"], []).append((int(row["fields"]), row["described"]))
    return {
        row["code"]: FileType(
            row["code"],
            row["name"],
            row["ods_name"],
            tuple(sizes[row["code"]]),
            row["holds_other_leas"] == "yes",
        )
        for row in read_reference("file_types.csv")
    }
