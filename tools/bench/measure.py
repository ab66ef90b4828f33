"""Time and memory of one command, from the start of its process to its end."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_STOPWATCH = Path(__file__).with_name("stopwatch.py")

# They choose numpy's code for another processor, and would distort the figures.
_NOT_PASSED_ON = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


class CommandFailed(Exception):
    """A measured command ended with another status than 0; the message has its standard error."""


@dataclass(frozen=True)
class Measurement:
    """What one run of a command took, including its child processes.

    ``wall`` and ``cpu`` are seconds; ``memory`` is the peak of the largest process, in MiB.
    """

    wall: float
    cpu: float
    memory: float


def measure(command: Sequence[str]) -> Measurement:
    """Run a command and return what it took. Raises CommandFailed."""
    environment = {k: v for k, v in os.environ.items() if k not in _NOT_PASSED_ON}
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(_STOPWATCH), *command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=True,
    )
    figures = json.loads(done.stdout)
    if figures.pop("status"):
        raise CommandFailed(f"{' '.join(command)}\n{done.stderr}")
    return Measurement(**figures)


def measure_stages(command: Sequence[str]) -> dict[str, float]:
    """Run ``senr-duck``'s command stage by stage; return the seconds of processor time of each.

    Raises CommandFailed.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench.stages", *command],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        raise CommandFailed(f"{' '.join(command)}\n{done.stderr}")
    seconds: dict[str, float] = json.loads(done.stdout)
    return seconds
