"""The sheets of a comparison: what to do in the SIS, and what to do in CALPADS."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from senr_duck.work_lists.items import ListedRun
from senr_duck.work_lists.sheets import BY, DONE, Column, Row, Sheet, say

if TYPE_CHECKING:
    import duckdb

_SCHOOL = "concat_ws(' ', school.name, todo.school_of_attendance)"
_WHO = {
    _SCHOOL: Column("School", 17),
    "student_name": Column("Student", 17),
    "local_student_id": Column("Local ID", 10),
    "ssid": Column("SSID", 11.5),
    "record_key": Column("Record", 20),
    "field": Column("Field", 18),
}
_VALUES = {
    "calpads_value": Column("CALPADS has", 20),
    "sis_value": Column("The SIS has", 20),
}
_WHAT = {
    "meaning": Column("What is wrong", 28, is_plain=False),
    "what_to_do": Column("What to do", 30, is_plain=False),
    "remark": Column("Rules it breaks", 20, is_plain=False),
}
_REASON = {"reason": Column("Reason", 16)}
# The columns of each sheet, by the column of the view that fills them.
_IN_SIS = {
    **_WHO,
    "value_to_enter": Column("Value to enter", 20),
    **_VALUES,
    **_WHAT,
    **_REASON,
}
_IN_CALPADS = {**_WHO, **_VALUES, **_WHAT, "acts": Column("Who acts", 12), **_REASON}
_SENTENCES = ("meaning", "what_to_do")


@dataclass(frozen=True)
class ComparedSheets:
    """The sheets of a comparison, and whose they are."""

    file_type: str
    run: ListedRun
    in_sis: Sheet
    in_calpads: Sheet

    @property
    def lea(self) -> str:
        """The LEA of the comparison."""
        return self.run.leas[0]

    @property
    def sheets(self) -> tuple[Sheet, Sheet]:
        """Both sheets, in their order."""
        return self.in_sis, self.in_calpads


def read_compared_sheets(con: "duckdb.DuckDBPyConnection") -> ComparedSheets:
    """Return the sheets of the comparison in a database.

    The first one has what the SIS has to correct, with one row for each value to enter there. The
    second one has the rest: what is to do in CALPADS, and what someone must decide first. Rows of
    which nobody has to do anything are on neither. They are by school and student.
    """
    [(file_type, lea, as_of, run_id)] = con.execute(
        """
        select parameters.file_type, parameters.lea, cast(parameters.as_of as varchar), run.run_id
        from reference.compare_parameters as parameters
        cross join reference.run as run
        """
    ).fetchall()
    run = ListedRun(run_id, as_of, (lea,))
    schema = file_type.lower()
    return ComparedSheets(
        file_type,
        run,
        _read_sheet(con, f"{file_type} for the SIS", f"{schema}.sis_entry", _IN_SIS, run),
        _read_sheet(
            con,
            f"{file_type} for CALPADS",
            f"(select * from {schema}.to_do where acts <> 'SIS')",  # noqa: S608 - our own name
            _IN_CALPADS,
            run,
        ),
    )


def _read_sheet(
    con: "duckdb.DuckDBPyConnection",
    title: str,
    source: str,
    columns: dict[str, Column],
    run: ListedRun,
) -> Sheet:
    found = con.execute(
        f"""
        select coalesce(todo.ssid, todo.local_student_id, ''), {", ".join(columns)}
        from {source} as todo
        left join (
            select reporting_lea, school_of_attendance as code, min(name) as name
            from reference.school
            group by all
        ) as school
            on school.reporting_lea = $lea and todo.school_of_attendance = school.code
        order by
            todo.school_of_attendance nulls last,
            upper(strip_accents(coalesce(todo.student_name, ''))),
            todo.ssid,
            todo.reason_position,
            todo.record_key,
            todo.ods_line,
            todo.sis_line,
            todo.compared_place
        """,  # noqa: S608 - names of this module
        {"lea": run.leas[0]},
    ).fetchall()
    rows = [
        Row(
            student,
            (
                *(
                    say(cell) if name in _SENTENCES else cell or ""
                    for name, cell in zip(columns, cells, strict=True)
                ),
                "",
                "",
            ),
        )
        for student, *cells in found
    ]
    return Sheet(title, "", (*columns.values(), DONE, BY), rows, run.run_id, run.as_of)
