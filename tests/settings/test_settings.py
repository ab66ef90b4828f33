import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest

import senr_duck
from senr_duck.errors import DataStop, InputError
from senr_duck.settings.configuration import Evidence, Guards, LastDays, YearEnd
from senr_duck.settings.settings import Settings, load_settings

TODAY = date(2026, 1, 15)

FULL_EXAMPLE = """\
lea = "1964733"
rules_version = "v1"
encoding = "utf-8"                # of the files written

[scope]
change_years = "current"          # or "all": also add and remove records of earlier school years
prior_year_open_until = "08-15"   # until then, records of the year just ended are still added

[calendar."2025-2026"]
last_day = 2026-06-05             # last school day
schools = { "1930650" = 2026-06-11 }   # where a school differs
[calendar."2024-2025"]
last_day = 2025-06-06

[year_end]
close_open_enrollments = true
window_days = 14
grade_12 = "hold"                 # or "E156"
prekindergarten_exit = "E450"     # or "as_is"

[schools]
do_not_report = []
list = "schools.csv"

[keep]
file = "keep.csv"

[sis]
exit_date_is = "first_day_away"

[no_show]
exit_date = "day_before"

[columns]                         # the names in the SIS file = the columns that they are
"Enter Date" = "enrollment_start_date"

[translate.grade_level_code]      # local code = CALPADS code, one table per field
"K" = "KN"

[rules]
"UCCSU-100" = "warning"

[evidence]                        # what the ODS extract shows, CALPADS has accepted
use = true
students = 5

[guards]
max_removal_share = 0.02
max_held_share = 0.05
max_update_share = 0.05
allow_missing_schools = false
allow_no_exits = false
allow_empty_scope = false
allow_stale_ods = false
"""

FULL_SETTINGS = Settings(
    leas=("1964733",),
    all_leas=False,
    as_of=date(2026, 1, 15),
    ods_date=None,
    rules="v1",
    allow_changed_rules=False,
    sql_overlay=None,
    severities={"UCCSU-100": "warning"},
    encoding="utf-8",
    change_years="current",
    prior_year_open_until="08-15",
    schools=(),
    do_not_report=(),
    calendar={
        "2025-2026": LastDays(
            last_day=date(2026, 6, 5),
            schools={"1930650": date(2026, 6, 11)},
        ),
        "2024-2025": LastDays(last_day=date(2025, 6, 6), schools={}),
    },
    year_end=YearEnd(
        close_open_enrollments=True,
        window_days=14,
        grade_12="hold",
        prekindergarten_exit="E450",
    ),
    no_show_exit_date="day_before",
    columns={"enter_date": "enrollment_start_date"},
    exit_date_is="first_day_away",
    translate={"grade_level_code": {"K": "KN"}},
    school_list=Path("schools.csv"),
    keep_file=Path("keep.csv"),
    evidence=Evidence(use=True, students=5),
    guards=Guards(
        max_removal_share=0.02,
        max_held_share=0.05,
        max_update_share=0.05,
        allow_missing_schools=False,
        allow_no_exits=False,
        allow_empty_scope=False,
        allow_stale_ods=False,
    ),
)

DEFAULTS = Settings(
    leas=(),
    all_leas=False,
    as_of=date(2026, 1, 15),
    ods_date=None,
    rules="v2",
    allow_changed_rules=False,
    sql_overlay=None,
    severities={},
    encoding="utf-8",
    change_years="current",
    prior_year_open_until="08-15",
    schools=(),
    do_not_report=(),
    calendar={},
    year_end=FULL_SETTINGS.year_end,
    no_show_exit_date=None,
    columns={},
    exit_date_is="last_day",
    translate={},
    school_list=None,
    keep_file=None,
    evidence=FULL_SETTINGS.evidence,
    guards=FULL_SETTINGS.guards,
)


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def load(text: str, options: Mapping[str, object] | None = None) -> Settings:
    Path("senr.toml").write_text(text, encoding="utf-8", newline="\n")
    return load_settings(None, options or {}, TODAY)


def refuse(text: str, options: Mapping[str, object] | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        load(text, options)
    assert caught.value.exit_status == 2
    return caught.value


def test_without_a_file_and_options_the_defaults_hold() -> None:
    assert load_settings(None, {}, TODAY) == DEFAULTS


def test_an_empty_file_changes_no_default() -> None:
    assert load("") == DEFAULTS


def test_the_full_example_is_read_key_by_key() -> None:
    assert load(FULL_EXAMPLE) == FULL_SETTINGS


def test_every_key_has_its_effect() -> None:
    settings = load(
        """\
lea = "1910199"
rules_version = "v1"
encoding = "cp1252"
scope.change_years = "all"
scope.prior_year_open_until = "06-30"
year_end.close_open_enrollments = false
year_end.window_days = 30
year_end.grade_12 = "E156"
year_end.prekindergarten_exit = "as_is"
schools.do_not_report = ["1930650", "0112607", "1930650"]
schools.list = "lists/schools.txt"
keep.file = "/district/keep.csv"
no_show.exit_date = "start_date"
columns = { "Perm ID" = "local_student_id", next-grade = "next_grade_level_code" }
translate.school_of_attendance = { "12" = "1930650" }
translate.student_gender_code = { "W" = "F" }
rules = { SENR0269 = "off", SENR0187 = "fatal" }
evidence.use = false
evidence.students = 1
guards.max_removal_share = 1
guards.max_held_share = 0
guards.max_update_share = 0.5
guards.allow_missing_schools = true
guards.allow_no_exits = true
guards.allow_empty_scope = true
guards.allow_stale_ods = true
"""
    )
    assert settings == Settings(
        leas=("1910199",),
        all_leas=False,
        as_of=date(2026, 1, 15),
        ods_date=None,
        rules="v1",
        allow_changed_rules=False,
        sql_overlay=None,
        severities={"SENR0269": "off", "SENR0187": "fatal"},
        encoding="windows-1252",
        change_years="all",
        prior_year_open_until="06-30",
        schools=(),
        do_not_report=("0112607", "1930650"),
        calendar={},
        year_end=YearEnd(
            close_open_enrollments=False,
            window_days=30,
            grade_12="E156",
            prekindergarten_exit="as_is",
        ),
        no_show_exit_date="start_date",
        columns={"perm_id": "local_student_id", "next_grade": "next_grade_level_code"},
        exit_date_is="last_day",
        translate={
            "school_of_attendance": {"12": "1930650"},
            "student_gender_code": {"W": "F"},
        },
        school_list=Path("lists/schools.txt"),
        keep_file=Path("/district/keep.csv"),
        evidence=Evidence(use=False, students=1),
        guards=Guards(
            max_removal_share=1.0,
            max_held_share=0.0,
            max_update_share=0.5,
            allow_missing_schools=True,
            allow_no_exits=True,
            allow_empty_scope=True,
            allow_stale_ods=True,
        ),
    )


def test_paths_in_the_file_start_at_the_folder_of_the_file() -> None:
    Path("district").mkdir()
    config = Path("district/year.toml")
    config.write_text('schools.list = "a.csv"\nkeep.file = "../b.csv"\n', encoding="utf-8")
    settings = load_settings(config, {}, TODAY)
    assert settings.school_list == Path("district/a.csv")
    assert settings.keep_file == Path("district/../b.csv")


def test_a_file_named_wins_over_the_one_in_the_working_folder() -> None:
    Path("other.toml").write_text('lea = "1910199"\n', encoding="utf-8")
    Path("senr.toml").write_text('lea = "1964733"\n', encoding="utf-8")
    assert load_settings(Path("other.toml"), {}, TODAY).lea == "1910199"


def test_a_byte_order_mark_and_cr_lf_do_no_harm() -> None:
    Path("senr.toml").write_bytes(b'\xef\xbb\xbflea = "1964733"\r\nrules_version = "v1"\r\n')
    assert load_settings(None, {}, TODAY).lea == "1964733"


def test_options_win_over_the_file_and_the_file_over_the_defaults() -> None:
    text = """\
lea = "1964733"
rules_version = "v1"
scope.change_years = "all"
[guards]
max_removal_share = 0.1
max_held_share = 0.2
allow_stale_ods = true
"""
    from_file = load(text)
    assert from_file.lea == "1964733"
    assert from_file.change_years == "all"
    assert from_file.guards == Guards(
        max_removal_share=0.1,
        max_held_share=0.2,
        max_update_share=0.05,
        allow_missing_schools=False,
        allow_no_exits=False,
        allow_empty_scope=False,
        allow_stale_ods=True,
    )
    options = {
        "lea": "1910199",
        "as_of": date(2025, 9, 1),
        "school": ["1930650", "0112607", "1930650"],
        "rules": "v1",
        "change_years": "current",
        "max_removal_share": 0.3,
        "max_update_share": 0.4,
        "allow_missing_schools": True,
        "allow_no_exits": True,
        "allow_empty_scope": True,
        "allow_stale_ods": False,
    }
    from_options = load(text, options)
    assert from_options.lea == "1910199"
    assert from_options.as_of == date(2025, 9, 1)
    assert from_options.schools == ("0112607", "1930650")
    assert from_options.rules == "v1"
    assert from_options.change_years == "current"
    assert from_options.guards == Guards(
        max_removal_share=0.3,
        max_held_share=0.2,
        max_update_share=0.4,
        allow_missing_schools=True,
        allow_no_exits=True,
        allow_empty_scope=True,
        allow_stale_ods=False,
    )


@pytest.mark.parametrize(
    ("as_of", "school_year", "start", "end", "window_start"),
    [
        (
            date(2025, 7, 1),
            "2025-2026",
            date(2025, 7, 1),
            date(2026, 6, 30),
            date(2023, 7, 1),
        ),
        (
            date(2026, 6, 30),
            "2025-2026",
            date(2025, 7, 1),
            date(2026, 6, 30),
            date(2023, 7, 1),
        ),
        (
            date(2024, 2, 29),
            "2023-2024",
            date(2023, 7, 1),
            date(2024, 6, 30),
            date(2021, 7, 1),
        ),
    ],
)
def test_the_school_year_and_the_window_follow_from_the_as_of_date(
    as_of: date, school_year: str, start: date, end: date, window_start: date
) -> None:
    settings = load_settings(None, {"as_of": as_of}, as_of)
    assert settings.school_year == school_year
    assert settings.school_year_start == start
    assert settings.school_year_end == end
    assert settings.window_start == window_start


@pytest.mark.parametrize(
    ("until", "as_of", "start"),
    [
        ("08-15", date(2025, 7, 1), date(2024, 7, 1)),
        ("08-15", date(2025, 8, 15), date(2024, 7, 1)),
        ("08-15", date(2025, 8, 16), None),
        ("08-15", date(2026, 6, 30), None),
        ("08-15", date(2024, 2, 29), None),
        ("08-15", date(2026, 1, 1), None),
        ("06-30", date(2025, 7, 1), None),
        ("06-30", date(2026, 6, 30), None),
        ("07-01", date(2025, 7, 1), date(2024, 7, 1)),
        ("07-01", date(2025, 7, 2), None),
        ("12-31", date(2025, 12, 31), date(2024, 7, 1)),
        ("12-31", date(2026, 1, 1), None),
    ],
)
def test_the_year_just_ended_is_open_through_the_day_of_the_configuration(
    until: str, as_of: date, start: date | None
) -> None:
    Path("senr.toml").write_text(f'scope.prior_year_open_until = "{until}"\n', encoding="utf-8")
    settings = load_settings(None, {"as_of": as_of}, as_of)
    assert settings.prior_year_open_until == until
    assert settings.open_prior_year_start == start


def test_an_as_of_date_of_another_school_year_stops_the_run() -> None:
    with pytest.raises(DataStop) as caught:
        load_settings(None, {"as_of": date(2025, 6, 30)}, TODAY)
    assert caught.value.exit_status == 1
    assert str(caught.value) == (
        "--as-of: found 2025-06-30, a day of the school year 2024-2025; "
        "expected a day of 2025-2026, the school year of today, 2026-01-15"
    )
    assert caught.value.hint == (
        "the comparison is for the current school year; to repeat an earlier run, "
        "use its as-of date with --allow-other-year"
    )


def test_an_as_of_date_of_the_next_school_year_stops_the_run() -> None:
    with pytest.raises(DataStop):
        load_settings(None, {"as_of": date(2026, 7, 1)}, TODAY)


def test_an_earlier_run_is_repeated_with_the_same_settings() -> None:
    then = load_settings(None, {"as_of": date(2025, 6, 30)}, date(2025, 6, 30))
    now = load_settings(None, {"as_of": date(2025, 6, 30), "allow_other_year": True}, TODAY)
    assert now == then
    assert now.described() == then.described()


def test_an_as_of_date_before_every_known_layout_is_refused() -> None:
    error = refuse("", {"as_of": date(2020, 6, 30), "allow_other_year": True})
    assert str(error) == "--as-of: found 2020-06-30, expected 2020-07-01 or later"
    assert error.hint == "record layouts from before the school year 2020-2021 are not supported"
    first = load("", {"as_of": date(2020, 7, 1), "allow_other_year": True})
    assert first.as_of == date(2020, 7, 1)


SEVEN_DIGITS = 'a text of 7 digits, such as "1964733"'
OPEN_UNTIL = (
    "scope.prior_year_open_until: found ",
    'expected a month and day such as "08-15", from "06-30" (never open) on',
)
A_DATE = "a date without quotes, such as 2026-06-05"
GRADE_LEVELS = (
    "a code of grade_level: IN, TD, PS, TK, KN, 01, 02, 03, 04, 05, 06, 07, 08, 09, 10, 11, 12, "
    "AD, UE, US"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("lea = 1964733", f"lea: found 1964733, expected {SEVEN_DIGITS}"),
        ('lea = "196473"', f'lea: found "196473", expected {SEVEN_DIGITS}'),
        ('lea = "196473٣"', f'lea: found "196473٣", expected {SEVEN_DIGITS}'),
        ('rules_version = "v9"', 'rules_version: found "v9", expected "v1" or "v2"'),
        ("rules_version = 1", 'rules_version: found 1, expected "v1" or "v2"'),
        ('rules_version = ["v1"]', 'rules_version: found a list, expected "v1" or "v2"'),
        ('rules = "v1"', 'rules: found "v1", expected a table'),
        (
            'rules."UCCSU-100" = "error"',
            'rules.UCCSU-100: found "error", expected "fatal", "warning" or "off"',
        ),
        (
            'rules."UCCSU-100" = false',
            'rules.UCCSU-100: found false, expected "fatal", "warning" or "off"',
        ),
        (
            'encoding = "latin-1"',
            'encoding: found "latin-1", expected "utf-8", "windows-1252" or "cp1252"',
        ),
        ("scope = 3", "scope: found 3, expected a table"),
        (
            "scope.change_years = 2024",
            'scope.change_years: found 2024, expected "current" or "all"',
        ),
        ('scope.prior_year_open_until = "06-29"', f'{OPEN_UNTIL[0]}"06-29", {OPEN_UNTIL[1]}'),
        ('scope.prior_year_open_until = "06-31"', f'{OPEN_UNTIL[0]}"06-31", {OPEN_UNTIL[1]}'),
        ('scope.prior_year_open_until = "02-29"', f'{OPEN_UNTIL[0]}"02-29", {OPEN_UNTIL[1]}'),
        ('scope.prior_year_open_until = "13-01"', f'{OPEN_UNTIL[0]}"13-01", {OPEN_UNTIL[1]}'),
        ('scope.prior_year_open_until = "8-15"', f'{OPEN_UNTIL[0]}"8-15", {OPEN_UNTIL[1]}'),
        ('scope.prior_year_open_until = "0815"', f'{OPEN_UNTIL[0]}"0815", {OPEN_UNTIL[1]}'),
        ('scope.prior_year_open_until = ""', f'{OPEN_UNTIL[0]}"", {OPEN_UNTIL[1]}'),
        ("scope.prior_year_open_until = 815", f"{OPEN_UNTIL[0]}815, {OPEN_UNTIL[1]}"),
        (
            "scope.prior_year_open_until = 2025-08-15",
            f"{OPEN_UNTIL[0]}2025-08-15, {OPEN_UNTIL[1]}",
        ),
        ("evidence = true", "evidence: found true, expected a table"),
        ("evidence.use = 1", "evidence.use: found 1, expected true or false"),
        ('evidence.use = "no"', 'evidence.use: found "no", expected true or false'),
        (
            "evidence.students = 0",
            "evidence.students: found 0, expected a whole number from 1 on",
        ),
        (
            "evidence.students = 5.0",
            "evidence.students: found 5.0, expected a whole number from 1 on",
        ),
        (
            "evidence.students = true",
            "evidence.students: found true, expected a whole number from 1 on",
        ),
        (
            'evidence.students = "5"',
            'evidence.students: found "5", expected a whole number from 1 on',
        ),
        ("calendar = [2026-06-05]", "calendar: found a list, expected a table"),
        (
            'calendar."2025-26".last_day = 2026-06-05',
            'calendar.2025-26: found an unknown key, expected a school year such as "2025-2026"',
        ),
        (
            'calendar."2025-2027".last_day = 2026-06-05',
            'calendar.2025-2027: found an unknown key, expected a school year such as "2025-2026"',
        ),
        (
            'calendar."2025-2026" = 2026-06-05',
            "calendar.2025-2026: found 2026-06-05, expected a table",
        ),
        (
            'calendar."2025-2026".last_day = "2026-06-05"',
            f"calendar.2025-2026.last_day: found a text of 10 characters, expected {A_DATE}",
        ),
        (
            'calendar."2025-2026".last_day = 2026-06-05T00:00:00',
            f"calendar.2025-2026.last_day: found 2026-06-05 00:00:00, expected {A_DATE}",
        ),
        (
            'calendar."2025-2026".last_day = 2026-07-01',
            "calendar.2025-2026.last_day: found 2026-07-01, "
            "expected a day from 2025-07-01 to 2026-06-30",
        ),
        (
            'calendar."2025-2026".schools = { "1930650" = 2025-06-30 }',
            "calendar.2025-2026.schools.1930650: found 2025-06-30, "
            "expected a day from 2025-07-01 to 2026-06-30",
        ),
        (
            'calendar."2025-2026".schools = { "930650" = 2026-06-05 }',
            f"calendar.2025-2026.schools.930650: found an unknown key, expected {SEVEN_DIGITS}",
        ),
        (
            "year_end.close_open_enrollments = 1",
            "year_end.close_open_enrollments: found 1, expected true or false",
        ),
        (
            "year_end.window_days = 31",
            "year_end.window_days: found 31, expected a whole number from 0 to 30",
        ),
        (
            "year_end.window_days = -1",
            "year_end.window_days: found -1, expected a whole number from 0 to 30",
        ),
        (
            "year_end.window_days = 14.0",
            "year_end.window_days: found 14.0, expected a whole number from 0 to 30",
        ),
        (
            "year_end.window_days = true",
            "year_end.window_days: found true, expected a whole number from 0 to 30",
        ),
        (
            'year_end.grade_12 = "E155"',
            'year_end.grade_12: found "E155", expected "hold" or "E156"',
        ),
        (
            "year_end.prekindergarten_exit = false",
            'year_end.prekindergarten_exit: found false, expected "E450" or "as_is"',
        ),
        (
            'schools.do_not_report = "1930650"',
            'schools.do_not_report: found "1930650", expected a list',
        ),
        (
            'schools.do_not_report = { "1930650" = true }',
            "schools.do_not_report: found a table, expected a list",
        ),
        (
            'schools.do_not_report = ["1930650", 1930651]',
            f"schools.do_not_report: found 1930651, expected {SEVEN_DIGITS}",
        ),
        ('schools.list = ""', 'schools.list: found "", expected a path in quotes'),
        (
            'keep.file = "keep\\u0000.csv"',
            "keep.file: found a text of 9 characters, expected a path in quotes",
        ),
        ('keep.file = ["a"]', "keep.file: found a list, expected a path in quotes"),
        (
            'columns."Enter Date" = "upload_date"',
            'columns."Enter Date": found a text of 11 characters, '
            "expected the name of a column of an upload file",
        ),
        (
            'columns = { Sex = "student_gender_code", "sEX " = "student_gender_code" }',
            'columns."sEX ": found "sEX ", '
            "expected a name only once; upper and lower case are the same",
        ),
        (
            'columns." " = "ssid"',
            'columns." ": found " ", expected the name of a column, not a blank',
        ),
        (
            'sis.exit_date_is = "last"',
            'sis.exit_date_is: found "last", expected "last_day" or "first_day_away"',
        ),
        (
            'sis.connection = "PWD=abc"',
            "sis.connection: found a text that is not shown because it may hold a password, "
            "expected a connection string of ODBC, such as Driver={...};Server=..., without a "
            "password",
        ),
        (
            'sis.connection = "Driver={x;UID=senr"',
            "sis.connection: found a text that is not shown because it may hold a password, "
            "expected a connection string of ODBC, such as Driver={...};Server=..., without a "
            "password",
        ),
        (
            "sis.connection = 1",
            "sis.connection: found 1, expected a connection string of ODBC, such as "
            "Driver={...};Server=..., without a password",
        ),
        (
            'sis.dsn = "a;pwd=b"',
            "sis.dsn: found a text that is not shown because it may hold a password, expected a "
            "name without semicolons, equal signs and braces",
        ),
        (
            'no_show.exit_date = "none"',
            'no_show.exit_date: found "none", expected "day_before" or "start_date"',
        ),
        (
            'translate.grade_level_code."Kdg 1" = "K"',
            f'translate.grade_level_code."Kdg 1": found "K", expected {GRADE_LEVELS}',
        ),
        (
            "translate.grade_level_code.1 = 1",
            f"translate.grade_level_code.1: found 1, expected {GRADE_LEVELS}",
        ),
        (
            'translate.transaction_type_code.X = "B"',
            "translate.transaction_type_code: found an unknown key, "
            "expected a column of an upload file that holds a code",
        ),
        (
            'translate.grade_level_code = "KN"',
            'translate.grade_level_code: found "KN", expected a table',
        ),
        (
            'translate.district_of_geographic_residence_code.X = "196473"',
            "translate.district_of_geographic_residence_code.X: "
            'found "196473", expected a text of 7 digits',
        ),
        (
            'translate.grade_level_code = { "K" = "KN", "k" = "TK" }',
            'translate.grade_level_code.k: found "k", expected a local code only once',
        ),
        (
            "guards.max_removal_share = 2",
            "guards.max_removal_share: found 2, expected a number from 0 to 1",
        ),
        (
            "guards.max_held_share = true",
            "guards.max_held_share: found true, expected a number from 0 to 1",
        ),
        (
            "guards.max_update_share = nan",
            "guards.max_update_share: found nan, expected a number from 0 to 1",
        ),
        (
            'guards.allow_no_exits = "no"',
            'guards.allow_no_exits: found "no", expected true or false',
        ),
        (
            "guards.allow_empty_scope = 0",
            "guards.allow_empty_scope: found 0, expected true or false",
        ),
    ],
)
def test_a_wrong_value_is_named_with_key_found_and_expected(text: str, message: str) -> None:
    error = refuse(text)
    assert str(error) == "senr.toml: " + message
    assert error.hint == "correct the keys listed here; keys that are left out get their defaults"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "year_end.window_day = 7",
            'year_end.window_day: found an unknown key, expected "close_open_enrollments", '
            '"window_days", "grade_12" or "prekindergarten_exit"',
            "did you mean window_days instead of window_day?",
        ),
        (
            "[yearend]",
            'yearend: found an unknown key, expected "lea", "rules_version", "encoding", '
            '"columns", "sis", "scope", "calendar", "year_end", "schools", "keep", "no_show", '
            '"translate", "rules", "evidence" or "guards"',
            "did you mean year_end instead of yearend?",
        ),
        (
            "scope.max_held_share = 0.1",
            'scope.max_held_share: found an unknown key, expected "change_years" or '
            '"prior_year_open_until"',
            "did you mean guards.max_held_share instead of max_held_share?",
        ),
        (
            'calendar."2025-2026".lastday = 2026-06-05',
            'calendar.2025-2026.lastday: found an unknown key, expected "last_day" or "schools"',
            "did you mean last_day instead of lastday?",
        ),
        (
            "evidence.student = 4",
            'evidence.student: found an unknown key, expected "use" or "students"',
            "did you mean students instead of student?",
        ),
        (
            'keep."zz zz" = 1',
            'keep."zz zz": found an unknown key, expected "file"',
            "correct the keys listed here; keys that are left out get their defaults",
        ),
        (
            'rules."uccsu100" = "off"',
            "rules.uccsu100: found an unknown key, "
            "expected a rule code of data/reference/rules.csv",
            "did you mean UCCSU-100 instead of uccsu100?",
        ),
        (
            'rules.version = "off"',
            "rules.version: found an unknown key, expected a rule code of data/reference/rules.csv",
            "correct the keys listed here; keys that are left out get their defaults",
        ),
        (
            'columns.Grade = "grade_level"',
            "columns.Grade: found a text of 11 characters, "
            "expected the name of a column of an upload file",
            "did you mean grade_level_code instead of grade_level?",
        ),
        (
            'translate.grade_level.K = "KN"',
            "translate.grade_level: found an unknown key, "
            "expected a column of an upload file that holds a code",
            "did you mean grade_level_code instead of grade_level?",
        ),
        (
            'translate.upload_date."1" = "20260101"',
            "translate.upload_date: found an unknown key, "
            "expected a column of an upload file that holds a code",
            "correct the keys listed here; keys that are left out get their defaults",
        ),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest_known_one(
    text: str, message: str, hint: str
) -> None:
    error = refuse(text)
    assert str(error) == "senr.toml: " + message
    assert error.hint == hint


@pytest.mark.parametrize("column", ["ssid", "student_legal_last_name", "student_birth_date"])
def test_the_error_about_a_text_that_is_not_a_code_does_not_show_it(column: str) -> None:
    error = refuse(f'[translate.{column}]\n"1234567890" = "9876543210"\n')
    assert str(error) == (
        f"senr.toml: translate.{column}: found an unknown key, "
        "expected a column of an upload file that holds a code"
    )


def test_permission_for_another_year_is_not_a_key_of_the_file() -> None:
    assert str(refuse("guards.allow_other_year = true")) == (
        "senr.toml: guards.allow_other_year: found an unknown key, "
        'expected "max_removal_share", "max_held_share", "max_update_share", '
        '"allow_missing_schools", "allow_no_exits", "allow_empty_scope" or "allow_stale_ods"'
    )


def test_all_faults_of_a_file_come_together_in_its_order() -> None:
    error = refuse(
        """\
rules_version = "v9"
lea = "12"
[guards]
allow_no_exit = true
[translate.grade_level_code]
K = "KG"
[year_end]
grade_12 = "E155"
window_days = 90
[calendar."2025-2026"]
last_day = 2027-06-04
[scop]
"""
    )
    assert str(error) == (
        'senr.toml: rules_version: found "v9", expected "v1" or "v2"\n'
        f'senr.toml: lea: found "12", expected {SEVEN_DIGITS}\n'
        "senr.toml: guards.allow_no_exit: found an unknown key, "
        'expected "max_removal_share", "max_held_share", "max_update_share", '
        '"allow_missing_schools", "allow_no_exits", "allow_empty_scope" or "allow_stale_ods"\n'
        f'senr.toml: translate.grade_level_code.K: found "KG", expected {GRADE_LEVELS}\n'
        'senr.toml: year_end.grade_12: found "E155", expected "hold" or "E156"\n'
        "senr.toml: year_end.window_days: found 90, expected a whole number from 0 to 30\n"
        "senr.toml: calendar.2025-2026.last_day: found 2027-06-04, "
        "expected a day from 2025-07-01 to 2026-06-30\n"
        'senr.toml: scop: found an unknown key, expected "lea", "rules_version", "encoding", '
        '"columns", "sis", "scope", "calendar", "year_end", "schools", "keep", "no_show", '
        '"translate", "rules", "evidence" or "guards"'
    )
    assert error.hint == (
        "did you mean allow_no_exits instead of allow_no_exit?\ndid you mean scope instead of scop?"
    )


def test_a_last_day_may_be_the_first_or_the_last_day_of_its_school_year() -> None:
    settings = load(
        'calendar."2025-2026" = { last_day = 2025-07-01, schools = { "1930650" = 2026-06-30 } }'
    )
    assert settings.calendar == {
        "2025-2026": LastDays(
            last_day=date(2025, 7, 1),
            schools={"1930650": date(2026, 6, 30)},
        )
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"lea": "12"}, f'--lea: found "12", expected {SEVEN_DIGITS}'),
        (
            {"as_of": datetime(2026, 1, 1)},
            f"--as-of: found 2026-01-01 00:00:00, expected {A_DATE}",
        ),
        ({"school": ["1930650", "x"]}, f'--school: found "x", expected {SEVEN_DIGITS}'),
        ({"rules": "v9"}, '--rules: found "v9", expected "v1" or "v2"'),
        ({"change_years": "both"}, '--change-years: found "both", expected "current" or "all"'),
        (
            {"max_removal_share": 1.01},
            "--max-removal-share: found 1.01, expected a number from 0 to 1",
        ),
        (
            {"max_held_share": -0.1, "max_update_share": 5.0},
            "--max-held-share: found -0.1, expected a number from 0 to 1\n"
            "--max-update-share: found 5.0, expected a number from 0 to 1",
        ),
    ],
)
def test_a_wrong_option_is_named_as_it_was_given(options: dict[str, object], message: str) -> None:
    error = refuse('lea = "1964733"', options)
    assert str(error) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'lea = "1964733',
            "senr.toml, end of document: found text that is not TOML (Unterminated string), "
            "expected TOML",
        ),
        (
            "[guards]\nmax_held_share = 0,05\n",
            "senr.toml, line 2, column 19: found text that is not TOML "
            "(Expected newline or end of document after a statement), expected TOML",
        ),
        (
            "[rules]\n[rules]\n",
            "senr.toml, line 2, column 7: found text that is not TOML "
            "(Cannot declare ('rules',) twice), expected TOML",
        ),
    ],
)
def test_text_that_is_not_toml_is_named_with_its_place(text: str, message: str) -> None:
    error = refuse(text)
    assert str(error) == message
    assert (
        error.hint
        == "put text in quotes, write dates without quotes, and use each key and table only once"
    )


def test_the_version_of_the_rules_and_their_severities_are_two_keys() -> None:
    settings = load('rules_version = "v1"\nlea = "1964733"\n\n[rules]\nSENR0187 = "fatal"\n')
    assert settings.rules == "v1"
    assert settings.severities == {"SENR0187": "fatal"}


def test_a_translation_of_a_blank_code_is_refused() -> None:
    assert str(refuse('[translate.grade_level_code]\n" " = "KN"\n')) == (
        'senr.toml: translate.grade_level_code." ": found " ", '
        "expected a local code that is not blank"
    )


def test_a_file_that_is_not_utf_8_is_named_with_its_line() -> None:
    Path("senr.toml").write_bytes(b'lea = "1964733"\n# Nu\xf1ez\n')
    with pytest.raises(InputError) as caught:
        load_settings(None, {}, TODAY)
    assert str(caught.value) == (
        "senr.toml, line 2: found bytes that are not UTF-8, expected UTF-8"
    )
    assert caught.value.hint == "save the file again in UTF-8"


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ("missing.toml", "no such file"),
        ("folder", "a folder"),
        ("file.toml/senr.toml", "no such file"),
    ],
)
def test_a_file_named_that_cannot_be_read_is_refused(config: str, found: str) -> None:
    Path("folder").mkdir()
    Path("file.toml").touch()
    with pytest.raises(InputError) as caught:
        load_settings(Path(config), {}, TODAY)
    assert caught.value.exit_status == 2
    assert str(caught.value) == f"{config}: found {found}, expected a readable file"
    assert caught.value.hint == (
        "check the path; in a configuration, paths start at the folder of the configuration file"
    )


def test_the_description_holds_every_setting_in_plain_values() -> None:
    Path("schools.csv").write_bytes(b"CDSCode\n")
    Path("keep.csv").write_bytes(b"ssid,school_of_attendance,enrollment_start_date,why\n")
    settings = load(FULL_EXAMPLE, {"school": ["1930650", "0112607"]})
    described = {
        "lea": "1964733",
        "as_of": "2026-01-15",
        "ods_date": None,
        "rules": "v1",
        "allow_changed_rules": False,
        "sql_overlay": None,
        "severities": {"UCCSU-100": "warning"},
        "encoding": "utf-8",
        "change_years": "current",
        "prior_year_open_until": "08-15",
        "schools": ["0112607", "1930650"],
        "do_not_report": [],
        "calendar": {
            "2024-2025": {"last_day": "2025-06-06", "schools": {}},
            "2025-2026": {"last_day": "2026-06-05", "schools": {"1930650": "2026-06-11"}},
        },
        "year_end": {
            "close_open_enrollments": True,
            "window_days": 14,
            "grade_12": "hold",
            "prekindergarten_exit": "E450",
        },
        "no_show_exit_date": "day_before",
        "columns": {"enter_date": "enrollment_start_date"},
        "exit_date_is": "first_day_away",
        "translate": {"grade_level_code": {"K": "KN"}},
        "school_list": {
            "name": "schools.csv",
            "sha256": "6cbaa22a161448b5587f3e04f53c8c94ae5ae255ef2573df91fa554373b05f13",
        },
        "keep_file": {
            "name": "keep.csv",
            "sha256": "1bb0ef6276e42e6ccafa5459cb1257f6d333a08856d8007fac2a5aa97d92feeb",
        },
        "evidence": {"use": True, "students": 5},
        "guards": {
            "max_removal_share": 0.02,
            "max_held_share": 0.05,
            "max_update_share": 0.05,
            "allow_missing_schools": False,
            "allow_no_exits": False,
            "allow_empty_scope": False,
            "allow_stale_ods": False,
        },
    }
    assert json.dumps(settings.described()) == json.dumps(described)


def test_the_description_depends_on_neither_the_order_of_the_file_nor_its_folder() -> None:
    Path("elsewhere").mkdir()
    for folder in ("", "elsewhere"):
        Path(folder, "keep.csv").write_text("the same", encoding="utf-8")
    first = load(
        """\
keep.file = "keep.csv"
schools.do_not_report = ["1930650", "0112607"]
translate.grade_level_code = { K = "KN", T = "TK" }
translate.student_gender_code = { B = "X" }
rules = { SENR0269 = "off", SENR0187 = "fatal" }
guards.max_held_share = 1
[calendar]
"2025-2026" = { schools = { "1930650" = 2026-06-11, "0112607" = 2026-06-12 } }
"2024-2025" = { last_day = 2025-06-06 }
""",
        {"school": ["1930650", "0112607"]},
    )
    Path("elsewhere/senr.toml").write_text(
        """\
guards.max_held_share = 1.0
rules_version = "v2"
rules = { SENR0187 = "fatal", SENR0269 = "off" }
translate.student_gender_code = { B = "X" }
translate.grade_level_code = { T = "TK", K = "KN" }
schools.do_not_report = ["0112607", "1930650"]
keep.file = "keep.csv"
[calendar]
"2024-2025" = { last_day = 2025-06-06 }
"2025-2026" = { schools = { "0112607" = 2026-06-12, "1930650" = 2026-06-11 } }
""",
        encoding="utf-8",
    )
    second = load_settings(Path("elsewhere/senr.toml"), {"school": ["0112607", "1930650"]}, TODAY)
    assert json.dumps(first.described()) == json.dumps(second.described())


def test_the_description_refuses_a_named_file_that_is_missing() -> None:
    settings = load('keep.file = "keep.csv"')
    with pytest.raises(InputError) as caught:
        settings.described()
    assert str(caught.value) == "keep.csv: found no such file, expected a readable file"


def test_importing_the_module_does_not_import_pydantic() -> None:
    program = "import sys, senr_duck.settings.settings; print('pydantic' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(senr_duck.__file__).parent.parent,
    )
    assert run.stdout == "False\n"


@pytest.mark.parametrize("text", ["lea = " + "[" * 5_000, "lea = " + "{a=" * 5_000])
def test_a_file_nested_too_deeply_is_refused(text: str) -> None:
    assert str(refuse(text)) == (
        "senr.toml: found lists or tables nested too deeply, expected configuration keys"
    )


def test_an_endless_number_is_refused() -> None:
    assert str(refuse("lea = " + "9" * 5_000)) == (
        "senr.toml: found a number with thousands of digits, expected TOML"
    )
    assert str(refuse("lea = 0x" + "f" * 5_000)) == (
        "senr.toml: lea: found a number with thousands of digits, "
        'expected a text of 7 digits, such as "1964733"'
    )


@pytest.mark.parametrize("key", ["list", "file"])
def test_a_file_name_that_no_system_allows_is_refused(key: str) -> None:
    table = {"list": "schools", "file": "keep"}[key]
    settings = load(f'{table}.{key} = "{"x" * 5_000}"')
    with pytest.raises(InputError) as caught:
        settings.described()
    assert str(caught.value) == (
        "a path of 5,000 characters: found a file that cannot be read (File name too long), "
        "expected a readable file"
    )


def test_of_many_faults_twenty_are_named() -> None:
    error = refuse("".join(f"key_{number} = 1\n" for number in range(10_000)))
    *named, more = str(error).splitlines()
    assert [line.partition(":")[2].partition(":")[0] for line in named] == [
        f" key_{number}" for number in range(20)
    ]
    assert more == "and 9,980 more"


def test_a_key_is_shown_without_controls_and_with_an_end() -> None:
    message = str(refuse('"a\\u007f" = 1\n' + "x" * 61 + " = 1"))
    first, second = (line.partition(": found")[0] for line in message.splitlines())
    assert (first, second) == (
        'senr.toml: "a\\u007f"',
        "senr.toml: (a key of 61 characters)",
    )


def test_a_key_that_toml_quotes_is_not_shown_at_length() -> None:
    message = str(refuse(f"[{'x' * 200}]\n[{'x' * 200}]\n"))
    assert "xxx" not in message
    assert "not TOML" in message
