"""Trace a column of a view back through the other views to the inputs of the run."""

from dataclasses import dataclass

from senr_duck.errors import InputError
from senr_duck.rulebook.parsed_view import ParsedView, Place
from senr_duck.views.empty_database import create_in_order, open_empty_database, read_columns
from senr_duck.views.order import order_views
from senr_duck.views.read import read_views


@dataclass(frozen=True)
class Step:
    """What a place comes from within its view: ``values``, and ``deciders`` that choose among them.

    A constant has no values, only deciders. Inputs of the run have neither.
    """

    values: tuple[Place, ...] = ()
    deciders: tuple[Place, ...] = ()

    @property
    def sources(self) -> tuple[Place, ...]:
        """The places to trace next."""
        return self.values or self.deciders


# The step back from each place on the way; the first is the column that the user named.
Lineage = dict[Place, Step]


class LineageReader:
    """Traces columns through the views of a version, which are parsed when needed."""

    def __init__(self, rules: str) -> None:
        self._views = read_views(rules)
        with open_empty_database() as con:
            create_in_order(con, order_views(rules))
            self._columns = read_columns(con)
        self._parsed: dict[str, ParsedView] = {}

    def trace(self, qualified_column: str) -> Lineage:
        """Return the way back from ``schema.view.column``, with the column itself first.

        A constant comes from the conditions of the query that contains it. Raises InputError for a
        column that no view has.
        """
        lineage: Lineage = {}
        ahead = [self._find_place(qualified_column)]
        while ahead:
            place = ahead.pop(0)
            if place not in lineage:
                lineage[place] = self._find_sources(place)
                ahead += lineage[place].sources
        return lineage

    def list_columns(self, view: str) -> list[str]:
        """Return the columns of a view, in order."""
        return [name for name, _ in self._columns[view]]

    def _find_place(self, qualified_column: str) -> Place:
        table, _, column = qualified_column.strip().lower().rpartition(".")
        if table not in self._views:
            raise InputError(
                f"found {qualified_column}, expected a column of a view such as "
                "recon.exits.enrollment_exit_date",
                "`senr-duck views` lists the views",
            )
        names = self.list_columns(table)
        if column not in names:
            raise InputError(
                f"found no column {column} in {table}, expected one of its columns",
                f"its columns are {', '.join(names)}",
            )
        return Place(table, column)

    def _find_sources(self, place: Place) -> Step:
        if place.table not in self._views:  # an input of the run
            return Step()
        if place.table not in self._parsed:
            self._parsed[place.table] = ParsedView(self._views[place.table], self._columns)
        found = set(self._parsed[place.table].find_sources(place.column))
        values = {source for source, decides in found if not decides} - {place}
        deciders = {source for source, decides in found if decides} - values - {place}
        return Step(tuple(sorted(values)), tuple(sorted(deciders)))


def list_ends(lineage: Lineage) -> list[Place]:
    """Return the places where the paths end, sorted."""
    return sorted(place for place, step in lineage.items() if not step.sources)
