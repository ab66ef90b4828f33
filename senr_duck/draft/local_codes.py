"""Find the codes of the SIS that no code set has, and CALPADS's likely code for each."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from senr_duck.draft.findings import LocalCode, LocalCodes
from senr_duck.draft.records import SAME_CODES, list_code_fields, pair_records
from senr_duck.load.refused_columns import WORDS_FOR_BLANK
from senr_duck.reference.cds_code import is_cds_code
from senr_duck.reference.column_names import keep_letters
from senr_duck.reference.layout import Field
from senr_duck.reference.resources import read_reference
from senr_duck.reference.sql_tables import quote

if TYPE_CHECKING:
    import duckdb

_SCHOOL = "school_of_attendance"
# Values of one column that are listed, and the characters of one; more are no codes.
_MOST_CODES = 50
_LONGEST_CODE = 20
# Few values may each occur once; of more than these, codes occur again and again.
_FEW_CODES = 10
# Records that must agree before the ODS extract shows what a local code means.
_LEAST_RECORDS = 3
# Letters of a word before it may be a student's name.
_SHORTEST_NAME = 3
# Digits of a date or an ID; only the codes of schools have as many.
_MANY_DIGITS = 6
_DATE_OR_ID = re.compile(r"[0-9]{8}|\b[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}\b")


def find_local_codes(con: "duckdb.DuckDBPyConnection", as_of: date) -> tuple[LocalCodes, ...]:
    """Return the local codes of each column that has some, in the layout's order.

    What the ODS extract has for the same enrollments decides what a code means, then the names and
    codes of the code set on ``as_of``.
    """
    fields = {field.column: field for field in list_code_fields()}
    pair_records(con, ("ssid", "enrollment_start_date"))
    schools = _find_in_column(con, fields[_SCHOOL], as_of, {})
    known = {one.value: one.code for one in schools.codes if one.code}
    pair_records(con, ("ssid", _SCHOOL, "enrollment_start_date"), _translate_school(known))
    found = (
        schools if column == _SCHOOL else _find_in_column(con, field, as_of, known)
        for column, field in fields.items()
    )
    return tuple(one for one in found if one.codes or one.withheld)


def _translate_school(known: Mapping[str, str]) -> str:
    branches = " ".join(f"when {quote(local)} then {quote(code)}" for local, code in known.items())
    return f"case {_SCHOOL} {branches} else {_SCHOOL} end" if branches else _SCHOOL


def _find_in_column(
    con: "duckdb.DuckDBPyConnection", field: Field, as_of: date, schools: Mapping[str, str]
) -> LocalCodes:
    """Return the local codes of a column; ``schools`` are those of the schools, if known."""
    counts, values = _count_local(con, field)
    is_codes = len(counts) <= _MOST_CODES and (
        len(counts) <= _FEW_CODES or 2 * len(counts) <= values
    )
    if not is_codes:
        return LocalCodes(field.column, (), len(counts))
    shown = _choose_shown(con, field, list(counts))
    evidence = _read_evidence(con, field, shown)
    codes = []
    for value in shown:
        code, why = None, "export this as a blank field"
        if value not in WORDS_FOR_BLANK:
            code, why = _choose_by_evidence(evidence.get(value, {}))
            if code is None and field.code_set:
                code, why = _choose_by_name(value, field.code_set, as_of)
            elif code is None and value in schools and field.column.endswith(_SCHOOL):
                code, why = schools[value], f"as in {_SCHOOL}"
        codes.append(LocalCode(value, counts[value], code, why))
    return LocalCodes(field.column, tuple(codes), len(counts) - len(shown))


def _count_local(con: "duckdb.DuckDBPyConnection", field: Field) -> tuple[dict[str, int], int]:
    """Return the number of records of each local value, and that of all values."""
    columns = [field.column, *filter(None, [SAME_CODES.get(field.column)])]
    values = " union all ".join(f"select {one} as value from draft.sis_record" for one in columns)  # noqa: S608 (our own names)
    rows = con.execute(
        f"select value, count(*) from ({values}) where value is not null"  # noqa: S608 (our own SQL)
        " group by value order by value"
    ).fetchall()
    fits = _list_fitting(field)
    return {value: number for value, number in rows if not fits(value)}, sum(n for _, n in rows)


def _list_fitting(field: Field) -> Callable[[str], bool]:
    """Return the test for a code of CALPADS."""
    if not field.code_set:
        return is_cds_code
    rows = read_reference("code_sets.csv")
    return {row["code"] for row in rows if row["code_set"] == field.code_set}.__contains__


def _choose_shown(
    con: "duckdb.DuckDBPyConnection", field: Field, values: Sequence[str]
) -> list[str]:
    """Return the values that look like codes and cannot be a student's data."""
    words = {
        word
        for value in values
        for word in re.split(r"[\W\d_]+", value)
        if len(word) >= _SHORTEST_NAME
    }
    names = con.execute(
        "select word from draft.word_of_name where word in (select unnest($words))",
        {"words": sorted(words)},
    ).fetchall()
    ids = con.execute(
        f"select distinct {field.column} from draft.sis_record"  # noqa: S608 (our own name)
        f" where {field.column} in (local_student_id, ssid)"
    ).fetchall()
    personal = {word for (word,) in names}
    own_ids = {value for (value,) in ids}
    return [
        value
        for value in values
        if len(value) <= _LONGEST_CODE
        and value.isprintable()
        and value == value.strip().upper()  # as the configuration compares them
        and value not in own_ids
        and not _DATE_OR_ID.search(value)
        and (not field.code_set or sum(map(str.isdigit, value)) < _MANY_DIGITS)
        and personal.isdisjoint(re.split(r"[\W\d_]+", value))
    ]


def _read_evidence(
    con: "duckdb.DuckDBPyConnection", field: Field, values: Sequence[str]
) -> dict[str, dict[str, int]]:
    """Return how many records have each code in the ODS extract, by the value of the SIS.

    The code is blank where it is blank there, or no code: a value may mean that there is none.
    """
    rows = con.execute(
        f"""
        select {field.column}, ods_{field.column}, count(*)
        from draft.pair
        where {field.column} in (select unnest($values))
        group by all
        order by all
        """,  # noqa: S608 (our own names)
        {"values": list(values)},
    ).fetchall()
    fits = _list_fitting(field)
    evidence: dict[str, dict[str, int]] = {}
    for value, code, records in rows:
        codes = evidence.setdefault(value, {})
        known = code if code and fits(code) else ""
        codes[known] = codes.get(known, 0) + records
    return evidence


def _choose_by_evidence(codes: Mapping[str, int]) -> tuple[str | None, str]:
    records = sum(codes.values())
    code = max(sorted(codes), key=codes.__getitem__, default="")
    if code and codes[code] >= _LEAST_RECORDS and 2 * codes[code] > records:
        return code, f"{codes[code]:,} of {records:,} records in the ODS extract"
    return None, "the extracts do not show what it means"


def _choose_by_name(value: str, code_set: str, as_of: date) -> tuple[str | None, str]:
    """Return the code whose name is the value; of letters, also the only one that so begins."""
    names = {
        row["code"]: row["name"].upper()
        for row in read_reference("code_sets.csv")
        if row["code_set"] == code_set
        and row["code"]
        and (not row["valid_to"] or row["valid_to"] >= as_of.isoformat())
    }
    named = [code for code, name in names.items() if keep_letters(name) == keep_letters(value)]
    if len(named) == 1:
        return named[0], f"CALPADS's name of {named[0]} is {names[named[0]].capitalize()}"
    beginning = [code for code in names if code.startswith(value)]
    if value.isalpha() and len(beginning) == 1:
        return beginning[
            0
        ], f"the only code with this beginning: {names[beginning[0]].capitalize()}"
    return None, "the extracts do not show what it means"
