"""Show the lines of both extracts of a file as the views of a comparison read them.

Everything follows from the record layout: which fields are the key, which one says what is newest,
and which are compared in what way.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from senr_duck.reference.compared_units import Unit, list_units
from senr_duck.reference.layout import Field, all_fields
from senr_duck.reference.sql_tables import quote

if TYPE_CHECKING:
    import duckdb

# Local codes and CALPADS's codes, by column.
Translations = Mapping[str, Mapping[str, str]]


def create_lines(
    con: "duckdb.DuckDBPyConnection",
    file_type: str,
    translations: Translations,
    columns_given: tuple[str, ...],
) -> None:
    """Create ``staging.<file>_line`` and ``staging.compared_line`` from both raw views.

    The first has every field of both sides, trimmed, blank as null, codes in upper case, and dates;
    ``translations`` are local codes of the SIS. The second has the key of each line and its
    compared values in one text, each in its place between carets; and in another text the same
    values as they are, which costs less and is enough to see that two lines agree. A column that is
    not in ``columns_given``, those of the SIS extract, is blank there on both sides.
    """
    name = f"staging.{file_type.lower()}_line"
    con.execute(
        f"create view {name} as {_select_side(file_type, 'ods', {})}"
        f" union all {_select_side(file_type, 'sis', translations)}"
    )
    con.execute(
        f"comment on view {name} is 'Each line of both extracts with typed columns. Grain: one row"
        " per line. Key: side, source_line.'"
    )
    con.execute(
        f"create view staging.compared_line as {_select_compared(file_type, name, columns_given)}"
    )
    con.execute(
        "comment on view staging.compared_line is 'Each line of both extracts with its key and the"
        " values that are compared, each in its place. Grain: one row per line. Key: side,"
        " source_line.'"
    )


def _select_side(file_type: str, side: str, translations: Translations) -> str:
    values = [f"'{side}' as side", "source_line", "file_name", "line_number"]
    for field in all_fields(file_type):
        if field.number.startswith("R."):
            continue
        if field.type == "DT":
            text = f"nullif(replace(trim({field.column}), '-', ''), '')"
            values.append(
                f"cast(case when length({text}) = 8 then try_strptime({text}, '%Y%m%d') end"
                f" as date) as {field.column}"
            )
            values.append(f"{text} as {field.column}_text")
        else:
            code = _read_text(field)
            local = translations.get(field.column, {})
            whens = " ".join(
                f"when {quote(one.strip().upper())} then {quote(to)}" for one, to in local.items()
            )
            value = f"case upper(trim({field.column})) {whens} else {code} end" if whens else code
            values.append(f"{value} as {field.column}")
    return f"select {', '.join(values)} from staging.{side}_raw"  # noqa: S608 (our own names)


def _read_text(field: Field) -> str:
    is_code = field.code_set or field.column.endswith("_code") or field.max_length == 7
    if is_code and field.compared_as != "lower case":
        return f"nullif(upper(trim({field.column})), '')"
    return f"nullif(trim({field.column}), '')"


def _select_compared(file_type: str, lines: str, columns_given: tuple[str, ...]) -> str:
    fields = [field for field in all_fields(file_type) if not field.number.startswith("R.")]
    key = [field for field in fields if field.pairing.startswith("pair")]
    newest = next((field.column for field in fields if field.pairing == "newest"), None)
    ended = next((_text_of(field) for field in fields if field.pairing == "ended"), None)
    shown_key = [
        field
        for field in fields
        if field in key or field.pairing == "newest" or field.role == "key"
    ]
    units = list_units(file_type)
    given = [unit for unit in units if all(field.column in columns_given for field in unit.fields)]
    compared = [_compare(unit) if unit in given else "''" for unit in units]
    columns = {
        "side": "line.side",
        "source_line": "line.source_line",
        "file_name": "line.file_name",
        "line_number": "line.line_number",
        "reporting_lea": "coalesce(line.reporting_lea, parameters.lea)",
        "school_of_attendance": "line.school_of_attendance",
        "ssid": "line.ssid",
        "local_student_id": "line.local_student_id",
        "record_key": f"concat_ws(' ', {', '.join(_fill(_show(one)) for one in shown_key)})",
        "pair_key": f"case when {' and '.join(map(_is_readable, key))}"
        f" then {_join([_escape(_text_of(one)) for one in key])} end",
        "newest_day": f"line.{newest}" if newest else "cast(null as date)",
        "is_change_line": "coalesce(line.transaction_type_code in ('D', 'R'), false)",
        "is_ended": f"{ended} is not null" if ended else "false",
        "plain_values": _write_plain(given),
        "compared_values": f"concat_ws('^', {', '.join(compared)})",
        "shown_values": f"concat_ws('^', {', '.join(map(_show_unit, units))})",
        "all_values": f"concat_ws(' | ', {', '.join(_fill(_show_unit(one)) for one in units)})",
    }
    values = ", ".join(f"{value} as {column}" for column, value in columns.items())
    return (
        f"select {values} from {lines} as line"  # noqa: S608 (our own names and SQL)
        " cross join reference.compare_parameters as parameters"
    )


def _write_plain(units: Sequence[Unit]) -> str:
    """Return the SQL of a text that is the same on both sides only if all that is compared is.

    It may differ where nothing that is compared does: in doubled spaces, or the order of a set. The
    ODS extract has no carets in its values, so a caret in the SIS is not taken for a separator.
    """
    values = []
    for unit in units:
        for value in map(_text_of, unit.fields):
            if unit.compared_as in ("name", "lower case", "together"):
                values.append(f"lower({value})")
            elif unit.compared_as == "yes or blank":
                values.append(f"nullif({value}, 'N')")
            else:
                values.append(value)
    return _join(values)


def _join(values: Sequence[str]) -> str:
    """Return the SQL of a text with each value in its place between carets; null is blank."""
    separated = ", '^', ".join(["''", *values])
    return f"concat({separated})"


def _text_of(field: Field) -> str:
    """Return the SQL of a field's text; a date is YYYYMMDD, or as it is written."""
    return f"line.{field.column}_text" if field.type == "DT" else f"line.{field.column}"


def _show(field: Field) -> str:
    return f"coalesce({_escape(_text_of(field))}, '')"


def _escape(text: str) -> str:
    return f"replace({text}, '^', chr(10))"


def _fill(text: str) -> str:
    """Return the SQL of a text that is null if it is blank."""
    return f"nullif({text}, '')"


def _is_readable(field: Field) -> str:
    """Return the condition for a part of the key that can be compared."""
    if field.column == "ssid":
        return "regexp_full_match(line.ssid, '[0-9]{10}')"
    if field.pairing == "pair or blank":
        return "true"
    return f"line.{field.column} is not null"


def _show_unit(unit: Unit) -> str:
    if len(unit.fields) == 1:
        return _show(unit.fields[0])
    separator = " " if unit.compared_as == "set" else ", "
    filled = ", ".join(_fill(_show(one)) for one in unit.fields)
    return f"concat_ws('{separator}', {filled})"


def _compare(unit: Unit) -> str:
    """Return the SQL of the text by which a unit is compared; blank is ''."""
    values = [_show(field) for field in unit.fields]
    if unit.compared_as == "set":
        filled = f"list_filter([{', '.join(values)}], lambda value: value <> '')"
        return f"array_to_string(list_sort({filled}), ' ')"
    if unit.compared_as == "together":
        joined = f"lower(concat_ws(chr(9), {', '.join(map(_fold_spaces, values))}))"
        return f"case when concat({', '.join(values)}) = '' then '' else {joined} end"
    [value] = values
    if unit.compared_as == "name":
        return f"lower({_fold_spaces(value)})"
    if unit.compared_as == "lower case":
        return f"lower({value})"
    if unit.compared_as == "yes or blank":
        return f"case {value} when 'N' then '' else {value} end"
    return value


def _fold_spaces(value: str) -> str:
    spaced = f"regexp_replace({value}, '\\s+', ' ', 'g')"
    return f"case when regexp_matches({value}, '\\s') then {spaced} else {value} end"
