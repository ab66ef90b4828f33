"""Check in one pass over a text file's bytes whether all its lines have the same shape."""

import codecs
import hashlib
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from senr_duck.load.text_lines import LONGEST_LINE
from senr_duck.load.text_records import TextForm


@dataclass(frozen=True)
class Survey:
    """What the pass found: SHA-256 of the bytes, encoding, and the number of lines if even.

    ``encoding`` is ``utf-8`` or ``cp1252``; ``lines`` includes the header, but not what is above
    it, and is None for a file that DuckDB could misread.
    """

    sha256: str
    encoding: str
    lines: int | None


def survey_text(path: Path, form: TextForm, chunk_size: int = LONGEST_LINE) -> Survey:
    """Return the hash and encoding of a text file and, if all lines are even, their number.

    Lines are even when the file is UTF-8 without byte-order mark and every line has the form's
    fields and line end (the last may lack it), something in a field, no NUL, no stray CR or LF, no
    quotation mark if the form has quoting, and at most LONGEST_LINE bytes; and when the last line
    has something behind its first field and no end-of-file mark. The titles above the header only
    need the same line end. Holds a few chunks in memory;
    ``chunk_size``, in bytes, is at most LONGEST_LINE.

    A chunk without the bytes of its fields is its outline; the outline of an even file repeats that
    of one line. This checks every line: totals over the file would miss one field too many in one
    line and one too few in another.
    """
    line_outline = (form.delimiter * (form.fields - 1) + form.line_end).encode()
    blank_line = b"\n" + line_outline
    even_outline = line_outline * (chunk_size // len(line_outline) + 2)
    marks = form.delimiter.encode() + (b'\r\n\0"' if form.is_quoted else b"\r\n\0")
    content = bytes(set(range(256)) - set(marks))
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    outline_length = 0
    line_length = 0  # bytes since the last LF
    before = b""  # as many bytes as a blank line could have before the chunk
    with path.open("rb") as file:
        has_mark = file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8
        file.seek(0)
        even, is_utf8 = not has_mark, True
        for title in islice(file, form.above):
            digest.update(title)
            is_utf8 = is_utf8 and _decodes(decoder, title)
            even = even and _has_end(title, form.line_end) and b"\0" not in title
        for chunk in iter(partial(file.read, chunk_size), b""):
            digest.update(chunk)
            is_utf8 = is_utf8 and _decodes(decoder, chunk)
            if even:
                outline = chunk.translate(None, content)
                even = even_outline.startswith(outline, outline_length % len(line_outline))
                outline_length += len(outline)
                seen = before + chunk
                even = even and blank_line not in seen
                before = seen[1 - len(blank_line) :]
                first_end = chunk.find(b"\n") + 1
                even = even and line_length + (first_end or len(chunk)) <= LONGEST_LINE
                line_length = (
                    len(chunk) - (chunk.rfind(b"\n") + 1) + (0 if first_end else line_length)
                )
    is_utf8 = is_utf8 and _decodes(decoder, b"", final=True)
    if line_length:  # the last line lacks its line end
        outline_length += len(form.line_end)
    end = before.removesuffix(form.line_end.encode())
    even = even and not end.endswith((form.delimiter.encode() * (form.fields - 1), b"\x1a"))
    lines, rest = divmod(outline_length, len(line_outline))
    return Survey(
        digest.hexdigest(),
        # A byte-order mark says UTF-8, whatever follows.
        "utf-8" if is_utf8 or has_mark else "cp1252",
        lines if even and is_utf8 and not rest else None,
    )


def _has_end(line: bytes, line_end: str) -> bool:
    """Return whether a line ends in this way, and has no other line break."""
    return line.endswith(line_end.encode()) and not line.removesuffix(line_end.encode()).count(
        b"\r"
    )


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True
