"""Read the lines of a text file, and refuse what no line of text has."""

import codecs
from collections.abc import Generator
from functools import partial
from typing import BinaryIO

from senr_duck.errors import InputError
from senr_duck.load.plain_file import PlainFile

# Bytes of a line, including its line end; also the csv module's limit for the characters of a
# field. A SENR record has under 1,000, and DuckDB accepts up to 2,000,000.
LONGEST_LINE = 131_072

AGAIN = {"ods": "download the extract again", "sis": "export the file again"}

# DOS wrote it behind the last byte; `copy a+b` still does.
END_MARK = "\x1a"
_AFTER_END = b"\x1a\0\r\n \t"


def read_lines(file: PlainFile, encoding: str) -> Generator[str, None, None]:
    """Yield the lines of a text file with their line ends, without a byte-order mark.

    Lines end with CR LF or LF. An end-of-file mark at the end is a line of its own, the last one.
    Raises InputError, with the line's number, if a line contains a NUL, another CR, or a byte that
    is not text in ``encoding``, or is longer than LONGEST_LINE.
    """
    with file.path.open("rb") as content:
        lines = iter(partial(content.readline, LONGEST_LINE + 1), b"")
        for line_number, line in enumerate(lines, start=1):
            place = f"{file.file_name} line {line_number}"
            again = AGAIN[file.side]
            if line_number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if len(line) > LONGEST_LINE:
                raise InputError(
                    f"{place} is longer than {LONGEST_LINE:,} bytes; a {file.type_code} record has "
                    "under 1,000",
                    f"{again}: its line ends are missing, or it is something else",
                )
            is_last = b"\x1a" in line and _ends_at_mark(content, line)
            if is_last:
                line = line[: line.index(b"\x1a")]
            if b"\0" in line:
                raise InputError(
                    f"{place} contains a NUL byte; expected text in UTF-8 or Windows-1252",
                    f"{again}; if it is UTF-16 (Excel's Unicode text), save it as UTF-8",
                )
            if b"\r" in line.removesuffix(b"\r\n"):
                raise InputError(
                    f"{place} contains a CR without an LF; expected CR LF or LF at line ends only",
                    f"{again}, or remove the stray line break from that line",
                )
            try:
                text = line.decode(encoding)
            except UnicodeDecodeError as error:
                raise InputError(
                    f"{place} contains the byte 0x{line[error.start]:02X}, which is not text; "
                    "expected UTF-8 or Windows-1252",
                    f"{again}, as UTF-8",
                ) from None  # the text of that error shows the line
            if is_last:
                yield from ([f"{text}\n"] if text else [])
                yield END_MARK
                return
            yield text


def _ends_at_mark(content: BinaryIO, line: bytes) -> bool:
    """Return whether nothing but marks and blanks follows the first end-of-file mark of a line."""
    if line[line.index(b"\x1a") :].strip(_AFTER_END):
        return False
    place = content.tell()
    while piece := content.read(LONGEST_LINE):
        if piece.strip(_AFTER_END):
            content.seek(place)
            return False
    return True
