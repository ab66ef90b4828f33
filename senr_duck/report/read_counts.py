"""Read the report's counts from the published database."""

from typing import TYPE_CHECKING

from senr_duck.export.upload_names import list_files
from senr_duck.reference.classes import classes_in_accounting
from senr_duck.report.count_fields import count_fields
from senr_duck.report.count_schools import count_schools
from senr_duck.report.counts import (
    ClassCount,
    Counts,
    FileCount,
    ReasonCount,
    RuleCount,
)

if TYPE_CHECKING:
    import duckdb

_REASONS = """
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
    inner join reference.class on planned.class = class.code
    group by planned.class, planned.reason, reason.name, reason.meaning, class.position
    order by class.position, records desc, planned.reason"""

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


def read_counts(con: "duckdb.DuckDBPyConnection", with_student_data: bool) -> Counts:
    """Return the counts of the published database, each list in the order in which it is shown.

    Without student data no word comes in that stands in an extract, unless a catalogue knows it or
    CALPADS's own records have it in a field of schools: a value can be anything, a name too. Then
    the notices about the files that were read stay out too. Needs the tables that
    ``create_student_tables`` makes of everybody with something sent or held.
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
    [(students_sent, students_held)] = con.execute(
        """
        select
            (select count(distinct n) from student_planned),
            (select count(*) from recon.held_student)
        """
    ).fetchall()
    notices = con.execute(
        "select notice from reference.run_notice where not is_of_input or ? order by position",
        [with_student_data],
    ).fetchall()
    return Counts(
        leas=tuple(lea for (lea,) in leas),
        school_year=school_year,
        as_of=as_of,
        run_id=run_id,
        rules=rules,
        files=_read_files(con),
        classes=_read_classes(con),
        schools=count_schools(con, with_student_data),
        reasons=tuple(ReasonCount(*row) for row in con.execute(_REASONS).fetchall()),
        fields=count_fields(con, with_student_data),
        exceptions=tuple(RuleCount(*row) for row in con.execute(_EXCEPTIONS).fetchall()),
        notices=tuple(text for (text,) in notices),
        students_sent=students_sent,
        students_held=students_held,
    )


def _read_files(con: "duckdb.DuckDBPyConnection") -> tuple[FileCount, ...]:
    classes: dict[str, dict[str, int]] = {}
    for file, record_class, records in con.execute(
        """
        select planned.file, planned.class, count(*) as records
        from student_planned as planned
        inner join reference.class on planned.class = class.code
        group by planned.file, planned.class, class.position
        order by class.position
        """
    ).fetchall():
        classes.setdefault(file, {})[record_class] = records
    files = list_files(con)
    # of several LEAs those with nothing to upload would hide the others
    is_of_several = len({file.lea for file in files}) > 1
    return tuple(
        FileCount(file, classes.get(file.name, {}))
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
