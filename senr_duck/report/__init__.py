"""Write report.html: one file that shows what a run found, for a browser without a network."""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.errors import InputError
from senr_duck.files.workspace import write_text
from senr_duck.report.page import make_environment, render_page
from senr_duck.report.read_counts import read_counts
from senr_duck.report.student_data import format_student_data
from senr_duck.student.chosen_students import choose_students
from senr_duck.student.spot_check import read_spot_checks

if TYPE_CHECKING:
    import duckdb

# Students with nothing sent or held who are shown because a finding lists them.
LISTED_AT_MOST = 2_000


def write_report(
    con: "duckdb.DuckDBPyConnection", path: Path, with_student_data: bool = True
) -> None:
    """Write the report of a published database to a new file that its owner alone may read.

    The same database gives the same bytes. Without student data the page holds counts only; with
    it, some students are chosen to be looked up by hand before uploading. On the disk when this
    returns; raises FileExistsError if the file is there.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        environment = pool.submit(make_environment)  # Python's work, while DuckDB does its own
        choose_students(con, listed_at_most=LISTED_AT_MOST)
        [(listed_left_out,)] = con.execute(
            """
            select count(*)
            from recon.reported_student as reported
            left join chosen_student as chosen on reported.student_key = chosen.student_key
            where chosen.student_key is null
            """
        ).fetchall()
        counts = read_counts(con, with_student_data)
        student_data = format_student_data(con) if with_student_data else None
    text = render_page(
        environment.result(),
        counts,
        student_data,
        listed_left_out,
        read_spot_checks(con) if with_student_data else (),
    )
    write_text(path, text)


def replace_report(con: "duckdb.DuckDBPyConnection", path: Path, with_student_data: bool) -> None:
    """Write the report like ``write_report``, over a file that is there already.

    Raises InputError, leaving that file as it was, if the folder cannot be written to.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".report-", dir=path.absolute().parent) as folder:
            made = Path(folder) / path.name
            write_report(con, made, with_student_data)
            made.replace(path)
    except OSError as error:
        raise InputError(
            f"cannot write {path}: {error.strerror}",
            "choose a file for --out in a folder that exists and can be written to",
        ) from error
