"""Remove the folders of old runs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.files.workspace import remove_left_runs, remove_run_folder
from senr_duck.ledger.history_tables import HISTORY_TABLES
from senr_duck.ledger.place import read_place

if TYPE_CHECKING:
    import duckdb


# What a run writes into its folder, and what Windows and macOS add to any folder that is looked at.
_OF_A_RUN = re.compile(
    r"manifest\.json|exceptions\.csv|orphaned_programs\.csv|report\.html|SENR_.*\.zip|Thumbs\.db|desktop\.ini|\.DS_Store"
)
_TABLES_OF_RUNS = ("run", "run_lea", "file", "record", "finding", "rejection", "spot_check")


@dataclass(frozen=True)
class Cleaning:
    """The folders that were removed; those elsewhere; those to which someone has added a file.

    ``left`` are those that could not be removed, with reasons.
    """

    removed: tuple[Path, ...]
    elsewhere: tuple[Path, ...]
    added_to: tuple[Path, ...]
    left: tuple[tuple[Path, str], ...]


def list_run_folders(ledger: "duckdb.DuckDBPyConnection", database: Path) -> tuple[Path, ...]:
    """Return the folders in which the runs' own folders are, if they go with the database.

    Those are in its folder, or below it. A copy of a workspace therefore knows its own folders and
    not the original's.
    """
    places = ledger.execute("select distinct out_dir from run order by out_dir").fetchall()
    own = database.absolute().parent.resolve()
    folders = (read_place(database, written).parent for (written,) in places)
    return tuple(
        sorted({one for one in folders if one.is_dir() and one.resolve().is_relative_to(own)})
    )


def clean_runs(
    ledger: "duckdb.DuckDBPyConnection", database: Path, keep: int, folders: Iterable[Path]
) -> Cleaning:
    """Remove the folders of all but the last ``keep`` runs of each LEA, if they are in ``folders``.

    The caller must hold the lock of each of ``folders``. A run that is only partly posted is kept
    too, because its zip is still needed. If nothing of a removed run was posted or rejected, the
    ledger forgets the run, so that it cannot be marked as posted later; otherwise the ledger keeps
    everything about it. The same goes for an old run whose folder is gone. Folders that the ledger
    does not know are left alone, and so is a folder to which someone has added a file.
    """
    held = {folder.resolve() for folder in folders}
    for folder in held:
        remove_left_runs(folder)
    removed, elsewhere, added_to, left = [], [], [], []
    for run_id, written in ledger.execute(
        """
        with states as (
            select
                run_id,
                lea,
                count(case when state = 'posted' then 1 end) as posted,
                count(case when state = 'written' and records > 0 then 1 end) as written
            from file
            group by run_id, lea
        ),
        numbered as (
            select
                run.run_id, run_lea.lea, run.out_dir, run.position,
                row_number() over (partition by run_lea.lea order by run.position desc) as age
            from run
            inner join run_lea on run.run_id = run_lea.run_id
        )
        select numbered.run_id, numbered.out_dir
        from numbered
        inner join states on numbered.run_id = states.run_id and numbered.lea = states.lea
        group by numbered.run_id, numbered.out_dir, numbered.position
        having
            min(numbered.age) > ?
            and count(case when states.posted > 0 and states.written > 0 then 1 end) = 0
        order by numbered.position
        """,
        [keep],
    ).fetchall():
        folder = read_place(database, written)
        if folder.name != run_id:
            continue
        is_there, is_held = folder.is_dir(), folder.parent.resolve() in held
        if not is_there and is_held:
            # someone has removed it, or this command was killed before the ledger knew
            _forget_run(ledger, run_id)
        if is_there and not is_held:
            elsewhere.append(folder)
        if not is_there or not is_held:
            continue
        try:
            if not all(_OF_A_RUN.fullmatch(path.name) for path in folder.iterdir()):
                added_to.append(folder)
                continue
            remove_run_folder(folder)
        except OSError as error:
            left.append((folder, str(error.strerror)))
            continue
        removed.append(folder)
        _forget_run(ledger, run_id)
    return Cleaning(tuple(removed), tuple(elsewhere), tuple(added_to), tuple(left))


def _forget_run(ledger: "duckdb.DuckDBPyConnection", run_id: str) -> None:
    used = ledger.execute(
        "select 1 from file where run_id = ? and state <> 'written'", [run_id]
    ).fetchall()
    for table in () if used else (*_TABLES_OF_RUNS, *HISTORY_TABLES):
        ledger.execute(f"delete from {table} where run_id = ?", [run_id])  # noqa: S608 - names of this module
