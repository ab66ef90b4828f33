"""What a comparison found, in numbers."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.report.compared import LineCount, name_list_file

if TYPE_CHECKING:
    from senr_duck.settings.settings import Settings


@dataclass(frozen=True)
class CompareResult:
    """What a comparison found, and where it is.

    ``accounting`` has the number of lines of each side by class, which add up to ``lines``.
    ``listed`` is the number of rows of the list. ``work_list`` is the workbook, or None if it would
    be too large. ``senr_run`` is the run whose enrollments were used, or None.
    """

    file_type: str
    run_id: str
    out_dir: Path
    database: Path
    settings: "Settings"
    counts: tuple[LineCount, ...]
    accounting: dict[str, dict[str, int]]
    listed: int
    work_list: Path | None
    senr_run: str | None
    notices: tuple[str, ...]
    seconds: float

    @property
    def list_file(self) -> Path:
        """The list of everything that is not the same."""
        return self.out_dir / name_list_file(self.file_type)

    @property
    def report(self) -> Path:
        """The page that shows the comparison."""
        return self.out_dir / "report.html"
