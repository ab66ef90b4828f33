"""Keep a second run out of a workspace while one is using it."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from senr_duck.errors import InputError, WorkspaceBusy
from senr_duck.privacy.shown_value import escape_controls


def refuse_place(place: object, reason: str | None) -> InputError:
    """Return the error for a folder or file that cannot be written to."""
    return InputError(
        f"cannot write to {escape_controls(place)}: {reason}",
        "choose existing folders that you can write to",
    )


@contextmanager
def hold_workspace(
    database: Path, *outs: Path, wait: float = 0, leaves_locks: bool = True
) -> Iterator[None]:
    """Lock the published database, and folders for runs, so that no other run can use them.

    The operating system holds the lock and releases it when the process ends, however that happens.
    The lock files, ``.senr-duck.lock`` in each of ``outs`` and ``.senr.duckdb.lock`` next to the
    database, are empty and stay, unless ``leaves_locks`` is false: then those that were not there
    before are removed. Raises WorkspaceBusy if another process still has a lock after
    ``wait`` seconds, InputError for a folder that is missing or cannot be written to.
    """
    import filelock

    paths = {database.absolute().parent.resolve() / f".{database.name}.lock"}
    paths |= {out.resolve() / ".senr-duck.lock" for out in outs}
    with ExitStack() as held:
        # always in the same order, so that two runs never wait for each other
        for path in sorted(paths):
            if not path.parent.is_dir():  # otherwise the lock would create it
                raise refuse_place(path.parent, "no such folder")
            # never use a lock file that would outlive its process: a system without file locks is
            # an error
            lock = filelock.FileLock(path, timeout=wait, mode=0o600, fallback_to_soft=False)
            was_there = leaves_locks or path.exists()
            try:
                held.enter_context(lock)
            except filelock.Timeout:
                raise WorkspaceBusy(
                    f"another run is using {escape_controls(path.parent)}",
                    "wait until it ends, or use --wait SECONDS to wait for it; "
                    "to run at the same time, choose other folders with --out and --db",
                ) from None
            except (OSError, NotImplementedError) as error:
                reason = error.strerror if isinstance(error, OSError) else "it has no file locks"
                raise refuse_place(path.parent, reason) from error
            if not was_there and os.name == "posix":  # on Windows, the lock does it
                # while it is held: whoever waits for it sees that the file is gone, and tries again
                held.callback(path.unlink, missing_ok=True)
        yield
