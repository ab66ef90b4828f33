"""What a rule on one record is, held against the circumstances of a file."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from senr_duck.simulate.enrollment_record import Enrollment, school_year


@dataclass(frozen=True)
class Setting:
    """What a file is held against: the day it is sent, the LEA that sends it.

    ``lea_is_school``: the LEA is an independently reporting charter, one code for both.
    """

    as_of: date
    lea: str
    lea_is_school: bool

    @property
    def school_year(self) -> int:
        """The calendar year in which the as-of date's school year began."""
        return school_year(self.as_of)

    @property
    def latest_start(self) -> date:
        """The as-of date six months on, or the last day of a month that lacks that day."""
        year, month = divmod(self.as_of.year * 12 + self.as_of.month - 1 + 6, 12)
        last_day = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(self.as_of.day, last_day))


@dataclass(frozen=True)
class RecordRule:
    """A rule of ``rules.csv`` whose stage is ``record``; ``fields`` are numbers, blanks between.

    ``since`` is held against the as-of date. A delete repeats what CALPADS holds, so only a rule
    ``on_delete`` looks at it.
    """

    code: str
    fields: str
    message: str
    breaks: Callable[[Enrollment, Setting], bool]
    since: date = date.min
    on_delete: bool = False
