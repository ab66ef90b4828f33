"""What transmission, editors, and other programs do to the bytes of a file."""

from collections.abc import Callable
from random import Random

Mutation = Callable[[Random, bytes], bytes]

CONTROLS = (*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F)
ENCODINGS = ("utf-16", "utf-16-le", "utf-8-sig", "cp1252", "utf-7", "utf-32", "cp037")


def mutate(rng: Random, content: bytes, most: int = 3) -> bytes:
    """Return the bytes after one to ``most`` mutations."""
    for _ in range(rng.randint(1, most)):
        content = rng.choice(MUTATIONS)(rng, content)
    return content


def insert(rng: Random, content: bytes, piece: bytes) -> bytes:
    place = rng.randint(0, len(content))
    return content[:place] + piece + content[place:]


def _span(rng: Random, content: bytes) -> tuple[int, int]:
    start = rng.randint(0, len(content))
    return start, min(len(content), start + rng.choice((1, 1, 2, 10, 100, 1000)))


def cut(rng: Random, content: bytes) -> bytes:
    return content[: rng.randint(0, len(content))]


def behead(rng: Random, content: bytes) -> bytes:
    return content[rng.randint(0, len(content)) :]


def take_out(rng: Random, content: bytes) -> bytes:
    start, end = _span(rng, content)
    return content[:start] + content[end:]


def repeat(rng: Random, content: bytes) -> bytes:
    start, end = _span(rng, content)
    return content[:end] + content[start:end] * rng.choice((1, 1, 2, 30)) + content[end:]


def double(_: Random, content: bytes) -> bytes:
    return content * 2


def flip_bits(rng: Random, content: bytes) -> bytes:
    flipped = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 10))):
        if flipped:
            flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
    return bytes(flipped)


def add_random_bytes(rng: Random, content: bytes) -> bytes:
    return insert(rng, content, rng.randbytes(rng.choice((1, 4, 50))))


def add_control(rng: Random, content: bytes) -> bytes:
    return insert(rng, content, bytes([rng.choice(CONTROLS)]) * rng.choice((1, 1, 3)))


def add_mark(rng: Random, content: bytes) -> bytes:
    marks = (b"^", b"^^", b",", b"\t", b'"', b"'", b'""', b";", b"|", b"\\", b"=", b"[", b"{", b"#")
    return insert(rng, content, rng.choice(marks))


def add_line_break(rng: Random, content: bytes) -> bytes:
    breaks = (b"\r", b"\n", b"\r\n", b"\n\n", b"\r\r\n", b"\x0b", b"\x0c", b"\xe2\x80\xa8", b"\x85")
    return insert(rng, content, rng.choice(breaks))


def add_text(rng: Random, content: bytes) -> bytes:
    texts = ("\ufeff", "\ufffd", "ñ", "\u202e", "\U0001f986", "%s", "../..", "'; drop table x; --")
    encoding = rng.choice(("utf-8", "utf-8", "utf-16-le", "cp1252"))
    return insert(rng, content, rng.choice(texts).encode(encoding, "replace"))


def add_huge_field(rng: Random, content: bytes) -> bytes:
    piece = rng.choice((b"x", b" ", b"0", b"\xc3\xb1", b"^", b",", b'"', b"'", b"[", b"a."))
    return insert(rng, content, piece * rng.choice((300, 5_000, 131_073)))


def add_endless_line(rng: Random, content: bytes) -> bytes:
    return insert(rng, content, rng.choice((b"x", b" ", b"^", b"a,")) * 1_000_000)


def end_lines_otherwise(rng: Random, content: bytes) -> bytes:
    ends = (b"\n", b"\r", b"\r\n", b"\n\r", b"", b" \r\n", b"^\r\n", b"\r\n\r\n")
    return content.replace(b"\r\n", b"\n").replace(b"\n", rng.choice(ends))


def end_one_line_otherwise(rng: Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    place = rng.randrange(len(lines))
    lines[place] = lines[place].rstrip(b"\r") + rng.choice((b"", b"\r", b"\r\r", b"^", b" ", b"\0"))
    return b"\n".join(lines)


def move_lines(rng: Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    kind = rng.randrange(4)
    if kind == 0:
        rng.shuffle(lines)
    elif kind == 1:
        lines.insert(rng.randrange(len(lines)), rng.choice(lines))
    elif kind == 2:
        del lines[rng.randrange(len(lines))]
    else:
        lines[rng.randrange(len(lines))] = b""
    return b"\n".join(lines)


def move_columns(rng: Random, content: bytes) -> bytes:
    """Reorder the columns, in one line or in all."""
    mark = rng.choice((b"^", b",", b"\t", b"="))
    lines = content.split(b"\n")
    here = rng.randrange(len(lines)) if rng.random() < 0.5 else None
    seed = rng.random()
    for place, line in enumerate(lines):
        if here is None or place == here:
            fields = line.split(mark)
            Random(seed).shuffle(fields)  # noqa: S311 - the same order again in every line
            lines[place] = mark.join(fields)
    return b"\n".join(lines)


def encode_otherwise(rng: Random, content: bytes) -> bytes:
    """Write the whole file, or from some line on, in another encoding."""
    lines = content.split(b"\n")
    start = rng.choice((0, 0, rng.randrange(len(lines))))
    rest = b"\n".join(lines[start:]).decode("utf-8", "replace")
    encoded = rest.encode(rng.choice(ENCODINGS), "replace")
    return b"\n".join([*lines[:start], encoded])


def swap_marks(rng: Random, content: bytes) -> bytes:
    one, other = rng.sample((b"^", b",", b"\t", b";", b"|", b'"'), 2)
    return content.replace(one, other)


def empty(rng: Random, _: bytes) -> bytes:
    return rng.choice(
        (b"", b"\n", b"\r\n\r\n", b"\xef\xbb\xbf", b"\0", b" ", b"PK\x03\x04", b"\x1f\x8b")
    )


# Mutations that leave a file readable are listed several times.
MUTATIONS: tuple[Mutation, ...] = (
    *(cut, behead, take_out, repeat, double, flip_bits, add_random_bytes, add_control, add_mark),
    *(add_line_break, add_text, add_huge_field, add_endless_line, end_lines_otherwise),
    *(end_one_line_otherwise, move_lines, move_columns, encode_otherwise, swap_marks, empty),
    *(take_out, flip_bits, repeat, add_mark, add_text, move_lines, add_control) * 2,
)
