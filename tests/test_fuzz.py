"""Odd inputs by the thousand: each ends in a whole result or in a refusal, and loses nothing."""

from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import duckdb
import pytest

import senr_duck.run
from tests.fuzz_rounds import load_round, run_round, settings_round
from tests.odd_bytes import mutate
from tests.odd_files import SIS_FORMS
from tests.odd_inputs import LISTS, odd_extract, odd_inputs

SEED = 0
LOADED = [("ods", "upload"), *(("sis", form) for form in SIS_FORMS)]


def seeds(rounds: int, *of: object) -> list[str]:
    return [f"{SEED} {' '.join(map(str, of))} {number}" for number in range(rounds)]


@pytest.mark.parametrize("how", ["values", "bytes", "packed"])
@pytest.mark.parametrize(("side", "form"), LOADED)
def test_an_odd_extract_is_loaded_whole_or_refused(
    tmp_path: Path, side: str, form: str, how: str
) -> None:
    ends: Counter[str] = Counter()
    path = tmp_path / f"{side}.txt"
    with duckdb.connect() as con:
        for seed in seeds(80, side, form, how):
            rng = Random(seed)
            path.write_bytes(odd_extract(rng, side, form, how, tmp_path))
            try:
                ends[load_round(con, side, path)] += 1
            except BaseException as error:
                error.add_note(f"the seed: {seed}")
                raise
    print(ends)


@pytest.mark.parametrize("name", LISTS)
def test_an_odd_configuration_or_list_is_read_or_refused(tmp_path: Path, name: str) -> None:
    ends: Counter[str] = Counter()
    for file, content in LISTS.items():
        (tmp_path / file).write_bytes(content)
    for seed in seeds(200, name):
        (tmp_path / name).write_bytes(mutate(Random(seed), LISTS[name]))
        try:
            ends[settings_round(tmp_path / "senr.toml")] += 1
        except BaseException as error:
            error.add_note(f"the seed: {seed}")
            raise
    print(ends)


@pytest.mark.parametrize("part", range(12))
def test_a_run_with_odd_inputs_publishes_all_or_nothing(
    monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    ends: Counter[str] = Counter()
    for seed in seeds(50, part):
        with TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "made").mkdir()
            inputs = odd_inputs(Random(seed), folder)
            try:
                ends[run_round(folder, inputs)] += 1
            except BaseException as error:
                error.add_note(f"the seed: {seed}")
                raise
    print(ends)
