"""The machine on which a bench ran."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Machine:
    """A machine's processor, the cores that this process may use, and its memory in GiB."""

    processor: str
    cores: int
    memory: float
    system: str
    python: str


def describe_machine() -> Machine:
    """Return what this machine says about itself; Linux only, like the bench."""
    model = next(
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith(("model name", "Model"))
    )
    return Machine(
        processor=model,
        cores=len(os.sched_getaffinity(0)),
        memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30,
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
    )
