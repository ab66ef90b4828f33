"""What a comparison found, in numbers."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.compare.write_list import name_list_file

if TYPE_CHECKING:
    import duckdb

    from senr_duck.settings.settings import Settings


@dataclass(frozen=True)
class ClassCount:
    """The lines of both sides with a class and reason, and who has to act."""

    class_code: str
    reason: str
    acts: str
    meaning: str
    ods: int
    sis: int


@dataclass(frozen=True)
class CompareResult:
    """What a comparison found, and where it is.

    ``accounting`` has the number of lines of each side by class, which add up to ``lines``.
    ``listed`` is the number of rows of the list. ``senr_run`` is the run whose enrollments were
    used, or None.
    """

    file_type: str
    run_id: str
    out_dir: Path
    database: Path
    settings: "Settings"
    counts: tuple[ClassCount, ...]
    accounting: dict[str, dict[str, int]]
    listed: int
    senr_run: str | None
    notices: tuple[str, ...]
    seconds: float

    @property
    def list_file(self) -> Path:
        """The list of everything that is not the same."""
        return self.out_dir / name_list_file(self.file_type)


def read_counts(con: "duckdb.DuckDBPyConnection", schema: str) -> tuple[ClassCount, ...]:
    """Return the classes and reasons that occur, in the order of the list."""
    return tuple(
        ClassCount(*row)
        for row in con.execute(
            f"""
            select
                reason.class,
                reason.reason,
                reason.acts,
                reason.meaning,
                coalesce(sum(count.lines) filter (where count.side = 'ods'), 0)::bigint,
                coalesce(sum(count.lines) filter (where count.side = 'sis'), 0)::bigint
            from {schema}.class_count as count
            inner join reference.class_reason as reason
                on count.class = reason.class and count.reason = reason.reason
            group by reason.position, reason.class, reason.reason, reason.acts, reason.meaning
            order by reason.position
            """  # noqa: S608 - our own names
        ).fetchall()
    )
