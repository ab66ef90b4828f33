"""Files of a simulation: an ODS extract of three records, uploads, and zips."""

import zipfile
from pathlib import Path

from senr_duck.simulate import Record

LAST_LINE = (
    "SENR-R^^r1^1964733^1930650^^2024-2025^1000000001^77^Ana^^Nuñez^^^^^20150301^F^^^US^20240814^10"
    "^04^20250606^E155^^^^^^^^^^20240901^20250610"
)
THIS_LINE = (
    'SENR-R^^^1964733^1930650^^2025-2026^1000000001^77^Ana^^Nuñez^^"Ani"^^^20150301^F^^^US^20250813'
    "^10^05^^^^^^^^^^^^20250901^20250901"
)
OTHER_LINE = (
    "SENR-R^^^1964733^1995836^^2025-2026^1000000002^78^Bo^^Ek^^^^^20150302^M^^^US^20250813^10^05"
    "^^^^^^^^^^^^20250901^20250901"
)
EXTRACT = f"{LAST_LINE}\r\n{THIS_LINE}\r\n{OTHER_LINE}\r\n"


def narrow(line: str) -> str:
    """Drop 1.35, which the layout before 2023-09-19 lacks."""
    fields = line.split("^")
    return "^".join(fields[:34] + fields[35:])


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def upload(record: Record) -> str:
    return "^".join(record[:35]) + "\r\n"


def write_zip(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text.encode())
    return path


def write_bomb(path: Path, sizes: list[int]) -> None:
    """Write a zip of files with this many bytes, each compressed to a thousandth."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, size in enumerate(sizes):
            archive.writestr(f"{number}.txt", b"x" * size)
