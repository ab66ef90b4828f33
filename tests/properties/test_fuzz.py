"""Thousands of odd inputs: each gives a complete result or is refused, and no data is lost.

A seed decides what is odd. A failure names it: `Random(seed)` makes the same bytes again.
"""

import io
from collections import Counter
from collections.abc import Callable, Iterable
from csv import QUOTE_ALL, writer
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senr_duck.run import reconcile
from tests.support.canaries import CANARY, canaries
from tests.support.command_line import RUN, senr_duck
from tests.support.few_students import configure_for_few
from tests.support.fuzz_rounds import form_round, load_round, run_round, settings_round
from tests.support.odd_bytes import mutate
from tests.support.odd_files import SIS_COLUMNS, SIS_FORMS
from tests.support.odd_forms import write_table
from tests.support.odd_inputs import LISTS, odd_extract, odd_inputs

pytestmark = pytest.mark.slow

EXTRACTS = [("ods", "carets"), *(("sis", form) for form in SIS_FORMS)]
# In all 1,200 extracts, 2,000 tables in mixed forms, 450 configurations and lists, 150 runs and 20
# more on the command line. About one run in five publishes.
EXTRACTS_EACH, FORMS_EACH, LISTS_EACH, RUNS_EACH, COMMANDS = 80, 250, 150, 30, 20

PROFILE = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def go_through(seeds: Iterable[str], end_round: Callable[[Random], str]) -> Counter[str]:
    """Return how many rounds ended in which way."""
    ends: Counter[str] = Counter()
    for seed in seeds:
        try:
            ends[end_round(Random(seed))] += 1  # noqa: S311 - a failure must come again
        except BaseException as error:
            error.add_note(f"the seed of the round: {seed!r}")
            raise
    return ends


@pytest.mark.parametrize("how", ["values", "bytes", "packed"])
@pytest.mark.parametrize(("side", "form"), EXTRACTS)
def test_an_odd_extract_is_loaded_whole_or_refused(
    tmp_path: Path, side: str, form: str, how: str
) -> None:
    path = tmp_path / f"{side}.txt"
    with duckdb.connect() as con:

        def end_round(rng: Random) -> str:
            path.write_bytes(odd_extract(rng, side, form, how, tmp_path))
            return load_round(con, side, path)

        seeds = (f"{side} {form} {how} {number}" for number in range(EXTRACTS_EACH))
        ends = go_through(seeds, end_round)
    assert ends["loaded"] > 0
    assert ends["refused"] > 0


@pytest.mark.parametrize("is_damaged", [False, True])
@pytest.mark.parametrize("part", range(4))
def test_a_table_in_any_mix_of_forms_is_loaded_whole_and_a_damaged_one_whole_or_refused(
    tmp_path: Path, part: int, is_damaged: bool
) -> None:
    path = tmp_path / "sis.csv"
    _, records = canaries()
    with duckdb.connect() as con:

        def end_round(rng: Random) -> str:
            content = write_table(rng, records)
            path.write_bytes(mutate(rng, content, most=2) if is_damaged else content)
            return form_round(con, path, None if is_damaged else records)

        ends = go_through((f"form {part} {number}" for number in range(FORMS_EACH)), end_round)
    assert ends["loaded"] > 0
    assert (ends["refused"] > 0) == is_damaged


@pytest.mark.parametrize("name", LISTS)
def test_an_odd_configuration_or_list_is_read_or_refused(tmp_path: Path, name: str) -> None:
    for file, content in LISTS.items():
        (tmp_path / file).write_bytes(content)

    def end_round(rng: Random) -> str:
        (tmp_path / name).write_bytes(mutate(rng, LISTS[name]))
        return settings_round(tmp_path / "senr.toml")

    ends = go_through((f"{name} {number}" for number in range(LISTS_EACH)), end_round)
    assert ends["settled"] > 0
    assert ends["refused"] > 0


@pytest.mark.parametrize("part", range(5))
def test_a_run_with_odd_inputs_publishes_all_or_nothing(
    monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    monkeypatch.setattr(reconcile, "configure", configure_for_few)

    def end_round(rng: Random) -> str:
        with TemporaryDirectory() as made, TemporaryDirectory() as folder:
            return run_round(Path(folder), odd_inputs(rng, Path(made)))

    ends = go_through((f"run {part} {number}" for number in range(RUNS_EACH)), end_round)
    assert ends["published"] > 0
    assert ends["stopped 2"] > 0


@pytest.mark.parametrize("number", range(COMMANDS))
def test_the_command_line_ends_odd_inputs_in_a_known_status(tmp_path: Path, number: int) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    odd_inputs(Random(f"command {number}"), tmp_path).write(folder)  # noqa: S311 - as above
    done = senr_duck(folder, *RUN, "--threads", "1")
    told = done.stderr
    assert done.returncode in (0, 1, 2), told
    assert "Traceback" not in told
    assert [value for value in CANARY if value in told] == []
    assert ("error: " in told) == (done.returncode != 0)
    assert bool(list(folder.glob("out/*/*.zip"))) == (done.returncode == 0)
    assert bool(list(folder.glob("*.duckdb"))) == (done.returncode == 0)


@PROFILE
@given(content=st.binary(max_size=200), packed=st.sampled_from((b"", b"PK\x03\x04", b"\x1f\x8b")))
def test_any_bytes_are_refused(tmp_path: Path, content: bytes, packed: bytes) -> None:
    path = tmp_path / "sis.txt"
    path.write_bytes(packed + content)
    with duckdb.connect() as con:
        assert load_round(con, "sis", path) == "refused"


_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=30)


@PROFILE
@given(rows=st.lists(st.lists(_TEXT, min_size=34, max_size=34), min_size=1, max_size=5))
def test_any_text_in_quotes_is_loaded_as_it_is(tmp_path: Path, rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    table = writer(text, lineterminator="\n", quoting=QUOTE_ALL)
    table.writerows([SIS_COLUMNS[1:], *rows])  # the record type, left out, is SENR
    path = tmp_path / "sis.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    with duckdb.connect() as con:
        assert load_round(con, "sis", path) == "loaded"


@PROFILE
@given(content=st.binary(max_size=100), name=st.sampled_from(sorted(LISTS)))
def test_any_bytes_in_a_configuration_or_list_are_read_or_refused(
    tmp_path: Path, content: bytes, name: str
) -> None:
    for file, sample in LISTS.items():
        (tmp_path / file).write_bytes(sample + content if file == name else sample)
    assert settings_round(tmp_path / "senr.toml") in ("settled", "refused")
