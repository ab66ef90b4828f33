"""What ``make lock`` writes is written; ``make lint`` says what is not."""

from pathlib import Path

import pytest

from senr_duck.rulebook import generate
from senr_duck.rulebook.generate import find_stale


def test_nothing_that_is_generated_is_stale() -> None:
    assert [path for path, _ in find_stale()] == []


@pytest.fixture
def stale_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file that is not as it would be generated."""
    path = tmp_path / "one.sql"
    path.write_text("old", encoding="utf-8")
    files = [(path, "new"), (tmp_path / "README.md", "index")]
    monkeypatch.setattr(generate, "list_generated", lambda: iter(files))
    return path


def test_lock_writes_what_is_stale_or_missing(
    stale_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["generate"])
    generate.main()
    assert stale_file.read_text(encoding="utf-8") == "new"
    assert stale_file.with_name("README.md").read_text(encoding="utf-8") == "index"


def test_lint_names_a_stale_file_and_writes_nothing(
    stale_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["generate", "--check"])
    with pytest.raises(SystemExit, match=r"one\.sql is stale: run make lock"):
        generate.main()
    assert stale_file.read_text(encoding="utf-8") == "old"
    assert not stale_file.with_name("README.md").exists()
