"""The export from a SIS's own tables, as docs/sources.md writes it, is an extract that loads."""

import csv
import os
import re
import subprocess
from pathlib import Path

import psycopg
import pytest

from tests.support.command_line import RUN_SAMPLE, senr_duck
from tests.support.places import ROOT, SAMPLE

PAGE = ROOT / "docs" / "sources.md"


@pytest.fixture
def sis_tables(server: psycopg.Connection) -> None:
    """Keep the sample's SIS side in tables under the names that the page's query has."""
    page = PAGE.read_text(encoding="utf-8")
    mapped = dict(re.findall(r"^    (\w+\.\w+)(?: as (\w+))?,?$", page, re.MULTILINE))
    columns = {source: official or source.split(".")[1] for source, official in mapped.items()}
    with (SAMPLE / "sis.csv").open(encoding="utf-8", newline="") as file:
        # in its tables, an SIS has no line that says that there is no such enrollment
        lines = [one for one in csv.DictReader(file) if one["transaction_type_code"] != "D"]
    students = {line["local_student_id"]: line for line in lines}
    _fill(server, "student", columns, list(students.values()))
    _fill(server, "enrollment", columns | {"enrollment.local_id": "local_student_id"}, lines)


def _fill(
    server: psycopg.Connection, table: str, columns: dict[str, str], lines: list[dict[str, str]]
) -> None:
    own = {
        source.split(".")[1]: official
        for source, official in columns.items()
        if source.startswith(f"{table}.")
    }
    # one of the sample's exit dates is no date
    days = ("birth_date", "start_date")
    types = ", ".join(f"{name} {'date' if name in days else 'text'}" for name in sorted(own))
    server.execute(f"create table {table} ({types})")
    with server.cursor().copy(f"copy {table} ({', '.join(sorted(own))}) from stdin") as copy:
        for line in lines:
            copy.write_row([line[own[name]] or None for name in sorted(own)])


def test_the_pages_psql_line_exports_what_a_run_takes_as_the_same_records(
    sis_tables: None, postgres: str, sample_run: Path, tmp_path: Path
) -> None:
    page = PAGE.read_text(encoding="utf-8")
    query = page.partition("```sql\n")[2].partition("```")[0].replace("1964733", "5476836")
    (tmp_path / "sis_extract.sql").write_text(query, encoding="utf-8", newline="\n")
    (line,) = re.findall(r"^    (PGCLIENTENCODING=.*)$", page, re.MULTILINE)
    subprocess.run(
        ["sh", "-c", line],  # noqa: S607 - as the page's reader does
        cwd=tmp_path,
        env={**os.environ, "SIS": postgres},
        check=True,
    )
    done = senr_duck(tmp_path, *RUN_SAMPLE[:3], "--sis", "sis.csv", *RUN_SAMPLE[5:])
    assert done.returncode == 0, done.stderr
    (archive,) = tmp_path.glob("out/*/*.zip")
    (expected,) = sample_run.glob("out/*/*.zip")
    assert archive.read_bytes() == expected.read_bytes()
