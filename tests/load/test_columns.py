"""How the columns of an extract are read, and when a column is refused."""

from collections.abc import Mapping, Sequence

import duckdb
import pytest

from senr_duck.load.columns import Readings, read_columns
from senr_duck.load.plain_file import Side
from senr_duck.load.raw_table import create_raw_view, raw_columns
from senr_duck.load.refused_columns import UnreadableColumns

# Values of a column, one a line.
Values = Sequence[str | None]
SIDES: tuple[Side, ...] = ("ods", "sis")


def stage(**sides: Mapping[str, Values]) -> duckdb.DuckDBPyConnection:
    """Return a database with the lines of both sides; the column ``file`` names their files."""
    con = duckdb.connect()
    con.execute("create schema staging")
    for side in SIDES:
        columns = sides.get(side, {})
        given = [name for name in columns if name != "file"]
        types = ", ".join(f"{name} varchar" for name in ("file", *given))
        con.execute(f"create table staging.{side}_line (line_number bigint, {types})")
        lines = max(map(len, columns.values()), default=0)
        for line in range(lines):
            row = [columns[name][line] if name in columns else None for name in ("file", *given)]
            marks = ", ".join("?" for _ in row)
            con.execute(f"insert into staging.{side}_line values ({line + 1}, {marks})", row)
        create_raw_view(con, side, [(f"{side}.csv", 0)], other_file="file")
    return con


def values_read(con: duckdb.DuckDBPyConnection, column: str, side: str = "sis") -> list[str | None]:
    rows = con.execute(f"select {column} from staging.{side}_raw order by line_number").fetchall()
    return [value for (value,) in rows]


def read(column: str, values: Values, side: str = "sis") -> tuple[list[str | None], Readings]:
    con = stage(**{side: {column: values}})
    readings = read_columns(con, {})
    return values_read(con, column, side), readings


def refuse(column: str, values: Values, side: str = "sis") -> UnreadableColumns:
    with pytest.raises(UnreadableColumns) as stop:
        read_columns(stage(**{side: {column: values}}), {})
    return stop.value


DAY = "enrollment_start_date"
EXIT = "enrollment_exit_date"
SCHOOL = "school_of_attendance"


@pytest.mark.parametrize(
    ("column", "written", "as_read"),
    [
        (DAY, "20250811", "20250811"),
        (DAY, "2025-08-11", "2025-08-11"),
        (DAY, "2025-08-11 00:00:00.000", "2025-08-11"),
        (DAY, "2025-08-11T00:00:00", "2025-08-11"),
        (DAY, "2025-08-11 0:00", "2025-08-11"),
        (DAY, "20250811 00:00:00", "20250811"),
        (DAY, "8/11/2025", "20250811"),
        (DAY, " 08/11/2025 ", "20250811"),
        (DAY, "8/11/2025 12:00:00 AM", "20250811"),
        (DAY, "8/11/2025 0:00", "20250811"),
        (EXIT, "99991231", None),
        (EXIT, "9999-12-31 00:00:00", None),
        (EXIT, "12/31/9999", None),
        (EXIT, "12/31/9999 12:00:00 AM", None),
        ("ssid", '="2100000001"', "2100000001"),
        ("ssid", "'2100000001", "2100000001"),
        ("ssid", "2100000001.0", "2100000001"),
        ("local_student_id", '="00712"', "00712"),
        ("local_student_id", '="L-7"', "L-7"),
        ("local_student_id", "'00712", "00712"),
        ("local_student_id", "712.0", "712"),
        (SCHOOL, "19647336015986", "6015986"),
        ("school_of_attendance_nps", "19647336015986", "6015986"),
        ("expected_receiver_school_of_attendance", "19647336015986", "6015986"),
        ("next_school_of_attendance", "19647336015986", "6015986"),
        ("reporting_lea", "19647330000000", "1964733"),
        ("district_of_geographic_residence_code", "19647330000000", "1964733"),
        ("grade_level_code", "5", "05"),
        ("next_grade_level_code", "9", "09"),
        ("grade_level_code", "KN", "KN"),
    ],
)
def test_a_column_in_a_form_that_is_certain_is_read(
    column: str, written: str, as_read: str | None
) -> None:
    values, readings = read(column, [written, None, " ", written])
    assert values == [as_read, None, " ", as_read]
    assert len(readings.notices) == (written != as_read)


def test_the_table_keeps_the_text_as_it_was_written() -> None:
    con = stage(sis={"ssid": ["2100000001.0"]})
    read_columns(con, {})
    kept = "select ssid from staging.sis_line union all select ssid from staging.sis_written"
    assert con.execute(kept).fetchall() == [("2100000001.0",)] * 2


def test_plain_extracts_keep_their_views_and_have_no_notice() -> None:
    con = stage(
        ods={DAY: ["20250811"], "ssid": ["2100000001"]}, sis={DAY: ["2025-08-11"], "ssid": [None]}
    )
    readings = read_columns(con, {})
    assert readings.notices == ()
    views = con.execute("select view_name from duckdb_views() where schema_name = 'staging'")
    assert sorted(views.fetchall()) == [("ods_raw",), ("sis_raw",)]


def test_each_form_is_a_notice_with_its_side_column_and_number() -> None:
    con = stage(
        ods={"ssid": ["2100000001.0", "2100000002"]},
        sis={EXIT: ["2025-08-11 00:00:00", "99991231", "99991231", "20250811"]},
    )
    assert read_columns(con, {}).notices == (
        "ODS extract, SSID (ssid): .0 at the end is ignored (1 value)",
        "SIS extract, Enrollment Exit Date (enrollment_exit_date): a day in the year 9999 is read "
        "as open (2 values)",
        "SIS extract, Enrollment Exit Date (enrollment_exit_date): a time of midnight is ignored "
        "(1 value)",
    )


def test_no_reading_is_lost_or_done_twice_when_it_is_applied_again() -> None:
    con = stage(ods={DAY: ["8/11/2025"]})
    readings = read_columns(con, {})
    readings.apply(con)
    assert values_read(con, DAY, "ods") == ["20250811"]
    # what posting does: plain lines after the extract's own, and the raw view again
    con.execute("insert into staging.ods_line values (2, 'run/file', '20250901')")
    create_raw_view(con, "ods", [("ods.csv", 0)], other_file="file")
    readings.apply(con)
    assert values_read(con, DAY, "ods") == ["20250811", "20250901"]


def test_each_file_of_a_side_may_have_a_form_of_its_own() -> None:
    con = stage(
        sis={"file": ["a.csv", "a.csv", "b.csv"], DAY: ["20250811", "20250812", "9/1/2025"]}
    )
    read_columns(con, {})
    assert values_read(con, DAY) == ["20250811", "20250812", "20250901"]


def test_mixed_forms_in_one_file_are_not_certain() -> None:
    """8/11/2025 next to 20250811: both may be right, but nothing says who wrote the first."""
    stop = refuse(DAY, ["20250811", *["8/11/2025"] * 21])
    assert "21 of 22 values cannot be read: 9/99/9999 (21)" in str(stop)
    assert "D/M/YYYY" in stop.hint


@pytest.mark.parametrize("bad", ["soon", "13/1/2025", "1/32/2025", "8/11/25", "2025-08-11 07:00"])
def test_one_bad_value_makes_a_column_of_american_dates_uncertain(bad: str) -> None:
    stop = refuse(DAY, [*["8/1/2025"] * 30, bad])
    assert f"({DAY}): 31 of 31 values cannot be read: " in str(stop)


def test_a_day_that_does_not_exist_is_left_to_the_checks() -> None:
    values, _ = read(DAY, ["8/11/2025", "2/30/2025"])
    assert values == ["20250811", "2/30/2025"]


def test_the_value_that_makes_a_column_uncertain_is_shown_first() -> None:
    stop = refuse(DAY, [*["8/1/2025"] * 30, "soon"])
    assert "cannot be read: AAAA (1), 9/9/9999 (30); expected" in str(stop)


def test_a_day_before_its_month_is_not_read() -> None:
    stop = refuse("student_birth_date", ["25/12/2012", "24/11/2012"])
    assert "2 of 2 values cannot be read: 99/99/9999 (2)" in str(stop)


def test_an_open_exit_does_not_make_a_column_uncertain() -> None:
    values, _ = read(EXIT, ["8/11/2025", "12/31/9999", "99991231", "9/1/2025"])
    assert values == ["20250811", None, None, "20250901"]


def test_a_time_of_the_day_is_not_ignored() -> None:
    assert "9999-99-99 99:99:99 (1)" in str(refuse(DAY, ["2025-08-11 07:00:00"]))


def test_ssids_are_read_only_if_every_line_has_ten_digits() -> None:
    stop = refuse("ssid", [*["2100000001.0"] * 30, "210000000.0"])
    assert "31 of 31 values cannot be read: 999999999.9 (1), 9999999999.9 (30)" in str(stop)
    assert "10 digits in every line" in str(stop)


def test_local_ids_keep_a_fraction_that_others_do_not_have() -> None:
    values, readings = read("local_student_id", ["7.0", "8"])
    assert values == ["7.0", "8"]
    assert readings.notices == ()


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    ("bad", "values", "is_refused"),
    [
        (20, 100, False),  # more than 5 %, but not more than 20
        (21, 100, True),
        (21, 420, False),  # exactly 5 %
        (22, 420, True),
        (21, 419, True),
        (3, 3, True),  # all of few
        (1, 1, True),
        (2, 3, False),
    ],
)
def test_a_column_is_refused_from_more_than_5_percent_and_20_on_or_if_nothing_can_be_read(
    side: str, bad: int, values: int, is_refused: bool
) -> None:
    column: Values = [*["2.9E+09"] * bad, *["2100000001"] * (values - bad), None, " "]
    if is_refused:
        expected = f"{side.upper()} extract, SSID (ssid): {bad} of {values} values cannot be read"
        assert expected in str(refuse("ssid", column, side))
    else:
        as_read, readings = read("ssid", column, side)
        assert as_read == column
        assert readings.notices == ()


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("ssid", "2.9E+09", "2.9E+09 (1)"),
        ("ssid", "2.1000000123E+09", "9.9999999999E+99 (1)"),
        (EXIT, "NULL", "NULL (1)"),
        (DAY, "45880", "99999 (1)"),
        ("student_exit_reason_code", "NULL", "NULL (1)"),
        ("student_gender_code", "Female", "AAAAAA (1); expected codes of at most 1 character"),
        ("student_birth_country_code", "USA", "AAA (1); expected codes of at most 2 characters"),
        (SCHOOL, "101", "999 (1); expected codes of 7 digits"),
        ("student_birth_date", "José, 5", "AAAA, 9 (1)"),
    ],
)
def test_a_refused_column_shows_the_shape_of_its_values(
    column: str, value: str, words: str
) -> None:
    assert words in str(refuse(column, [value]))


@pytest.mark.parametrize(
    ("column", "value", "hint"),
    [
        ("ssid", "2.9E+09", "a spreadsheet has dropped its digits; export it again as text"),
        ("ssid", "12345", "export the SSIDs as text"),
        (EXIT, "NULL", "leave Enrollment Exit Date empty where there is no value"),
        ("student_gender_code", "Female", "under [translate.student_gender_code] in senr.toml"),
        (SCHOOL, "101", "under [translate.school_of_attendance] in senr.toml"),
        (SCHOOL, "112607", "has dropped the zero in front"),
        (SCHOOL, "1611190130229", "has dropped the zero in front"),
        ("reporting_lea", "161119", "has dropped the zero in front"),
        ("student_birth_country_code", "USA", "CALPADS's codes as Student Birth Country Code"),
    ],
)
def test_a_refused_column_says_what_to_do(column: str, value: str, hint: str) -> None:
    assert hint in refuse(column, [value]).hint


def test_an_ods_column_is_never_to_be_translated() -> None:
    assert refuse(SCHOOL, ["101"], "ods").hint == (
        "download the ODS extract again, and use the file as CALPADS wrote it"
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("student_gender_code", "Q"),  # in no code set
        ("student_exit_reason_code", "X999"),
        ("student_legal_last_name", "A name that is much longer than the fifty characters of it"),
        ("student_birth_city", "A city that is longer than thirty characters"),
        ("local_student_id", "1234567890123456"),
        ("academic_year_id", "25-26"),
        ("next_school_of_attendance", "999"),
    ],
)
def test_codes_of_no_code_set_and_free_text_are_left_to_the_checks(column: str, value: str) -> None:
    values, readings = read(column, [value] * 50)
    assert values == [value] * 50
    assert readings.notices == ()


def test_dates_of_bookkeeping_are_read_but_never_refused() -> None:
    con = stage(ods={"upload_date": ["8/11/2025"], "last_date_updated": ["today"]})
    read_columns(con, {})
    assert values_read(con, "upload_date", "ods") == ["20250811"]
    assert values_read(con, "last_date_updated", "ods") == ["today"]


def test_a_translated_code_is_readable_and_is_not_changed() -> None:
    con = stage(
        sis={
            SCHOOL: ["101", "19647336015986", "e1 "],
            "grade_level_code": ["0", "1", "2"],
            "next_grade_level_code": ["1", "2", "x"],
        }
    )
    translations = {
        SCHOOL: {"101": "6015986", "19647336015986": "6016018", "E1": "6057913"},
        "grade_level_code": {"1": "KN"},
    }
    read_columns(con, translations)
    assert values_read(con, SCHOOL) == ["101", "19647336015986", "e1 "]
    assert values_read(con, "grade_level_code") == ["0", "1", "02"]
    assert values_read(con, "next_grade_level_code") == ["1", "02", "x"]


def test_translations_do_not_apply_to_the_ods_extract() -> None:
    with pytest.raises(UnreadableColumns):
        read_columns(stage(ods={SCHOOL: ["101"]}), {SCHOOL: {"101": "6015986"}})


def test_every_refused_column_of_both_sides_is_in_the_message() -> None:
    con = stage(ods={"ssid": ["2.9E+09"]}, sis={DAY: ["soon"], "student_gender_code": ["Male"]})
    with pytest.raises(UnreadableColumns) as stop:
        read_columns(con, {})
    assert str(stop.value).split("\n       ") == [
        "ODS extract, SSID (ssid): 1 of 1 values cannot be read: 2.9E+09 (1); expected 10 digits "
        "in every line",
        "SIS extract, Student Gender Code (student_gender_code): 1 of 1 values cannot be read: "
        "AAAA (1); expected codes of at most 1 character",
        "SIS extract, Enrollment Start Date (enrollment_start_date): 1 of 1 values cannot be read: "
        "AAAA (1); expected dates as YYYYMMDD or YYYY-MM-DD, or as M/D/YYYY in every line",
        "(in these samples, 9 is a digit and A is a letter)",
    ]


def test_the_lines_that_cannot_be_read_are_kept_for_the_list_of_exceptions() -> None:
    values: Values = ["20250811", *["soon"] * 21]
    ssids = [f"21000000{line:02}" for line in range(22)]
    with pytest.raises(UnreadableColumns) as stop:
        read_columns(stage(sis={"ssid": ssids, DAY: values}), {})
    first, *_ = lines = stop.value.lines
    assert [line["sis_line"] for line in lines] == list(range(2, 23))
    assert (first["ssid"], first["field"], first["value"]) == ("2100000001", DAY, "soon")
    assert (first["severity"], first["rule"], first["held"]) == ("fatal", "FRMT0002", "N")


def test_an_extract_without_lines_has_nothing_to_refuse() -> None:
    con = stage(ods={column: [] for column in raw_columns("ods")})
    assert read_columns(con, {}).notices == ()
