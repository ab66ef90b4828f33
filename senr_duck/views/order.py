"""Sort the views so that each comes after everything that it reads."""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from senr_duck.errors import InputError
from senr_duck.views.read import read_dependencies, read_views
from senr_duck.views.view import View


def find_views_read(rules: str, views: Mapping[str, View]) -> dict[str, list[str]]:
    """Return which of these views each view reads."""
    reads = read_dependencies(rules, views)
    return {name: [read for read in reads[name] if read in views] for name in views}


def order_views(rules: str, overlay: Mapping[str, View] | None = None) -> list[View]:
    """Return the views so that each comes after everything that it reads, else in path order.

    The views of the overlay replace ours. Raises InputError with the names of the views if they
    form a cycle.
    """
    views = read_views(rules) | dict(overlay or {})
    try:
        return [
            views[name] for name in TopologicalSorter(find_views_read(rules, views)).static_order()
        ]
    except CycleError as error:
        raise InputError(
            f"sql/{rules}: these views read each other in a circle: {' -> '.join(error.args[1])}",
            "change one of them so that they no longer do",
        ) from error
