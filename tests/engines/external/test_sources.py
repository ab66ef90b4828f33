"""The query for any SIS, and the evening's job, as the pages write them, give the sample's zip."""

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.support.command_line import RUN_SAMPLE, senr_duck
from tests.support.odbc import configure_odbc
from tests.support.places import ROOT, SAMPLE

SOURCES = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
SCHEDULING = (ROOT / "docs" / "scheduling.md").read_text(encoding="utf-8")
AS_OF = ("--as-of", "2026-10-30", "--allow-other-year")


@pytest.fixture
def sis_tables(server: psycopg.Connection) -> None:
    """Keep the sample's SIS side in tables under the names that the page's query has."""
    mapped = dict(re.findall(r"^    (\w+\.\w+)(?: as (\w+))?,?$", SOURCES, re.MULTILINE))
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
    server.execute(f"drop table if exists {table}")
    server.execute(f"create table {table} ({types})")
    with server.cursor().copy(f"copy {table} ({', '.join(sorted(own))}) from stdin") as copy:
        for line in lines:
            copy.write_row([line[own[name]] or None for name in sorted(own)])


@pytest.fixture
def district(sis_tables: None, postgres: str, tmp_path: Path) -> dict[str, str]:
    """Write what a district has: the query, senr.toml and the ODS extract; return ODBC's settings.

    The folder is ``senr`` under the test's own.
    """
    folder = tmp_path / "senr"
    (folder / "in").mkdir(parents=True)
    query = SOURCES.partition("```sql\n")[2].partition("```")[0].replace("1964733", "5476836")
    (folder / "own.sql").write_text(query, encoding="utf-8", newline="\n")
    for name in ("keep.csv", "schools.csv"):
        (folder / name).write_bytes((SAMPLE / name).read_bytes())
    (folder / "in" / "ods.txt").write_bytes((SAMPLE / "ods.txt").read_bytes())
    place = postgres.partition("host=")[2].partition(" ")[0]
    source = f'connection = "Driver={{PostgreSQL Unicode}};Server={place};Database=postgres"\n'
    text = (SAMPLE / "senr.toml").read_text(encoding="utf-8")
    text += f'\n[sis]\n{source}user = "senr"\nquery = "own.sql"\n'
    (folder / "senr.toml").write_text(text, encoding="utf-8")
    return configure_odbc(tmp_path)


def test_the_pages_query_gives_what_a_run_takes_as_the_same_records(
    district: dict[str, str], sample_run: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "senr"
    done = senr_duck(folder, "extract-sis", *AS_OF, environment=district)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    done = senr_duck(folder, *RUN_SAMPLE[:3], "--sis", "sis.parquet", *AS_OF)
    assert done.returncode == 0, done.stderr
    assert_same_zip(folder, sample_run)


def assert_same_zip(folder: Path, sample_run: Path) -> None:
    (archive,) = folder.glob("out/*/*.zip")
    (expected,) = sample_run.glob("out/*/*.zip")
    assert archive.read_bytes() == expected.read_bytes()


def run_evening(tmp_path: Path, environment: dict[str, str]) -> tuple[int, str]:
    """Run the page's job for Linux in the test's folder; return its status and what it mails."""
    script = SCHEDULING.partition("```sh\n")[2].partition("```")[0]
    script = script.replace("/opt/senr-duck/.venv/bin", str(Path(sys.executable).parent))
    script = script.replace("cd /srv/senr ", f"cd {tmp_path / 'senr'} ")
    script = re.sub("senr-duck (extract-sis|run) ", rf"senr-duck \1 {' '.join(AS_OF)} ", script)
    stub = tmp_path / "bin" / "mail"
    stub.parent.mkdir(exist_ok=True)
    mailed = tmp_path / "mailed.txt"
    stub.write_text(f'#!/bin/sh\n{{ echo "$@"; cat; }} > {mailed}\n', encoding="utf-8")
    stub.chmod(0o755)
    done = subprocess.run(
        ["sh", "-c", script],  # noqa: S607 - as cron does
        cwd="/",
        env={**os.environ, **environment, "PATH": f"{stub.parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("", "")
    return done.returncode, mailed.read_text(encoding="utf-8")


def test_the_evenings_job_mails_counts_and_says_what_stopped_it(
    district: dict[str, str], server: psycopg.Connection, sample_run: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "senr"
    status, mailed = run_evening(tmp_path, district)
    assert status == 0, (folder / "senr.log").read_text(encoding="utf-8")
    assert mailed.startswith("-s CALPADS: ready -A counts.html data@district.example\n")
    assert_same_zip(folder, sample_run)
    counts = (folder / "counts.html").read_text(encoding="utf-8")
    assert "2000002" not in counts
    before = (folder / "sis.parquet").read_bytes()
    # the database is away
    server.execute("alter table enrollment rename to elsewhere")
    status, mailed = run_evening(tmp_path, district)
    assert (status, mailed.partition(" data@")[0]) == (2, "-s CALPADS: stopped")
    assert "It ended with status 2" in mailed
    assert (folder / "sis.parquet").read_bytes() == before
    log = (folder / "senr.log").read_text(encoding="utf-8")
    assert r"relation \"enrollment\" does not exist" in log
    # half of the enrollments are missing
    server.execute("alter table elsewhere rename to enrollment")
    server.execute("delete from enrollment where school_cds = '5431598'")
    status, mailed = run_evening(tmp_path, district)
    assert (status, mailed.partition(" data@")[0]) == (1, "-s CALPADS: stopped")
    assert (folder / "sis.parquet").read_bytes() != before
    assert (folder / "out" / "stopped" / "report.html").exists()
    assert_same_zip(folder, sample_run)
