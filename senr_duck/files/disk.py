"""Tell a full or failing disk from a fault of the program."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from senr_duck.errors import InputError

# What the system says of the place where a file is to be, not of what the program does.
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
    "what was published before stands; free some space, or choose other folders with --out and "
    "--db, then run again"
)


@contextmanager
def explain_disk_faults() -> Iterator[None]:
    """Raise InputError where the disk is full or cannot be written to, in Python or in DuckDB."""
    import duckdb

    try:
        yield
    except OSError as error:
        if error.errno not in _OF_THE_DISK:
            raise
        raise InputError(f"cannot write to the disk: {error.strerror}", _HINT) from error
    except duckdb.OutOfMemoryException as error:
        raise InputError(
            "DuckDB has neither the memory nor the space on the disk that it needs",
            "what was published before stands; free some space, or allow it more with "
            "--memory-limit, then run again",
        ) from error
    except duckdb.Error as error:
        # a commit that cannot be written is an error of the transaction to DuckDB
        told = find_disk_fault(str(error))
        if told is None and not isinstance(error, duckdb.IOException):
            raise
        reason = told or "it cannot read or write its file"
        raise InputError(f"DuckDB cannot use the disk: {reason}", _HINT) from error


def find_disk_fault(message: str) -> str | None:
    """Return the system's words on a full or failing disk that stand in a message, if any do."""
    words = map(os.strerror, _OF_THE_DISK)
    return next((word for word in words if word in message), None)
