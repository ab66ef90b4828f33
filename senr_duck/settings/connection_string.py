"""Read the keywords of an ODBC connection string, and find a password in it."""

import re

# What the command line and senr.toml expect.
CONNECTION_FORM = "a connection string of ODBC, such as Driver={...};Server=..., without a password"
NAME_FORM = "a name without semicolons, equal signs and braces"

_BRACED = r"\{(?:[^}]|\}\})*\}"
_PART = re.compile(rf"\s*([^=;{{}}]+?)\s*=\s*({_BRACED}\s*|[^;{{}}]*)(?:;|$)")
_BLANK = re.compile(r"[;\s]*")
# What drivers call a password, a secret or a token; PWD and Password are the usual words.
_SECRET = re.compile("(pwd|password|secret|token|passphrase)$")


def read_keywords(connection: str) -> dict[str, str] | None:
    """Return the keywords in lower case with their values; None if this is no connection string.

    A value in braces is returned without them. The first of two equal keywords counts, as in ODBC.
    """
    found: dict[str, str] = {}
    place = 0
    while blank := _BLANK.match(connection, place):
        place = blank.end()
        if place == len(connection):
            break
        if not (part := _PART.match(connection, place)):
            return None
        value = part[2].strip()
        if value.startswith("{"):
            value = value[1:-1].replace("}}", "}")
        found.setdefault(part[1].lower(), value)
        place = part.end()
    return found or None


def is_without_password(connection: str) -> bool:
    """Return whether this is a connection string, and none of its keywords is for a secret."""
    keywords = read_keywords(connection)
    return keywords is not None and not any(
        _SECRET.search(re.sub("[^a-z]", "", keyword)) for keyword in keywords
    )


def is_name(text: str) -> bool:
    """Return whether a text can be the name of a data source or a user, and nothing more."""
    return bool(text.strip()) and text.isprintable() and not re.search("[;={}]", text)
