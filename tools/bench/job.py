"""What a contestant gets: where the extracts are, what to compare, where to write."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from senr_duck.reference.layout import compared_columns, layout_on
from senr_duck.sample import AS_OF

KEY = ("school_of_attendance", "ssid", "enrollment_start_date")
DATES = ("enrollment_start_date", "enrollment_exit_date")

Reading = Literal["text", "default"]


@dataclass(frozen=True)
class Job:
    """One comparison of an ODS extract with a SIS extract, as a contestant's script reads it.

    ``commas`` is the path of the ODS extract as CSV with a header, which may not exist yet.
    ``straight``: the floor creates no tables from the files. ``dates`` are the columns that the SIS
    may write with hyphens. ``out`` is the folder for the results.
    """

    ods: str
    sis: str
    commas: str
    out: str
    reading: Reading
    straight: bool
    ods_columns: tuple[str, ...]
    key: tuple[str, ...]
    compared: tuple[str, ...]
    dates: tuple[str, ...]


def describe_job(ods: Path, sis: Path, out: Path) -> Job:
    """Return the careful comparison of two extracts; ``out`` is for its results."""
    return Job(
        ods=str(ods),
        sis=str(sis),
        commas=str(ods.with_suffix(".csv")),
        out=str(out),
        reading="text",
        straight=False,
        ods_columns=tuple(field.column for field in layout_on(AS_OF).extract),
        key=KEY,
        compared=compared_columns(),
        dates=DATES,
    )


def write_job(job: Job, path: Path, reading: Reading = "text", *, straight: bool = False) -> Path:
    """Write the job as JSON, with another way to read or to work; return the path."""
    changed = replace(job, reading=reading, straight=straight)
    path.write_text(json.dumps(asdict(changed)), encoding="utf-8", newline="\n")
    return path
