"""Time and memory of a whole run against the bare floor: one DuckDB script doing the same I/O.

The floor loads both extracts with explicit columns into tables of a database file, joins them once
on the operational key, compares the compared fields and writes the differing rows. The run is timed
whole, and without report.html: what the zip, the database and the exceptions take.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from senr_duck.layout import all_fields, compared_columns
from senr_duck.sample import AS_OF

RUNS = 5
DISTRICT = "San Diego Unified"
WITHOUT_REPORT = (
    "import senr_duck.run; senr_duck.run.write_report = lambda con, path: None; "
    "from senr_duck.cli import main; main()"
)
KEY = ("school_of_attendance", "ssid", "enrollment_start_date")


def write_floor(folder: Path) -> Path:
    """Write the floor's script and return its path."""
    header = (folder / "sis.csv").open(encoding="utf-8").readline().strip().split(",")
    options = "auto_detect=false, escape='', quote='', nullstr=''"
    columns = {
        "ods": json.dumps({f.column: "VARCHAR" for f in all_fields()}),
        "sis": json.dumps(dict.fromkeys(header, "VARCHAR")),
    }
    start = "replace(sis.enrollment_start_date, '-', '')"
    dates = {"enrollment_exit_date": "replace(sis.enrollment_exit_date, '-', '')"}
    differs = " or ".join(
        f"coalesce(ods.{column}, '') <> coalesce({dates.get(column, f'sis.{column}')}, '')"
        for column in compared_columns()
    )
    statements = (
        f"create table ods as select * from read_csv('{folder}/ods.txt', delim='^', "
        f"header=false, columns={columns['ods']}, {options})",
        f"create table sis as select * from read_csv('{folder}/sis.csv', delim=',', "
        f"header=true, columns={columns['sis']}, {options})",
        "copy (select ods.*, sis.* from ods full outer join sis "
        "on ods.school_of_attendance = sis.school_of_attendance and ods.ssid = sis.ssid "
        f"and ods.enrollment_start_date = {start} "
        f"where ods.ssid is null or sis.ssid is null or {differs}) "
        f"to '{folder}/floor.txt' "
        "(format csv, delimiter '^', header false, quote '', escape '')",
    )
    script = folder / "floor.py"
    script.write_text(
        f"import duckdb\ncon = duckdb.connect({str(folder / 'floor.duckdb')!r})\n"
        f"for statement in {statements!r}:\n    con.execute(statement)\ncon.close()\n",
        encoding="utf-8",
    )
    return script


def time_command(command: list[str]) -> tuple[float, float]:
    """Return a command's wall time in seconds and its peak memory in MB."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        raise SystemExit(f"{command[:3]} failed")
    return seconds, usage.ru_maxrss / 1024


def main() -> None:
    """Make the inputs once, run both in turn, print medians and their ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("students", type=int, nargs="?", default=100_000)
    students = parser.parse_args().students
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        senr_duck = str(Path(sys.executable).with_name("senr-duck"))
        sample = [senr_duck, "sample", "--district", DISTRICT, "--out", name]
        seconds, _ = time_command([*sample, "--students", str(students)])
        print(f"sample of {students:,} students: {seconds:.2f} s")
        floor = [sys.executable, str(write_floor(folder))]
        run = ["run", "--ods", f"{name}/ods.txt", "--sis", f"{name}/sis.csv"]
        run += ["--config", f"{name}/senr.toml", "--as-of", str(AS_OF), "--allow-other-year"]
        run += ["--out", f"{name}/out", "--db", f"{name}/senr.duckdb", "--quiet"]
        contestants = {
            "floor": floor,
            "run": [senr_duck, *run],
            "run without report": [sys.executable, "-c", WITHOUT_REPORT, *run],
        }
        times: dict[str, list[tuple[float, float]]] = {contestant: [] for contestant in contestants}
        for _ in range(RUNS):
            for contestant, command in contestants.items():
                (folder / "floor.duckdb").unlink(missing_ok=True)
                shutil.rmtree(folder / "out", ignore_errors=True)
                times[contestant].append(time_command(command))
        for contestant, figures in times.items():
            wall = statistics.median(seconds for seconds, _ in figures)
            memory = max(megabytes for _, megabytes in figures)
            ratios = [f[0] / base[0] for f, base in zip(figures, times["floor"], strict=True)]
            print(
                f"{contestant:18} median {wall:.2f} s, peak {memory:.0f} MB, "
                f"{statistics.median(ratios):.2f} times the floor "
                f"(from {min(ratios):.2f} to {max(ratios):.2f})"
            )


if __name__ == "__main__":
    main()
