"""The catalogue of reasons: why a record is sent, left alone or held."""

from dataclasses import dataclass
from functools import cache

from senr_duck.reference.resources import read_reference


@dataclass(frozen=True)
class Reason:
    """Why a record got its class; a code may stand in several classes, with a meaning in each."""

    code: str
    record_class: str
    name: str
    meaning: str


@cache
def read_reasons() -> tuple[Reason, ...]:
    """Return all reasons, those of ``reasons.csv`` first, in file order.

    A row of that file without a name is a rule of ``rules.csv``, which says what it means; every
    other rule is a reason to hold a student.
    """
    rules = {row["code"]: row for row in read_reference("rules.csv")}
    listed = [
        Reason(
            code=row["code"],
            record_class=row["class"],
            name=row["name"] or rules[row["code"]]["name"],
            meaning=row["meaning"] or rules[row["code"]]["message"],
        )
        for row in read_reference("reasons.csv")
    ]
    elsewhere = {reason.code for reason in listed}
    held = [
        Reason(code, "held", row["name"], row["message"])
        for code, row in rules.items()
        if code not in elsewhere
    ]
    return (*listed, *held)
