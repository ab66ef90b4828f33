"""The pairs of SELA, SPRG and SINF of a sample: the same bytes again, and every kind of line."""

import csv
from pathlib import Path

import pytest

from senr_duck.reference.compared_tables import list_compared, list_reasons
from senr_duck.reference.layout import layout_on
from senr_duck.sample import AS_OF, write_sample
from senr_duck.sample.other_files import list_names
from tests.support.command_line import tell
from tests.support.places import SAMPLE

# No line of the sample has these: the comparison has the enrollments, one LEA, and full dates.
NOT_IN_THE_SAMPLE = {
    "SELA": {
        *("UNDATED", "NO-KEY", "OTHER-LEA", "CHANGE-LINE", "DATE-TBD", "DATE-BLANK-IN-SIS"),
        *("LANGUAGE-OTHER-LEA", "NEXT-STATUS-UNCHECKED", "ADULT", "START-OUTSIDE-ENROLLMENT"),
    },
    "SPRG": {
        *("OLDER", "UNDATED", "UNCLEAR", "UNCLEAR-OTHER-SIDE", "OTHER-LEA", "CHANGE-LINE"),
        *("REOPEN-UNCHECKED", "ADD-UNCHECKED"),
    },
    "SINF": {"UNDATED", "NO-KEY", "OTHER-LEA", "CHANGE-LINE"},
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("all_files")
    write_sample("Exeter Unified", 2000, 7, folder, all_files=True)
    return folder


def test_the_committed_pairs_are_those_that_the_command_writes(made: Path) -> None:
    for name in (*list_names(), "ods.txt", "sis.csv"):
        assert (made / name).read_bytes() == (SAMPLE / name).read_bytes(), name


def test_another_seed_makes_other_records(made: Path, tmp_path: Path) -> None:
    write_sample("Exeter Unified", 50, 8, tmp_path, all_files=True)
    for name in list_names():
        assert (tmp_path / name).read_bytes()[:4000] != (made / name).read_bytes()[:4000]


def test_without_the_option_there_are_no_pairs(tmp_path: Path) -> None:
    write_sample("Exeter Unified", 20, 7, tmp_path)
    assert not [name for name in list_names() if (tmp_path / name).exists()]


@pytest.mark.parametrize("file_type", list_compared())
def test_every_record_has_the_fields_of_its_layout(made: Path, file_type: str) -> None:
    layout = layout_on(AS_OF, file_type)
    name = file_type.lower()
    lines = (made / f"{name}_ods.txt").read_text(encoding="utf-8").splitlines()
    assert {line.count("^") + 1 for line in lines} == {len(layout.extract)}
    assert all(line.startswith(f"{file_type}-R^") for line in lines)
    with (made / f"{name}_sis.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(rows[0]) <= {field.column for field in layout.upload}
    assert all(None not in row and None not in row.values() for row in rows)


@pytest.mark.parametrize("file_type", list_compared())
def test_the_sample_has_lines_with_every_reason(
    sample_run: Path, tmp_path: Path, file_type: str
) -> None:
    name = file_type.lower()
    printed = tell(
        tmp_path,
        *("compare", name, "--config", str(SAMPLE / "senr.toml"), "--json", "--quiet"),
        *("--ods", str(SAMPLE / f"{name}_ods.txt"), "--sis", str(SAMPLE / f"{name}_sis.csv")),
        *("--senr", str(sample_run / "senr.duckdb")),
        *("--as-of", "2026-10-30", "--allow-other-year"),
    )
    reasons = {row["reason"] for row in list_reasons(file_type)}
    found = {reason for reason in reasons if f'"reason": "{reason}"' in printed}
    assert reasons - found == NOT_IN_THE_SAMPLE[file_type]
