"""Run the documents' commands and queries on the sample, and write what they print below them."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from senr_duck.reference.resources import resource

# A query and its output, or commands, each with its output below it.
_BLOCKS = re.compile(
    r"^```sql\n(?P<sql>.*?)^```\n\n```text\n.*?^```$|^```console\n(?P<console>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_COMMAND = re.compile(r"^\$ (?P<command>(?:.*\\\n)*.*)\n", re.MULTILINE)
# A run's id depends on the versions of everything that made it.
_RUN_ID = re.compile(r"(\d{4}-\d\d-\d\d)-[0-9a-f]{12}\b")


def list_pages() -> list[Path]:
    """Return the documents that hold commands or queries with their output."""
    pages = sorted(resource("docs").glob("*.md"))
    return [page for page in pages if _BLOCKS.search(page.read_text(encoding="utf-8"))]


def render_page(text: str) -> str:
    """Return a document with what its commands and queries print today.

    They run in the document's order, in one folder with the sample's files and the views of
    ``docs/own``. The digits after the date in a run's id are left out, because they differ with
    every version of DuckDB.
    """
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        for file in resource("data", "sample").iterdir():
            shutil.copy(file, folder)
        shutil.copytree(resource("docs", "own"), folder / "own")
        shell = _Shell(folder)

        def render(block: re.Match[str]) -> str:
            if block["sql"]:
                output = shell.run(["senr-duck", "sql", "-"], stdin=block["sql"])
                return f"```sql\n{block['sql']}```\n\n```text\n{output}```"
            commands = [match["command"] for match in _COMMAND.finditer(block["console"])]
            parts = [f"$ {c}\n{shell.run(shlex.split(c, comments=True))}" for c in commands]
            return "```console\n" + "\n".join(parts) + "```"

        return _BLOCKS.sub(render, text)


class _Shell:
    """What a reader of the documents works with: a folder, and the last exit status."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._status = 0

    def run(self, arguments: list[str], stdin: str | None = None) -> str:
        """Return everything that a command prints; it must be senr-duck or echo $?."""
        if arguments == ["echo", "$?"]:
            return f"{self._status}\n"
        if arguments[0] != "senr-duck":
            raise ValueError(f"a document has the command {arguments[0]}, expected senr-duck")
        done = subprocess.run(  # noqa: S603 - commands of the documents, and senr-duck only
            [Path(sys.executable).with_name("senr-duck"), *self._expand(arguments[1:])],
            cwd=self._folder,
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1"},
            check=False,
        )
        self._status = done.returncode
        lines = (line.rstrip() for line in _RUN_ID.sub(r"\1-…", done.stdout).splitlines())
        return "".join(f"{line}\n" for line in lines)

    def _expand(self, arguments: list[str]) -> Iterator[str]:
        """Yield the arguments, each pattern replaced by the files that it matches."""
        for argument in arguments:
            files = sorted(self._folder.glob(argument)) if "*" in argument[:-1] else []
            yield from (str(f.relative_to(self._folder)) for f in files)
            if not files:
                yield argument


def main() -> None:
    """Write every document with commands or queries again, with what they print today."""
    for page in list_pages():
        text = render_page(page.read_text(encoding="utf-8"))
        page.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
