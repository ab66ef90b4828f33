"""Count which fields the sent records change, from which value to which."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from senr_duck.report.counts import FieldCount, PairCount

if TYPE_CHECKING:
    import duckdb

# Of each field, the pairs of values that are shown one by one.
_PAIRS_SHOWN = 6


def count_fields(
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
    """Return whether the code set knows both values, or they are blank."""
    return (pair.ods_value is None or pair.ods_name is not None) and (
        pair.target_value is None or pair.target_name is not None
    )
