"""What the report calls the severities and the sources of rules."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """A short name, and a sentence that says what it means for the reader."""

    name: str
    meaning: str


SEVERITIES = {
    "fatal": Label("Held", "Nothing of these students is sent until it is mended."),
    "warning": Label("Look at", "Sent all the same, or left open; somebody should look."),
    "notice": Label("For information", "Nothing needs to be done for the upload."),
}
# What a rule of the catalogue rests on, by its word there.
SOURCES = {
    "stated": "CALPADS's documents say so",
    "stated in part": "CALPADS's documents say so in part",
    "old source": "an older document; CALPADS may have changed it since",
    "unconfirmed": "unconfirmed: sources disagree",
    "this project": "a precaution of senr-duck",
}
