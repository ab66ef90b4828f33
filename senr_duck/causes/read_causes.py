"""Read where the differences and the holds come from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

# Without student data, a value of an extract is shown only if a catalog has it, or CALPADS's own
# records have it as a school.
_CAUSES = """
    with
    school as (
        select school_of_attendance, min(name) as name
        from recon.school_name group by school_of_attendance
    )
    select
        cause.kind,
        cause.subject,
        coalesce(subject_field.name, class.name, rule.name) as subject_name,
        cause.all_problems,
        cause.dimension,
        cause.segment,
        coalesce(
            school.name, grade.name, reason.name, field.name, to_code.name
        ) as segment_name,
        cause.from_value,
        from_code.name as from_name,
        cause.is_since,
        cause.problems,
        cause.records,
        cause.all_records
    from recon.cause
    left join reference.layout as subject_field
        on cause.kind = 'difference' and cause.subject = subject_field.column_name
    left join reference.class as class
        on cause.kind = 'difference' and cause.subject = class.code
    left join reference.rule as rule on cause.kind = 'hold' and cause.subject = rule.code
    left join school
        on cause.dimension = 'school' and cause.segment = school.school_of_attendance
    left join recon.known_school as known
        on cause.dimension = 'school' and cause.segment = known.school_of_attendance
    left join recon.code_name as grade
        on
            cause.dimension = 'grade'
            and grade.code_set = 'grade_level'
            and cause.segment = grade.code
    left join reference.reason as reason
        on
            cause.dimension = 'reason'
            and cause.subject = reason.class
            and cause.segment = reason.code
    left join reference.layout as field
        on cause.dimension = 'field' and cause.segment = field.column_name
    left join recon.code_name as to_code
        on
            cause.dimension = 'value'
            and subject_field.code_set = to_code.code_set
            and cause.segment = to_code.code
    left join recon.code_name as from_code
        on
            cause.dimension = 'value'
            and subject_field.code_set = from_code.code_set
            and cause.from_value = from_code.code
    where
        $with_student_data
        or case cause.dimension
            when 'school' then known.school_of_attendance is not null
            when 'grade' then grade.code is not null
            when 'value'
                then
                    cause.subject = 'enrollment_exit_date'
                    or (
                        cause.kind = 'difference'
                        and (cause.segment = '' or to_code.code is not null)
                        and (cause.from_value = '' or from_code.code is not null)
                    )
            else true
        end
    order by cause.kind, cause.all_problems desc, cause.subject, cause.place"""


@dataclass(frozen=True)
class Cause:
    """A segment that has at least half of a subject's problems.

    ``dimension`` is school, grade, change or start (weeks, named by their Mondays; with
    ``is_since``, all later ones too), reason, field, or value. A difference's value is the SIS's,
    and ``from_value`` CALPADS's; blank is an empty text. Names are None if no catalog has them.
    ``records`` of ``all_records`` of CALPADS's records of that year are in the segment; both are
    None where that means nothing.
    """

    dimension: str
    segment: str
    name: str | None
    from_value: str | None
    from_name: str | None
    is_since: bool
    problems: int
    records: int | None
    all_records: int | None


@dataclass(frozen=True)
class Subject:
    """What is explained: a field or a class of differences, or a rule that holds; with its causes.

    ``kind`` is difference or hold. The causes that explain most come first.
    """

    kind: str
    code: str
    name: str
    problems: int
    causes: tuple[Cause, ...]


def read_causes(
    con: "duckdb.DuckDBPyConnection", with_student_data: bool = True
) -> tuple[Subject, ...]:
    """Return the subjects that have a cause, differences first, the largest first.

    Without student data, values that no catalog has are left out.
    """
    causes: dict[tuple[str, str, str, int], list[Cause]] = {}
    for kind, code, name, problems, *rest in con.execute(
        _CAUSES, {"with_student_data": with_student_data}
    ).fetchall():
        causes.setdefault((kind, code, name, problems), []).append(Cause(*rest))
    return tuple(Subject(*subject, tuple(of_it)) for subject, of_it in causes.items())
