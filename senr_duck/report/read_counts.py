"""Read the report's counts from the published database."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from senr_duck.causes.read_causes import read_causes
from senr_duck.export.upload_names import list_files
from senr_duck.reference.classes import classes_in_accounting, sent_classes
from senr_duck.reference.district_names import DISTRICT_FIELD, read_district_names
from senr_duck.report.counts import (
    ClassCount,
    Counts,
    EvidenceCount,
    FieldCount,
    FileCount,
    PairCount,
    ReasonCount,
    RuleCount,
    SchoolCount,
)

if TYPE_CHECKING:
    import duckdb

# How many pairs of values are shown for each field.
_PAIRS_SHOWN = 6

# What a report without student data says: the guards' messages have values.
_STOPPED = ("A guard stopped the run",)

_REASONS = """
    select
        counted.class,
        counted.reason,
        counted.name,
        counted.meaning,
        counted.records,
        counted.students
    from recon.reason_count as counted
    inner join reference.class on counted.class = class.code
    order by class.position, counted.records desc, counted.reason"""

_EXCEPTIONS = """
    select severity, rule, name, message, fix, confidence, findings, students
    from recon.rule_count
    order by
        case severity when 'fatal' then 1 when 'warning' then 2 else 3 end,
        findings desc,
        rule"""


# A way that is neither a code of a catalog nor one character may be a name in a wrong column.
_EVIDENCE = """
    select
        evidence.rule,
        rule.name,
        case
            when ? or length(evidence.way) = 1 or evidence.way in (select code from reference.code)
                then evidence.way
            else ''
        end as way,
        evidence.students,
        evidence.is_accepted
    from recon.evidence
    inner join reference.rule as rule on evidence.rule = rule.code
    order by evidence.is_accepted desc, evidence.rule, evidence.field, evidence.way"""


def read_counts(con: "duckdb.DuckDBPyConnection", with_student_data: bool) -> Counts:
    """Return the counts of the published database, each list in the order in which it is shown.

    Any value of an extract can be wrong, for example a name. So without student data, values are
    left out unless a catalog has them, or CALPADS's own records have them in a field for schools;
    the notices about the input files are left out too.
    """
    [(school_year, as_of, rules, run_id)] = con.execute(
        """
        select
            parameters.school_year,
            cast(parameters.as_of as varchar),
            parameters.rules,
            run.run_id
        from reference.run_parameters as parameters
        cross join reference.run as run
        """
    ).fetchall()
    leas = con.execute(
        "select reporting_lea from reference.run_lea order by reporting_lea"
    ).fetchall()
    [(students_held,)] = con.execute("select count(*) from recon.held_student").fetchall()
    notices = con.execute(
        "select notice from reference.run_notice where not is_of_input or ? order by position",
        [with_student_data],
    ).fetchall()
    stops = con.execute("select message from reference.run_stop order by position").fetchall()
    return Counts(
        leas=tuple(lea for (lea,) in leas),
        lea_names=read_district_names([lea for (lea,) in leas]),
        school_year=school_year,
        as_of=as_of,
        run_id=run_id,
        rules=rules,
        files=_read_files(con),
        classes=_read_classes(con),
        schools=_count_schools(con, with_student_data),
        reasons=tuple(ReasonCount(*row) for row in con.execute(_REASONS).fetchall()),
        fields=_count_fields(con, with_student_data),
        causes=read_causes(con, with_student_data),
        exceptions=tuple(RuleCount(*row) for row in con.execute(_EXCEPTIONS).fetchall()),
        evidence=tuple(
            EvidenceCount(*row) for row in con.execute(_EVIDENCE, [with_student_data]).fetchall()
        ),
        notices=tuple(text for (text,) in notices),
        stops=tuple(text for (text,) in stops) if with_student_data else _STOPPED[: len(stops)],
        students_held=students_held,
    )


def _read_files(con: "duckdb.DuckDBPyConnection") -> tuple[FileCount, ...]:
    classes: dict[tuple[str, str, int], dict[str, int]] = {}
    for lea, category, number, record_class, records in con.execute(
        """
        select
            counted.reporting_lea,
            counted.category,
            counted.file_number,
            counted.class,
            counted.records
        from recon.file_count as counted
        inner join reference.class on counted.class = class.code
        order by class.position
        """
    ).fetchall():
        classes.setdefault((lea, category, number), {})[record_class] = records
    files = list_files(con)
    # in a run of several LEAs, empty files would hide the others
    is_of_several = len({file.lea for file in files}) > 1
    return tuple(
        FileCount(file, classes.get((file.lea, file.category, file.number), {}))
        for file in files
        if file.records or not is_of_several
    )


def _read_classes(con: "duckdb.DuckDBPyConnection") -> tuple[ClassCount, ...]:
    """Return the classes that have lines, in the order of the summary."""
    lines: dict[tuple[str, str], int] = {
        (side, name): count
        for side, name, count in con.execute(
            "select side, class, lines from recon.accounting order by side, class"
        ).fetchall()
    }
    return tuple(
        ClassCount(
            one.code,
            lines.get(("ods", one.code), 0) if one.is_in_ods else None,
            lines.get(("sis", one.code), 0) if one.is_in_sis else None,
        )
        for one in classes_in_accounting()
        if ("ods", one.code) in lines or ("sis", one.code) in lines
    )


def _count_schools(
    con: "duckdb.DuckDBPyConnection", with_student_data: bool
) -> tuple[SchoolCount, ...]:
    """Return the schools with something sent or on hold, those with the most records first."""
    rows = con.execute(
        """
        select
            counted.reporting_lea,
            case when $all or known.school_of_attendance is not null
                then counted.school_of_attendance end as code,
            named.name,
            counted.class,
            cast(sum(counted.records) as bigint) as records
        from recon.school_count as counted
        left join recon.known_school as known
            on counted.school_of_attendance = known.school_of_attendance
        left join recon.school_name as named
            on
                counted.reporting_lea = named.reporting_lea
                and counted.school_of_attendance = named.school_of_attendance
        group by all
        order by code nulls last, counted.reporting_lea nulls last, class
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


def _count_fields(
    con: "duckdb.DuckDBPyConnection", with_student_data: bool
) -> tuple[FieldCount, ...]:
    """Return the fields that the sent records change, the most frequent first."""
    rows = con.execute(
        """
        select
            number, name, column_name,
            ods_value, ods_name, target_value, target_name, records
        from recon.field_count
        order by
            number,
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
    return tuple(
        _name_districts(field) if field.column == DISTRICT_FIELD else field
        for field in sorted(counted, key=lambda field: (-field.records, field.number))
    )


def _name_districts(field: FieldCount) -> FieldCount:
    """Return the count with the districts' names next to their codes."""
    codes = {code for one in field.pairs for code in (one.ods_value, one.target_value) if code}
    names = read_district_names(codes)
    pairs = tuple(
        replace(
            one,
            ods_name=names.get(one.ods_value or ""),
            target_name=names.get(one.target_value or ""),
        )
        for one in field.pairs
    )
    return replace(field, pairs=pairs)


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
    ][:_PAIRS_SHOWN]
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
    """Return whether each value is blank or in the code set."""
    return (pair.ods_value is None or pair.ods_name is not None) and (
        pair.target_value is None or pair.target_name is not None
    )
