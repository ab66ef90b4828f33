"""Write the document of every reason from the catalog of reasons."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import duckdb

from senr_duck.reference.facts import fill_facts
from senr_duck.reference.resources import read_reference, resource
from senr_duck.reference.tables import create_reference_tables

PAGE = Path("docs", "reasons.md")

# Each class that has reasons, and what it means.
_CLASSES = {
    "exit": "sent in 002_Exits, or in 003_Updates if it must wait for one of them: the SIS has an "
    "exit that CALPADS lacks or has otherwise",
    "no_show": "sent in 002_Exits: CALPADS alone has the record, and it is the student's last one",
    "update": "sent in 003_Updates: both sides have the record and differ otherwise",
    "add": "sent in 003_Updates: the SIS alone has the record",
    "remove": "sent in 001_Removals: CALPADS alone has the record",
    "kept": "not sent: CALPADS alone has the record, and it stays",
    "not_sent": "not sent: the SIS alone has the record",
    "same": "not sent: there is nothing to correct",
    "out_of_scope": "not sent: the run leaves the record out",
    "held": "not sent: the student is on hold until the record is fixed",
}


@dataclass(frozen=True)
class Reason:
    """Why a record got its class; a code may occur in several classes, with a meaning in each."""

    code: str
    record_class: str
    name: str
    meaning: str


@cache
def read_reasons() -> tuple[Reason, ...]:
    """Return the rows of ``reference.reason``, in the order of ``reasons.csv``, then the rules."""
    listed = [(row["code"], row["class"]) for row in read_reference("reasons.csv")]
    places = {key: place for place, key in enumerate(listed)}
    with duckdb.connect() as con:
        create_reference_tables(con)
        fill_facts(con, date.max, {})
        rows = con.execute("select code, class, name, meaning from reference.reason").fetchall()
    reasons = [Reason(*row) for row in rows]
    return tuple(
        sorted(
            reasons,
            key=lambda one: (places.get((one.code, one.record_class), len(places)), one.code),
        )
    )


def format_reasons() -> str:
    """Return the page of the documents that lists every reason and every rule, as Markdown."""
    lines = [
        "# Every reason",
        "",
        "`make docs` generates this page from `data/reference/reasons.csv` and `rules.csv`.",
        "",
        "Every record that the run sends has a reason in `recon.planned_record`, as a code and as",
        "a sentence made from the record (`explanation`). `recon.ods_class` and `recon.sis_class`",
        "have the code for every line of both extracts.",
    ]
    for record_class, meaning in _CLASSES.items():
        if record_class == "held":
            continue
        lines += ["", f"## `{record_class}`", "", f"{meaning[0].upper()}{meaning[1:]}.", ""]
        lines += ["| reason | in short | meaning |", "|---|---|---|"]
        lines += [
            f"| {reason.code} | {reason.name} | {reason.meaning} |"
            for reason in read_reasons()
            if reason.record_class == record_class
        ]
    lines += [
        "",
        "The reasons why a student is on hold are the fatal rules:",
        "[every exception rule](exceptions.md).",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    resource(*PAGE.parts).write_text(format_reasons(), encoding="utf-8", newline="\n")
