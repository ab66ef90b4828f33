"""The options that several commands share, and the settings that follow from them."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from senr_duck.errors import InputError

if TYPE_CHECKING:
    from senr_duck.settings.settings import Settings

Ods = Annotated[
    list[Path],
    typer.Option(help="The SENR ODS extract from CALPADS; repeat the option for more files."),
]
Sis = Annotated[
    list[Path],
    typer.Option(help="The enrollment extract from the SIS; repeat the option for more files."),
]
Config = Annotated[
    Path | None,
    typer.Option(help="Configuration file; default: senr.toml in the current folder, if present."),
]
AsOf = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As-of date; default: today.")
]
OdsDate = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        help="Day the ODS extract was made; default: the newest date in it.",
    ),
]
School = Annotated[
    list[str] | None, typer.Option(help="Include only this school; repeat the option for more.")
]
Rules = Annotated[
    str | None,
    typer.Option(
        "--rules", help="Version of the rules; default: the one in force on the as-of date."
    ),
]
Out = Annotated[Path, typer.Option(help="Folder for the results of runs.")]
AllowNoExits = Annotated[
    bool, typer.Option("--allow-no-exits", help="Accept an ODS extract without exit dates.")
]
AllowOtherYear = Annotated[
    bool,
    typer.Option(
        "--allow-other-year",
        help="Allow an as-of date in another school year, to repeat an old run.",
    ),
]
AllowChangedRules = Annotated[
    bool,
    typer.Option(
        "--allow-changed-rules", help="Accept SQL files that differ from the released ones."
    ),
]
Compared = Annotated[
    list[Path] | None,
    typer.Option(
        help="The database of a comparison to include; repeat the option for more. Default: "
        "compare_sela.duckdb and so on, next to the run's database.",
    ),
]
MemoryLimit = Annotated[str | None, typer.Option(help="Memory that DuckDB may use, such as 4GB.")]
Threads = Annotated[
    int | None,
    # DuckDB starts any number of them, and tens of thousands stop the machine
    typer.Option(min=1, max=1024, help="Number of threads that DuckDB may use."),
]


def load_run_settings(config: Path | None, **given: Any) -> "Settings":
    """Return a run's settings from the options of the command line.

    An option that is None, False, or an empty list was not given. Raises as ``load_settings`` does.
    """
    from senr_duck.settings.settings import load_settings

    options = {
        name: value.date() if isinstance(value, datetime) else value
        for name, value in given.items()
        if value is not None and value is not False and value != []
    }
    today = datetime.now().date()  # local time: a school day is a day in California
    return load_settings(config, options, today)


def refuse_compared(compared: list[Path] | None) -> None:
    """Raise InputError if ``--compared`` was given for the database of a comparison."""
    if compared:
        raise InputError(
            "--compared: found with the database of a comparison, expected that of a SENR run",
            "leave --compared out, or use --db to name the database that `senr-duck run` published",
        )
