"""Write the tables of the page on SELA, SPRG and SINF from the catalogs: part of ``make docs``."""

import re

from senr_duck.reference.compared_tables import list_compared, list_reasons
from senr_duck.reference.resources import read_reference, resource

PAGE = resource("docs") / "comparing-other-files.md"
_TABLE = re.compile(
    r"(?P<start><!-- table: (?P<name>[\w ]+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL
)


def format_page(text: str) -> str:
    """Return the page with its tables written again."""
    return _TABLE.sub(
        lambda table: "\n".join(
            [table["start"], *_list_lines(table["name"]), "", table["end"]],
        ),
        text,
    )


def _list_lines(name: str) -> list[str]:
    if name == "rules":
        return _list_rules()
    every_file = name == "every file"
    rows = [
        row
        for row in list_reasons(list_compared()[0] if every_file else name)
        if row["is_of_every_file"] == every_file
    ]
    lines = ["| class | reason | who acts | what was found | what to do |", "|---|---|---|---|---|"]
    return lines + [
        f"| `{row['class']}` | `{row['reason']}` | {row['acts']} | {row['meaning']} "
        f"| {row['what_to_do']} |"
        for row in rows
    ]


_TRIED_AS = {"fatal": "`RULE-BROKEN`", "warning": "remark", "": "not checked"}


def _list_rules() -> list[str]:
    lines = [
        "| rule | severity | what CALPADS refuses | how sure | reason |",
        "|---|---|---|---|---|",
    ]
    for row in read_reference("compared_rules.csv"):
        reason = f"`{row['reason']}`" if row["reason"] else _TRIED_AS[row["tried_as"]]
        lines.append(
            f"| {row['code']} {row['name']} | {row['severity']} | {row['error_when']} "
            f"| {row['confidence']} | {reason} |"
        )
    return lines


def main() -> None:
    """Write the page again."""
    text = format_page(PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
