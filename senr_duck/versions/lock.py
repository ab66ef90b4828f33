"""The lock of a version: the checksum, the sources, and the columns of each of its SQL files."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from senr_duck.reference.resources import resource

LOCK_NAME = "views.lock.json"


@dataclass(frozen=True)
class LockedFile:
    """A SQL file as it was released.

    It has the file's checksum, the qualified names of its view and of the tables and views that
    this view reads, and its columns in order with DuckDB's types.
    """

    sha256: str
    view: str
    reads: tuple[str, ...]
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Lock:
    """A version as it was released.

    ``ruleset`` is the checksum of its ``ruleset.toml``; ``overlays`` has the checksum of the lock
    of the version that it overlays, by name. ``files`` are its own files, by their path in the
    version's folder, such as ``50_match/no_show_exit.sql``.
    """

    ruleset: str = ""
    overlays: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, LockedFile] = field(default_factory=dict)


def hash_text(path: Path) -> str:
    """Return the checksum of a file's text, with LF as line end."""
    return hashlib.sha256(path.read_text(encoding="utf-8").encode()).hexdigest()


def name_lock(version: str) -> Path:
    """Return the path of a version's lock."""
    return resource("sql", version) / LOCK_NAME


def read_lock(version: str) -> Lock:
    """Return the lock of a version; an empty one if the file is missing."""
    path = name_lock(version)
    if not path.exists():
        return Lock()
    return _parse(path.read_text(encoding="utf-8"))


@cache  # a run asks three times what its views read
def _parse(text: str) -> Lock:
    kept = json.loads(text)
    files = {
        name: LockedFile(**{**file, "reads": tuple(file["reads"])})
        for name, file in kept["files"].items()
    }
    return Lock(kept["ruleset"], kept["overlays"], files)


def format_lock(lock: Lock) -> str:
    """Return the text of a lock's file."""
    return json.dumps(asdict(lock), indent=1) + "\n"
