"""Environments of their own, with other packages than those of the tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.once import make_once
from tests.support.places import ROOT


def build_wheel(factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of this checkout, which is built once for all tests of a session."""

    def make(folder: Path) -> None:
        pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
        build = [*pip, "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT]
        subprocess.run(build, check=True, capture_output=True)

    (wheel,) = make_once(factory, "wheel", make).glob("senr_duck-*.whl")
    return wheel


def create_environment(folder: Path, *packages: str) -> Path:
    """Create a virtual environment with these packages from the index; return its Python."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    if packages:
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, *packages], check=True, capture_output=True)
    return python


def find_program(python: Path, name: str) -> Path:
    """Return the path of a program that a package has installed next to an environment's Python."""
    return python.with_name(name + (".exe" if os.name == "nt" else ""))
