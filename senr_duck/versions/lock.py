"""The lock of a version: the checksum of each of its files, and what each view reads."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from senr_duck.reference.resources import resource

LOCK_NAME = "views.lock.json"


@dataclass(frozen=True)
class LockedView:
    """A view as it was released: its file's checksum, the qualified names of what it reads."""

    sha256: str
    reads: tuple[str, ...]


@dataclass(frozen=True)
class Lock:
    """A version as it was released.

    ``ruleset`` is the checksum of its ``ruleset.toml``, ``overlays`` that of the lock of the
    version that it overlays, by that one's name. ``views`` are those that it holds itself.
    """

    ruleset: str
    overlays: Mapping[str, str]
    views: Mapping[str, LockedView]


def hash_text(path: Path) -> str:
    """Return the checksum of a file's text, line ends as LF."""
    return hashlib.sha256(path.read_text(encoding="utf-8").encode()).hexdigest()


def name_lock(version: str) -> Path:
    """Return the path of a version's lock."""
    return resource("sql", version) / LOCK_NAME


def read_lock(version: str) -> Lock | None:
    """Return the lock of a version, None if it has none."""
    path = name_lock(version)
    if not path.exists():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Lock(
        ruleset=kept["ruleset"],
        overlays=kept["overlays"],
        views={
            name: LockedView(view["sha256"], tuple(view["reads"]))
            for name, view in kept["views"].items()
        },
    )


def write_lock(version: str, lock: Lock) -> None:
    """Write the lock of a version."""
    text = json.dumps(asdict(lock), indent=1) + "\n"
    name_lock(version).write_text(text, encoding="utf-8", newline="\n")
