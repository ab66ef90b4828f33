"""What stands in a folder of runs: the files, and the run that made the published database."""

import hashlib
from pathlib import Path

import duckdb


def take_stock(folder: Path, pattern: str = "**/*") -> dict[str, str]:
    """Return the hash of every file below the folder that matches; locks hold nothing."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob(pattern))
        if path.is_file() and not path.name.endswith(".lock")
    }


def read_run_id(folder: Path) -> str:
    """Return the run that the published database says it is of."""
    with duckdb.connect(str(folder / "senr.duckdb"), read_only=True) as con:
        (row,) = con.execute("select run_id from reference.run").fetchall()
    return str(row[0])
