"""Tell a full or failing disk from a fault of the program."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from senr_duck.errors import InputError

# What the system says of the place where a file is to be, not of what the program does.
_OF_THE_DISK = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EIO,
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
}
_HINT = (
    "nothing was changed; free some space, or choose other folders with --out and --db, "
    "then run again"
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
    except duckdb.IOException as error:
        raise InputError("DuckDB cannot read or write its file on the disk", _HINT) from error
    except duckdb.OutOfMemoryException as error:
        raise InputError(
            "DuckDB has neither the memory nor the space on the disk that it needs",
            "nothing was changed; free some space, or allow it more with --memory-limit, "
            "then run again",
        ) from error
    except duckdb.FatalException as error:
        if not isinstance(error.__context__, duckdb.IOException) and "write" not in str(error):
            raise
        raise InputError("DuckDB cannot write its file on the disk", _HINT) from error
