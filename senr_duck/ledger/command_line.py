"""Command lines of ours that a person can copy from a message."""

import re
from pathlib import Path

DEFAULT_DATABASE = Path("senr.duckdb")
_PLAIN = re.compile(r"[\w@%+=:,./\\-]+")  # what no shell takes for anything else


def name_command(command: str, database: Path, *arguments: str) -> str:
    """Return a command line that means the same database as the one that prints it.

    An argument has double quotes where a shell needs them, also that of Windows.
    """
    named = [] if database == DEFAULT_DATABASE else ["--db", str(database)]
    return " ".join(["senr-duck", command, *map(_quote, [*arguments, *named])])


def name_posted(database: Path, run_id: str, lea: str | None, file_name: str) -> str:
    """Return the command that records that a file of a run, and those before it, have posted.

    ``lea`` is None in a run of one LEA; ``file_name`` is the name in the zip.
    """
    of_lea = [] if lea is None else ["--lea", lea]
    through = ["--through", file_name.removesuffix(".txt")]
    return name_command("posted", database, run_id, *of_lea, *through)


def _quote(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else f'"{text}"'
