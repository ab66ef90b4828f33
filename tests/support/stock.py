"""Read the content of a folder of runs: its files, and the run that made the database."""

import hashlib
from pathlib import Path

import duckdb


def take_stock(folder: Path, pattern: str = "**/*") -> dict[str, str]:
    """Return the hash of every matching file below the folder; lock files are empty."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob(pattern))
        if path.is_file() and not path.name.endswith(".lock")
    }


def read_run_id(folder: Path) -> str:
    """Return the ID of the run that made the published database."""
    with duckdb.connect(str(folder / "senr.duckdb"), read_only=True) as con:
        (row,) = con.execute("select run_id from reference.run").fetchall()
    return str(row[0])
