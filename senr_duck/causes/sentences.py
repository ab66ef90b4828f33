"""Say in words where the differences and the holds come from."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from senr_duck.causes.read_causes import Cause, Subject
from senr_duck.privacy.shown_list import name_count
from senr_duck.privacy.shown_value import escape_controls

NOTHING = (
    "no cause found: no school, grade, week, reason or value has at least half of what differs, "
    "and more than its size explains"
)


def format_causes(subjects: Iterable[Subject]) -> str:
    """Return the subjects as one JSON object with the key ``subjects``, as the classes are."""
    listed = [asdict(subject) for subject in subjects]
    return json.dumps({"schema_version": 1, "subjects": listed}, indent=2)


def name_subject(subject: Subject) -> str:
    """Return what is explained, and how many there are: `Grade Level Code: 40 differences`."""
    if subject.kind == "hold":
        return f"{subject.name} ({subject.code}): {name_count(subject.problems, 'finding')}"
    noun = "record" if subject.code in ("remove", "no_show", "add") else "difference"
    return f"{subject.name}: {name_count(subject.problems, noun)}"


def describe_cause(subject: Subject, cause: Cause) -> str:
    """Return a cause as a sentence without its period, such as `91 % are at Lincoln (6054043)`.

    If the records can be compared, it says which part of them is there.
    """
    share = _say_share(cause.problems, subject.problems)
    text = f"{share} are {_say_where(subject, cause)}"
    if cause.records is None or cause.all_records is None:
        return text
    part = _say_share(cause.records, cause.all_records)
    only = "only " if part.startswith(tuple("123456789")) else ""
    return f"{text}, but {only}{part} of CALPADS's records of that year"


def _say_share(part: int, whole: int) -> str:
    """Return a part in percent, rounded down, so that only all of them are all."""
    if part == whole:
        return "all"
    percent = 100 * part // whole
    return f"{percent} %" if percent else "less than 1 %" if part else "none"


def _say_where(subject: Subject, cause: Cause) -> str:
    segment = escape_controls(cause.segment)
    named = f"{cause.name} ({segment})" if cause.name else segment
    match cause.dimension:
        case "school":
            return f"at {named}"
        case "grade":
            return f"in grade {segment}" + (f" ({cause.name})" if cause.name else "")
        case "change":
            return f"in records that CALPADS changed {_say_week(cause)}"
        case "start":
            return f"enrollments that start {_say_week(cause)}"
        case "reason":
            return f"for the reason {named}"
        case "field":
            return f"in {cause.name or segment}"
    if subject.kind == "hold":
        return f"with the value {segment}"
    return f"from {_say_value(cause.from_value, cause.from_name)} to " + _say_value(
        cause.segment, cause.name
    )


def _say_week(cause: Cause) -> str:
    return f"since {cause.segment}" if cause.is_since else f"in the week of {cause.segment}"


def _say_value(value: str | None, name: str | None) -> str:
    if not value:
        return "blank"
    return f"{escape_controls(value)} ({name})" if name else escape_controls(value)
