"""The extracts of the whole state: the samples of all its districts in one pair of files."""

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from senr_duck.errors import InputError
from senr_duck.resources import read_reference
from senr_duck.sample import SamplePaths, write_sample
from tools.bench.inputs import Inputs

# Each district's sample counts its SSIDs from the same number; here each gets one of its own.
_FIRST_SSID = 1_000_000_001


def make_state(students: int | None, folder: Path) -> Inputs:
    """Make the extracts into a folder; ``students`` of each district, by default all it has."""
    folder.mkdir(parents=True, exist_ok=True)
    inputs = Inputs(folder / "ods.txt", folder / "sis.csv", folder / "senr.toml")
    merged = _Merged()
    with (
        inputs.ods.open("w", encoding="utf-8", newline="") as ods,
        inputs.sis.open("w", encoding="utf-8", newline="") as sis,
        (folder / "keep.csv").open("w", encoding="utf-8", newline="") as keep,
        (folder / "schools.csv").open("w", encoding="utf-8", newline="") as schools,
    ):
        for number, name in enumerate(_list_districts()):
            try:
                sample = write_sample(name, students, number, folder / "district")
            except InputError:
                continue  # a district office without schools, such as the list has too
            merged.add(sample, ods, sis, keep, schools)
    inputs.config.write_text(merged.format_config(), encoding="utf-8", newline="\n")
    return inputs


def _list_districts() -> list[str]:
    rows = read_reference("ca_schools_2023_24.csv")
    return sorted({f"{row['district']} ({row['county']})" for row in rows})


class _Merged:
    """What is common to the districts added so far."""

    def __init__(self) -> None:
        self._ssids = 0
        self._schools: set[str] = set()
        self._last_days: dict[str, str] = {}
        self._own_last_days: dict[str, dict[str, str]] = {}
        self._not_reported: list[str] = []
        self._translate: dict[str, str] = {}

    def add(
        self, sample: SamplePaths, ods: TextIO, sis: TextIO, keep: TextIO, schools: TextIO
    ) -> None:
        """Append a district's files to those of the state."""
        is_first = not self._last_days
        ssids: dict[str, str] = {"": ""}
        with sample.ods.open(encoding="utf-8", newline="") as lines:
            for line in lines:
                fields = line.split("^")
                fields[7] = self._renumber(fields[7], ssids)
                ods.write("^".join(fields))
        for source, target in ((sample.sis, sis), (sample.keep, keep)):
            writer = csv.writer(target, lineterminator="\n")
            for number, row in enumerate(_read_csv(source)):
                if number == 0:
                    at = row.index("ssid")
                    if is_first:
                        writer.writerow(row)
                    continue
                row[at] = self._renumber(row[at], ssids)
                writer.writerow(row)
        with sample.schools.open(encoding="utf-8", newline="") as lines:
            for line in lines:
                if line not in self._schools:
                    self._schools.add(line)
                    schools.write(line)
        self._add_config(tomllib.loads(sample.config.read_text(encoding="utf-8")))

    def _renumber(self, ssid: str, ssids: dict[str, str]) -> str:
        if ssid not in ssids:
            ssids[ssid] = str(_FIRST_SSID + self._ssids)
            self._ssids += 1
        return ssids[ssid]

    def _add_config(self, config: dict[str, Any]) -> None:
        for year, calendar in config["calendar"].items():
            self._last_days[year] = str(calendar["last_day"])
            own = self._own_last_days.setdefault(year, {})
            own |= {school: str(day) for school, day in calendar["schools"].items()}
        self._not_reported += config["schools"]["do_not_report"]
        self._translate |= {
            local: str(code) for local, code in config["translate"]["grade_level_code"].items()
        }

    def format_config(self) -> str:
        """Return the configuration of the state: no LEA, all calendars, all other tables."""
        lines = ["[schools]"]
        lines += [f"do_not_report = {self._not_reported}".replace("'", '"')]
        lines += ['list = "schools.csv"', "", "[keep]", 'file = "keep.csv"', ""]
        for year, last_day in self._last_days.items():
            own = ", ".join(f'"{s}" = {day}' for s, day in self._own_last_days[year].items())
            lines += [
                f'[calendar."{year}"]',
                f"last_day = {last_day}",
                f"schools = {{ {own} }}",
                "",
            ]
        lines += ["[translate.grade_level_code]"]
        lines += [f'"{local}" = "{code}"' for local, code in self._translate.items()]
        return "\n".join((*lines, ""))


def _read_csv(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)
