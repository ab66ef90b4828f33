"""A version as it was released: locked once, and held against its files ever after."""

from collections.abc import Iterator

from senr_duck.errors import InputError
from senr_duck.versions.lock import (
    LOCK_NAME,
    Lock,
    LockedView,
    hash_text,
    name_lock,
    read_lock,
    write_lock,
)
from senr_duck.versions.ruleset import RULESET_NAME, Ruleset, name_list, read_ruleset, trace_chain
from senr_duck.views.views import parse_reads, read_own_views

_HINT = (
    "restore the files, or install senr-duck again; a district's own view belongs into a folder "
    "for --sql-overlay; --allow-changed-rules runs them as they are, and the manifest says so"
)


def lock_version(version: str) -> None:
    """Write the lock of a version; call it for the version that it overlays first."""
    ruleset = read_ruleset(version)
    views = read_own_views(version)
    below = ruleset.overlays
    lock = Lock(
        ruleset=hash_text(ruleset.folder / RULESET_NAME),
        overlays={below: hash_text(name_lock(below))} if below else {},
        views={n: LockedView(view.sha256, tuple(parse_reads(view))) for n, view in views.items()},
    )
    write_lock(version, lock)


def find_changes(version: str) -> list[str]:
    """Return in words how the files of a version, and of those it overlays, differ.

    Each names a file or a view and what is the matter with it; none if all is as it was released.
    """
    return [change for ruleset in trace_chain(version) for change in _find_own_changes(ruleset)]


def refuse_changes(version: str) -> None:
    """Raise InputError if the files of a version are not those that were released."""
    if changes := find_changes(version):
        raise InputError(
            f"the rules {version} are not as they were released: {name_list(changes)}", _HINT
        )


def _find_own_changes(ruleset: Ruleset) -> Iterator[str]:
    lock = read_lock(ruleset.name)
    if lock is None:
        yield f"{ruleset.name}/{LOCK_NAME} is missing"
        return
    if hash_text(ruleset.folder / RULESET_NAME) != lock.ruleset:
        yield f"{ruleset.name}/{RULESET_NAME} is changed"
    for name, sha256 in lock.overlays.items():
        if not name_lock(name).exists() or hash_text(name_lock(name)) != sha256:
            yield f"{name}/{LOCK_NAME} is not the one that {ruleset.name} overlays"
    views = read_own_views(ruleset.name)
    for name in sorted({*views, *lock.views}):
        if name not in lock.views:
            yield f"{ruleset.name} {name} is new"
        elif name not in views:
            yield f"{ruleset.name} {name} is missing"
        elif views[name].sha256 != lock.views[name].sha256:
            yield f"{ruleset.name} {name} is changed"
