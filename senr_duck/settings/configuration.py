"""Read and check the user's choices: the keys of senr.toml, the options of the command line."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, Strict
from pydantic_core import PydanticCustomError

from senr_duck.errors import InputError
from senr_duck.files.decoding import find_line
from senr_duck.privacy.shown_value import escape_controls
from senr_duck.privacy.traceback_text import withhold_values
from senr_duck.reference.cds_code import CDS_CODE, is_cds_code
from senr_duck.reference.column_names import OPTIONAL_COLUMNS, fold_name
from senr_duck.reference.file_types import file_types
from senr_duck.reference.layout import Field as LayoutField
from senr_duck.reference.layout import all_fields
from senr_duck.reference.resources import read_reference
from senr_duck.settings.connection_string import (
    CONNECTION_FORM,
    NAME_FORM,
    is_name,
    is_without_password,
)
from senr_duck.settings.named_file import parse_date, read_named_file
from senr_duck.settings.validation import (
    KEY,
    Expect,
    Fault,
    Table,
    expect_faultless,
    list_words,
    validate,
)
from senr_duck.versions.ruleset import list_versions

_LONGEST_REASON = 100  # characters
_MOST_STUDENTS = 100_000_000  # a number that a column can hold
_MOST_PARTS = 100  # of a key with dots; ours have three


def _check_version(version: object) -> object:
    if version not in (versions := list_versions()):
        raise PydanticCustomError("fault", "fault", {"expected": list_words(versions)})
    return version


def _check_rule(code: str) -> str:
    if code not in (codes := _list_rules()):
        expected = "a rule code of data/reference/rules.csv"
        raise PydanticCustomError("fault", "fault", {"expected": expected, "keys": codes})
    return code


@cache
def _list_rules() -> tuple[str, ...]:
    return tuple(row["code"] for row in read_reference("rules.csv"))


def _check_school_year(text: str) -> str:
    years = re.fullmatch("(20[0-9]{2})-(20[0-9]{2})", text)
    if years is None or int(years[2]) != int(years[1]) + 1:
        raise ValueError
    return text


def _check_summer_day(text: str) -> str:
    if text < "06-30" or parse_date(f"2001-{text}") is None:
        raise ValueError
    return text


def _check_path(path: str) -> str:
    if not path.strip() or not path.isprintable():
        raise ValueError
    return path


class _Secret:
    """What a message shows of a value that may hold a password."""

    def __str__(self) -> str:
        return "a text that is not shown because it may hold a password"


def _find_connection_faults(connection: str) -> Iterator[Fault]:
    if not is_without_password(connection):
        yield Fault((), _Secret(), CONNECTION_FORM)


def _find_name_faults(name: str) -> Iterator[Fault]:
    if not is_name(name):
        yield Fault((), _Secret(), NAME_FORM)


def _find_calendar_faults(calendar: "Mapping[str, LastDays]") -> Iterator[Fault]:
    for school_year, days in calendar.items():
        first = date(int(school_year[:4]), 7, 1)
        last = date(first.year + 1, 6, 30)
        last_days: list[tuple[tuple[str, ...], date | None]] = [(("last_day",), days.last_day)]
        last_days += [(("schools", school), day) for school, day in days.schools.items()]
        for path, day in last_days:
            if day is not None and not first <= day <= last:
                yield Fault((school_year, *path), day, f"a day from {first} to {last}")


def _find_translation_faults(tables: Mapping[str, Mapping[str, object]]) -> Iterator[Fault]:
    # the first file with a column decides, which is SENR
    listed = [f for file in reversed(file_types()) for f in all_fields(file) if holds_code(f)]
    wanted = {f.column: _describe_code(f) for f in listed}
    for column, codes in tables.items():
        if column not in wanted:
            no_column = "a column of an upload file that holds a code"
            yield Fault((column, KEY), column, no_column, wanted)
            continue
        expected, fits = wanted[column]
        seen: set[str] = set()
        for local_code, code in codes.items():
            if not isinstance(code, str) or not fits(code):
                yield Fault((column, local_code), code, expected)
            # codes are compared in upper case, trimmed; a blank field is not a code
            if not (compared := local_code.strip().upper()):
                yield Fault((column, local_code), local_code, "a local code that is not blank")
            elif compared in seen:
                yield Fault((column, local_code), local_code, "a local code only once")
            seen.add(compared)


def _find_column_faults(columns: Mapping[str, object]) -> Iterator[Fault]:
    fields = {
        f.column for file in file_types() for f in all_fields(file) if not f.number.startswith("R.")
    }
    known = [*sorted(fields), *OPTIONAL_COLUMNS]
    seen: set[str] = set()
    for name, column in columns.items():
        if not isinstance(column, str) or column not in known:
            yield Fault((name,), column, "the name of a column of an upload file", known)
        if not (folded := fold_name(name)):
            yield Fault((name,), name, "the name of a column, not a blank")
        elif folded in seen:
            yield Fault((name,), name, "a name only once; upper and lower case are the same")
        seen.add(folded)


# Sets of which not every code was found: docs/comparing-other-files.md lists them.
_PARTLY_KNOWN = {
    "correction_reason",
    "education_program",
    "education_service",
    "homeless_dwelling_type",
    "parent_education",
    "primary_language_partial",
    "race",
}


def holds_code(column: LayoutField) -> bool:
    """Return whether a field's values are codes; names, dates, and SSIDs cannot be translated."""
    return column.role != "bookkeeping" and bool(column.code_set or column.max_length == 7)


def _describe_code(column: LayoutField) -> tuple[str, Callable[[str], bool]]:
    """Return what a code of a field must be, as text for messages and as a test."""
    if column.code_set and column.code_set not in _PARTLY_KNOWN:
        rows = read_reference("code_sets.csv") + read_reference("compared_code_sets.csv")
        codes = [row["code"] for row in rows if row["code_set"] == column.code_set]
        expected = f"a code of {column.code_set}: {', '.join(filter(None, codes))}"
        return expected, codes.__contains__
    if column.code_set:
        return "a code that is not blank", bool
    # only codes of schools, districts, and LEAs get here
    return "a text of 7 digits", is_cds_code


_Flag = Annotated[bool, Strict(), Expect("true or false")]
_Day = Annotated[date, Strict(), Expect("a date without quotes, such as 2026-06-05")]
_CdsCode = Annotated[
    str, Field(pattern=f"^{CDS_CODE}$"), Expect('a text of 7 digits, such as "1964733"')
]
_Leas = Annotated[
    tuple[_CdsCode, ...],
    BeforeValidator(lambda lea: lea if isinstance(lea, list | tuple) else (lea,)),
]
_SchoolYear = Annotated[
    str, AfterValidator(_check_school_year), Expect('a school year such as "2025-2026"')
]
_Share = Annotated[float, Strict(), Field(ge=0, le=1), Expect("a number from 0 to 1")]
_SummerDay = Annotated[
    str,
    AfterValidator(_check_summer_day),
    Expect('a month and day such as "08-15", from "06-30" (never open) on'),
]
_Students = Annotated[
    int, Strict(), Field(ge=1, le=_MOST_STUDENTS), Expect("a whole number from 1 on")
]
_Days = Annotated[int, Strict(), Field(ge=0, le=30), Expect("a whole number from 0 to 30")]
_File = Annotated[str, AfterValidator(_check_path), Expect("a path in quotes")]
_Connection = Annotated[str, Expect(CONNECTION_FORM), expect_faultless(_find_connection_faults)]
_Name = Annotated[str, Expect(NAME_FORM), expect_faultless(_find_name_faults)]
_Version = Annotated[str, BeforeValidator(_check_version)]
_Severity = Literal["fatal", "warning", "off"]
_ChangeYears = Literal["current", "all"]


@dataclass(frozen=True)
class LastDays(Table):
    """The last school day of one school year; ``schools`` has the schools that differ."""

    last_day: _Day | None = None
    schools: dict[_CdsCode, _Day] = field(default_factory=dict)


@dataclass(frozen=True)
class YearEnd(Table):
    """How enrollments that are still open at year end are closed; the window is in days."""

    close_open_enrollments: _Flag = True
    window_days: _Days = 14
    grade_12: Literal["hold", "E156"] = "hold"
    prekindergarten_exit: Literal["E450", "as_is"] = "E450"


@dataclass(frozen=True)
class Guards(Table):
    """The limits that stop a run; shares are fractions from 0 to 1."""

    max_removal_share: _Share = 0.02
    max_held_share: _Share = 0.05
    max_update_share: _Share = 0.05
    allow_missing_schools: _Flag = False
    allow_no_exits: _Flag = False
    allow_empty_scope: _Flag = False
    allow_stale_ods: _Flag = False


@dataclass(frozen=True)
class _Scope(Table):
    change_years: _ChangeYears = "current"
    prior_year_open_until: _SummerDay = "08-15"


@dataclass(frozen=True)
class _Schools(Table):
    do_not_report: tuple[_CdsCode, ...] = ()
    list: _File | None = None


@dataclass(frozen=True)
class _Keep(Table):
    file: _File | None = None


@dataclass(frozen=True)
class Sis(Table):
    """Where ``extract-sis`` reads, and what the SIS means by an exit date."""

    connection: _Connection | None = None
    dsn: _Name | None = None
    user: _Name | None = None
    password_file: _File | None = None
    query: _File | None = None
    exit_date_is: Literal["last_day", "first_day_away"] = "last_day"


@dataclass(frozen=True)
class _NoShow(Table):
    exit_date: Literal["day_before", "start_date"] | None = None


@dataclass(frozen=True)
class Evidence(Table):
    """Whether the ODS extract's own records count as evidence, and from how many students on."""

    use: _Flag = True
    students: _Students = 5


_Calendar = Annotated[dict[_SchoolYear, LastDays], expect_faultless(_find_calendar_faults)]
_Translations = Annotated[dict[str, dict[str, Any]], expect_faultless(_find_translation_faults)]
_Columns = Annotated[dict[str, Any], expect_faultless(_find_column_faults)]
_Severities = dict[Annotated[str, AfterValidator(_check_rule)], _Severity]


@dataclass(frozen=True)
class Configuration(Table):
    """The keys of senr.toml, each with its default; paths are as written in the file."""

    lea: _Leas = ()
    rules_version: _Version | None = None
    encoding: Literal["utf-8", "windows-1252", "cp1252"] = "utf-8"
    columns: _Columns = field(default_factory=dict)
    sis: Sis = field(default_factory=Sis)
    scope: _Scope = field(default_factory=_Scope)
    calendar: _Calendar = field(default_factory=dict)
    year_end: YearEnd = field(default_factory=YearEnd)
    schools: _Schools = field(default_factory=_Schools)
    keep: _Keep = field(default_factory=_Keep)
    no_show: _NoShow = field(default_factory=_NoShow)
    translate: _Translations = field(default_factory=dict)
    rules: _Severities = field(default_factory=dict)
    evidence: Evidence = field(default_factory=Evidence)
    guards: Guards = field(default_factory=Guards)


@dataclass(frozen=True)
class Options(Guards):
    """The options of the command line that override keys of senr.toml or add to them."""

    lea: _Leas = ()
    all_leas: _Flag = False
    as_of: _Day | None = None
    ods_date: _Day | None = None
    school: tuple[_CdsCode, ...] = ()
    rules: _Version | None = None
    change_years: _ChangeYears | None = None
    allow_other_year: _Flag = False
    allow_changed_rules: _Flag = False
    sql_overlay: Path | None = None


def read_configuration(path: Path) -> Configuration:
    """Return the content of the file, or raise one InputError with all faults in file order."""
    place = escape_controls(path)
    return validate(Configuration, _read_toml(path), lambda names: f"{place}: {'.'.join(names)}")


def read_options(options: Mapping[str, Any]) -> Options:
    """Return the options, named with underscores, or raise one InputError with all faults."""
    return validate(Options, options, lambda names: f"--{names[0].replace('_', '-')}")


def _read_toml(path: Path) -> dict[str, Any]:
    content = read_named_file(path)
    name = escape_controls(path)
    try:
        text = content.decode("utf-8-sig")
        # tomllib's time for one key grows with the square of its parts
        if any(line.partition("=")[0].count(".") > _MOST_PARTS for line in text.splitlines()):
            raise RecursionError
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name}, line {find_line(error)}: found bytes that are not UTF-8, expected UTF-8",
            "save the file again in UTF-8",
        ) from error
    except tomllib.TOMLDecodeError as error:
        reason, _, place = str(error).removesuffix(")").rpartition(" (at ")
        if len(reason) > _LONGEST_REASON:  # it would quote a key
            reason = withhold_values(reason)
        raise InputError(
            f"{name}, {place}: found text that is not TOML ({escape_controls(reason)}), "
            "expected TOML",
            "put text in quotes, write dates without quotes, and use each key and table only once",
        ) from error
    except RecursionError:
        raise InputError(
            f"{name}: found lists or tables nested too deeply, expected configuration keys",
            "look for a bracket that is repeated many times",
        ) from None
    except ValueError as error:  # Python's error for a number of more than 4,300 digits
        raise InputError(
            f"{name}: found a number with thousands of digits, expected TOML",
            "put codes in quotes; no key accepts such a number",
        ) from error
