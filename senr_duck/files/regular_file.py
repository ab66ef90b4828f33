"""Look at what a path names before it is opened: reading a pipe or a device may never end."""

import stat
from pathlib import Path

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def find_fault(path: Path) -> str | None:
    """Return what is found in place of a file that can be read, such as "a folder"; None if it is.

    This never waits.
    """
    try:
        str(path.absolute()).encode()
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb"):
                return None
        return _KINDS.get(stat.S_IFMT(mode), "no regular file")
    except (FileNotFoundError, NotADirectoryError):
        return "no such file"
    except OSError as error:
        return f"a file that cannot be read ({error.strerror})"
    except ValueError:  # a NUL, or bytes in another encoding than UTF-8
        return "a path that is not text in UTF-8"
