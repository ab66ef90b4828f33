"""Bring a text in UTF-16, or with CR alone at its line ends, into UTF-8 with LF."""

import codecs
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from senr_duck.errors import InputError
from senr_duck.load.plain_file import PlainFile
from senr_duck.load.text_lines import AGAIN, LONGEST_LINE

_PIECE = 1 << 20  # bytes
_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def plain_text(file: PlainFile, folder: Path) -> PlainFile:
    """Return a text file in a form in which lines can be counted, with notices of what it was.

    A file in UTF-16, or with CR alone at every line end, is written once to a new file in
    ``folder``, line by line the same; any other file is returned as it is. Raises InputError for
    content that is not UTF-16 after all, and for an LF where lines end with CR alone.
    """
    with file.path.open("rb") as content:
        head = content.read(LONGEST_LINE)
    encoding = _find_utf16(head)
    start = head.decode(encoding, "replace") if encoding else head.decode("latin-1")
    has_cr_alone = "\r" in start and "\n" not in start and not start.startswith("PAR1")
    if not encoding and not has_cr_alone:
        return file
    target = folder / "plain.txt"
    with target.open("w", encoding="utf-8" if encoding else "latin-1", newline="") as out:
        line_number = 1
        for piece in _decode(file, encoding or "latin-1"):
            if has_cr_alone and "\n" in piece:
                line_number += piece.count("\r", 0, piece.index("\n"))
                raise InputError(
                    f"{file.file_name} line {line_number} contains an LF; expected CR alone, as at "
                    "the ends of the lines before it",
                    f"{AGAIN[file.side]}, with one kind of line end",
                )
            line_number += piece.count("\r")
            out.write(piece.replace("\r", "\n") if has_cr_alone else piece)
    notices = [f"{file.file_name}: read as UTF-16"] if encoding else []
    if has_cr_alone:
        notices.append(f"{file.file_name}: its lines end with CR alone")
    return replace(file, path=target, notices=(*file.notices, *notices))


def _find_utf16(head: bytes) -> str | None:
    """Return the encoding of a text in UTF-16; some databases write no byte-order mark."""
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding
    first = head[:64]
    even, odd = first[::2], first[1::2]
    if len(first) > 3 and not any(odd) and all(even):
        return "utf-16-le"
    if len(first) > 3 and not any(even) and all(odd):
        return "utf-16-be"
    return None


def _decode(file: PlainFile, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    with file.path.open("rb") as content:
        if encoding != "latin-1" and content.read(2) not in _MARKS:
            content.seek(0)
        try:
            for piece in iter(partial(content.read, _PIECE), b""):
                yield decoder.decode(piece)
            yield decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            raise InputError(
                f"{file.file_name} begins as text in UTF-16 but has bytes that are not; expected "
                "one encoding",
                f"{AGAIN[file.side]}, as UTF-8",
            ) from None  # the text of that error shows the content
