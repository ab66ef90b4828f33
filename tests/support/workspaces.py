"""A workspace in the middle of its life, and what can be seen of it from outside."""

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import duckdb

from tests.support.command_line import RUN, senr_duck, tell
from tests.support.extracts import every_class, write_every_class, write_sis
from tests.support.few_students import BEFORE

DAY = "2026-03-02"  # the as-of date of every run here

# What can be seen: each file's hash, each run's folder as one, the database's run, the ledger.
State = dict[str, str]

# In these columns of its runs, the ledger says when and how often the same run was made.
_OF_THE_TIME = ("made_at", "position")


def make_workspace(folder: Path) -> Path:
    """Make three runs, of which the first is posted, and let the SIS extract change after them.

    There are a report of the first run, the last run's zip as ``last.zip``, and some of its records
    as CALPADS would reject them.
    """
    write_every_class(folder)
    _, sis = every_class()
    for grade in ("05", "03", "02"):
        changed = [{**one, "grade_level_code": grade} for one in sis]
        write_sis(folder / "sis.txt", sis if grade == "05" else changed)
        done = senr_duck(folder, *RUN, "--quiet", "--json", before=BEFORE)
        assert done.returncode == 0, done.stderr
        summary = json.loads(done.stdout)
        if grade == "05":
            tell(folder, "posted", summary["run_id"], "--on", DAY)
            tell(folder, "report")
    write_sis(folder / "sis.txt", [{**one, "grade_level_code": "06"} for one in sis])
    archive = folder / summary["zip"]
    (folder / "last.zip").write_bytes(archive.read_bytes())
    (folder / "rejected.txt").write_bytes(_reject(archive))
    return folder


def _reject(archive: Path) -> bytes:
    with zipfile.ZipFile(archive) as opened:
        lines = opened.read("003_Updates.txt").decode().splitlines()
    fields = lines[0].split("^")[2:]
    return ("^".join(["SENR-E", "", *fields, "SENR0027", "F", "Overlap", "", ""]) + "\r\n").encode()


def see(folder: Path) -> State:
    """Return what can be seen in a workspace; raises if any of it is broken."""
    state: State = {}
    for path in sorted(folder.rglob("[!.]*")):
        inside = path.relative_to(folder)
        if not path.is_file() or any(part.startswith(".") for part in inside.parts):
            continue
        if inside.name == "senr.duckdb":
            state["senr.duckdb"] = _read_run(path)
        elif inside.name == "senr.ledger.duckdb":
            state["senr.ledger.duckdb"] = _hash(repr(read_ledger(path)).encode())
        else:
            unit = str(Path(*inside.parts[:2])) if inside.parts[0] == "out" else str(inside)
            content = f"{inside} {_hash(path.read_bytes())}"
            state[unit] = _hash((state.get(unit, "") + content).encode())
    return state


def list_runs(folder: Path) -> list[str]:
    """Return the IDs of the runs that the ledger has, oldest first."""
    with duckdb.connect(str(folder / "senr.ledger.duckdb"), read_only=True) as con:
        rows = con.execute("select run_id from run order by position").fetchall()
    return [str(run_id) for (run_id,) in rows]


def list_hidden(folder: Path) -> set[str]:
    """Return the names of what is hidden in a workspace, without the files of the locks."""
    hidden = (*folder.glob(".*"), *folder.glob("out/.*"))
    return {path.name for path in hidden if not path.name.endswith(".lock")}


def read_ledger(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of the ledger by table, without what making the same run again changes."""
    tables = {}
    with duckdb.connect(str(path), read_only=True) as con:
        for (name,) in con.execute(
            "select table_name from duckdb_tables() order by all"
        ).fetchall():
            rows = con.execute(f"from {name} order by all")
            columns = [column[0] for column in rows.description or ()]
            tables[name] = [
                {
                    column: value
                    for column, value in zip(columns, row, strict=True)
                    if name != "run" or column not in _OF_THE_TIME
                }
                for row in rows.fetchall()
            ]
    return tables


def _read_run(path: Path) -> str:
    with duckdb.connect(str(path), read_only=True) as con:
        (row,) = con.execute("select run_id from reference.run").fetchall()
        con.execute("select count(*) from recon.accounting").fetchall()
    return str(row[0])


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
