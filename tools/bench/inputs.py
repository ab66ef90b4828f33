"""The extracts of the bench: a made-up district, and the same with nothing left to send."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from senr_duck.sample import AS_OF

SENR_DUCK = str(Path(sys.executable).with_name("senr-duck"))
SAMPLE = Path("data", "sample")

# The day after the last school day of the sample's districts: every open enrollment is closed.
JUNE = date(2027, 6, 4)
# The first run corrects, the second removes left-over no-shows, the third has nothing to send.
_MOST_RUNS = 5


@dataclass(frozen=True)
class Inputs:
    """Two extracts with their configuration."""

    ods: Path
    sis: Path
    config: Path


def make_sample(place: Sequence[str], students: int | None, folder: Path) -> Inputs:
    """Write a sample to a folder; by default, with as many students as the place has.

    ``place``: the options that name it, such as ``("--district", "San Diego Unified")``.
    """
    command = [SENR_DUCK, "sample", *place, "--out", str(folder)]
    if students is not None:
        command += ["--students", str(students)]
    _call(command)
    return Inputs(folder / "ods.txt", folder / "sis.csv", folder / "senr.toml")


def converge(inputs: Inputs, folder: Path) -> Inputs:
    """Return the inputs with the ODS extract of the time when nothing is left to send.

    Every run is posted to the model of CALPADS, and the next run compares with the result. Raises
    RuntimeError if there is still something to send after several runs.
    """
    ods = inputs.ods
    for turn in range(1, _MOST_RUNS + 1):
        work = folder / f"turn_{turn}"
        _call(run_command(Inputs(ods, inputs.sis, inputs.config), work))
        files = read_manifest(work)["files"]
        if not sum(file["records"] for file in files):
            shutil.rmtree(work)
            return Inputs(ods, inputs.sis, inputs.config)
        (archive,) = work.glob("out/*/*.zip")
        posted = folder / f"ods_{turn + 1}.txt"
        command = [SENR_DUCK, "simulate", str(archive), "--ods", str(ods)]
        _call([*command, "--as-of", str(AS_OF), "--write-ods", str(posted)])
        shutil.rmtree(work)
        ods = posted
    raise RuntimeError(f"there is still something to send after {_MOST_RUNS} runs")


def run_command(inputs: Inputs, work: Path, *options: str, as_of: date = AS_OF) -> list[str]:
    """Return the command of a run that writes everything into the folder ``work``."""
    return [
        *(SENR_DUCK, "run", "--ods", str(inputs.ods), "--sis", str(inputs.sis)),
        *("--config", str(inputs.config), "--as-of", str(as_of), "--allow-other-year"),
        *("--out", str(work / "out"), "--db", str(work / "senr.duckdb"), "--quiet", *options),
    ]


def read_manifest(work: Path) -> dict[str, Any]:
    """Return the manifest of the run that wrote into this folder."""
    (path,) = work.glob("out/*/manifest.json")
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def count_records(work: Path) -> int:
    """Return the number of records of both extracts of the run that wrote into this folder."""
    sides = read_manifest(work)["inputs"].values()
    return sum(file["lines"] for files in sides for file in files)


def _call(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
