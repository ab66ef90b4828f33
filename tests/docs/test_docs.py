"""What the documents say is true: commands, examples, the committed sample, the wheel."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from senr_duck.cli import app
from senr_duck.export.exceptions import EXCEPTION_COLUMNS
from senr_duck.sample import write_sample
from senr_duck.settings.configuration import Configuration, Guards, Sis
from senr_duck.settings.settings import load_settings
from senr_duck.views.functions import FUNCTIONS
from tests.support.environments import build_wheel
from tests.support.places import ROOT, SAMPLE


@pytest.mark.slow
def test_the_demo_corrects_then_removes_left_over_no_shows_then_has_nothing_to_send(
    tmp_path: Path,
) -> None:
    environment = {name: text for name, text in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(
        ["make", "-f", str(ROOT / "Makefile"), "-o", "install", "demo"]
        + [f"BIN={Path(sys.executable).parent}", f"SAMPLE={SAMPLE}"],
        cwd=tmp_path,  # and so nothing is written into the checkout
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**environment, "COLUMNS": "120"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    _, first, second, third = done.stdout.split("== run ")
    posted = re.compile(r"^(00\w+)\.txt: posted, ([1-9][0-9]*) records?", re.MULTILINE)
    assert {name[:3] for name, _ in posted.findall(first)} == {"001", "002", "003"}
    assert [name for name, _ in posted.findall(second)] == ["001_Removals"]
    assert posted.findall(third) == []
    assert "rejected" not in done.stdout


def test_the_readme_names_targets_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^    make (\w+)", readme, re.MULTILINE))
    assert targets == {"demo", "test", "run", "extract"}
    for target in targets:
        assert f"\n{target}: " in makefile


def test_the_links_of_the_documents_lead_somewhere() -> None:
    for document in (ROOT / "README.md", ROOT / "sql" / "README.md", *ROOT.glob("docs/*.md")):
        text = document.read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^)#]+)", text):
            assert (document.parent / link).exists(), (document.name, link)


def read_toml_example() -> str:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    return str(example)


def test_the_configuration_of_the_documents_is_read(tmp_path: Path) -> None:
    (tmp_path / "senr.toml").write_text(read_toml_example(), encoding="utf-8")
    settings = load_settings(tmp_path / "senr.toml", {}, date(2026, 3, 2))
    assert settings.lea == "1964733"
    assert settings.calendar["2025-2026"].schools == {"1930650": date(2026, 6, 11)}
    assert settings.translate == {"grade_level_code": {"K": "KN"}}
    assert (settings.rules, settings.severities) == ("v2", {"UCCSU-100": "warning"})


def test_the_configuration_of_the_documents_has_every_key_with_its_default() -> None:
    written = tomllib.loads(read_toml_example())
    defaults = Configuration()
    assert set(written) == {key.name for key in fields(Configuration)}
    for name in ("scope", "year_end", "evidence", "guards", "schools", "keep", "no_show", "sis"):
        table = getattr(defaults, name)
        assert set(written[name]) == {key.name for key in fields(table)}
    for name in ("scope", "year_end", "evidence", "guards"):
        assert written[name] == asdict(getattr(defaults, name))
    assert written["encoding"] == defaults.encoding


def test_the_documents_list_the_functions_of_a_view() -> None:
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    (listed,) = re.findall(
        r"^A view may call these.*?\n\n(.*?)\n\n", text, re.DOTALL | re.MULTILINE
    )
    kinds = {
        kind: tuple(re.findall(r"`(\w+)`", names))
        for kind, names in re.findall(
            r"^- (\w+): (.*?)$(?=\n-|\Z)", listed, re.DOTALL | re.MULTILINE
        )
    }
    assert kinds == FUNCTIONS


def test_the_documents_list_every_option_with_its_key_and_default() -> None:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`--.*?) \| (.*?) ?\| (.*?) \|$", text, re.MULTILINE)
    documented = {
        option: (key, default)
        for options, key, default in rows
        for option in re.findall(r"--[a-z-]+", options)
    }
    command = get_command(app).commands["run"]  # type: ignore[attr-defined]
    options = {option for parameter in command.params for option in parameter.opts}
    assert set(documented) == options - {"--help"}
    for option, (key, default) in documented.items():
        if key.startswith("`guards."):
            name = option.removeprefix("--").replace("-", "_")
            assert key == f"`guards.{name}`"
            assert default == {False: "off"}.get(getattr(Guards(), name)) or default == str(
                getattr(Guards(), name)
            )


def test_the_documents_list_every_option_of_extract_sis_and_every_key_of_sis() -> None:
    text = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    rows = "".join(re.findall(r"^\| (`--.*?) \| .* \|$", text, re.MULTILINE))
    command = get_command(app).commands["extract-sis"]  # type: ignore[attr-defined]
    options = {option for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"--[a-z-]+", rows)) == options - {"--help"}
    keys = set(re.findall(r"`sis\.(\w+)`", text)) - {"parquet"} | {"exit_date_is"}
    assert keys == {key.name for key in fields(Sis)}


def test_the_documents_name_the_keys_of_json_and_the_columns_of_the_exceptions(
    first_run: dict[str, Any],
) -> None:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    columns = re.search(r"`exceptions\.csv` has the columns (.*?)\.\n", text, re.DOTALL)
    assert columns is not None
    assert tuple(re.findall(r"`(\w+)`", columns[1])) == EXCEPTION_COLUMNS
    keys = re.search(r"The object of `--json` has the keys (.*?)\.\n", text, re.DOTALL)
    assert keys is not None
    named = re.findall(r"`(\w+)`", re.sub(r"\(.*?\)", "", keys[1], flags=re.DOTALL))
    assert named == list(first_run)


def test_the_committed_sample_is_what_the_command_writes(tmp_path: Path) -> None:
    write_sample("Exeter Unified", 2000, 7, tmp_path, all_files=True)
    committed = {path.name: path.read_bytes() for path in (ROOT / "data" / "sample").iterdir()}
    written = {path.name: path.read_bytes() for path in tmp_path.glob("[!.]*")}
    assert written == committed


def test_the_wheel_carries_the_views_the_reference_tables_and_the_pages(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with zipfile.ZipFile(build_wheel(tmp_path_factory)) as opened:
        names = set(opened.namelist())
    for folder in ("sql", "data/reference"):
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
        assert files
        for path in files:
            assert f"senr_duck/{path.relative_to(ROOT).as_posix()}" in names
    for kind in ("*.html", "*.css", "*.js"):
        files = list((ROOT / "senr_duck").rglob(kind))
        assert files
        for path in files:
            assert path.relative_to(ROOT).as_posix() in names


def test_the_page_of_scheduled_jobs_names_options_and_events_that_exist() -> None:
    text = (ROOT / "docs" / "scheduling.md").read_text(encoding="utf-8")
    command = get_command(app).commands["run"]  # type: ignore[attr-defined]
    options = {option for parameter in command.params for option in parameter.opts}
    lines = re.findall(r"senr-duck(?:\.exe)? run (--.*)", text)
    assert len(lines) == 5  # the whole job on both systems; cron, systemd, Windows
    for line in lines:
        assert "--log-json" in line
        assert set(re.findall(r"--[a-z-]+", line)) <= options
    events = set(re.findall(r'_print\(\s*"\w+",\s*"(\w+)"', read_source("cli/messages.py")))
    assert set(re.findall(r"^\| `(\w+)` \| \w+ \| `", text, re.MULTILINE)) == events


def read_source(name: str) -> str:
    return (ROOT / "senr_duck" / name).read_text(encoding="utf-8")
