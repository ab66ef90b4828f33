"""The report's page: made of two extracts, its data unpacked, its text without tags."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from tests.support.command_line import run
from tests.support.extracts import Record, write_ods, write_sis

HOSTILE = "<script>alert(1)</script>"


def publish(folder: Path, ods: list[Record], sis: list[Record], *options: str) -> Path:
    """Run two extracts in a folder; return its one report."""
    write_ods(folder / "ods.txt", ods)
    write_sis(folder / "sis.txt", sis)
    done = run(folder, "--quiet", "--max-update-share", "1", *options)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("out/*/report.html")
    return path


def read_data(page: str) -> dict[str, Any]:
    """Return the JSON of the page's students."""
    (text,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    data: dict[str, Any] = json.loads(text)
    return data


def unpack(data: dict[str, Any], table: str) -> list[list[dict[str, Any]]]:
    """Return a table's rows by student, blank columns left out."""
    columns, numbers = data[table]["columns"], data[table]["numbers"]
    rows = data[table]["rows"]
    words = [None, *data["words"]]
    unpacked = [
        {
            name: value if at < numbers else words[value]
            for at, (name, value) in enumerate(
                zip(columns, rows[start : start + len(columns)], strict=True)
            )
            if at < numbers or value
        }
        for start in range(0, len(rows), len(columns))
    ]
    students = len(data["students"]["ssid"])
    place = ("enrollments", "differences", "findings", "reasons").index(table)
    sizes = data["students"]["sizes"][place * students : (place + 1) * students]
    by_student = []
    for size in sizes:
        by_student.append(unpacked[:size])
        unpacked = unpacked[size:]
    assert not unpacked
    return by_student


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)


def read_text(page: str) -> str:
    """Return what a person reads on the page without scripts, white space made one blank."""
    parser = _Text()
    parser.feed(page)
    return " ".join(" ".join(parser.parts).split())
