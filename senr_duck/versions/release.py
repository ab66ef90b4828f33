"""Check with the lock of a version whether its files are those that were released."""

from collections.abc import Iterator

from senr_duck.errors import InputError
from senr_duck.versions.lock import LOCK_NAME, hash_text, name_lock, read_lock
from senr_duck.versions.ruleset import RULESET_NAME, Ruleset, name_list, trace_chain

_HINT = (
    "restore the files, or install senr-duck again; put a district's own views into a folder for "
    "--sql-overlay; with --allow-changed-rules, the run uses the changed files and the manifest "
    "lists them"
)


def find_changes(version: str) -> list[str]:
    """Return texts of how the files of a version, and of those it overlays, differ.

    Each text names a file under ``sql/`` and the difference; there are none if all files are as
    released.
    """
    return [change for ruleset in trace_chain(version) for change in _find_own_changes(ruleset)]


def refuse_changes(version: str) -> None:
    """Raise InputError if the files of a version are not those that were released."""
    if changes := find_changes(version):
        raise InputError(f"the rules {version} are not as released: {name_list(changes)}", _HINT)


def _find_own_changes(ruleset: Ruleset) -> Iterator[str]:
    if not name_lock(ruleset.name).exists():
        yield f"{ruleset.name}/{LOCK_NAME} is missing"
        return
    lock = read_lock(ruleset.name)
    if hash_text(ruleset.folder / RULESET_NAME) != lock.ruleset:
        yield f"{ruleset.name}/{RULESET_NAME} is changed"
    for name, sha256 in lock.overlays.items():
        if not name_lock(name).exists() or hash_text(name_lock(name)) != sha256:
            yield f"{name}/{LOCK_NAME} is not the one that {ruleset.name} overlays"
    found = {path.relative_to(ruleset.folder).as_posix(): path for path in ruleset.sql_files}
    for name in sorted({*found, *lock.files}):
        if name not in lock.files:
            yield f"{ruleset.name}/{name} is new"
        elif name not in found:
            yield f"{ruleset.name}/{name} is missing"
        elif hash_text(found[name]) != lock.files[name].sha256:
            yield f"{ruleset.name}/{name} is changed"
