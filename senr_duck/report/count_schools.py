"""Count what is sent and held at each school."""

from typing import TYPE_CHECKING

from senr_duck.reference.classes import sent_classes
from senr_duck.report.counts import SchoolCount

if TYPE_CHECKING:
    import duckdb


def count_schools(
    con: "duckdb.DuckDBPyConnection", with_student_data: bool
) -> tuple[SchoolCount, ...]:
    """Return the schools with something sent or held, those with most records first."""
    rows = con.execute(
        """
        with counted as (
            select lea, school as code, class, count(*) as records
            from student_planned
            group by lea, code, class
            union all
            select lea, school as code, 'held' as class, count(distinct n) as records
            from (
                select lea, school, n from student_ods where class = 'held'
                union all
                select lea, school, n from student_sis where class = 'held'
            )
            group by lea, code
        ),
        -- CALPADS takes no code that is not a school's
        known as (
            select school_of_attendance as code from reference.school
            union
            select school_of_attendance from recon.ods_record
            where scope_reason is null and regexp_full_match(school_of_attendance, '[0-9]{7}')
        ),
        named as (
            select
                school.reporting_lea as lea,
                school.school_of_attendance as code,
                min(school.name) as name
            from reference.school
            inner join reference.run_lea on school.reporting_lea = run_lea.reporting_lea
            group by all
        )
        select
            counted.lea,
            case when $all or known.code is not null then counted.code end as code,
            named.name,
            counted.class,
            cast(sum(counted.records) as bigint) as records
        from counted
        left join known on counted.code = known.code
        left join named on counted.lea = named.lea and counted.code = named.code
        group by all
        order by code nulls last, counted.lea nulls last, class
        """,
        {"all": with_student_data},
    ).fetchall()
    classes: dict[tuple[str | None, str | None, str | None], dict[str, int]] = {}
    for lea, code, name, record_class, records in rows:
        classes.setdefault((lea, code, name), {})[record_class] = records
    schools = [
        SchoolCount(
            lea,
            code,
            name,
            {one: counts[one] for one in sent_classes() if one in counts},
            counts.get("held", 0),
        )
        for (lea, code, name), counts in classes.items()
    ]
    return tuple(sorted(schools, key=lambda one: (-one.records, -one.held, one.code or "~")))
