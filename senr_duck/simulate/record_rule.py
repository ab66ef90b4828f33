"""A rule on one record, which is checked in the setting of a file."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from senr_duck.simulate.enrollment_record import Enrollment, school_year


@dataclass(frozen=True)
class Setting:
    """The setting of a file: the day it is uploaded, and the LEA that uploads it.

    ``lea_is_school`` means that the LEA is an independently reporting charter, whose code is also
    its school's. ``accepted`` is that of the assumptions.
    """

    as_of: date
    lea: str
    lea_is_school: bool
    accepted: frozenset[tuple[str, str]] = frozenset()

    @property
    def school_year(self) -> int:
        """The calendar year in which the as-of date's school year began."""
        return school_year(self.as_of)

    @property
    def latest_start(self) -> date:
        """Six months after the as-of date, or the end of a month that is too short."""
        year, month = divmod(self.as_of.year * 12 + self.as_of.month - 1 + 6, 12)
        last_day = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(self.as_of.day, last_day))

    def accepts(self, rule: str, value: str = "") -> bool:
        """Return whether CALPADS takes this code or character although the rule refuses it."""
        return (rule, value) in self.accepted


@dataclass(frozen=True)
class RecordRule:
    """A rule of ``rules.csv`` whose stage is ``record``.

    ``fields`` are field numbers with blanks between. ``since`` is compared with the as-of date. A
    delete repeats what CALPADS has, so only rules with ``on_delete`` check it.
    """

    code: str
    fields: str
    message: str
    breaks: Callable[[Enrollment, Setting], bool]
    since: date = date.min
    on_delete: bool = False
