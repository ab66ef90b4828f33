"""What a run sets in DuckDB."""

from pathlib import Path

import duckdb

from senr_duck.run.engine import Engine, configure


def test_duckdb_draws_no_progress_on_standard_output(tmp_path: Path) -> None:
    """It would come before the object of --json as soon as a statement takes two seconds."""
    with duckdb.connect() as con:
        con.execute("set enable_progress_bar = true")
        configure(con, Engine(), tmp_path)
        assert con.execute("select current_setting('enable_progress_bar')").fetchall() == [(False,)]
