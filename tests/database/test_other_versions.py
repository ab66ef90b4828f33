"""The published database and the ledger open in every DuckDB that people may still have."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.environments import create_environment

pytestmark = pytest.mark.slow

READ = """
import hashlib, json, sys
import duckdb

con = duckdb.connect(sys.argv[1], read_only=True)
names = con.execute(
    "select schema_name || '.' || view_name from duckdb_views() where not internal"
    " union all select schema_name || '.' || table_name from duckdb_tables() order by 1"
).fetchall()
found = {}
for (name,) in names:
    rows = sorted(map(repr, con.execute("from " + name).fetchall()))
    found[name] = [len(rows), hashlib.sha256(repr(rows).encode()).hexdigest()]
print(json.dumps({"version": duckdb.__version__, "found": found}))
"""


def read(python: Path | str, database: Path) -> dict[str, Any]:
    """Return DuckDB's version, and each view and table with its number of rows and their hash."""
    done = subprocess.run(
        [python, "-c", READ, str(database)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


# the oldest, the one with long support, and the newest
@pytest.mark.parametrize("wanted", ["==1.2.0", "==1.4.0", ">=2"])
def test_another_duckdb_reads_every_view_and_table_as_ours_does(
    every_class_run: Path, wanted: str, tmp_path: Path
) -> None:
    python = create_environment(tmp_path / "environment", f"duckdb{wanted}")
    for name in ("senr.duckdb", "senr.ledger.duckdb"):
        theirs, ours = (read(one, every_class_run / name) for one in (python, sys.executable))
        assert theirs["version"].startswith(wanted.lstrip("=>"))
        assert len(ours["found"]) > 5
        assert theirs["found"] == ours["found"]
