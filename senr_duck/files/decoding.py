"""Turn the bytes of a file into text: UTF-8, or else Windows-1252, as older programs write it."""


def decode_text(content: bytes, errors: str = "strict") -> str:
    """Return the text, without the byte-order mark that UTF-8 may have.

    Raises UnicodeDecodeError for bytes that are text in neither encoding, and for a NUL, such as
    UTF-16 has: Windows-1252 would take UTF-16 for text. With the errors ``replace`` it raises
    nothing.
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
    """Return the number of the line, counted from 1, that holds the bytes at fault."""
    return error.object.count(b"\n", 0, error.start) + 1
