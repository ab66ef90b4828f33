"""A clone on Windows, where git may change line ends, has the bytes of the checkout."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.places import ROOT
from tests.support.stock import take_stock

FOLDERS = ("data/sample", "data/reference", "sql", "tests/golden")


def git(folder: Path, *arguments: str) -> None:
    """Run git as it is configured on Windows, without the configuration of this machine."""
    windows = ("-c", "core.autocrlf=true", "-c", "core.eol=crlf")
    someone = ("-c", "user.name=someone", "-c", "user.email=someone@example.org")
    subprocess.run(
        ["git", *windows, *someone, *arguments],  # noqa: S607 - the git that is there
        cwd=folder,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        check=True,
        capture_output=True,
    )


@pytest.mark.parametrize("inside", FOLDERS)
def test_a_clone_on_windows_has_the_same_bytes(inside: str, tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    shutil.copytree(ROOT / inside, origin / inside, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".gitattributes", origin)
    git(origin, "init")
    git(origin, "add", ".")
    git(origin, "commit", "-m", "all")
    git(tmp_path, "clone", "origin", "clone")
    files = take_stock(origin, f"{inside}/**/*")
    assert files
    assert take_stock(tmp_path / "clone", f"{inside}/**/*") == files
