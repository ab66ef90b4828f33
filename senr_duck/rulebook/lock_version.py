"""The lock of a version of the rules, as its files are now."""

from senr_duck.versions.lock import Lock, LockedFile, hash_text, name_lock
from senr_duck.versions.ruleset import RULESET_NAME, read_ruleset
from senr_duck.views.empty_database import create_in_order, open_empty_database, read_columns
from senr_duck.views.order import order_views
from senr_duck.views.read import parse_reads, read_own_views


def make_lock(version: str) -> Lock:
    """Return the lock of a version; the lock of the version that it overlays must be current."""
    ruleset = read_ruleset(version)
    with open_empty_database() as con:
        create_in_order(con, order_views(version))
        columns = read_columns(con)
    below = ruleset.overlays
    return Lock(
        ruleset=hash_text(ruleset.folder / RULESET_NAME),
        overlays={below: hash_text(name_lock(below))} if below else {},
        files={
            view.path.relative_to(ruleset.folder).as_posix(): LockedFile(
                view.sha256, name, tuple(parse_reads(view)), dict(columns[name])
            )
            for name, view in read_own_views(version).items()
        },
    )
