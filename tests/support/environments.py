"""Environments of their own, with other packages than those of the tests."""

import os
import subprocess
import sys
from pathlib import Path


def create_environment(folder: Path, *packages: str) -> Path:
    """Create a virtual environment with these packages from the index; return its Python."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
    subprocess.run(install, check=True, capture_output=True)
    return python
