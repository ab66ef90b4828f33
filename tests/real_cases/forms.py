"""Two extracts in plain forms, for tests that change the form and not what is in them."""

from collections.abc import Callable
from pathlib import Path

from tests.real_cases.command import Done, run_command, write_table
from tests.real_cases.notation import Case, plain_students
from tests.support.extracts import write_ods, write_sis

# The one difference between the extracts: whoever reads both, sends this exit.
LEAVER = Case("69", "one student has left", ods="E1 250811-", sis="E1 250811-250912 T160")
EXIT = ("002_Exits: E1 250811-250912 T160",)


def write_forms(folder: Path) -> None:
    """Write ods.txt and sis.txt with carets, and sis.csv with a header."""
    ods = [*plain_students(), *LEAVER.ods_records]
    sis = [*plain_students(), *LEAVER.sis_records]
    write_ods(folder / "ods.txt", ods)
    write_sis(folder / "sis.txt", sis)
    write_table(folder / "sis.csv", sis)


def rewrite(path: Path, change: Callable[[str], str]) -> None:
    """Change a file's text; line ends stay as they are."""
    text = change(path.read_bytes().decode("utf-8"))
    path.write_bytes(text.encode("utf-8"))


def change_lines(path: Path, change: Callable[[str], str]) -> None:
    """Change each line of a file of CR LF lines."""
    rewrite(path, lambda text: "".join(f"{change(one)}\r\n" for one in text.splitlines()))


def change_fields(
    path: Path, change: Callable[[list[str]], list[str]], delimiter: str = "^", start: int = 0
) -> None:
    """Change the fields of each line from ``start`` on, the lines counted from 0."""
    lines = path.read_bytes().decode("utf-8").splitlines()
    changed = [delimiter.join(change(line.split(delimiter))) for line in lines[start:]]
    text = "".join(f"{line}\r\n" for line in [*lines[:start], *changed])
    path.write_bytes(text.encode("utf-8"))


def run_forms(folder: Path, ods: str = "ods.txt", sis: str = "sis.txt", *options: str) -> Done:
    return run_command(folder, "--ods", ods, "--sis", sis, *options)


def check_read(done: Done, *words: str) -> None:
    """Assert that both extracts were read, and that the words are in the notices."""
    assert done.status == 0, done.words
    assert done.sent(LEAVER) == EXIT
    assert len(done.records) == 1
    assert [text for text in words if text not in done.words] == [], done.words


def check_refused(done: Done, *words: str) -> None:
    """Assert that nothing was written for CALPADS, and that the message has the words."""
    assert done.status in (1, 2), done.words
    assert list(done.folder.glob("out/*/*.zip")) == []
    assert [text for text in words if text not in done.words] == [], done.words
