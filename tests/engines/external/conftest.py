"""A PostgreSQL server for as long as the tests take, and a run of the committed sample."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import psycopg
import pytest


@pytest.fixture(scope="session")
def published(sample_run: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give the database of DuckDB's run of the sample."""
    with duckdb.connect(str(sample_run / "senr.duckdb"), read_only=True) as con:
        yield con


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Give the connection string of a server of its own, on a socket in a private folder.

    PostgreSQL refuses to be run by root: then the user postgres runs it.
    """
    programs = _find_programs()
    folder = Path(tempfile.mkdtemp(prefix="senr-pg-"))
    as_user: tuple[str, ...] = ()
    if os.geteuid() == 0:
        as_user = ("runuser", "-u", "postgres", "--")
        shutil.chown(folder, "postgres")
    data = folder / "data"

    def call(program: str, *arguments: str) -> None:
        command = (*as_user, str(programs / program), "-D", str(data), *arguments)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")

    try:
        call("initdb", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", "--username=senr")
        options = f"-k {folder} -c listen_addresses=''"
        call("pg_ctl", "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            yield f"host={folder} user=senr dbname=postgres"
        finally:
            call("pg_ctl", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def server(postgres: str) -> Iterator[psycopg.Connection]:
    """Give a connection to the server."""
    with psycopg.connect(postgres, autocommit=True) as con:
        yield con


def _find_programs() -> Path:
    """Return Debian's newest folder of PostgreSQL's programs, which is on no path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        pytest.fail("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1].parent if found else Path(str(on_path)).parent
