"""What README and docs/install.md say about the first steps."""

import csv
import os
import re
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from senr_duck.cli import app
from senr_duck.reference.column_names import REQUIRED_COLUMNS
from senr_duck.reference.layout import all_fields
from tests.support.places import ROOT, SAMPLE

PAGE = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")


def test_the_table_of_sis_csv_has_the_required_columns_and_the_samples_first_line() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| `(.*?)` \|", PAGE, re.MULTILINE)
    with (SAMPLE / "sis.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    names = {field.column: field.name for field in all_fields()}
    assert {column for column, _, _ in rows} == set(REQUIRED_COLUMNS)
    for column, name, example in rows:
        assert (name, example) == (names[column], first[column])


def test_the_commands_of_the_page_exist_with_their_options() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    written = re.findall(r"senr-duck ([a-z-]+)((?: [^`#\n]*)?)", PAGE)
    assert {command for command, _ in written} >= {"run", "simulate", "sql"}
    for command, rest in written:
        if command not in commands:
            continue  # words about senr-duck
        known = {option for one in commands[command].params for option in one.opts} | {"-h"}
        assert set(re.findall(r"(?<= )--?[a-z][a-z-]*", rest)) <= known


@pytest.mark.parametrize("page", ["README.md", "docs/scheduling.md"])
def test_an_anchor_of_the_install_page_is_one_of_its_headings(page: str) -> None:
    headings = re.findall(r"^## (.*)$", PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^a-z -]", "", one.lower()).replace(" ", "-") for one in headings}
    text = (ROOT / page).read_text(encoding="utf-8")
    assert set(re.findall(r"install\.md#([a-z-]+)", text)) <= anchors


@pytest.mark.parametrize("target", ["run", "check"])
@pytest.mark.parametrize("given", [(), ("ODS=ods.txt",), ("SIS=sis.csv",)], ids=str)
def test_make_without_an_extract_says_what_to_give(
    target: str, given: tuple[str, ...], tmp_path: Path
) -> None:
    environment = {name: text for name, text in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(
        ["make", "-f", str(ROOT / "Makefile"), target, *given],  # noqa: S607 - the make that is there
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )
    assert done.returncode == 2
    wanted = f"give both extracts: make {target} ODS=ods.txt SIS=sis.csv"
    assert done.stderr.splitlines()[0] == wanted
    assert list(tmp_path.iterdir()) == []
