"""Where the files of a run are, seen from the report: links that no other computer needs."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from senr_duck.ledger.command_line import name_command, name_posted

WORK_LISTS = Path("work_lists")  # where work-lists writes, if --out does not say otherwise


@dataclass(frozen=True)
class Places:
    """The run's folder and that of the work lists, as links from the report's folder.

    A link ends in a slash, or is empty for the report's own folder. It is None if the folder is no
    longer there, or is on another drive of Windows.
    """

    run: str | None
    work_lists: str | None
    database: Path

    def name_posted(self, run_id: str, file_name: str, is_of_several: bool) -> str:
        """Return the command that records that a file, named as in the run, has posted."""
        lea, _, name = file_name.rpartition("/")
        of_lea = lea if is_of_several else None
        return _show(name_posted(self.database, run_id, of_lea, name))

    def name_command(self, command: str, *arguments: str) -> str:
        """Return a command line for the database that the report is of."""
        return _show(name_command(command, self.database, *arguments))


def find_places(report: Path, run: Path | None, database: Path) -> Places:
    """Return the places for a report at a path; ``run`` is the run's folder, if there is one."""
    start = report.absolute().parent
    return Places(
        None if run is None else _link(run, start),
        _link(WORK_LISTS, start),
        database,
    )


def _show(text: str) -> str:
    """Return a command with a question mark for each byte of a path that is no text."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _link(folder: Path, start: Path) -> str | None:
    try:
        relative = Path(os.path.relpath(folder.absolute(), start))
    except ValueError:  # another drive
        return None
    return "" if relative == Path() else f"{quote(os.fsencode(relative.as_posix()))}/"
