"""Write report.html: one file that shows what a run found and needs no network."""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.errors import InputError
from senr_duck.files.own_file import refuse_foreign
from senr_duck.files.workspace import open_scratch, write_text
from senr_duck.report.compared import Comparison, read_comparison
from senr_duck.report.named_students import read_held_students
from senr_duck.report.orphaned import read_orphaned
from senr_duck.report.page import make_environment, render_comparison, render_page
from senr_duck.report.places import Places
from senr_duck.report.read_counts import read_counts
from senr_duck.report.student_data import format_student_data
from senr_duck.report.trend import read_trend
from senr_duck.student.chosen_students import Limits, choose_students, count_left_out
from senr_duck.student.read_student import Student, read_chosen_students
from senr_duck.student.spot_check import choose_spot_checks

if TYPE_CHECKING:
    import duckdb

# How many students to show with something sent or on hold; a browser opens a page of 50,000, some
# 30 MB, but not the 160 MB of a large district in June, when every open enrollment is closed.
ACTED_ON_AT_MOST = 50_000
# How many students to show who have a finding, but nothing sent or on hold.
LISTED_AT_MOST = 2_000

# How each report of ours begins, and within how many bytes.
_GENERATOR = b'<meta name="generator" content="senr-duck">'
_HEAD = 4_096
# What depends on more than the run: its history, and how the workspace's files were named.
_OF_THIS_WORKSPACE = re.compile(
    b"<!-- the last runs -->.*?<!-- end of the last runs -->"
    b"|<!-- a place -->.*?<!-- end of a place -->",
    re.DOTALL,
)


def write_report(
    con: "duckdb.DuckDBPyConnection",
    path: Path,
    with_student_data: bool = True,
    places: Places | None = None,
    comparisons: tuple[Comparison, ...] = (),
) -> None:
    """Write the report of a published database to a new file that only its owner may read.

    The same database, places and comparisons give the same bytes. Without student data, the page
    has counts only, and no places, because it is made to leave this computer; with it, the page
    also has students to spot-check before uploading, and links to the run's files in ``places``.
    ``comparisons`` of other files get a section each. Syncs the file to the disk; raises
    FileExistsError if the file exists.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        environment = pool.submit(
            make_environment
        )  # Python compiles the templates while DuckDB works
        checks = choose_spot_checks(con) if with_student_data else ()
        to_spot_check = [one.student_key for one in checks]
        choose_students(con, limits=Limits(ACTED_ON_AT_MOST, LISTED_AT_MOST, to_spot_check))
        left_out = count_left_out(con)
        counts = read_counts(con, with_student_data)
        orphaned, orphaned_count = read_orphaned(con)
        student_data = format_student_data(con, orphaned) if with_student_data else None
    text = render_page(
        environment.result(),
        counts,
        student_data,
        left_out,
        _read_in_order(con, to_spot_check),
        read_trend(con),
        places if with_student_data else None,
        read_held_students(con) if with_student_data else {},
        comparisons,
        orphaned=orphaned_count,
    )
    write_text(path, text)


def _read_in_order(
    con: "duckdb.DuckDBPyConnection", student_keys: Sequence[str]
) -> tuple[Student, ...]:
    by_key = {student.key: student for student in read_chosen_students(con, student_keys)}
    return tuple(by_key[key] for key in student_keys)


def write_comparison(
    con: "duckdb.DuckDBPyConnection", path: Path, with_student_data: bool = True
) -> None:
    """Write the report of one comparison, as ``write_report`` does that of a run."""
    comparison = read_comparison(con, with_student_data)
    write_text(path, render_comparison(make_environment(), comparison))


def read_comparable(path: Path) -> bytes:
    """Return a file's bytes; of a report, only what every report of the same run must have.

    The same run can be made again with another history, after clean-runs or with a new ledger, and
    from another folder or with another name for the database.
    """
    content = path.read_bytes()
    return _OF_THIS_WORKSPACE.sub(b"", content) if path.name == "report.html" else content


def refuse_other_file(path: Path) -> None:
    """Raise InputError if ``--out`` names something that is not a report of ours."""
    refuse_foreign(path, "--out", "a report", _is_report)


def _is_report(path: Path) -> bool:
    with path.open("rb") as file:
        return _GENERATOR in file.read(_HEAD)


def replace_report(path: Path, write: Callable[[Path], None]) -> None:
    """Write a report with ``write``, which makes a new file, and replace an existing one.

    If the folder cannot be written to, raises InputError and leaves the file unchanged.
    """
    try:
        with open_scratch(path) as folder:
            made = folder / "report.html"
            write(made)
            made.replace(path)
    except OSError as error:
        raise InputError(
            f"cannot write {path}: {error.strerror}",
            "choose a file for --out in an existing folder that you can write to",
        ) from error
