"""Find the LEAs, the school years and the schools of both extracts."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from senr_duck.draft.findings import LastDay, SchoolYear
from senr_duck.reference.cds_code import CDS_CODE, is_cds_code
from senr_duck.settings.settings import name_school_year, start_school_year

if TYPE_CHECKING:
    import duckdb

# Year-end exits that must agree before a day is suggested.
_LEAST_EXITS = 3
_YEAR_END_EXIT = "E155"
_YEAR_OF = "make_date(year({0}) - case when month({0}) < 7 then 1 else 0 end, 7, 1)"


def count_leas(con: "duckdb.DuckDBPyConnection") -> dict[str, int]:
    """Return the number of records of each LEA that the ODS extract names."""
    return dict(
        con.execute(
            "select reporting_lea, count(*) from draft.ods_record"
            " where regexp_full_match(reporting_lea, ?) group by all order by all",
            [CDS_CODE],
        ).fetchall()
    )


def find_years(con: "duckdb.DuckDBPyConnection", as_of: date) -> tuple[SchoolYear, ...]:
    """Return the school years with records, newest first, among those that a run looks at."""
    last = start_school_year(as_of)
    first = last.replace(year=last.year - 2)
    year = _YEAR_OF.format("enrollment_start_date")
    starts = con.execute(
        f"""
        select distinct {year} as school_year
        from (
            select enrollment_start_date from draft.ods_record
            union all
            select enrollment_start_date from draft.sis_record
        )
        where {year} between $first and $last
        order by school_year desc
        """,  # noqa: S608 (our own SQL)
        {"first": first, "last": last},
    ).fetchall()
    return tuple(_describe_year(con, start) for (start,) in starts)


def _describe_year(con: "duckdb.DuckDBPyConnection", start: date) -> SchoolYear:
    exits = con.execute(
        f"""
        select school_of_attendance, enrollment_exit_date, count(*)
        from draft.ods_record
        where student_exit_reason_code = ? and {_YEAR_OF.format("enrollment_exit_date")} = ?
        group by all
        order by all
        """,  # noqa: S608 (our own SQL)
        [_YEAR_END_EXIT, start],
    ).fetchall()
    of_all: dict[date, int] = {}
    by_school: dict[str, dict[date, int]] = {}
    for school, day, records in exits:
        of_all[day] = of_all.get(day, 0) + records
        by_school.setdefault(school or "", {})[day] = records
    last_day = _choose_day(of_all)
    days = {school: _choose_day(of_school) for school, of_school in by_school.items()}
    return SchoolYear(
        name=name_school_year(start),
        last_day=last_day,
        schools={
            school: day
            for school, day in days.items()
            if is_cds_code(school) and day and last_day and day.day != last_day.day
        },
    )


def _choose_day(exits: Mapping[date, int]) -> LastDay | None:
    """Return the commonest day, if it has enough of the exits and more than half."""
    total = sum(exits.values())
    day = max(sorted(exits), key=exits.__getitem__, default=None)
    if day is None or exits[day] < _LEAST_EXITS or 2 * exits[day] <= total:
        return None
    return LastDay(day, exits[day], total)


def count_lone_schools(
    con: "duckdb.DuckDBPyConnection", as_of: date, known: Mapping[str, str]
) -> tuple[dict[str, int], dict[str, int]]:
    """Return the schools that only the ODS extract has this school year, and only the SIS extract.

    Each has its number of records. ``known`` are local codes of schools with their likely codes.
    """
    counts: list[dict[str, int]] = []
    for side in ("ods", "sis"):
        rows = con.execute(
            f"""
            select school_of_attendance, count(*)
            from draft.{side}_record
            where school_of_attendance is not null
            and {_YEAR_OF.format("enrollment_start_date")} = ?
            group by all
            order by all
            """,  # noqa: S608 (our own SQL)
            [start_school_year(as_of)],
        ).fetchall()
        of_side: dict[str, int] = {}
        for written, records in rows:
            school = known.get(written, written) if side == "sis" else written
            if is_cds_code(school):
                of_side[school] = of_side.get(school, 0) + records
        counts.append(of_side)
    ods, sis = counts
    return (
        {school: ods[school] for school in sorted(ods.keys() - sis.keys())},
        {school: sis[school] for school in sorted(sis.keys() - ods.keys())},
    )
