"""Find the comparisons of other files that belong to a SENR run: of its LEAs and school year."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from senr_duck.database.published import open_published
from senr_duck.database.schema import find_kind
from senr_duck.errors import InputError
from senr_duck.privacy.shown_list import name_first
from senr_duck.reference.compared_tables import list_compared, name_database
from senr_duck.reference.file_types import SENR

if TYPE_CHECKING:
    import duckdb

T = TypeVar("T")

_HINT = "use --compared to name the database that `senr-duck compare` published"


def read_comparisons(
    run: "duckdb.DuckDBPyConnection",
    database: Path,
    named: Sequence[Path],
    read: "Callable[[duckdb.DuckDBPyConnection], T]",
) -> tuple[tuple[T, ...], tuple[str, ...]]:
    """Return what ``read`` returns for each comparison, by file and LEA; and notices.

    ``run`` is the open database of the SENR run. The comparisons are those whose databases the user
    named. Without names, they are those next to ``database`` with the names that ``senr-duck
    compare`` gives; then one that does not belong to the run is left out, and a notice says why.
    Raises InputError for a named one that does not belong to the run, or cannot be read.
    """
    found: dict[tuple[int, str], T] = {}
    notices: list[str] = []
    for path in named or _list_next_to(database):
        try:
            if path.exists() and path.samefile(database):  # DuckDB cannot open it a second time
                raise _refuse_run(path)
            with open_comparison(path) as con:
                place = _check(con, run, path)
                if place in found:
                    raise InputError(
                        f"{path} is of the same file and LEA as another one; expected one of each",
                        "leave one of them out",
                    )
                found[place] = read(con)
        except InputError as error:
            if named:
                raise InputError(f"--compared: {error}", error.hint) from error
            notices.append(f"left out: {error}")
    return tuple(found[place] for place in sorted(found)), tuple(notices)


@contextmanager
def open_comparison(path: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open the database of a comparison, as ``open_published`` does that of a run.

    Raises InputError for that of a run, and of a comparison that stopped before it had compared
    anything.
    """
    with open_published(path, is_compared=False) as con:
        kind = find_kind(con)
        if kind == SENR:
            raise _refuse_run(path)
        if (
            not kind
            or not con.execute(
                "select 1 from duckdb_tables()"
                " where schema_name = 'reference' and table_name = 'run_stop'"
            ).fetchall()
        ):
            raise InputError(
                f"{path} is not complete: it is of a comparison that stopped before it had "
                "compared the extracts",
                _HINT,
            )
        yield con


def _refuse_run(path: Path) -> InputError:
    return InputError(f"{path} is of a SENR run; expected one of a comparison", _HINT)


def _list_next_to(database: Path) -> list[Path]:
    paths = (database.with_name(name_database(one)) for one in list_compared())
    return [path for path in paths if path.exists()]


def _check(
    con: "duckdb.DuckDBPyConnection", run: "duckdb.DuckDBPyConnection", path: Path
) -> tuple[int, str]:
    """Return the place of a comparison among all; raises InputError if it is not of the run."""
    [(file_type, lea, school_year)] = con.execute(
        "select file_type, lea, school_year from reference.compare_parameters"
    ).fetchall()
    leas = run.execute(
        "select reporting_lea from reference.run_lea order by reporting_lea"
    ).fetchall()
    [(year,)] = run.execute("select school_year from reference.run_parameters").fetchall()
    if (lea,) not in leas:
        raise InputError(
            f"{path} is of LEA {lea}; expected one of {name_first([code for (code,) in leas])}, as "
            "in the SENR run",
            "compare the files of the run's LEA, or name the database of another run with --db",
        )
    if school_year != year:
        raise InputError(
            f"{path} is of school year {school_year}; expected {year}, as in the SENR run",
            "compare again with new extracts, or name the database of another run with --db",
        )
    return list_compared().index(file_type), lea
