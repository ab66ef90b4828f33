"""Record in the ledger which files of a run CALPADS has posted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from senr_duck.errors import InputError
from senr_duck.privacy.shown_list import name_first

if TYPE_CHECKING:
    import duckdb


_LATEST = "latest"


@dataclass(frozen=True)
class Posting:
    """What changed: the run's ID, the files whose state is new, and what a person must know."""

    run_id: str
    files: tuple[str, ...]
    notices: tuple[str, ...]


def find_run(ledger: "duckdb.DuckDBPyConnection", name: str) -> str:
    """Return the ID of the run that the user means.

    ``name`` is its ID or a unique part of it, or ``latest`` for the last run that was made.
    """
    matching = ledger.execute(
        "select run_id from run where contains(run_id, ?) order by run_id = ? desc, position",
        [name, name],
    ).fetchall()
    found = [str(run_id) for (run_id,) in matching if name.strip()]
    if name in found or len(found) == 1:
        return found[0]
    last = ledger.execute("select run_id from run order by position desc limit 3").fetchall()
    if name == _LATEST and last:
        return str(last[0][0])
    known = ", ".join(run_id for (run_id,) in last) or "none yet"
    raise InputError(
        f"{name!r} is the ID of {'no run' if not found else f'{len(found)} runs'} in the ledger; "
        f"expected the ID of one run (the last runs: {known})",
        "senr-duck status lists the runs; the ledger is in the folder of the database in --db",
    )


def _choose_lea(ledger: "duckdb.DuckDBPyConnection", run_id: str, lea: str | None) -> str:
    """Return the LEA that the user means: the one named, or the only one of the run."""
    leas = [
        str(code)
        for (code,) in ledger.execute(
            "select lea from run_lea where run_id = ? order by lea", [run_id]
        ).fetchall()
    ]
    if lea is None and len(leas) == 1:
        return leas[0]
    if lea in leas:
        return str(lea)
    raise InputError(
        f"--lea: found {'nothing' if lea is None else repr(lea)}, "
        f"expected an LEA of run {run_id}: {name_first(leas)}",
        "name the LEA whose files were posted; each LEA posts its files separately",
    )


def _choose_files(
    ledger: "duckdb.DuckDBPyConnection", run_id: str, lea: str, through: str | None
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return name and state of an LEA's files: those up to and including ``through``; the rest."""
    files = ledger.execute(
        "select name, state from file where run_id = ? and lea = ? order by position",
        [run_id, lea],
    ).fetchall()
    if through is None:
        return files, []
    stem = through.removesuffix(".txt")
    in_zip = [name.rpartition("/")[2].removesuffix(".txt") for name, _ in files]
    named = [
        number for number, name in enumerate(in_zip) if name == stem or name.startswith(f"{stem}_")
    ]
    if not named:
        raise InputError(
            f"--through: found {through!r}, expected a file of run {run_id}: {', '.join(in_zip)}",
            "use the file's name, or leave out --through for all files",
        )
    return files[: named[-1] + 1], files[named[-1] + 1 :]


def mark_posted(
    ledger: "duckdb.DuckDBPyConnection", name: str, lea: str | None, through: str | None, on: date
) -> Posting:
    """Record that CALPADS posted an LEA's files of the run, up to ``through``, on a day.

    ``lea`` may be None for a run of one LEA. Files that are already posted stay as they are. Raises
    InputError for a run, LEA, or file that the ledger does not know; if a file was rejected; and if
    the day is before the run's as-of date, or before the day on which an earlier file posted.
    """
    run_id = find_run(ledger, name)
    lea = _choose_lea(ledger, run_id, lea)
    chosen, _ = _choose_files(ledger, run_id, lea, through)
    if rejected := [file for file, state in chosen if state == "rejected"]:
        raise InputError(
            f"{rejected[0]} of run {run_id} was rejected; expected a file that CALPADS posted",
            "fix its records and run again; or use --through to name the last file before it; "
            "if CALPADS did post it, remove the rejection with senr-duck rejected --undo",
        )
    _check_day(ledger, run_id, lea, on)
    notices = _find_later_postings(ledger, run_id, lea)
    news = [file for file, state in chosen if state == "written"]
    for file in news:
        ledger.execute(
            """
            update file set
                state = 'posted',
                posted_on = ?,
                posting = (select coalesce(max(posting), 0) + 1 from file)
            where run_id = ? and name = ?
            """,
            [on, run_id, file],
        )
    return Posting(run_id, tuple(news), tuple(notices))


def _check_day(ledger: "duckdb.DuckDBPyConnection", run_id: str, lea: str, on: date) -> None:
    """Raise InputError for a day on which CALPADS cannot have posted the run's next file."""
    [(as_of, last)] = ledger.execute(
        """
        select run.as_of, max(file.posted_on)
        from run
        inner join file on run.run_id = file.run_id
        where run.run_id = ? and file.lea = ?
        group by run.as_of
        """,
        [run_id, lea],
    ).fetchall()
    if on < as_of or (last and on < last):
        expected = f"{last}, when its last file posted" if last else f"{as_of}, its as-of date"
        raise InputError(
            f"--on: found {on} for run {run_id}, expected {expected}, or later",
            "check the day, and the run's ID; senr-duck status lists both",
        )


def _find_later_postings(
    ledger: "duckdb.DuckDBPyConnection", run_id: str, lea: str
) -> Sequence[str]:
    """Return notices of files of later runs that are already posted, unknown to this run.

    A posting has only a day, not a time, so the order of the runs is used instead.
    """
    later = ledger.execute(
        """
        select distinct other.run_id
        from run as this
        inner join run as other on this.position < other.position
        inner join file on other.run_id = file.run_id
        where
            this.run_id = ? and file.lea = ? and file.state = 'posted' and file.closed_by is null
        order by other.run_id
        """,
        [run_id, lea],
    ).fetchall()
    return [
        f"files of the later run {other} are already posted; the records of {run_id} may be older"
        for (other,) in later
    ]


def unmark_posted(
    ledger: "duckdb.DuckDBPyConnection", name: str, lea: str | None, through: str | None
) -> Posting:
    """Mark an LEA's files of the run, up to ``through``, as not posted.

    Raises InputError if a later file would stay posted, because files are posted in order.
    """
    run_id = find_run(ledger, name)
    lea = _choose_lea(ledger, run_id, lea)
    chosen, rest = _choose_files(ledger, run_id, lea, through)
    if posted := [file for file, state in rest if state == "posted"]:
        raise InputError(
            f"{posted[0]} of run {run_id} is posted and comes after the files to undo",
            "leave out --through to undo all of them, then mark again which files are posted",
        )
    news = tuple(file for file, state in chosen if state == "posted")
    ledger.execute(
        """
        update file set
            state = 'written', posting = null, posted_on = null,
            closed_by = null, shown_records = null, contradicted_records = null
        where run_id = ? and name in (select unnest(?))
        """,
        [run_id, list(news)],
    )
    return Posting(run_id, news, ())
