"""The sample's calendar.

A day is a number, so that the generator's inner loop needs no ``date``: 1 is January 1, 2000, and
``NO_DAY`` (0) means a blank date.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

AS_OF = date(2026, 10, 30)
NO_DAY = 0

_DAY_ZERO = date(1999, 12, 31)
_LAST_KNOWN_DAY = date(2027, 6, 30)


def day_number(day: date) -> int:
    """Return the number of a day; January 1, 2000 is 1."""
    return (day - _DAY_ZERO).days


# Not a real date: a typing error that the SIS side may have as an exit date.
IMPOSSIBLE_DATE = ("20260931", "2026-09-31")
IMPOSSIBLE_DAY = day_number(_LAST_KNOWN_DAY) + 1

# The district sends CALPADS its files on Tuesdays; this is the last one before the extract.
_LAST_UPLOAD = date(2026, 10, 27)
# Nothing happens after this day on the ODS side, because CALPADS must know about it.
_LAST_EVENT = date(2026, 10, 23)

# First day, last day, last day of summer school, last day of the school with its own calendar.
_YEARS = (
    (date(2024, 8, 14), date(2025, 6, 5), date(2025, 7, 18), date(2025, 6, 12)),
    (date(2025, 8, 13), date(2026, 6, 4), date(2026, 7, 17), date(2026, 6, 11)),
    (date(2026, 8, 12), date(2027, 6, 3), date(2027, 7, 16), date(2027, 6, 10)),
)
_CLOSED = (
    (date(2024, 9, 2), date(2024, 9, 2)),
    (date(2024, 11, 11), date(2024, 11, 11)),
    (date(2024, 11, 25), date(2024, 11, 29)),
    (date(2024, 12, 23), date(2025, 1, 3)),
    (date(2025, 1, 20), date(2025, 1, 20)),
    (date(2025, 2, 17), date(2025, 2, 17)),
    (date(2025, 4, 14), date(2025, 4, 18)),
    (date(2025, 5, 26), date(2025, 5, 26)),
    (date(2025, 9, 1), date(2025, 9, 1)),
    (date(2025, 11, 11), date(2025, 11, 11)),
    (date(2025, 11, 24), date(2025, 11, 28)),
    (date(2025, 12, 22), date(2026, 1, 2)),
    (date(2026, 1, 19), date(2026, 1, 19)),
    (date(2026, 2, 16), date(2026, 2, 16)),
    (date(2026, 4, 6), date(2026, 4, 10)),
    (date(2026, 5, 25), date(2026, 5, 25)),
    (date(2026, 9, 7), date(2026, 9, 7)),
)


@dataclass(frozen=True)
class SchoolYear:
    """One school year; ``share`` is the part of a full year that the sample covers.

    ``school_days`` ends with the last day, or in the current year with the last day that CALPADS
    knows about. ``own_last_day`` is that of the school with its own calendar.
    """

    name: str
    first_day: int
    last_day: int
    own_last_day: int
    summer_end: int
    school_days: tuple[int, ...]
    share: float
    is_current: bool


@dataclass(frozen=True)
class DayTexts:
    """The text of each day, by its number; ``NO_DAY`` is blank.

    ``uploaded`` is the day on which the district uploaded what happened that day.
    """

    ods: tuple[str, ...]
    sis: tuple[str, ...]
    academic_year: tuple[str, ...]
    uploaded: tuple[str, ...]


@cache
def school_years() -> tuple[SchoolYear, ...]:
    """Return the three school years of the window, the current one last."""
    years = []
    for first, last, summer_end, own_last in _YEARS:
        days = tuple(
            day_number(day)
            for day in _every_day(first, min(last, _LAST_EVENT))
            if day.weekday() < 5 and not any(start <= day <= end for start, end in _CLOSED)
        )
        years.append(
            SchoolYear(
                name=f"{first.year}-{last.year}",
                first_day=day_number(first),
                last_day=day_number(last),
                own_last_day=day_number(own_last),
                summer_end=day_number(summer_end),
                school_days=days,
                share=min(1.0, len(days) / 180),
                is_current=first <= AS_OF < last,
            )
        )
    return tuple(years)


@cache
def day_texts() -> DayTexts:
    """Return the texts of all days from 2000 to the end of the current school year."""
    days = list(_every_day(_DAY_ZERO + timedelta(days=1), _LAST_KNOWN_DAY))
    return DayTexts(
        ods=("", *(f"{day:%Y%m%d}" for day in days), IMPOSSIBLE_DATE[0]),
        sis=("", *(day.isoformat() for day in days), IMPOSSIBLE_DATE[1]),
        academic_year=("", *(_academic_year(day) for day in days), ""),
        uploaded=("", *(f"{_next_upload(day):%Y%m%d}" for day in days), ""),
    )


def iso_text(day: int) -> str:
    """Return a day as YYYY-MM-DD."""
    return day_texts().sis[day]


def _every_day(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _academic_year(day: date) -> str:
    start = day.year if day.month >= 7 else day.year - 1
    return f"{start}-{start + 1}"


def _next_upload(day: date) -> date:
    tuesday = day + timedelta(days=(1 - day.weekday()) % 7)
    return min(tuesday, _LAST_UPLOAD)
