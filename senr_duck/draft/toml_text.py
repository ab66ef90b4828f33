"""Format a first senr.toml from what was found.

Each line that begins with one ``#`` and a key, in quotes or not, is a suggestion. It is valid when
the mark is taken away, with or without the others. One that begins with ``##`` lacks something that
only the user knows.
"""

import json
import textwrap
from collections.abc import Iterator, Mapping
from datetime import date

from senr_duck.draft.findings import Findings, LastDay, LocalCodes, Names, SchoolYear
from senr_duck.draft.records import list_code_fields
from senr_duck.load.headers import write_key
from senr_duck.privacy.shown_list import name_count
from senr_duck.reference.layout import all_fields
from senr_duck.reference.resources import read_reference

_WIDTH = 96
# Schools and names of columns that are listed.
_MOST_LISTED = 50
_ABOVE = """\
# The configuration of senr-duck, as `senr-duck init` found it in the extracts.
#
# Take away one mark and the space behind it where a line such as this one is right:
#   # "K" = "KN"
# In a line that begins with two marks, first put what is right in the place of the question mark:
#   ## "X" = "?"
# Everything else behind a mark is an explanation. What is left out has its default.
"""
_BELOW = """\
# There are more keys, all with defaults: rules_version, encoding, and the tables scope, year_end,
# keep, no_show, rules, evidence and guards. The page "Configuration" of the documentation explains
# each of them. `senr-duck check` shows what a run would do, and writes nothing.
"""


def format_draft(found: Findings, as_of: date) -> str:
    """Return the text of the file, in the order of the documentation."""
    sections = [
        _format_leas(found.leas),
        _format_names(found.names),
        *map(_format_year, found.years),
        _format_schools(found),
        *(_format_codes(column, as_of) for column in found.local_codes),
    ]
    texts = ["\n".join(section) + "\n" for section in map(list, sections) if section]
    return "\n".join([_ABOVE, *texts, _BELOW])


def _format_leas(leas: Mapping[str, int]) -> Iterator[str]:
    yield "# The code of your LEA, 7 digits; or a list of several."
    if len(leas) == 1:
        (lea,) = leas
        yield f"lea = {write_key(lea)}"
    elif leas:
        yield from _list_counts("in the ODS extract", leas)
        yield f"# lea = {json.dumps(list(leas))}"
    else:
        yield '## lea = "?"   # the ODS extract names none'


def _format_names(names: Names) -> Iterator[str]:
    yield "# The names in the SIS extract = the columns of SENR that they are."
    yield "# An official name needs no line."
    yield "[columns]"
    for name, column in names.likely.items():
        yield f"# {write_key(name)} = {write_key(column)}"
    needs = [(column, "a run") for column in names.missing]
    needs += [(column, "a record to add") for column in names.wanted]
    for number, (column, needing) in enumerate(needs, start=1):
        mark = "?" * number  # a key may occur only once
        why = f"{needing} needs it: what is its name?"
        yield f"## {write_key(mark)} = {write_key(column)}   # {why}"
    if names.ignored:
        more = len(names.ignored) - _MOST_LISTED
        listed = ", ".join(map(write_key, names.ignored[:_MOST_LISTED]))
        yield from _explain(
            f"ignored, because no column of SENR has such a name: {listed}"
            + (f", and {more:,} more" if more > 0 else "")
        )
    if names.withheld:
        noun = name_count(names.withheld, "other name")
        yield from _explain(f"{noun} ignored, not listed: one is too long, or has a number in it")


def _format_year(year: SchoolYear) -> Iterator[str]:
    yield f"# The last school day of {year.name}. Exits at the end of the year depend on it."
    yield f'[calendar."{year.name}"]'
    if year.last_day is None:
        yield "## last_day = ?   # a date without quotes, such as " + f"{year.name[5:]}-06-05"
        return
    yield f"# last_day = {year.last_day.day}   # {_describe_exits(year.last_day)}"
    if year.schools:
        days = ", ".join(
            f"{write_key(school)} = {last.day}" for school, last in year.schools.items()
        )
        yield f"# schools = {{ {days} }}   # schools with another day in the ODS extract"


def _describe_exits(last: LastDay) -> str:
    return f"{last.exits:,} of {last.of:,} exits with E155 in the ODS extract"


def _format_schools(found: Findings) -> Iterator[str]:
    yield "# Schools that you do not report, left out on both sides."
    yield "[schools]"
    yield "# do_not_report = []"
    if found.ods_schools or found.sis_schools:
        yield from _explain(
            f"In {found.current}, one side lacks these: you do not report them, or an export lacks "
            "some."
        )
    for side, schools in (("ODS", found.ods_schools), ("SIS", found.sis_schools)):
        if schools:
            yield from _list_counts(f"only the {side} extract", schools)


def _format_codes(found: LocalCodes, as_of: date) -> Iterator[str]:
    field = next(one for one in all_fields() if one.column == found.column)
    yield f"# {field.name}: local codes of the SIS = codes of CALPADS."
    yield f"[translate.{found.column}]"
    for code in found.codes:
        mark = "#" if code.code else "##"
        yield (
            f"{mark} {write_key(code.value)} = {write_key(code.code or '?')}   # {code.why}"
            + ("" if code.code else f"; {name_count(code.records, 'record')}")
        )
    if any(code.code is None for code in found.codes):
        yield from _explain(f"expected: {_list_expected(found.column, as_of)}")
    if found.withheld:
        yield from _explain(
            f"{name_count(found.withheld, 'other value')} not listed: possibly a student's data, "
            "or no code at all"
        )


def _list_expected(column: str, as_of: date) -> str:
    code_set = next(one.code_set for one in list_code_fields() if one.column == column)
    codes = [
        row["code"]
        for row in read_reference("code_sets.csv")
        if row["code_set"] == code_set
        and row["code"]
        and (not row["valid_to"] or row["valid_to"] >= as_of.isoformat())
    ]
    return ", ".join(codes) or "7 digits"


def _list_counts(title: str, counts: Mapping[str, int]) -> Iterator[str]:
    listed = [f"{code} ({name_count(n, 'record')})" for code, n in counts.items()][:_MOST_LISTED]
    more = len(counts) - len(listed)
    yield from _explain(f"{title}: {', '.join(listed)}" + (f", and {more:,} more" if more else ""))


def _explain(text: str) -> Iterator[str]:
    """Yield an explanation as comments that do not look like a suggestion."""
    yield from textwrap.wrap(
        text, _WIDTH, initial_indent="#   ", subsequent_indent="#     ", break_on_hyphens=False
    )
