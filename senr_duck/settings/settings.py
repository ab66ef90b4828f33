"""Combine the command line, the configuration file, and the defaults into a run's settings."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senr_duck.errors import DataStop, InputError
from senr_duck.reference.column_names import fold_name
from senr_duck.settings.named_file import read_named_file
from senr_duck.versions.ruleset import choose_version

if TYPE_CHECKING:
    from senr_duck.settings.configuration import Evidence, Guards, LastDays, YearEnd

_DEFAULT_CONFIGURATION = Path("senr.toml")
_FIRST_AS_OF = date(2020, 7, 1)
_LAST_AS_OF = date(2099, 6, 30)


@dataclass(frozen=True)
class Settings:
    """The settings of a run; the same file, options, and as-of date give the same settings.

    Codes of LEAs and schools are 7 digits; tuples of them are sorted. ``leas`` is empty if the LEAs
    come from the extracts: all of them with ``all_leas``, else the only one. ``schools`` is empty
    for all schools. ``ods_date`` is the day the ODS extract was made, or None to use the newest
    date in it. ``columns`` are the district's names of columns, folded, with the columns that they
    mean. ``exit_date_is`` is what the SIS has as exit date: last_day (of attendance) or
    first_day_away. ``rules`` is the version in force on the as-of date, unless the user chose
    another.
    """

    leas: tuple[str, ...]
    all_leas: bool
    as_of: date
    ods_date: date | None
    rules: str
    allow_changed_rules: bool
    sql_overlay: Path | None
    severities: Mapping[str, str]
    encoding: str
    change_years: str
    prior_year_open_until: str
    schools: tuple[str, ...]
    do_not_report: tuple[str, ...]
    calendar: Mapping[str, "LastDays"]
    year_end: "YearEnd"
    no_show_exit_date: str | None
    columns: Mapping[str, str]
    exit_date_is: str
    translate: Mapping[str, Mapping[str, str]]
    school_list: Path | None
    keep_file: Path | None
    evidence: "Evidence"
    guards: "Guards"

    @property
    def lea(self) -> str | None:
        """Return the LEA of a run of one LEA; None while it is unknown, or for several LEAs."""
        return self.leas[0] if len(self.leas) == 1 else None

    @property
    def school_year_start(self) -> date:
        """Return the July 1 on which the school year of the as-of date starts."""
        return start_school_year(self.as_of)

    @property
    def school_year_end(self) -> date:
        """Return the June 30 on which the school year of the as-of date ends."""
        return date(self.school_year_start.year + 1, 6, 30)

    @property
    def open_prior_year_start(self) -> date | None:
        """Return the July 1 of the school year that has just ended, while it is still open."""
        start = self.school_year_start
        is_open = f"{start.year}-{self.prior_year_open_until}" >= self.as_of.isoformat()
        return start.replace(year=start.year - 1) if is_open else None

    @property
    def school_year(self) -> str:
        """Return the school year of the as-of date, such as 2025-2026."""
        return name_school_year(self.as_of)

    @property
    def window_start(self) -> date:
        """Return the first day of the three-year window: July 1, two years before this year's."""
        return date(self.school_year_start.year - 2, 7, 1)

    def described(self) -> dict[str, Any]:
        """Return every setting as plain JSON values, in an order independent of the file.

        ``lea`` is a code, or a list for several LEAs. A file is described by its name, without
        folders, and the sha256 of its bytes; the overlay's folder by its name only. Raises
        InputError for a file that cannot be read.
        """
        others = (f.name for f in fields(self) if f.name not in ("leas", "all_leas"))
        values = {name: getattr(self, name) for name in others}
        if self.sql_overlay is not None:
            values["sql_overlay"] = self.sql_overlay.resolve().name
        lea = {"lea": self.lea or list(self.leas) or None}
        return lea | {name: _describe(value) for name, value in values.items()}


def find_configuration(config: Path | None) -> Path | None:
    """Return the named file, or senr.toml in the current folder; None if there is neither."""
    if config is None and _DEFAULT_CONFIGURATION.exists():
        return _DEFAULT_CONFIGURATION
    return config


def load_settings(config: Path | None, options: Mapping[str, Any], today: date) -> Settings:
    """Return the settings of a run: options override the file, and the file the defaults.

    Without ``config``, the file is ``senr.toml`` in the current folder, if there is one.
    ``options`` has only the options that the user set. Paths in the file start at the file's
    folder. Raises InputError, which lists all faults in file order, and DataStop for an as-of date
    outside the school year of ``today``, unless ``allow_other_year`` is set.
    """
    # imported here: importing pydantic takes 0.1 s, and only a run needs it
    from senr_duck.settings.configuration import Configuration, read_configuration, read_options

    config = find_configuration(config)
    file = Configuration() if config is None else read_configuration(config)
    chosen = read_options(options)
    given = {name: getattr(chosen, name) for name in options}
    as_of = given.get("as_of", today)
    _check_as_of(as_of, today, chosen.allow_other_year)
    folder = Path() if config is None else config.parent
    if chosen.lea and chosen.all_leas:
        raise InputError("--lea and --all-leas: found both, expected one", "leave one of them out")
    return Settings(
        leas=() if chosen.all_leas else tuple(sorted(set(chosen.lea or file.lea))),
        all_leas=chosen.all_leas,
        as_of=as_of,
        ods_date=given.get("ods_date"),
        rules=given.get("rules", file.rules_version) or choose_version(as_of),
        allow_changed_rules=chosen.allow_changed_rules,
        sql_overlay=given.get("sql_overlay"),
        severities=file.rules,
        encoding="windows-1252" if file.encoding == "cp1252" else file.encoding,
        prior_year_open_until=file.scope.prior_year_open_until,
        change_years=given.get("change_years", file.scope.change_years),
        schools=tuple(sorted(set(chosen.school))),
        do_not_report=tuple(sorted(set(file.schools.do_not_report))),
        calendar=file.calendar,
        year_end=file.year_end,
        no_show_exit_date=file.no_show.exit_date,
        columns={fold_name(name): column for name, column in file.columns.items()},
        exit_date_is=file.sis.exit_date_is,
        translate=file.translate,
        school_list=folder / file.schools.list if file.schools.list else None,
        keep_file=folder / file.keep.file if file.keep.file else None,
        evidence=file.evidence,
        guards=replace(
            file.guards, **{f.name: given[f.name] for f in fields(file.guards) if f.name in given}
        ),
    )


def check_layout_day(as_of: date) -> None:
    """Raise InputError for a day whose record layout is not supported, and for a far future."""
    if as_of < _FIRST_AS_OF:
        raise InputError(
            f"--as-of: found {as_of}, expected {_FIRST_AS_OF} or later",
            "record layouts from before the school year 2020-2021 are not supported",
        )
    if as_of > _LAST_AS_OF:
        raise InputError(
            f"--as-of: found {as_of}, expected {_LAST_AS_OF} or earlier",
            "use the day of the comparison, which usually is today",
        )


def _check_as_of(as_of: date, today: date, other_year_allowed: bool) -> None:
    check_layout_day(as_of)
    if not other_year_allowed and start_school_year(as_of) != start_school_year(today):
        raise DataStop(
            f"--as-of: found {as_of}, a day of the school year {name_school_year(as_of)}; "
            f"expected a day of {name_school_year(today)}, the school year of today, {today}",
            "the comparison is for the current school year; to repeat an earlier run, "
            "use its as-of date with --allow-other-year",
        )


def start_school_year(day: date) -> date:
    """Return the July 1 on which the school year of a day starts."""
    return date(day.year - (day.month < 7), 7, 1)


def name_school_year(day: date) -> str:
    """Return the school year of a day, such as 2025-2026."""
    start = start_school_year(day)
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
