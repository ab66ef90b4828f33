"""Turn the columns of a query's result into those of an extract: texts, and dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from senr_duck.errors import InputError
from senr_duck.load.headers import ColumnNames, Header, match_header
from senr_duck.privacy.shown_name import show_names
from senr_duck.reference.layout import all_fields

if TYPE_CHECKING:
    import pyarrow as pa

_DATES = frozenset(field.column for field in all_fields() if field.type == "DT")
# A number has no leading zero to lose: SSIDs begin with another digit, and a student's number in
# the SIS is a number there. A date as a number is YYYYMMDD.
_NUMBERS = frozenset({"ssid", "local_student_id"}) | _DATES


@dataclass(frozen=True)
class Plan:
    """Which columns of a result the extract has, in the result's order.

    ``places`` are their places in the result, from 0. ``schema`` has text and dates only.
    ``notices`` are those of the header.
    """

    places: tuple[int, ...]
    schema: "pa.Schema"
    notices: tuple[str, ...]


def plan_columns(schema: "pa.Schema", query_name: str, known: ColumnNames) -> Plan:
    """Return what the extract has of a result; a column without a meaning is left out.

    Raises InputError as ``match_header`` does, and for columns of a type that is neither text, nor
    a date in a date field, nor a whole number where a number is as good as a text.
    """
    import pyarrow as pa

    header: Header = match_header(schema.names, query_name, known)
    shown = show_names(schema.names)
    places, fields, wrong = [], [], []
    for place, (of_result, column) in enumerate(zip(schema, header.columns, strict=True)):
        if column is None:
            continue
        if not _is_readable(of_result.type, column):
            wrong.append(f"{shown[of_result.name]} ({of_result.type})")
        is_date = column in _DATES and (
            pa.types.is_date(of_result.type) or pa.types.is_timestamp(of_result.type)
        )
        places.append(place)
        fields.append(pa.field(of_result.name, pa.date32() if is_date else pa.string()))
    if wrong:
        raise InputError(
            f"{query_name} has columns of the wrong type: {', '.join(wrong)}; expected text, or "
            "dates in the fields of dates",
            "turn them into text in the query, with all their digits: cast(… as varchar(15)); a "
            "number has lost its leading zeros, and a float its last digits",
        )
    return Plan(tuple(places), pa.schema(fields), header.notices)


def _is_readable(kind: "pa.DataType", column: str) -> bool:
    import pyarrow as pa

    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind):
        return True
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return column in _DATES
    is_whole = pa.types.is_integer(kind) or (pa.types.is_decimal(kind) and kind.scale == 0)
    return is_whole and column in _NUMBERS


def convert(
    batches: Iterator["pa.RecordBatch"], plan: Plan, query_name: str
) -> Iterator["pa.RecordBatch"]:
    """Yield the records of a result as the extract has them.

    Raises InputError for a date with a time other than midnight.
    """
    import pyarrow as pa

    for batch in batches:
        columns = [
            _convert_column(batch.column(place), field, query_name)
            for place, field in zip(plan.places, plan.schema, strict=True)
        ]
        converted = pa.record_batch(columns, schema=plan.schema)
        if len(plan.places) < batch.num_columns:
            # a copy: otherwise it would keep the columns that are left out in memory
            converted = converted.take(pa.array(range(batch.num_rows), pa.int32()))
        yield converted


def _convert_column(values: "pa.Array", field: "pa.Field", query_name: str) -> "pa.Array":
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_timestamp(values.type):
        return values if values.type == field.type else values.cast(field.type)
    days = pc.cast(values, field.type, safe=False)
    odd = pc.sum(pc.not_equal(pc.cast(days, values.type), values)).as_py()
    if odd:
        raise InputError(
            f"{query_name}: the column {show_names([field.name])[field.name]} has a time other "
            "than midnight, expected a date",
            "turn it into a date in the query, with cast(… as date), if the day is right",
        )
    return days
