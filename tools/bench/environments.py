"""A virtual environment for each contestant, created once."""

import json
import subprocess
import sys
from pathlib import Path

# The libraries that each contestant imports; pip chooses what they need.
REQUIREMENTS: dict[str, tuple[str, ...]] = {
    "floor": ("duckdb>=2.0.1",),
    "datacompy": ("datacompy>=1.1.0",),
    "pointblank": ("pointblank[duckdb]>=1.1.1",),
    "polars": ("polars>=2.1.0",),
    "pandas": ("pandas>=3.1.1",),
}

# The libraries that do each contestant's work; the page lists their versions.
_ENGINES: dict[str, tuple[str, ...]] = {
    "floor": ("duckdb",),
    "datacompy": ("datacompy", "polars"),
    "pointblank": ("pointblank", "duckdb", "narwhals"),
    "polars": ("polars",),
    "pandas": ("pandas", "numpy"),
}


def prepare_environment(name: str, folder: Path) -> Path:
    """Return the interpreter of a contestant's environment under the folder.

    It is created if it does not exist yet, and again after its requirements have changed.
    """
    environment = folder / name
    python = environment / "bin" / "python"
    made_of = environment / "requirements.txt"
    wanted = "".join(f"{requirement}\n" for requirement in REQUIREMENTS[name])
    if not made_of.exists() or made_of.read_text(encoding="utf-8") != wanted:
        _call(sys.executable, "-m", "venv", "--clear", str(environment))
        pip = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        _call(*pip, *REQUIREMENTS[name])
        made_of.write_text(wanted, encoding="utf-8", newline="\n")
    return python


def read_versions(name: str, python: Path) -> dict[str, str]:
    """Return the versions of the libraries that do a contestant's work."""
    code = (
        "import json, sys; from importlib.metadata import version; "
        "print(json.dumps({name: version(name) for name in sys.argv[1:]}))"
    )
    versions: dict[str, str] = json.loads(_call(str(python), "-c", code, *_ENGINES[name]))
    return versions


def _call(*command: str) -> str:
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    return done.stdout
