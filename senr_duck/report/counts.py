"""What the report counts: files, accounting, schools, reasons, fields, exceptions; no student."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from senr_duck.upload_names import PlannedFile, list_files

if TYPE_CHECKING:
    import duckdb

# The classes of records that are sent, in upload order.
SENT_CLASSES = ("remove", "no_show", "exit", "update", "add")
# Of each field, the pairs of values that are shown one by one.
PAIRS_SHOWN = 6


@dataclass(frozen=True)
class FileCount:
    """One upload file, and how many of its records are of which class."""

    file: PlannedFile
    classes: dict[str, int]


@dataclass(frozen=True)
class ClassCount:
    """The lines of both extracts that are of one class; None where a side cannot have it."""

    name: str
    ods: int | None
    sis: int | None


@dataclass(frozen=True)
class SchoolCount:
    """What is sent and held at one school; ``held`` counts students, all else records."""

    code: str | None
    name: str | None
    classes: dict[str, int]
    held: int

    @property
    def records(self) -> int:
        """Return how many records of the school are sent."""
        return sum(self.classes.values())


@dataclass(frozen=True)
class ReasonCount:
    """How many records of a class are sent for one reason, and of how many students."""

    record_class: str
    reason: str
    name: str
    meaning: str
    records: int
    students: int


@dataclass(frozen=True)
class PairCount:
    """How many records go from one value to another in a field; None is blank.

    ``ods_name`` and ``target_name`` are the code set's names of the values, if it knows them.
    """

    ods_value: str | None
    ods_name: str | None
    target_value: str | None
    target_name: str | None
    records: int


@dataclass(frozen=True)
class FieldCount:
    """How many records that are sent change a field, with the commonest pairs of values."""

    number: str
    name: str
    column: str
    records: int
    pairs: tuple[PairCount, ...]
    other_pairs: int
    other_records: int


@dataclass(frozen=True)
class RuleCount:
    """What the checks found of one rule, with the catalogue's words."""

    severity: str
    rule: str
    name: str
    message: str
    fix: str
    confidence: str
    findings: int
    students: int


@dataclass(frozen=True)
class Counts:
    """All that the report says without naming a student; ``as_of`` is YYYY-MM-DD."""

    lea: str
    school_year: str
    as_of: str
    run_id: str
    rules: str
    files: tuple[FileCount, ...]
    classes: tuple[ClassCount, ...]
    schools: tuple[SchoolCount, ...]
    reasons: tuple[ReasonCount, ...]
    fields: tuple[FieldCount, ...]
    exceptions: tuple[RuleCount, ...]
    notices: tuple[str, ...]
    students_sent: int
    students_held: int

    @property
    def records_sent(self) -> int:
        """Return how many records stand in all files together."""
        return sum(count.file.records for count in self.files)


def read_counts(con: "duckdb.DuckDBPyConnection", with_student_data: bool) -> Counts:
    """Return the counts of the published database, each list in the order in which it is shown.

    Without student data no word comes in that stands in an extract, unless a catalogue knows it or
    CALPADS's own records have it in a field of schools: a value can be anything, a name too. Then
    the notices about the files that were read stay out too. Needs the tables that
    ``create_student_tables`` makes of everybody with something sent or held.
    """
    [(lea, school_year, as_of, rules, run_id)] = con.execute(
        """
        select
            parameters.lea,
            parameters.school_year,
            cast(parameters.as_of as varchar),
            parameters.rules,
            run.run_id
        from reference.run_parameters as parameters
        cross join reference.run as run
        """
    ).fetchall()
    [(students_sent, students_held)] = con.execute(
        """
        select
            (select count(distinct n) from student_planned),
            (select count(*) from recon.held_student)
        """
    ).fetchall()
    notices = con.execute(
        "select notice from reference.run_notice where is_of_input = 'N' or ? order by position",
        [with_student_data],
    ).fetchall()
    return Counts(
        lea=lea,
        school_year=school_year,
        as_of=as_of,
        run_id=run_id,
        rules=rules,
        files=_read_files(con),
        classes=_read_classes(con),
        schools=_read_schools(con, with_student_data),
        reasons=tuple(ReasonCount(*row) for row in con.execute(_REASONS).fetchall()),
        fields=_read_fields(con, with_student_data),
        exceptions=tuple(RuleCount(*row) for row in con.execute(_EXCEPTIONS).fetchall()),
        notices=tuple(text for (text,) in notices),
        students_sent=students_sent,
        students_held=students_held,
    )


_REASONS = f"""
    select
        planned.class,
        planned.reason,
        reason.name,
        reason.meaning,
        count(*) as records,
        count(distinct planned.n) as students
    from student_planned as planned
    inner join reference.reason
        on planned.reason = reason.code and planned.class = reason.class
    group by planned.class, planned.reason, reason.name, reason.meaning
    order by list_position({list(SENT_CLASSES)}, planned.class), records desc, planned.reason"""  # noqa: S608 - names of this module

_EXCEPTIONS = """
    select
        rule.severity,
        rule.code,
        rule.name,
        rule.message,
        rule.fix,
        rule.confidence,
        count(*) as findings,
        count(distinct finding.student_key) as students
    from recon.finding
    inner join reference.rule on finding.rule = rule.code
    group by rule.severity, rule.code, rule.name, rule.message, rule.fix, rule.confidence
    order by
        case rule.severity when 'fatal' then 1 when 'warning' then 2 else 3 end,
        findings desc,
        rule.code"""


def _read_files(con: "duckdb.DuckDBPyConnection") -> tuple[FileCount, ...]:
    classes: dict[str, dict[str, int]] = {}
    for file, record_class, records in con.execute(
        f"""
        select file, class, count(*) as records
        from student_planned
        group by file, class
        order by list_position({list(SENT_CLASSES)}, class)
        """  # noqa: S608 - names of this module
    ).fetchall():
        classes.setdefault(file, {})[record_class] = records
    return tuple(FileCount(file, classes.get(file.name, {})) for file in list_files(con))


def _read_classes(con: "duckdb.DuckDBPyConnection") -> tuple[ClassCount, ...]:
    """Return the classes that have lines, in the order of the summary."""
    lines: dict[tuple[str, str], int] = {
        (side, name): count
        for side, name, count in con.execute(
            "select side, class, lines from recon.accounting order by side, class"
        ).fetchall()
    }
    both = ("exit", "update", "add", "remove", "no_show", "kept", "not_sent", "held")
    return tuple(
        ClassCount(
            name,
            None if name in ("add", "not_sent") else lines.get(("ods", name), 0),
            None if name in ("remove", "no_show", "kept") else lines.get(("sis", name), 0),
        )
        for name in ("same", *both, "out_of_scope")
        if ("ods", name) in lines or ("sis", name) in lines
    )


def _read_schools(
    con: "duckdb.DuckDBPyConnection", with_student_data: bool
) -> tuple[SchoolCount, ...]:
    """Return the schools with something sent or held, those with most records first."""
    rows = con.execute(
        """
        with counted as (
            select school as code, class, count(*) as records
            from student_planned
            group by code, class
            union all
            select school as code, 'held' as class, count(distinct n) as records
            from (
                select school, n from student_ods where class = 'held'
                union all
                select school, n from student_sis where class = 'held'
            )
            group by code
        ),
        -- CALPADS takes no code that is not a school's
        known as (
            select school_of_attendance as code from reference.school
            union
            select school_of_attendance from recon.ods_record
            where scope_reason is null and regexp_full_match(school_of_attendance, '[0-9]{7}')
        ),
        named as (
            select school.school_of_attendance as code, min(school.name) as name
            from reference.school
            inner join reference.run_parameters on school.reporting_lea = run_parameters.lea
            group by code
        )
        select
            case when $all or known.code is not null then counted.code end as code,
            named.name,
            counted.class,
            cast(sum(counted.records) as bigint) as records
        from counted
        left join known on counted.code = known.code
        left join named on counted.code = named.code
        group by all
        order by code nulls last, class
        """,
        {"all": with_student_data},
    ).fetchall()
    classes: dict[tuple[str | None, str | None], dict[str, int]] = {}
    for code, name, record_class, records in rows:
        classes.setdefault((code, name), {})[record_class] = records
    schools = [
        SchoolCount(
            code,
            name,
            {one: counts[one] for one in SENT_CLASSES if one in counts},
            counts.get("held", 0),
        )
        for (code, name), counts in classes.items()
    ]
    return tuple(sorted(schools, key=lambda one: (-one.records, -one.held, one.code or "~")))


def _read_fields(
    con: "duckdb.DuckDBPyConnection", with_student_data: bool
) -> tuple[FieldCount, ...]:
    """Return the fields that the sent records change, the most often changed first.

    Exit dates are told by what becomes of them; there are as many pairs as days.
    """
    rows = con.execute(
        """
        with changed as (
            select
                layout.number,
                layout.name,
                layout.column_name,
                layout.code_set,
                difference.ods_value,
                difference.target_value
            from student_planned as planned
            inner join recon.field_difference as difference
                on planned.ods_line = difference.ods_line and planned.sis_line = difference.sis_line
            inner join reference.layout on difference.column_name = layout.column_name
        ),
        named as (
            select distinct code_set, code, name from reference.code
        )
        select
            changed.number,
            changed.name,
            changed.column_name,
            case
                when changed.column_name <> 'enrollment_exit_date' then changed.ods_value
                when changed.ods_value is not null then 'a date'
            end as ods_value,
            before.name as ods_name,
            case
                when changed.column_name <> 'enrollment_exit_date' then changed.target_value
                when changed.target_value is null then null
                when changed.ods_value is null then 'a date'
                when changed.target_value > changed.ods_value then 'a later date'
                else 'an earlier date'
            end as target_value,
            after.name as target_name,
            count(*) as records
        from changed
        left join named as before
            on changed.code_set = before.code_set and changed.ods_value = before.code
        left join named as after
            on changed.code_set = after.code_set and changed.target_value = after.code
        group by all
        order by
            changed.number,
            records desc,
            ods_value nulls first,
            target_value nulls first
        """
    ).fetchall()
    fields: dict[tuple[str, str, str], list[tuple[Any, ...]]] = {}
    for number, name, column, *pair in rows:
        fields.setdefault((number, name, column), []).append(tuple(pair))
    counted = (
        _count_field(number, name, column, pairs, with_student_data)
        for (number, name, column), pairs in fields.items()
    )
    return tuple(sorted(counted, key=lambda field: (-field.records, field.number)))


def _count_field(
    number: str,
    name: str,
    column: str,
    pairs: Iterable[tuple[Any, ...]],
    with_student_data: bool,
) -> FieldCount:
    counted = [PairCount(*pair) for pair in pairs]
    records = sum(pair.records for pair in counted)
    shown = [
        pair
        for pair in counted
        if with_student_data or column == "enrollment_exit_date" or _is_all_codes(pair)
    ][:PAIRS_SHOWN]
    return FieldCount(
        number,
        name,
        column,
        records,
        tuple(shown),
        len(counted) - len(shown),
        records - sum(pair.records for pair in shown),
    )


def _is_all_codes(pair: PairCount) -> bool:
    """Return whether the code set knows both values, or they are blank."""
    return (pair.ods_value is None or pair.ods_name is not None) and (
        pair.target_value is None or pair.target_name is not None
    )
