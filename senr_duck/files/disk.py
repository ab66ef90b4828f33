"""Report a full or failing disk as the user's error, not as a bug."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from senr_duck.errors import InputError

# Errors of the system about the disk or folder, not about what the program does.
_OF_THE_DISK = (
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EIO,
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
)
_HINT = (
    "your last results are unchanged; free up disk space, or choose other folders with --out and "
    "--db, then run again"
)


@contextmanager
def explain_disk_faults() -> Iterator[None]:
    """Raise InputError if the disk is full or cannot be written to, in Python or in DuckDB."""
    import duckdb

    try:
        yield
    except OSError as error:
        if error.errno not in _OF_THE_DISK:
            raise
        raise InputError(f"cannot write to the disk: {error.strerror}", _HINT) from error
    except duckdb.OutOfMemoryException as error:
        raise InputError(
            "DuckDB does not have enough memory or disk space",
            "your last results are unchanged; free up disk space, or allow more memory with "
            "--memory-limit, then run again",
        ) from error
    except duckdb.Error as error:
        # DuckDB reports a commit that cannot be written as an error of the transaction
        told = find_disk_fault(str(error))
        if told is None and not isinstance(error, duckdb.IOException):
            raise
        reason = told or "it cannot read or write its file"
        raise InputError(f"DuckDB cannot use the disk: {reason}", _HINT) from error


def find_disk_fault(message: str) -> str | None:
    """Return the system's text about a full or failing disk that a message quotes, if it does."""
    texts = map(os.strerror, _OF_THE_DISK)
    return next((text for text in texts if text in message), None)
