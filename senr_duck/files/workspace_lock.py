"""Keep a second run out of a workspace for as long as a process holds it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from senr_duck.errors import InputError, WorkspaceBusy
from senr_duck.privacy.shown_value import escape_controls


def refuse_place(place: object, reason: str | None) -> InputError:
    """Return the error for a folder or file that cannot be written to."""
    return InputError(
        f"cannot write to {escape_controls(place)}: {reason}",
        "choose folders for --out and --db that exist and can be written to",
    )


@contextmanager
def hold_workspace(database: Path, out: Path | None = None, wait: float = 0) -> Iterator[None]:
    """Hold the published database, and the folder of the runs, against every other run.

    The lock is the operating system's and ends with the process, however that ends; its files,
    ``.senr-duck.lock`` in ``out`` and ``.senr.duckdb.lock`` beside the database, may stay and hold
    nothing. ``wait`` is in seconds. Raises WorkspaceBusy if another process holds one of them until
    then, InputError for a folder that is missing or cannot be written to.
    """
    import filelock

    paths = {database.absolute().parent.resolve() / f".{database.name}.lock"}
    if out is not None:
        paths.add(out.resolve() / ".senr-duck.lock")
    with ExitStack() as held:
        # always in one order, so that two runs never wait for each other
        for path in sorted(paths):
            if not path.parent.is_dir():  # the lock would create it
                raise refuse_place(path.parent, "no such folder")
            # never a lock file that would outlive its process: where the system has no lock to
            # give, that is an error
            lock = filelock.FileLock(path, timeout=wait, mode=0o600, fallback_to_soft=False)
            try:
                held.enter_context(lock)
            except filelock.Timeout:
                raise WorkspaceBusy(
                    f"another run holds {escape_controls(path.parent)}",
                    "wait until it is done, or let this one wait with --wait SECONDS; "
                    "give other folders with --out and --db to run beside it",
                ) from None
            except (OSError, NotImplementedError) as error:
                reason = error.strerror if isinstance(error, OSError) else "it has no file locks"
                raise refuse_place(path.parent, reason) from error
        yield
