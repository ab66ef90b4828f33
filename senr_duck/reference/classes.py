"""The classes of the lines of both extracts; every line has exactly one."""

from dataclasses import dataclass
from functools import cache

from senr_duck.reference.resources import read_reference


@dataclass(frozen=True)
class RecordClass:
    """A class of records: whether and where they are sent, and its texts for people.

    ``is_in_ods`` and ``is_in_sis`` say which extract can have lines of the class. ``name`` is a
    short label, ``summary`` a phrase for the summary of a run, and ``meaning`` a sentence.
    ``files`` names the upload files; ``action`` says what they do with ``enrollment {number}``;
    both are blank for records that are not sent. ``spot_check_order`` is None if students with a
    record of the class need no spot check.
    """

    code: str
    is_sent: bool
    is_in_ods: bool
    is_in_sis: bool
    accounting_order: int
    spot_check_order: int | None
    files: str
    name: str
    summary: str
    action: str
    meaning: str


@cache
def record_classes() -> tuple[RecordClass, ...]:
    """Return all classes: those that are sent in upload order, then the others."""
    return tuple(
        RecordClass(
            code=row["code"],
            is_sent=row["is_sent"] == "true",
            is_in_ods=row["is_in_ods"] == "true",
            is_in_sis=row["is_in_sis"] == "true",
            accounting_order=int(row["accounting_order"]),
            spot_check_order=int(row["spot_check_order"]) if row["spot_check_order"] else None,
            files=row["files"],
            name=row["name"],
            summary=row["summary"],
            action=row["action"],
            meaning=row["meaning"],
        )
        for row in read_reference("classes.csv")
    )


@cache
def sent_classes() -> tuple[str, ...]:
    """Return the codes of the classes whose records go into a file, in upload order."""
    return tuple(one.code for one in record_classes() if one.is_sent)


@cache
def classes_by_code() -> dict[str, RecordClass]:
    """Return all classes by their codes, in the order of ``record_classes``."""
    return {one.code: one for one in record_classes()}


@cache
def classes_in_accounting() -> tuple[RecordClass, ...]:
    """Return all classes in the order in which the table of all lines lists them."""
    return tuple(sorted(record_classes(), key=lambda one: one.accounting_order))


@cache
def spot_check_classes() -> tuple[str, ...]:
    """Return the codes of the classes for spot checks, the most urgent first."""
    ordered = [
        (one.spot_check_order, one.code)
        for one in record_classes()
        if one.spot_check_order is not None
    ]
    return tuple(code for _, code in sorted(ordered))
