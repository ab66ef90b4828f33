"""The versions of the rules: when each is in force, what documents it follows, what it changes."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from senr_duck.errors import InputError
from senr_duck.privacy.shown_value import show_short
from senr_duck.reference.resources import resource

RULESET_NAME = "ruleset.toml"


@dataclass(frozen=True)
class Ruleset:
    """One version of the rules, a folder under ``sql/``; both of its days are inclusive.

    The newest version is complete. An older one has only the views that were different then; it
    overlays the version after it, as a district's own views overlay ours. ``overlays`` is that
    version, None for the newest. ``effective_from`` is None for the first version,
    ``effective_to`` for the newest. ``changes`` are texts of what is new in it.
    """

    name: str
    effective_from: date | None
    effective_to: date | None
    overlays: str | None
    follows: str
    changes: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """The folder of the version's own views."""
        return resource("sql", self.name)

    @property
    def sql_files(self) -> list[Path]:
        """The version's own SQL files, sorted by path."""
        return sorted(self.folder.rglob("*.sql"))

    @property
    def dates(self) -> str:
        """The days on which the version is in force, as a phrase."""
        if self.effective_from is None:
            return f"until {self.effective_to}"
        until = f"to {self.effective_to}" if self.effective_to else "on"
        return f"from {self.effective_from} {until}"

    def holds(self, day: date) -> bool:
        """Return whether the version is in force on a day."""
        return (self.effective_from or date.min) <= day <= (self.effective_to or date.max)


def list_versions() -> list[str]:
    """Return the names of the versions, oldest first."""
    names = [folder.name for folder in resource("sql").iterdir() if folder.is_dir()]
    return sorted(
        (name for name in names if re.fullmatch("v[0-9]+", name)), key=lambda name: int(name[1:])
    )


def list_comparisons() -> list[str]:
    """Return the names of the folders of views that compare another file, the frame first.

    They are kept, checked and overlaid as the versions of the rules are.
    """
    others = (
        folder.name
        for folder in resource("sql").iterdir()
        if (folder / RULESET_NAME).is_file() and folder.name not in list_versions()
    )
    return sorted(others, key=lambda name: (read_ruleset(name).overlays is not None, name))


def read_ruleset(version: str) -> Ruleset:
    """Return the content of a version's ``ruleset.toml``."""
    written = tomllib.loads((resource("sql", version) / RULESET_NAME).read_text(encoding="utf-8"))
    return Ruleset(
        name=written["name"],
        effective_from=written.get("effective_from"),
        effective_to=written.get("effective_to"),
        overlays=written.get("overlays"),
        follows=written["follows"],
        changes=tuple(written["changes"]),
    )


def list_rulesets() -> list[Ruleset]:
    """Return all versions, oldest first."""
    return [read_ruleset(version) for version in list_versions()]


def newest_version() -> str:
    """Return the name of the newest version."""
    return list_versions()[-1]


def check_version(version: str) -> str:
    """Return the name of a version; raises InputError for an unknown one."""
    if version not in list_versions():
        raise InputError(
            f"rules: found {show_short(version)}, expected {' or '.join(list_versions())}",
            "`senr-duck rules list` shows the versions",
        )
    return version


def choose_version(day: date) -> str:
    """Return the name of the version in force on a day, the newest if there are two."""
    return [ruleset.name for ruleset in list_rulesets() if ruleset.holds(day)][-1]


def settle_version(pinned: str | None, today: date) -> str:
    """Return the given version, or else the one in force; raises as ``check_version`` does."""
    return choose_version(today) if pinned is None else check_version(pinned)


def trace_chain(version: str) -> list[Ruleset]:
    """Return the versions that make up a version: the complete one first, then each overlay."""
    chain: list[Ruleset] = []
    wanted: str | None = version
    while wanted is not None:
        chain.append(read_ruleset(wanted))
        wanted = chain[-1].overlays
    return chain[::-1]


def name_list(names: Iterable[str], most: int = 5) -> str:
    """Return the first of the names with commas between, and how many more there are."""
    listed = list(names)
    more = len(listed) - most
    return ", ".join(listed[:most]) + (f" and {more} more" if more > 0 else "")
