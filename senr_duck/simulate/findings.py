"""What CALPADS reports about uploaded records and files."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

WARNINGS = frozenset(
    {
        "480-RECEIVER",
        "EXIT-AFTER-YEAR",
        "HANDOVER-DAY",
        "N470-RETURNING",
        "SENR0024",
        "SENR0185",
        "SENR0286",
        "T165-RECEIVER",
        "YEAR-END-CODE",
    }
)


class Finding(NamedTuple):
    """A rule that a record breaks: its line in the file from 1, field numbers, no student data."""

    rule: str
    line: int
    fields: tuple[str, ...]
    message: str


@dataclass(frozen=True)
class FileResult:
    """The result of one file; findings are sorted by line, rule, fields, and message."""

    name: str
    records: int
    posted: bool
    rejections: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def summarize_file(name: str, records: int, findings: Iterable[Finding]) -> FileResult:
    """Return the file's result: posted unless a finding is fatal; equal findings count once."""
    ordered = sorted(set(findings), key=lambda found: (found.line, found))
    rejections = tuple(found for found in ordered if found.rule not in WARNINGS)
    warnings = tuple(found for found in ordered if found.rule in WARNINGS)
    return FileResult(name, records, not rejections, rejections, warnings)
