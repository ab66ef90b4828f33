"""Decode the bytes of a file: UTF-8, or else Windows-1252, which older programs write."""


def decode_text(content: bytes, errors: str = "strict") -> str:
    """Return the text, without the byte-order mark that UTF-8 may have.

    Raises UnicodeDecodeError for bytes that are text in neither encoding, and for a NUL, because
    UTF-16 has NULs and would otherwise be read as Windows-1252. With errors set to ``replace``, it
    raises nothing.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors)
    if errors == "strict" and "\0" in text:
        place = content.index(0)
        raise UnicodeDecodeError("cp1252", content, place, place + 1, "a NUL byte")
    return text


def find_line(error: UnicodeDecodeError) -> int:
    """Return the number, from 1, of the line with the wrong bytes."""
    return error.object.count(b"\n", 0, error.start) + 1
