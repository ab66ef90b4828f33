"""Format the students of the report as one compact JSON text, made by DuckDB.

Each text occurs once, in ``words``; everywhere else it is a number: 0 for blank, n for the n-th
word. The rows of a table follow each other in one flat list, whose ``columns`` names the values of
a row; ``students.sizes`` has the number of rows of each table for each student in turn.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from senr_duck.reference.classes import record_classes
from senr_duck.reference.district_names import DISTRICT_FIELD, read_district_names
from senr_duck.report.orphaned import Orphaned

if TYPE_CHECKING:
    import duckdb

# For each table, the columns with numbers, then the columns with texts, written as word numbers.
_COLUMNS = {
    "enrollment": (
        ("side", "line"),
        (
            "school",
            "start_date",
            "exit_date",
            "status",
            "grade",
            "exit_reason",
            "completion_status",
            "class",
            "reason",
            "file",
            # the other exit of an enrollment: for a no-show, the exit that is sent; for the SIS,
            # its own exit if CALPADS should show another one, and why
            "other_exit_date",
            "other_exit_reason",
            "exit_outcome",
        ),
    ),
    "difference": (("row",), ("field", "ods_value", "target_value")),
    "finding": (("row",), ("rule", "field", "value", "message")),
    "reason": (("row",), ("class", "reason", "explanation")),
}

# ``row`` is an enrollment's position among all of them, from 1; 0 means no enrollment.
_TABLES = {
    "report_enrollment": """
    with
    both_sides as (
        select
            one.n,
            0 as side,
            one.ods_line as source_line,
            one.line_number as line,
            one.school,
            one.start_date,
            one.exit_date,
            one.status,
            one.grade,
            one.exit_reason,
            one.completion_status,
            one.class,
            one.reason,
            one.file,
            planned.exit_date as other_exit_date,
            planned.exit_reason as other_exit_reason,
            null as exit_outcome
        from chosen_ods as one
        left join chosen_planned as planned
            on one.ods_line = planned.ods_line and planned.class = 'no_show'
        union all
        select
            n,
            1,
            sis_line,
            line_number,
            school,
            start_date,
            case when exit_outcome is null then exit_date else target_exit_date end,
            status,
            grade,
            case when exit_outcome is null then exit_reason else target_exit_reason end,
            case when exit_outcome is null then completion_status else target_completion_status end,
            class,
            reason,
            file,
            case when target_exit_date is distinct from exit_date then exit_date end,
            case when target_exit_reason is distinct from exit_reason then exit_reason end,
            nullif(exit_outcome, 'AS-GIVEN')
        from chosen_sis
    )
    select * from both_sides order by n, side, start_date, school, source_line""",
    "report_difference": """
    select difference.n, coalesce(one.rowid + 1, 0) as row, difference.field, difference.ods_value,
        difference.target_value
    from chosen_difference as difference
    left join report_enrollment as one on one.side = 1 and difference.sis_line = one.source_line
    order by difference.rowid""",
    "report_finding": """
    select finding.n, coalesce(one.rowid + 1, 0) as row, finding.rule, finding.field,
        finding.value, finding.message
    from chosen_finding as finding
    left join report_enrollment as one
        on
            one.side = case when finding.sis_line is null then 0 else 1 end
            and coalesce(finding.sis_line, finding.ods_line) = one.source_line
    order by finding.rowid""",
    "report_reason": """
    select reason.n, coalesce(one.rowid + 1, 0) as row, reason.class, reason.reason,
        reason.explanation
    from chosen_reason as reason
    left join report_enrollment as one
        on
            one.side = case when reason.sis_line is null then 0 else 1 end
            and coalesce(reason.sis_line, reason.ods_line) = one.source_line
    order by reason.rowid""",
}


def format_student_data(
    con: "duckdb.DuckDBPyConnection", orphaned: Mapping[int, list[Orphaned]]
) -> str:
    """Return the JSON of the chosen students; call ``choose_students`` first.

    ``orphaned`` are what the files leave outside the enrollments, if the run has looked. The text
    is safe in an HTML element: it has no ``<``, ``>``, ``&``, or line separator.
    """
    for table, query in _TABLES.items():
        con.execute(f"create or replace temp table {table} as {query}")
    texts = " union all ".join(
        f"select distinct unnest([{', '.join(words)}]) as word from report_{table}"  # noqa: S608 - names of this module
        for table, (_, words) in _COLUMNS.items()
    )
    con.execute(
        f"""
        create or replace temp table report_word as
        select word, row_number() over (order by word) as number
        from (select distinct word from ({texts}) where word is not null)
        """  # noqa: S608 - names of this module
    )
    parts = {
        "words": _ask(con, "select to_json(list(word order by number)) from report_word"),
        "students": _format_students(con),
    }
    for table, (numbers, words) in _COLUMNS.items():
        columns = json.dumps([*numbers, *words])
        rows = _format_rows(con, table)
        parts[f"{table}s"] = f'{{"columns":{columns},"numbers":{len(numbers)},"rows":[{rows}]}}'
    parts |= _format_catalogs(con)
    parts["labels"] = json.dumps({one.code: [one.name, one.meaning] for one in record_classes()})
    parts["as_of"] = _ask(
        con, "select to_json(cast(as_of as varchar)) from reference.run_parameters"
    )
    if orphaned:
        parts["orphaned"] = json.dumps(orphaned, ensure_ascii=False)
    return escape_json("{" + ",".join(f'"{name}":{text}' for name, text in parts.items()) + "}")


def escape_json(text: str) -> str:
    """Return a JSON text with the same value that HTML does not interpret."""
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _ask(con: "duckdb.DuckDBPyConnection", query: str) -> str:
    """Return the only value of a query, a JSON text; null becomes an empty list."""
    [(text,)] = con.execute(query).fetchall()
    return "[]" if text is None else str(text)


def _format_students(con: "duckdb.DuckDBPyConnection") -> str:
    lists = {
        name: _ask(con, f"select to_json(list({value} order by n)) from chosen_name")  # noqa: S608 - names of this module
        for name, value in {
            "ssid": "coalesce(ssid, '')",
            "local": "coalesce(local_student_id, '')",
            "name": "coalesce(name, '')",
            "held": "case when is_held then 1 else 0 end",
        }.items()
    }
    sizes = ", ".join(
        f"(select string_agg(coalesce(counted.rows, 0), ',' order by chosen.n) "  # noqa: S608 - names of this module
        f"from chosen_student as chosen left join "
        f"(select n, count(*) as rows from report_{table} group by n) as counted "
        f"on chosen.n = counted.n)"
        for table in _COLUMNS
    )
    lists["sizes"] = _ask(con, f"select '[' || concat_ws(',', {sizes}) || ']'")
    return "{" + ",".join(f'"{name}":{text}' for name, text in lists.items()) + "}"


def _format_rows(con: "duckdb.DuckDBPyConnection", table: str) -> str:
    numbers, words = _COLUMNS[table]
    joins = "\n".join(
        f"left join report_word as word_{word} on one.{word} = word_{word}.word" for word in words
    )
    values = [
        *(f"one.{number}" for number in numbers),
        *(f"coalesce(word_{word}.number, 0)" for word in words),
    ]
    [(rows,)] = con.execute(
        f"""
        select string_agg(concat_ws(',', {", ".join(values)}), ',' order by one.rowid)
        from report_{table} as one
        {joins}
        """  # noqa: S608 - names of this module
    ).fetchall()
    return rows or ""


def _format_catalogs(con: "duckdb.DuckDBPyConnection") -> dict[str, str]:
    """Return the names of the schools, fields, codes by field, and rules that occur."""
    districts = con.execute(
        """
        select distinct unnest([ods_value, target_value])
        from report_difference
        where field = ?
        """,
        [DISTRICT_FIELD],
    ).fetchall()
    names = read_district_names([code for (code,) in districts if code is not None])
    more = {"codes": {f"{DISTRICT_FIELD} {code}": name for code, name in names.items()}}
    return {
        name: json.dumps(
            dict(con.execute(query).fetchall()) | more.get(name, {}), ensure_ascii=False
        )
        for name, query in {
            "schools": """
                select school_name.school_of_attendance, min(school_name.name)
                from recon.school_name
                inner join report_word on school_name.school_of_attendance = report_word.word
                where school_name.name is not null
                group by school_name.school_of_attendance
                order by school_name.school_of_attendance""",
            "fields": """
                select column_name, name from reference.layout
                inner join report_word on layout.column_name = report_word.word
                order by position""",
            "codes": """
                select layout.column_name || ' ' || code.code, min(code.name)
                from reference.layout
                inner join reference.code on layout.code_set = code.code_set
                inner join report_word on code.code = report_word.word
                where layout.role = 'enrollment'
                group by layout.column_name, layout.position, code.code
                order by layout.position, code.code""",
            "rules": """
                select code, [severity, name, fix] from reference.rule
                inner join report_word on rule.code = report_word.word
                order by code""",
        }.items()
    }
