"""Format the results of the files as plain lines."""

from collections import Counter
from collections.abc import Sequence

from senr_duck.simulate.findings import FileResult, Finding

_SHOWN = 10


def format_results(results: Sequence[FileResult]) -> str:
    """Return lines for each file: posted or rejected, the counts, and the first 10 rejections.

    The only data of a record in them is its line number in the file.
    """
    return "\n".join(line for result in results for line in _format_file(result))


def is_any_rejected(results: Sequence[FileResult]) -> bool:
    """Return whether a file was rejected; the command then ends with exit status 1."""
    return any(not result.posted for result in results)


def _format_file(result: FileResult) -> list[str]:
    fate = "posted" if result.posted else "REJECTED"
    line = f"{result.name}: {fate}, {_count(result.records, 'record')}"
    if result.rejections:
        line += f", {_count(len(result.rejections), 'fatal error')}"
    if result.warnings:
        rules = sorted(Counter(found.rule for found in result.warnings).items())
        each = ", ".join(f"{rule} {count}" for rule, count in rules)
        line += f", {_count(len(result.warnings), 'warning')} ({each})"
    lines = [line, *(_format_finding(found) for found in result.rejections[:_SHOWN])]
    if len(result.rejections) > _SHOWN:
        lines.append(f"  and {len(result.rejections) - _SHOWN} more")
    return lines


def _format_finding(found: Finding) -> str:
    fields = f" ({', '.join(found.fields)})" if found.fields else ""
    return f"  line {found.line}: {found.rule}{fields} {found.message}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
