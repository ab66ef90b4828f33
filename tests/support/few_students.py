"""Runs on a dozen students, planned in less time."""

from pathlib import Path

import duckdb

from senr_duck.run.engine import Engine, configure

# DuckDB's planner spends ten times longer on one of the views with these than it takes without,
# and on a dozen students there is nothing to gain: a run takes three quarters of its time.
NEEDLESS = "projection_placement,join_order,statistics_propagation"

# What a command runs first, so that its statements are planned this way.
BEFORE = """
import senr_duck.run.reconcile
from tests.support.few_students import configure_for_few
senr_duck.run.reconcile.configure = configure_for_few
"""


def configure_for_few(con: duckdb.DuckDBPyConnection, engine: Engine, scratch: Path) -> None:
    """Configure DuckDB as a run does, but for those steps of its planner."""
    configure(con, engine, scratch)
    con.execute(f"set disabled_optimizers = '{NEEDLESS}'")
