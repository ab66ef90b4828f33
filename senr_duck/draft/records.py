"""Both extracts as typed records in a scratch database, and which of them are the same."""

from typing import TYPE_CHECKING

from senr_duck.reference.layout import Field, all_fields
from senr_duck.settings.configuration import holds_code

if TYPE_CHECKING:
    import duckdb

# Columns of the SIS whose local codes are those of another column.
SAME_CODES = {
    "grade_level_code": "next_grade_level_code",
    "school_of_attendance": "next_school_of_attendance",
}
_PERSONAL = tuple(
    field.column
    for field in all_fields()
    if field.column.startswith("student_") and field.column.endswith("_name")
)


def list_code_fields() -> tuple[Field, ...]:
    """Return the fields for which the configuration can translate local codes."""
    return tuple(field for field in all_fields() if holds_code(field))


def create_records(con: "duckdb.DuckDBPyConnection") -> None:
    """Create ``draft.ods_record``, ``draft.sis_record`` and ``draft.word_of_name``.

    They have trimmed codes in upper case, where blank is null, and dates; the words of students'
    names are those of both sides.
    """
    con.execute("create schema if not exists draft")
    for side in ("ods", "sis"):
        columns = [field.column for field in list_code_fields()]
        if side == "sis":
            columns += SAME_CODES.values()
        codes = ", ".join(f"nullif(upper(trim({one})), '') as {one}" for one in columns)
        con.execute(
            f"""
            create table draft.{side}_record as
            select
                nullif(trim(ssid), '') as ssid,
                nullif(upper(trim(local_student_id)), '') as local_student_id,
                {_read_date("enrollment_start_date")},
                {_read_date("enrollment_exit_date")},
                {codes}
            from staging.{side}_raw
            """  # noqa: S608 (our own names)
        )
    names = ", ".join(_PERSONAL)
    sides = " union all ".join(f"select {names} from staging.{side}_raw" for side in ("ods", "sis"))  # noqa: S608 (our own names)
    con.execute(
        f"""
        create table draft.word_of_name as
        select distinct unnest(string_split_regex(upper(concat_ws(' ', {names})), '[^\\pL]+'))
            as word
        from ({sides})
        """  # noqa: S608 (our own names)
    )


def _read_date(column: str) -> str:
    return f"""
        cast(case length(trim({column}))
            when 8 then try_strptime(trim({column}), '%Y%m%d')
            when 10 then try_strptime(trim({column}), '%Y-%m-%d')
        end as date) as {column}"""


def pair_records(
    con: "duckdb.DuckDBPyConnection", key: tuple[str, ...], school: str = "school_of_attendance"
) -> None:
    """Create ``draft.pair``: the records of the SIS, each with that of the ODS with the same key.

    A key that the ODS extract has more than once says nothing. ``school`` is the SQL of the SIS's
    school. The columns are those of ``draft.sis_record``, and those of the ODS as ``ods_…``.
    """
    columns = [field.column for field in list_code_fields()]
    of_ods = ", ".join(f"ods.{column} as ods_{column}" for column in columns)
    same = " and ".join(f"ods.{column} = sis.{column}" for column in key)
    con.execute(
        f"""
        create or replace table draft.pair as
        with sis as (select * replace ({school} as school_of_attendance) from draft.sis_record),
        ods as (
            select * from draft.ods_record
            qualify count(*) over (partition by {", ".join(key)}) = 1
        )
        select sis.*, {of_ods} from sis inner join ods on {same}
        """  # noqa: S608 (our own names and SQL)
    )
