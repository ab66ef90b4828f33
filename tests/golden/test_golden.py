"""Compare the whole outputs of tiny extracts byte by byte. ``make golden`` writes them again."""

import json
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from tests.support.command_line import run
from tests.support.extracts import (
    every_class,
    ordered_updates,
    write_ods,
    write_sis,
)

GOLDEN = Path(__file__).parent


CASES = {"every_class": every_class, "ordered_updates": ordered_updates}


def write_outputs(case: str, folder: Path) -> dict[str, bytes]:
    """Run a case in an empty folder; return what it wrote, by name, versions left out."""
    ods, sis = CASES[case]()
    write_ods(folder / "ods.txt", ods)
    write_sis(folder / "sis.txt", sis)
    done = run(folder, "--max-update-share", "1", remembers=False)
    assert done.returncode == 0, done.stderr
    (archive,) = folder.glob("out/*/*.zip")
    with zipfile.ZipFile(archive) as opened:
        outputs = {name: opened.read(name) for name in opened.namelist()}
    outputs["exceptions.csv"] = (archive.parent / "exceptions.csv").read_bytes()
    manifest = json.loads((archive.parent / "manifest.json").read_text(encoding="utf-8"))
    for changes_with_every_release in ("run_id", "versions", "rule_checksums"):
        assert manifest.pop(changes_with_every_release)
    outputs["manifest.json"] = (json.dumps(manifest, indent=1) + "\n").encode()
    return outputs


@pytest.mark.parametrize("case", sorted(CASES))
def test_the_outputs_are_the_golden_ones(case: str, tmp_path: Path) -> None:
    golden = {path.name: path.read_bytes() for path in (GOLDEN / case).iterdir()}
    assert golden
    assert write_outputs(case, tmp_path) == golden


def write_golden() -> None:
    """Write every golden folder again."""
    for case in CASES:
        folder = GOLDEN / case
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        with tempfile.TemporaryDirectory() as work:
            for name, content in write_outputs(case, Path(work)).items():
                (folder / name).write_bytes(content)


if __name__ == "__main__":
    sys.exit(write_golden())
