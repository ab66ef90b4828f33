"""The options of a run that more than one command has, and the settings that follow from them."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from senr_duck.settings.settings import Settings

Ods = Annotated[Path, typer.Option(help="The SENR ODS extract from CALPADS.")]
Sis = Annotated[Path, typer.Option(help="The enrollment extract of the SIS.")]
Config = Annotated[
    Path | None, typer.Option(help="Configuration; default senr.toml, if it stands here.")
]
AsOf = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As-of date; default today.")
]
OdsDate = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        help="Day on which the ODS extract was made; default its newest date.",
    ),
]
School = Annotated[list[str] | None, typer.Option(help="Only this school; may be given again.")]
Rules = Annotated[
    str | None, typer.Option("--rules", help="Version of the rules; default the as-of date's.")
]
Out = Annotated[Path, typer.Option(help="Folder of the runs.")]
AllowNoExits = Annotated[
    bool, typer.Option("--allow-no-exits", help="The ODS extract may have no exit date.")
]
AllowOtherYear = Annotated[
    bool, typer.Option("--allow-other-year", help="Reproduce a run of another school year.")
]
AllowChangedRules = Annotated[
    bool, typer.Option("--allow-changed-rules", help="The SQL files may differ from a release.")
]
MemoryLimit = Annotated[str | None, typer.Option(help="Memory for DuckDB, as 4GB.")]
Threads = Annotated[int | None, typer.Option(min=1, help="Threads for DuckDB.")]


def load_run_settings(config: Path | None, **given: Any) -> "Settings":
    """Return a run's settings by the options, as the command line gives them.

    One that is None, False or an empty list was not given. Raises as ``load_settings`` does.
    """
    from senr_duck.settings.settings import load_settings

    options = {
        name: value.date() if isinstance(value, datetime) else value
        for name, value in given.items()
        if value is not None and value is not False and value != []
    }
    today = datetime.now().date()  # local: a school day is a day in California
    return load_settings(config, options, today)
