"""What was found in the extracts and goes into a first senr.toml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Names:
    """What the names in the headers of the SIS extract mean.

    ``likely`` has the column that each name probably is. No name seems to be one of ``missing``,
    which a run needs, or of ``wanted``, which a record to add needs. ``ignored`` are the names that
    mean nothing. ``withheld`` is the number of those of headers that may hold something else.
    """

    likely: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    withheld: int = 0


@dataclass(frozen=True)
class LocalCode:
    """A value that no code set has, how many records have it, and CALPADS's code for it, if known.

    ``why`` says what speaks for the code, or that nothing does.
    """

    value: str
    records: int
    code: str | None
    why: str


@dataclass(frozen=True)
class LocalCodes:
    """The local codes of one column.

    ``withheld`` is the number of values that may be a student's data, or that are no codes at all.
    """

    column: str
    codes: tuple[LocalCode, ...]
    withheld: int = 0


@dataclass(frozen=True)
class LastDay:
    """The commonest year-end exit date, with ``exits`` of all ``of`` exits at the year's end."""

    day: date
    exits: int
    of: int


@dataclass(frozen=True)
class SchoolYear:
    """A school year with records, such as 2025-2026, and its last days if they are clear.

    ``schools`` has only those with another last day.
    """

    name: str
    last_day: LastDay | None
    schools: Mapping[str, LastDay]


@dataclass(frozen=True)
class Findings:
    """Everything that was found.

    ``leas`` and the schools have the number of records by code; the schools are those of the school
    year ``current`` that only one side has. ``years`` are newest first.
    """

    leas: Mapping[str, int]
    names: Names
    years: tuple[SchoolYear, ...]
    current: str
    ods_schools: Mapping[str, int]
    sis_schools: Mapping[str, int]
    local_codes: tuple[LocalCodes, ...]
