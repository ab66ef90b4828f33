"""Prepare the rules of a run: the views in order, and which of them are not as released."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from senr_duck.versions.release import find_changes, refuse_changes
from senr_duck.versions.ruleset import name_list, read_ruleset
from senr_duck.views.order import order_views
from senr_duck.views.overlay import read_overlay
from senr_duck.views.view import View

if TYPE_CHECKING:
    from senr_duck.settings.settings import Settings


@dataclass(frozen=True)
class PreparedRules:
    """A version's views, each after everything that it reads.

    ``changed`` has a text for each file that is not as released; ``overlay`` has the checksums of a
    district's own views by the names of the views that they replace.
    """

    views: tuple[View, ...]
    changed: tuple[str, ...]
    overlay: Mapping[str, str]
    notices: tuple[str, ...]


def prepare_rules(settings: "Settings") -> PreparedRules:
    """Return the rules of a run.

    Raises InputError if their files are not as released, unless the settings allow it, and for a
    district's own views that cannot replace ours.
    """
    if settings.allow_changed_rules:
        changed = find_changes(settings.rules)
    else:
        changed = []
        refuse_changes(settings.rules)
    overlay: dict[str, View] = {}
    if settings.sql_overlay is not None:
        overlay = read_overlay(settings.sql_overlay, settings.rules)
    return PreparedRules(
        views=tuple(order_views(settings.rules, overlay)),
        changed=tuple(changed),
        overlay={name: view.sha256 for name, view in sorted(overlay.items())},
        notices=tuple(_describe(settings, changed, overlay)),
    )


def _describe(
    settings: "Settings", changed: list[str], overlay: Mapping[str, View]
) -> Iterator[str]:
    ruleset = read_ruleset(settings.rules)
    if not ruleset.holds(settings.as_of):
        yield (
            f"the rules {ruleset.name} are in force {ruleset.dates}, and the as-of date is "
            f"{settings.as_of}; without --rules and the key rules_version, the as-of date decides"
        )
    if changed:
        yield (
            f"the rules {ruleset.name} are not as released: {name_list(changed)}; "
            "manifest.json lists all of them"
        )
    if overlay:
        yield f"views of --sql-overlay are used instead of ours: {', '.join(sorted(overlay))}"
