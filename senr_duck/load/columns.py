"""Find out how the columns of an extract are written; read what is certain, refuse the others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from senr_duck.load.column_forms import Certainty, Column, Form, list_columns
from senr_duck.load.column_views import (
    Reading,
    Translations,
    is_read,
    is_translated,
    read_in_view,
)
from senr_duck.load.refused_columns import RefusedColumn, refuse_columns
from senr_duck.privacy.shown_list import name_count
from senr_duck.reference.file_types import SENR
from senr_duck.reference.layout import all_fields
from senr_duck.reference.sql_tables import quote

if TYPE_CHECKING:
    import duckdb

_SIDES = ("ods", "sis")
# A column is refused if more of its values than both cannot be read, or all of them.
_MOST_UNREADABLE = 20
# These are blank for most students: all of a few odd values are held line by line.
_MOSTLY_BLANK = (
    "school_of_attendance_nps",
    "expected_receiver_school_of_attendance",
    "district_of_geographic_residence_code",
)
_MOST_UNREADABLE_SHARE = 0.05


@dataclass(frozen=True)
class Readings:
    """What is not in the plain form, and is read all the same; a sentence for each form."""

    by_side: Mapping[str, Sequence[Reading]]
    translations: Translations
    notices: tuple[str, ...]

    def apply(self, con: "duckdb.DuckDBPyConnection") -> None:
        """Make ``staging.ods_raw`` and ``staging.sis_raw`` show these values in the plain form.

        The view that shows them as they were written becomes ``staging.ods_written`` or
        ``staging.sis_written``. A side whose values are all plain stays as it is. Call it again
        when a raw view may have been created again; it does nothing twice.
        """
        for side, readings in self.by_side.items():
            if readings and not is_read(con, side):
                read_in_view(con, side, readings, self.translations if side == "sis" else {})


def read_columns(
    con: "duckdb.DuckDBPyConnection",
    translations: Translations,
    lea_by_file: Mapping[str, str] = MappingProxyType({}),
    *,
    is_draft: bool = False,
    file_type: str = SENR,
    sides: Sequence[str] = _SIDES,
) -> Readings:
    """Find the columns of both extracts that are not in the plain form, and read them.

    ``translations`` are local codes of the SIS by column; they count as readable, and are never
    changed. ``lea_by_file`` has the LEA of each SIS file that lacks that column. Raises
    UnreadableColumns for columns of which too many values cannot be read, unless ``is_draft`` is
    set. A few such values are left for the checks of single records.
    """
    by_side: dict[str, list[Reading]] = {side: [] for side in _SIDES}
    notices: list[str] = []
    refused: list[RefusedColumn] = []
    for side in sides:
        of_side = translations if side == "sis" else {}
        for column in _find_odd_columns(con, side, file_type):
            found = _Found(column, _count_forms(con, side, column, of_side))
            if column.expected and _is_refused(column, found.unreadable, found.values):
                query = _select_unreadable(side, column, of_side, found.uncertain, file_type)
                refused.append(RefusedColumn(side, column, found.unreadable, found.values, query))
            by_side[side] += found.readings
            notices += found.describe(side)
    if refused and not is_draft:
        refuse_columns(con, refused)
    by_side["sis"] += [_read_missing_lea(*of_file) for of_file in lea_by_file.items()]
    readings = Readings(by_side, translations, tuple(notices))
    readings.apply(con)
    return readings


def _read_missing_lea(file_name: str, lea: str) -> Reading:
    column = next(one for one in list_columns("sis") if one.column == "reporting_lea")
    return Reading(column, file_name, (Form("<value> is null", quote(lea), "the LEA of the run"),))


@dataclass(frozen=True)
class _Found:
    """How many values of a column are in which form, by file; None is a form that is not known."""

    column: Column
    counts: Mapping[str, Mapping[str | None, int]]

    @property
    def values(self) -> int:
        return sum(sum(of_file.values()) for of_file in self.counts.values())

    @property
    def readings(self) -> list[Reading]:
        """The forms that are certain, of each file that has some."""
        found = [
            Reading(
                self.column,
                file_name,
                tuple(
                    form
                    for form in self.column.forms
                    if of_file.get(form.notice) and self._is_certain(form, of_file)
                ),
            )
            for file_name, of_file in self.counts.items()
        ]
        return [reading for reading in found if reading.forms]

    @property
    def uncertain(self) -> dict[str, list[Form]]:
        """The forms that occur and are not certain, by file."""
        return {
            file_name: [
                form
                for form in self.column.forms
                if of_file.get(form.notice) and not self._is_certain(form, of_file)
            ]
            for file_name, of_file in self.counts.items()
        }

    @property
    def unreadable(self) -> int:
        return sum(
            of_file.get(None, 0) + sum(of_file[form.notice] for form in self.uncertain[file_name])
            for file_name, of_file in self.counts.items()
        )

    def describe(self, side: str) -> Iterator[str]:
        """Yield a notice for each form that is read, with the number of its values."""
        for form in self.column.forms:
            values = sum(
                self.counts[reading.file_name][form.notice]
                for reading in self.readings
                if form in reading.forms
            )
            if values:
                yield (
                    f"{side.upper()} extract, {self.column.label}: {form.notice} "
                    f"({name_count(values, 'value')})"
                )

    def _is_certain(self, form: Form, of_file: Mapping[str | None, int]) -> bool:
        if form.certainty is Certainty.ALL_READABLE:
            return not of_file.get(None)
        if form.certainty is Certainty.ALL_ALIKE:
            alike = (one.notice for one in self.column.forms if one is form or one.is_open)
            return sum(of_file.values()) == sum(of_file.get(notice, 0) for notice in alike)
        return True


def _is_refused(column: Column, unreadable: int, values: int) -> bool:
    is_many = unreadable > _MOST_UNREADABLE and unreadable > _MOST_UNREADABLE_SHARE * values
    is_all = unreadable > 0 and unreadable == values
    return is_many or (is_all and column.column not in _MOSTLY_BLANK)


def _find_odd_columns(
    con: "duckdb.DuckDBPyConnection", side: str, file_type: str
) -> Iterator[Column]:
    """Yield the columns in which some value is not plain, or only seems not to be.

    One scan answers it for all columns but the dates. Their few distinct values are read, because
    no quick test tells whether a date exists.
    """
    columns = list_columns(side, file_type)
    quick = {
        column.column: column.is_odd.replace("<value>", column.column)
        for column in columns
        if column.is_odd
    }
    answers = con.execute(
        f"select {', '.join(quick.values())} from staging.{side}_raw"  # noqa: S608 (our own names)
    ).fetchall()[0]
    odd = {name for name, is_odd in zip(quick, answers, strict=True) if is_odd}
    for column in columns:
        if column.column in odd or (not column.is_odd and _has_odd_value(con, side, column)):
            yield column


def _has_odd_value(con: "duckdb.DuckDBPyConnection", side: str, column: Column) -> bool:
    found = con.execute(
        f"""
        select not coalesce(bool_and(({column.plain}) and not ({column.is_any_form})), true)
        from (select distinct {column.column} as value from staging.{side}_raw)
        where value is not null
        """.replace("<value>", "value")  # noqa: S608 (our own names)
    ).fetchone()
    return found is not None and bool(found[0])


def _count_forms(
    con: "duckdb.DuckDBPyConnection", side: str, column: Column, translations: Translations
) -> dict[str, dict[str | None, int]]:
    """Return the number of values by file and form; blank values do not count."""
    counts: dict[str, dict[str | None, int]] = {}
    for file_name, form, values in con.execute(
        f"""
        with written as (
            select file_name, trim({column.column}) as value, count(*) as lines
            from staging.{side}_raw
            group by all
        )
        select file_name, {_name_form(column, translations)} as form, sum(lines)
        from written
        where value <> ''
        group by all
        order by all
        """  # noqa: S608 (our own names and SQL)
    ).fetchall():
        counts.setdefault(file_name, {})[form] = int(values)
    return counts


def _name_form(column: Column, translations: Translations) -> str:
    """Return the SQL of a value's form: its notice; `plain`; or null if it cannot be read.

    A date of the year 9999 is a date too, so a form comes before the plain one.
    """
    branches = [f"when {is_translated(column, translations)} then 'plain'"]
    branches += [f"when {form.test} then {quote(form.notice)}" for form in column.forms]
    branches.append(f"when {column.plain} then 'plain'")
    return f"case {' '.join(branches)} end".replace("<value>", "value")


def _select_unreadable(
    side: str,
    column: Column,
    translations: Translations,
    uncertain: Mapping[str, Sequence[Form]],
    file_type: str,
) -> str:
    """Return a query of the lines that cannot be read, as ``RefusedColumn`` describes it."""
    is_uncertain = " or ".join(
        f"(file_name = {quote(file_name)} and form = {quote(form.notice)})"
        for file_name, forms in uncertain.items()
        for form in forms
    )
    start = next(one.column for one in all_fields(file_type) if one.column.endswith("start_date"))
    return f"""
        select
            ssid, local_student_id, school_of_attendance, {start} as enrollment_start_date, value,
            line_number as {side}_line, reporting_lea, file_name as {side}_file,
            form is not null as is_known
        from (
            select *, {_name_form(column, translations)} as form
            from (select *, trim({column.column}) as value from staging.{side}_raw)
            where value <> ''
        )
        where form is null or {is_uncertain or "false"}
        """  # noqa: S608 (our own names and SQL)
