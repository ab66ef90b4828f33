"""Put a notice into words: codes get their names, and lead to where the page says more."""

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from senr_duck.reference.resources import read_reference

if TYPE_CHECKING:
    from markupsafe import Markup

_EXCEPTIONS = "exceptions.csv"


def read_names() -> dict[str, str]:
    """Return the names of all rules and exit reasons by their codes."""
    reasons = {
        row["code"]: row["name"]
        for row in read_reference("code_sets.csv")
        if row["code_set"] == "exit_reason" and row["code"]
    }
    return reasons | {row["code"]: row["name"] for row in read_reference("rules.csv")}


def word_notice(
    text: str, names: Mapping[str, str], rules_shown: Collection[str], folder: str | None
) -> "Markup":
    """Return a notice as HTML: each code with its name, and with a link if the page has its rule.

    The first name in a notice is enough. ``folder`` leads to ``exceptions.csv``, as a link does, or
    is None for no link.
    """
    from markupsafe import Markup, escape

    codes = "|".join(map(re.escape, sorted((*names, _EXCEPTIONS), key=len, reverse=True)))
    html, end = Markup(), 0
    named: set[str] = set()
    for found in re.finditer(rf"(?<![\w.-])(?:{codes})(?![\w-])", text):
        code = found.group()
        html += escape(text[end : found.start()])
        end = found.end()
        if code == _EXCEPTIONS:
            html += (
                Markup('<span class="code">{}</span>').format(code)
                if folder is None
                else Markup('<a class="code" href="{}{}">{}</a>').format(folder, code, code)
            )
            continue
        words = Markup('{} (<span class="code">{}</span>)').format(names[code], code)
        if code in named:
            words = Markup('<span class="code">{}</span>').format(code)
        named.add(code)
        html += (
            Markup('<a href="#rule-{}">{}</a>').format(code, words)
            if code in rules_shown
            else words
        )
    html += escape(text[end:])
    return html
