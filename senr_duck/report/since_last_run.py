"""Count what was solved and what is new since the last run."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class SinceLastRun:
    """How many findings the last run had and this one has not, and the other way around."""

    run_id: str
    as_of: date
    solved: int
    new: int


def read_since_last_run(con: "duckdb.DuckDBPyConnection") -> SinceLastRun | None:
    """Return how many findings were solved and are new since the last run; None without one."""
    rows = con.execute(
        """
        select
            last_run.run_id,
            last_run.as_of,
            count(case when change.change = 'solved' then 1 end),
            count(case when change.change = 'new' then 1 end)
        from staging.earlier_run as last_run
        left join recon.change_since_last_run as change on true
        where last_run.is_last
        group by last_run.run_id, last_run.as_of
        """
    ).fetchall()
    return SinceLastRun(*rows[0]) if rows else None
