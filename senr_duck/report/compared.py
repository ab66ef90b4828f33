"""Read what the report shows of a comparison: how its lines add up, and what to act on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from senr_duck.reference.district_names import read_district_names
from senr_duck.reference.file_types import file_types
from senr_duck.report.student_data import escape_json

if TYPE_CHECKING:
    import duckdb

# How many rows the page lists; the others are only in the CSV file.
LISTED_AT_MOST = 20_000

# What a report without student data says: the guards' messages may have values.
_STOPPED = ("A guard stopped the comparison",)

_COUNTS = """
    with
    listed as (
        select reason_position, count(*) as records
        from {schema}.listed_line
        group by reason_position
    )
    select
        reason.class,
        reason.name,
        reason.reason,
        reason.acts,
        reason.meaning,
        coalesce(sum(counted.lines) filter (where counted.side = 'ods'), 0)::bigint,
        coalesce(sum(counted.lines) filter (where counted.side = 'sis'), 0)::bigint,
        coalesce(any_value(listed.records), 0)::bigint
    from {schema}.class_count as counted
    inner join reference.class_reason as reason
        on counted.class = reason.class and counted.reason = reason.reason
    left join listed on reason.position = listed.reason_position
    group by
        reason.class, reason.name, reason.reason, reason.acts, reason.meaning, reason.position
    order by reason.position"""

_TO_DO = """
    select
        reason_position,
        student_name,
        local_student_id,
        ssid,
        school_of_attendance,
        record_key,
        ods_line_number,
        sis_line_number,
        ods_line,
        sis_line,
        remark,
        field,
        calpads_value,
        sis_value,
        value_to_enter
    from {schema}.to_do
    order by
        reason_position, school_of_attendance, ssid, record_key, ods_line, sis_line,
        compared_place
    limit {limit}"""
_KEY = 11  # the first columns, which are alike in all rows of a pair, or of a line without one


@dataclass(frozen=True)
class LineCount:
    """The lines of both sides with a class and reason, and who has to act.

    ``records`` counts the pairs, and the lines without one, that are listed.
    """

    class_code: str
    class_name: str
    reason: str
    acts: str
    meaning: str
    ods: int
    sis: int
    records: int

    @property
    def is_to_do(self) -> bool:
        """Whether someone has to act on these lines."""
        return self.acts != "nobody"


@dataclass(frozen=True)
class Comparison:
    """A comparison of one file, as the report shows it; ``as_of`` is YYYY-MM-DD.

    ``senr_run`` is the run whose enrollments it has read, or None. ``data`` is the JSON of the rows
    to act on, or None in a report of counts; ``left_out`` counts those that it does not have.
    """

    file_type: str
    name: str
    lea: str
    lea_name: str | None
    school_year: str
    as_of: str
    run_id: str
    senr_run: str | None
    counts: tuple[LineCount, ...]
    notices: tuple[str, ...]
    stops: tuple[str, ...]
    data: str | None
    left_out: int

    @property
    def place(self) -> str:
        """The ID of the comparison's section in the page."""
        return f"{self.file_type.lower()}-{self.lea}"

    @property
    def list_file(self) -> str:
        """The name of the list with all rows."""
        return name_list_file(self.file_type)

    @property
    def ods_lines(self) -> int:
        """The number of lines of the ODS extract."""
        return sum(one.ods for one in self.counts)

    @property
    def sis_lines(self) -> int:
        """The number of lines of the SIS extract."""
        return sum(one.sis for one in self.counts)

    def count_to_do(self, acts: str) -> int:
        """Return how many listed records are for SIS, CALPADS, SIS or CALPADS, or nobody."""
        return sum(one.records for one in self.counts if one.acts == acts)


def name_list_file(file_type: str) -> str:
    """Return the name of the list of a file's comparison."""
    return f"compare_{file_type.lower()}.csv"


def read_line_counts(con: "duckdb.DuckDBPyConnection", file_type: str) -> tuple[LineCount, ...]:
    """Return the classes and reasons that occur in a comparison, in the order of the list."""
    counts = con.execute(_COUNTS.format(schema=file_type.lower())).fetchall()
    return tuple(LineCount(*row) for row in counts)


def read_comparison(con: "duckdb.DuckDBPyConnection", with_student_data: bool) -> Comparison:
    """Return what the report shows of the comparison in a database.

    Without student data there are counts only, and no notice about an input file.
    """
    [(file_type, lea, school_year, as_of, senr_run, run_id)] = con.execute(
        """
        select
            parameters.file_type,
            parameters.lea,
            parameters.school_year,
            cast(parameters.as_of as varchar),
            parameters.senr_run,
            run.run_id
        from reference.compare_parameters as parameters
        cross join reference.run as run
        """
    ).fetchall()
    notices = con.execute(
        "select notice from reference.run_notice where not is_of_input or ? order by position",
        [with_student_data],
    ).fetchall()
    stops = con.execute("select message from reference.run_stop order by position").fetchall()
    data, left_out = _format_to_do(con, file_type) if with_student_data else (None, 0)
    return Comparison(
        file_type=file_type,
        name=file_types()[file_type].name,
        lea=lea,
        lea_name=read_district_names([lea]).get(lea),
        school_year=school_year,
        as_of=as_of,
        run_id=run_id,
        senr_run=senr_run,
        counts=read_line_counts(con, file_type),
        notices=tuple(text for (text,) in notices),
        stops=tuple(text for (text,) in stops) if with_student_data else _STOPPED[: len(stops)],
        data=data,
        left_out=left_out,
    )


def _format_to_do(con: "duckdb.DuckDBPyConnection", file_type: str) -> tuple[str, int]:
    """Return the JSON of the rows to act on, and how many it leaves out.

    ``lines`` has one list for each pair, or line without one: the position of its reason in
    ``reasons``, who it is, where it is, the rules that it breaks, and its rows of field, both
    values and the value to enter.
    """
    schema = file_type.lower()
    rows = con.execute(_TO_DO.format(schema=schema, limit=LISTED_AT_MOST + 1)).fetchall()
    left_out = 0
    if len(rows) > LISTED_AT_MOST:
        cut = rows[LISTED_AT_MOST][:_KEY]  # a pair is shown with all its rows, or not at all
        rows = [row for row in rows[:LISTED_AT_MOST] if row[:_KEY] != cut]
        [(all_rows,)] = con.execute(f"select count(*) from {schema}.to_do").fetchall()  # noqa: S608 - our own name
        left_out = all_rows - len(rows)
    reasons = con.execute(
        "select position, class, name, reason, acts, meaning, what_to_do"
        " from reference.class_reason order by position"
    ).fetchall()
    used = {row[0] for row in rows}
    shown = [one for one in reasons if one[0] in used]
    places = {position: place for place, (position, *_) in enumerate(shown)}
    lines = [
        [places[position], *(value or "" for value in where), remark or "", _list_values(group)]
        for (position, *where, _, _, remark), group in groupby(rows, key=lambda row: row[:_KEY])
    ]
    parts = {"reasons": [list(one[1:]) for one in shown], "lines": lines}
    return escape_json(json.dumps(parts, ensure_ascii=False, separators=(",", ":"))), left_out


def _list_values(rows: Iterable[tuple[Any, ...]]) -> list[list[str]]:
    return [[value or "" for value in row[_KEY:]] for row in rows]
