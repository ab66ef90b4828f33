"""Settle what a run is to do: command line over configuration file over defaults."""

import difflib
import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    NamedTuple,
    TypeVar,
    get_args,
    get_type_hints,
)

from senr_duck.errors import DataStop, InputError
from senr_duck.layout import Field, all_fields
from senr_duck.listed_files import read_named_file
from senr_duck.resources import read_reference, resource

if TYPE_CHECKING:  # importing pydantic takes 0.1 s: only load_settings does
    from pydantic_core import CoreSchema, ValidationError

_DEFAULT_CONFIGURATION = Path("senr.toml")
_FIRST_AS_OF = date(2020, 7, 1)
_ENCODINGS = {"utf-8": "utf-8", "windows-1252": "windows-1252", "cp1252": "windows-1252"}
_SEVERITIES = ("fatal", "warning", "off")
_WANTED = {"dataclass_type": "a table", "dict_type": "a table", "tuple_type": "a list"}
_KEY = "[key]"  # pydantic's mark, at a path's end, of a fault of the key and not of its value

_Given = Mapping[str, Any]
_Model = TypeVar("_Model")


# 1. How any value is checked, and what is said of its faults.


class _Fault(NamedTuple):
    """A value that is not what it must be, or a key; ``keys`` are those that it may have meant."""

    path: tuple[str, ...]
    found: object
    expected: str
    keys: Iterable[str] = ()


@dataclass(frozen=True)
class _Value:
    """Pydantic metadata: the value has the annotated type, unconverted, and fits.

    So a boolean is no number and a date-time no date; a whole number will do as a float.
    """

    expected: str
    fits: Callable[[Any], object] = lambda _: True

    def __get_pydantic_core_schema__(self, source: Any, _: object) -> "CoreSchema":
        from pydantic_core import core_schema

        def check(value: object) -> object:
            typed = float(value) if source is float and type(value) is int else value
            if type(typed) is not source or not self.fits(typed):
                raise _refuse([_Fault((), value, self.expected)])
            return typed

        return core_schema.no_info_plain_validator_function(check)


@dataclass(frozen=True)
class _Faultless:
    """Pydantic metadata: a value that is well-formed by its type has no further fault."""

    find_faults: Callable[[Any], Iterator[_Fault]]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: "Callable[[Any], CoreSchema]"
    ) -> "CoreSchema":
        from pydantic_core import core_schema

        def check(value: object) -> object:
            if faults := list(self.find_faults(value)):
                raise _refuse(faults)
            return value

        return core_schema.no_info_after_validator_function(check, handler(source))


class _Table:
    """A dataclass that pydantic fills from a table, in which an unknown key is a fault."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}


def _refuse(faults: list[_Fault]) -> "ValidationError":
    from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

    def detail(fault: _Fault) -> InitErrorDetails:
        kind = PydanticCustomError("fault", "fault", {"fault": fault})
        return InitErrorDetails(type=kind, loc=fault.path, input=fault.found)

    return ValidationError.from_exception_data("settings", [detail(fault) for fault in faults])


def _validate(
    model: type[_Model], values: _Given, written: _Given, spell: Callable[[list[str]], str]
) -> _Model:
    """Return the values as a model, or raise one InputError with all faults, as written.

    ``spell`` makes of a key's parts, as far as they were written, what a message calls it.
    """
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(model).validate_python(dict(values))
    except ValidationError as error:
        faults = [_read_fault(model, details) for details in error.errors(include_url=False)]
    placed = []
    for fault in faults:
        names: list[str] = []
        place: list[int] = []
        node: Any = written
        for part in fault.path:
            if not isinstance(node, Mapping) or part not in node:
                break
            names.append(part if re.fullmatch("[A-Za-z0-9_-]+", part) else json.dumps(part))
            place.append(list(node).index(part))
            node = node[part]
        found = "an unknown key" if fault.path[-1] == _KEY else _show(fault.found)
        message = f"{spell(names)}: found {found}, expected {fault.expected}"
        placed.append((place, message, _suggest(fault)))
    placed.sort(key=lambda one: one[0])
    raise InputError(
        "\n".join(message for _, message, _ in placed),
        "\n".join(hint for _, _, hint in placed if hint)
        or "correct what is named here; what is left out gets its default",
    )


def _read_fault(model: Any, details: Mapping[str, Any]) -> _Fault:
    """Return one of pydantic's errors as a fault, none of its wording left."""
    path, found, kind = details["loc"], details["input"], details["type"]
    if kind == "fault":
        fault: _Fault = details["ctx"]["fault"]
        return fault._replace(path=path)
    if kind in _WANTED:
        return _Fault(path, found, _WANTED[kind])
    tables = {name: hint for name, hint in get_type_hints(model).items() if is_dataclass(hint)}
    elsewhere = [f"{name}.{key.name}" for name, hint in tables.items() for key in fields(hint)]
    table = model
    for part in path[:-1]:
        table = get_type_hints(table)[part] if is_dataclass(table) else get_args(table)[1]
    keys = [key.name for key in fields(table)]
    return _Fault((*path, _KEY), path[-1], _list_words(keys), [*elsewhere, *keys])


def _suggest(fault: _Fault) -> str | None:
    """Return a hint at the nearest of the keys, going by the last part of a dotted one."""
    keys = {key.rpartition(".")[2].casefold(): key for key in fault.keys}
    near = difflib.get_close_matches(str(fault.found).casefold(), keys, n=1)
    return f"did you mean {keys[near[0]]} instead of {fault.found}?" if near else None


def _show(value: object) -> str:
    """Return a value much as TOML writes it: text stands in quotes."""
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, bool | str) else str(value)


def _list_words(words: Sequence[str]) -> str:
    *others, last = [f'"{word}"' for word in words]
    return f"{', '.join(others)} or {last}" if others else last


# 2. The configuration file, key by key.


def _one_of(*words: str) -> _Value:
    return _Value(_list_words(words), words.__contains__)


def _is_cds_code(text: str) -> bool:
    return re.fullmatch("[0-9]{7}", text) is not None


def _is_school_year(text: str) -> bool:
    years = re.fullmatch("(20[0-9]{2})-(20[0-9]{2})", text)
    return years is not None and int(years[2]) == int(years[1]) + 1


def _find_version_faults(version: object) -> Iterator[_Fault]:
    folders = [folder.name for folder in resource("sql").iterdir() if folder.is_dir()]
    versions = sorted(name for name in folders if re.fullmatch("v[0-9]+", name))
    if version not in versions:
        yield _Fault((), version, _list_words(versions))


def _find_rules_faults(rules: Mapping[str, object]) -> Iterator[_Fault]:
    codes = [row["code"] for row in read_reference("rules.csv")]
    for key, value in rules.items():
        if key == "version":
            yield from (fault._replace(path=(key,)) for fault in _find_version_faults(value))
        elif key not in codes:
            yield _Fault((key, _KEY), key, "a rule code of data/reference/rules.csv", codes)
        elif value not in _SEVERITIES:
            yield _Fault((key,), value, _list_words(_SEVERITIES))


def _find_calendar_faults(calendar: "Mapping[str, LastDays]") -> Iterator[_Fault]:
    for school_year, days in calendar.items():
        first = date(int(school_year[:4]), 7, 1)
        last = date(first.year + 1, 6, 30)
        last_days: list[tuple[tuple[str, ...], date | None]] = [(("last_day",), days.last_day)]
        last_days += [(("schools", school), day) for school, day in days.schools.items()]
        for path, day in last_days:
            if day is not None and not first <= day <= last:
                yield _Fault((school_year, *path), day, f"a day from {first} to {last}")


def _find_translation_faults(tables: Mapping[str, Mapping[str, object]]) -> Iterator[_Fault]:
    wanted = {f.column: _describe_code(f) for f in all_fields() if _holds_code(f)}
    for column, codes in tables.items():
        if column not in wanted:
            expected = "a column of the SENR upload that holds a code"
            yield _Fault((column, _KEY), column, expected, wanted)
            continue
        seen: set[str] = set()
        for local_code, code in codes.items():
            if not isinstance(code, str) or not wanted[column].fits(code):
                yield _Fault((column, local_code), code, wanted[column].expected)
            # codes are compared in upper case, trimmed
            if (compared := local_code.strip().upper()) in seen:
                yield _Fault((column, local_code), local_code, "a local code only once")
            seen.add(compared)


def _holds_code(column: Field) -> bool:
    """Say whether a field's values are codes: names, dates, SSIDs stay out of configurations."""
    return column.role != "bookkeeping" and bool(column.code_set or column.max_length == 7)


def _describe_code(column: Field) -> _Value:
    """Return what a code of a field must be."""
    if column.code_set:
        rows = read_reference("code_sets.csv")
        codes = [row["code"] for row in rows if row["code_set"] == column.code_set]
        expected = f"a code of {column.code_set}: {', '.join(filter(None, codes))}"
        return _Value(expected, codes.__contains__)
    # the codes of schools, districts and LEAs, and nothing else
    return _Value("a text of 7 digits", _is_cds_code)


_Flag = Annotated[bool, _Value("true or false")]
_Day = Annotated[date, _Value("a date without quotes, such as 2026-06-05")]
_CdsCode = Annotated[str, _Value('a text of 7 digits, such as "1964733"', _is_cds_code)]
_SchoolYear = Annotated[str, _Value('a school year such as "2025-2026"', _is_school_year)]
_Share = Annotated[float, _Value("a number from 0 to 1", lambda share: 0 <= share <= 1)]
_File = Annotated[str, _Value("a path in quotes", lambda path: path.strip() and path.isprintable())]
_ChangeYears = Annotated[str, _one_of("current", "all")]


@dataclass(frozen=True)
class LastDays(_Table):
    """The last school days of one school year; ``schools`` names those that differ."""

    last_day: _Day | None = None
    schools: dict[_CdsCode, _Day] = field(default_factory=dict)


@dataclass(frozen=True)
class YearEnd(_Table):
    """How enrollments that are open at the year's end are closed; the window is in days."""

    close_open_enrollments: _Flag = True
    window_days: Annotated[int, _Value("a whole number from 0 to 30", range(31).__contains__)] = 14
    grade_12: Annotated[str, _one_of("hold", "E156")] = "hold"
    prekindergarten_exit: Annotated[str, _one_of("E450", "as_is")] = "E450"


@dataclass(frozen=True)
class Guards(_Table):
    """What stops a run; shares are fractions from 0 to 1."""

    max_removal_share: _Share = 0.02
    max_held_share: _Share = 0.05
    max_update_share: _Share = 0.05
    allow_missing_schools: _Flag = False
    allow_no_exits: _Flag = False
    allow_stale_ods: _Flag = False


@dataclass(frozen=True)
class _Scope(_Table):
    change_years: _ChangeYears = "current"


@dataclass(frozen=True)
class _Schools(_Table):
    do_not_report: tuple[_CdsCode, ...] = ()
    list: _File | None = None


@dataclass(frozen=True)
class _Keep(_Table):
    file: _File | None = None


@dataclass(frozen=True)
class _NoShow(_Table):
    exit_date: Annotated[str, _one_of("day_before", "start_date")] | None = None


_Calendar = Annotated[dict[_SchoolYear, LastDays], _Faultless(_find_calendar_faults)]
_Translations = Annotated[dict[str, dict[str, Any]], _Faultless(_find_translation_faults)]
_Rules = Annotated[dict[str, Any], _Faultless(_find_rules_faults)]


@dataclass(frozen=True)
class _Configuration(_Table):
    lea: _CdsCode | None = None
    rules: _Rules = field(default_factory=dict)
    encoding: Annotated[str, _one_of(*_ENCODINGS)] = "utf-8"
    scope: _Scope = field(default_factory=_Scope)
    calendar: _Calendar = field(default_factory=dict)
    year_end: YearEnd = field(default_factory=YearEnd)
    schools: _Schools = field(default_factory=_Schools)
    keep: _Keep = field(default_factory=_Keep)
    no_show: _NoShow = field(default_factory=_NoShow)
    translate: _Translations = field(default_factory=dict)
    guards: Guards = field(default_factory=Guards)


@dataclass(frozen=True)
class _Options(Guards):
    """The options of the command line that settle something; without the option, no matter."""

    lea: _CdsCode | None = None
    as_of: _Day | None = None
    school: tuple[_CdsCode, ...] = ()
    rules: Annotated[str, _Faultless(_find_version_faults)] = ""
    change_years: _ChangeYears = ""
    allow_other_year: _Flag = False


# 3. The settings, from both.


@dataclass(frozen=True)
class Settings:
    """What a run is to do; the same file, options and as-of date give the same settings.

    Codes of LEAs and schools are 7 digits; both tuples of them are sorted. ``lea`` is None when
    the ODS extract is to name it; ``schools`` is empty when all are meant.
    """

    lea: str | None
    as_of: date
    rules: str
    severities: Mapping[str, str]
    encoding: str
    change_years: str
    schools: tuple[str, ...]
    do_not_report: tuple[str, ...]
    calendar: Mapping[str, LastDays]
    year_end: YearEnd
    no_show_exit_date: str | None
    translate: Mapping[str, Mapping[str, str]]
    school_list: Path | None
    keep_file: Path | None
    guards: Guards

    @property
    def school_year_start(self) -> date:
        """Return the July 1 on which the school year of the as-of date starts."""
        return _start_school_year(self.as_of)

    @property
    def school_year_end(self) -> date:
        """Return the June 30 on which the school year of the as-of date ends."""
        return date(self.school_year_start.year + 1, 6, 30)

    @property
    def school_year(self) -> str:
        """Return the school year of the as-of date, such as 2025-2026."""
        return _name_school_year(self.as_of)

    @property
    def window_start(self) -> date:
        """Return the window's first day: July 1 two years before this school year's start."""
        return date(self.school_year_start.year - 2, 7, 1)

    def described(self) -> dict[str, Any]:
        """Return every setting as plain JSON values, in an order that is not the file's.

        A file is its name, without folders, with the sha256 of its bytes. Raises InputError for
        a file that cannot be read.
        """
        return {f.name: _describe(getattr(self, f.name)) for f in fields(self)}


def load_settings(config: Path | None, options: _Given, today: date) -> Settings:
    """Return the settings of a run: options win over the file, the file over the defaults.

    Without ``config`` the file is ``senr.toml``, if it stands in the working folder. ``options``
    holds what the user gave, and nothing else. Paths in the file start at the file's folder.
    Raises InputError, which names all faults of the file in the file's order, and DataStop for
    an as-of date outside the school year that holds ``today``, unless ``allow_other_year``.
    """
    if config is None and _DEFAULT_CONFIGURATION.exists():
        config = _DEFAULT_CONFIGURATION
    written = {} if config is None else _read_toml(config)
    # TOML has no room for both rules = "v1" and [rules], where the version is a key of its own.
    rules = written.get("rules", {})
    normal = written | {"rules": rules if isinstance(rules, dict) else {"version": rules}}
    file = _validate(_Configuration, normal, written, lambda names: f"{config}: {'.'.join(names)}")
    chosen = _validate(_Options, options, options, lambda names: f"--{names[0].replace('_', '-')}")
    given = {name: getattr(chosen, name) for name in options}
    as_of = given.get("as_of", today)
    _check_as_of(as_of, today, chosen.allow_other_year)
    folder = Path() if config is None else config.parent
    severities = {"version": "v1"} | file.rules
    version = severities.pop("version")
    return Settings(
        lea=given.get("lea", file.lea),
        as_of=as_of,
        rules=given.get("rules", version),
        severities=severities,
        encoding=_ENCODINGS[file.encoding],
        change_years=given.get("change_years", file.scope.change_years),
        schools=tuple(sorted(set(chosen.school))),
        do_not_report=tuple(sorted(set(file.schools.do_not_report))),
        calendar=file.calendar,
        year_end=file.year_end,
        no_show_exit_date=file.no_show.exit_date,
        translate=file.translate,
        school_list=folder / file.schools.list if file.schools.list else None,
        keep_file=folder / file.keep.file if file.keep.file else None,
        guards=replace(
            file.guards, **{f.name: given[f.name] for f in fields(Guards) if f.name in given}
        ),
    )


def _read_toml(path: Path) -> dict[str, Any]:
    content = read_named_file(path)
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{path}, line {line}: found bytes that are not UTF-8, expected UTF-8",
            "save the file again in UTF-8",
        ) from error
    except tomllib.TOMLDecodeError as error:
        reason, _, place = str(error).removesuffix(")").rpartition(" (at ")
        raise InputError(
            f"{path}, {place}: found text that is not TOML ({reason}), expected TOML",
            "put text in quotes, dates without, and name each key and table once; "
            'with a [rules] table, write version = "v1" in it instead of rules = "v1"',
        ) from error


def _check_as_of(as_of: date, today: date, other_year_allowed: bool) -> None:
    if as_of < _FIRST_AS_OF:
        raise InputError(
            f"--as-of: found {as_of}, expected {_FIRST_AS_OF} or later",
            "no record layout from before the school year 2020-2021 is known",
        )
    if not other_year_allowed and _start_school_year(as_of) != _start_school_year(today):
        raise DataStop(
            f"--as-of: found {as_of}, a day of the school year {_name_school_year(as_of)}; "
            f"expected one of {_name_school_year(today)}, which holds today, {today}",
            "the comparison is for the current school year; to reproduce an earlier run, "
            "give its as-of date with --allow-other-year",
        )


def _start_school_year(day: date) -> date:
    return date(day.year - (day.month < 7), 7, 1)


def _name_school_year(day: date) -> str:
    start = _start_school_year(day)
    return f"{start.year}-{start.year + 1}"


def _describe(value: Any) -> Any:
    if isinstance(value, Path):
        return {"name": value.name, "sha256": hashlib.sha256(read_named_file(value)).hexdigest()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return {key: _describe(value[key]) for key in sorted(value)}
    if is_dataclass(value):
        return {f.name: _describe(getattr(value, f.name)) for f in fields(value)}
    return value
