"""The ways to install of docs/install.md, from a built wheel, each in an environment of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from senr_duck import __version__
from tests.support.command_line import RUN_SAMPLE
from tests.support.environments import build_wheel, create_environment, find_program
from tests.support.once import make_once

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of this checkout, in a folder with those of everything that it needs."""
    built = build_wheel(tmp_path_factory)

    def make(folder: Path) -> None:
        shutil.copy(built, folder)
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "download", "--dest", folder, built], check=True, capture_output=True)

    return make_once(tmp_path_factory, "wheels", make) / built.name


def install_with_pip(folder: Path, wheel: Path) -> Path:
    python = create_environment(folder / "pip")
    offline = ["--quiet", "--no-index", "--find-links", wheel.parent]
    subprocess.run([python, "-m", "pip", "install", *offline, wheel], check=True)
    return find_program(python, "senr-duck")


def install_with_pipx(folder: Path, wheel: Path) -> Path:
    pipx = create_environment(folder / "with_pipx", "pipx")
    subprocess.run(
        [pipx, "-m", "pipx", "install", "--python", sys.executable, wheel],
        env={
            **os.environ,
            "PIPX_HOME": str(folder / "pipx"),
            "PIPX_BIN_DIR": str(folder / "bin"),
        },
        check=True,
        capture_output=True,
    )
    return folder / "bin" / "senr-duck"


def install_with_uv(folder: Path, wheel: Path) -> Path:
    uv = create_environment(folder / "with_uv", "uv")
    offline = ["--offline", "--no-index", "--find-links", wheel.parent]
    subprocess.run(
        [uv, "-m", "uv", "tool", "install", "--python", sys.executable, *offline, wheel],
        env={
            **os.environ,
            "UV_TOOL_DIR": str(folder / "tools"),
            "UV_TOOL_BIN_DIR": str(folder / "bin"),
            "UV_CACHE_DIR": str(folder / "cache"),
        },
        check=True,
        capture_output=True,
    )
    return folder / "bin" / "senr-duck"


@pytest.mark.parametrize("install", [install_with_pip, install_with_pipx, install_with_uv])
def test_an_installed_wheel_reconciles_the_sample(
    install: Callable[[Path, Path], Path], wheel: Path, tmp_path: Path
) -> None:
    program = install(tmp_path, wheel)
    work = tmp_path / "work"
    work.mkdir()

    def run(*arguments: str) -> str:
        outside = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(
            [program, *arguments],
            cwd=work,
            env=outside,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert run("--version") == f"senr-duck {__version__}\n"
    run(*RUN_SAMPLE, "--quiet")
    assert len(list(work.glob("out/*/SENR_5476836_2026-10-30.zip"))) == 1
    assert "recon" in run("sql", "--csv", "select schema_name from duckdb_views()")
