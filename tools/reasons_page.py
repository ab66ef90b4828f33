"""Write the document of every reason from the catalogs of classes, reasons and sentences."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import duckdb

from senr_duck.reference.classes import record_classes
from senr_duck.reference.facts import fill_facts
from senr_duck.reference.resources import read_reference, resource
from senr_duck.reference.tables import create_reference_tables

PAGE = Path("docs", "reasons.md")


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
        "`make docs` generates this page from `classes.csv`, `reasons.csv`, `rules.csv` and",
        "`sentences.csv` in `data/reference/`.",
        "",
        "Every record that the run sends has a reason in `recon.planned_record`, as a code and as",
        "a sentence made from the record (`explanation`). `recon.ods_class` and `recon.sis_class`",
        "have the code for every line of both extracts.",
    ]
    for one in record_classes():
        if one.code == "held":
            continue
        sent = f" Sent in {one.files}." if one.is_sent else ""
        lines += ["", f"## `{one.code}`", "", f"{one.meaning}{sent}", ""]
        lines += ["| reason | in short | meaning |", "|---|---|---|"]
        lines += [
            f"| {reason.code} | {reason.name} | {reason.meaning} |"
            for reason in read_reasons()
            if reason.record_class == one.code
        ]
    lines += [
        "",
        "The reasons why a student is on hold are the fatal rules:",
        "[every exception rule](exceptions.md).",
        "",
        "## Every sentence",
        "",
        "An explanation consists of these sentences and parts of sentences. The views choose them",
        "by their codes, and `recon.record_reason` replaces the {names} with the record's values.",
        "",
        "| code | sentence |",
        "|---|---|",
        *(f"| {row['code']} | {row['sentence']} |" for row in read_reference("sentences.csv")),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    resource(*PAGE.parts).write_text(format_reasons(), encoding="utf-8", newline="\n")
