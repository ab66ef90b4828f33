"""The report's labels for the severities and the sources of rules."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """A short name, and a sentence that explains it to the reader."""

    name: str
    meaning: str


SEVERITIES = {
    "fatal": Label("On hold", "Nothing is sent for these students until this is fixed."),
    "warning": Label("To check", "Sent anyway, or left open; someone should check."),
    "notice": Label("For information", "Nothing needs to be done for the upload."),
}
# The source of a rule, by its name in the rule catalog.
SOURCES = {
    "stated": "CALPADS's documents say so",
    "stated in part": "CALPADS's documents say so in part",
    "old source": "an older document; CALPADS may have changed it since",
    "unconfirmed": "unconfirmed: sources disagree",
    "this project": "a precaution of senr-duck",
}
