"""Write the document of every exception rule from the rule catalog."""

from pathlib import Path

from senr_duck.reference.resources import read_reference, resource

PAGE = Path("docs", "exceptions.md")

_SEVERITIES = {
    "fatal": (
        "Fatal: the student is on hold",
        "CALPADS would reject the whole file, or the record is in doubt. The run sends none of the "
        "student's records.",
    ),
    "warning": (
        "Warnings: listed only; they do not change what is sent",
        "Look at the record before you upload.",
    ),
    "notice": ("Notices: what the run left alone, and why", "Usually there is nothing to do."),
}
_SOURCES = {
    "stated": "CALPADS's documents state the rule",
    "stated in part": "CALPADS's documents state a part of the rule; we inferred the rest",
    "old source": "only documents from earlier years state the rule",
    "unconfirmed": "public sources disagree, or do not mention the rule",
    "this project": "the rule is not from CALPADS but from this tool",
}
_HEAD = "| rule | what is wrong | what to do | fields | source |"


def format_exceptions() -> str:
    """Return the document as Markdown: one table per severity, in the order of the catalog."""
    rules = read_reference("rules.csv")
    unchecked = {row["code"]: row["reason"] for row in read_reference("rules_not_checked.csv")}
    lines = [
        "# Every exception rule",
        "",
        "`make docs` generates this page from `data/reference/rules.csv`. `exceptions.csv` lists",
        "what a run found: the rule, the field and its value, the line numbers in both extracts,",
        "and the fix. If a spreadsheet would take a text for a formula (because it begins with",
        "`=`, `+`, `-`, `@`, a tab or a line break), the text has an apostrophe in front; all",
        "other text is unchanged. You can change the severity of a rule:",
        "[configuration](configuration.md).",
        "",
        "How reliable the source of a rule is:",
        "",
        *(f"- *{source}*: {meaning}" for source, meaning in _SOURCES.items()),
        "",
        "The class of a record says where it went, whether or not it is listed here:",
        "[how the reconciliation works](reconciliation.md#the-classes).",
    ]
    for severity, (title, meaning) in _SEVERITIES.items():
        lines += ["", f"## {title}", "", meaning, ""]
        lines += [_HEAD, "|---|---|---|---|---|"]
        for rule in rules:
            if rule["severity"] == severity and rule["code"] not in unchecked:
                name = f"**{rule['code']}** {rule['name']}{_date_rule(rule)}"
                cells = (name, rule["message"], rule["fix"], rule["fields"], rule["confidence"])
                lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "## Rules of CALPADS that no record of a run can break", ""]
    lines += ["| rule | why |", "|---|---|"]
    names = {rule["code"]: rule["name"] for rule in rules}
    lines += [f"| **{code}** {names[code]} | {reason} |" for code, reason in unchecked.items()]
    return "\n".join(lines) + "\n"


def _date_rule(rule: dict[str, str]) -> str:
    """Return the day since which a rule has had its severity, and the severity before."""
    if not rule["since"]:
        return ""
    before = f", {rule['severity_before']} before" if rule["severity_before"] else ""
    return f" (since {rule['since']}{before})"


if __name__ == "__main__":
    resource(*PAGE.parts).write_text(format_exceptions(), encoding="utf-8", newline="\n")
