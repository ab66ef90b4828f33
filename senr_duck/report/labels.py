"""What the report calls the classes, the severities, the sources of rules."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """A short name, and a sentence that says what it means for the reader."""

    name: str
    meaning: str


CLASSES = {
    "remove": Label("Remove", "CALPADS alone has this enrollment: it is deleted there."),
    "no_show": Label(
        "Make a no-show",
        "CALPADS alone has this enrollment, and must keep one of the student: it becomes N470.",
    ),
    "exit": Label("Exit", "The SIS has an exit that CALPADS lacks, or has on another date."),
    "update": Label("Change", "Both have this enrollment, and something else than its exit date."),
    "add": Label("Add", "The SIS alone has this enrollment: it is added to CALPADS."),
    "held": Label("Held", "CALPADS would reject one of the student's records: nothing is sent."),
    "kept": Label("Kept", "CALPADS alone has this enrollment, and it stays there for a reason."),
    "not_sent": Label("Not sent", "The SIS alone has this enrollment, not sent for a reason."),
    "same": Label("Agree", "Both sides agree: nothing is sent."),
    "out_of_scope": Label("Out of scope", "The run was not asked to look at it."),
}
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
