"""What of a record is compared: single fields, and fields that are compared together."""

from dataclasses import dataclass
from functools import cache

from senr_duck.reference.layout import Field, all_fields

# Fields with these are compared together: as a set without order, or in their order.
TOGETHER = ("set", "together")


@dataclass(frozen=True)
class Unit:
    """A field, or several that are compared as one value; ``compared_as`` says how.

    It is ``value``: as it is; ``lower case``; ``name``: without case and doubled spaces; ``yes or
    blank``: N is blank; ``yes turns no``: as it is, but Y may have turned to N in the SIS; ``set``:
    several fields in any order; ``together``: several fields in their order, as a name is.
    """

    fields: tuple[Field, ...]
    compared_as: str

    @property
    def column(self) -> str:
        """The name of the first field's column."""
        return self.fields[0].column

    @property
    def name(self) -> str:
        """The official name of the field, or of the first and the last one."""
        first, last = self.fields[0], self.fields[-1]
        return first.name if first is last else f"{first.name} to {last.name}"

    @property
    def number(self) -> str:
        """The number of the field, or of the first and the last one."""
        first, last = self.fields[0], self.fields[-1]
        return first.number if first is last else f"{first.number} to {last.number}"


@cache
def list_units(file_type: str) -> tuple[Unit, ...]:
    """Return what is compared of a file's records, in the order of the layout."""
    units: dict[str, list[Field]] = {}
    for field in all_fields(file_type):
        kind, _, group = field.compared_as.partition(" ")
        if kind in TOGETHER:
            units.setdefault(group, []).append(field)
        elif field.compared_as:
            units[field.column] = [field]
    return tuple(
        Unit(
            tuple(fields),
            kind
            if (kind := fields[0].compared_as.partition(" ")[0]) in TOGETHER
            else fields[0].compared_as,
        )
        for fields in units.values()
    )
