"""What CALPADS says about a record that it was sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

WARNINGS = frozenset({"480-RECEIVER", "HANDOVER-DAY", "SENR0024", "SENR0187", "SENR0286"})


class Finding(NamedTuple):
    """A rule that a record breaks: line in the file from 1, field numbers, no student data."""

    rule: str
    line: int
    fields: tuple[str, ...]
    message: str


@dataclass(frozen=True)
class FileResult:
    """What became of one file; findings stand in order of line, rule, fields, message."""

    name: str
    records: int
    posted: bool
    rejections: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def summarize_file(name: str, records: int, findings: Iterable[Finding]) -> FileResult:
    """Return the file's result: posted where no finding is fatal; equal findings count once."""
    ordered = sorted(set(findings), key=lambda found: (found.line, found))
    rejections = tuple(found for found in ordered if found.rule not in WARNINGS)
    warnings = tuple(found for found in ordered if found.rule in WARNINGS)
    return FileResult(name, records, not rejections, rejections, warnings)
