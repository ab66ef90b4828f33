"""Format the explanation of a student for a terminal of 80 columns, with or without color."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from senr_duck.reference.classes import classes_by_code
from senr_duck.student.enrollment_table import can_draw, say_exit, show_enrollments
from senr_duck.student.explain import Explanation, Found, Left, Sent
from senr_duck.student.find import Names
from senr_duck.student.read_student import Enrollment
from senr_duck.student.timeline import ASCII, UNICODE, Bar, draw_timeline, read_day

if TYPE_CHECKING:
    from rich.console import Console

_WIDTH = 100  # a wider line is hard to read
# Why the SIS's side is shown with another exit than its own, if no other sentence explains it.
_OUTCOMES = {
    "ODS-EXIT": "earlier school year: the exit is the one that CALPADS shows",
    "CLOSE-OUT": "year end: closed on the last school day",
    "SET-ASIDE": "an exit after the as-of date is not sent yet",
    "AS-GIVEN": "the exit reason follows from status, grade, or completion status",
    "OWN-EXIT": "the exit reason follows from status, grade, or completion status",
}


def print_explanation(explanation: Explanation, names: Names, console: "Console") -> None:
    """Print the verdict, both timelines, what is sent, on hold, or left alone, and why."""
    width = min(console.width, _WIDTH)
    for block in _list_blocks(explanation, names, console, width):
        console.print(block, width=width, highlight=False, crop=False)


def _list_blocks(
    explanation: Explanation, names: Names, console: "Console", width: int
) -> Iterator[Text | Table | Padding]:
    student = explanation.student
    yield Text(
        f"SSID {student.ssid or 'missing'}, local ID {student.local_student_id or 'missing'}   "
        f"(LEA {student.lea or 'missing'}, as of {names.as_of})"
    )
    yield Text(_say_verdict(explanation), "bold red" if student.is_held else "bold")
    yield _head("Timeline")
    yield from _draw(explanation, names, console.encoding, width)
    yield _head("Enrollments")
    yield from show_enrollments(explanation.pairs, console, width)
    yield from (_indent(note, 3) for note in _list_notes(explanation, names))
    if explanation.differences:
        yield _head("What differs in an enrollment that both have")
        yield _tabulate_differences(explanation, names)
    if explanation.holds:
        yield _head("Why the student is on hold, and how to fix it")
        yield from _list_findings(explanation.holds)
    if explanation.waiting:
        yield _head("What waits for these fixes")
        yield from _list_left(explanation.waiting)
    if explanation.sent:
        yield _head("What is sent, in this order, and why")
        for sent in explanation.sent:
            yield from _describe_sent(sent)
    if explanation.left:
        yield _head("What is left alone, and why")
        yield from _list_left(explanation.left)
    if explanation.listed:
        yield _head("Also listed in exceptions.csv")
        yield from _list_findings(explanation.listed)


def _head(title: str) -> Text:
    return Text(f"\n{title}", "bold underline")


def _indent(text: str, columns: int) -> Padding:
    return Padding(Text(text), (0, 0, 0, columns), expand=False)


def _say_verdict(explanation: Explanation) -> str:
    if explanation.student.is_held:
        return (
            "ON HOLD: nothing is sent for this student until the "
            f"{_count(len(explanation.holds), 'finding')} below "
            f"{'is' if len(explanation.holds) == 1 else 'are'} fixed."
        )
    if explanation.sent:
        files = list(dict.fromkeys(sent.file.name for sent in explanation.sent))
        return f"SENT: {_count(len(explanation.sent), 'record')}, in {' and '.join(files)}."
    if explanation.left:
        return f"NOTHING IS SENT: {_count(len(explanation.left), 'record')} left alone."
    if any(pair.either.record_class == "same" for pair in explanation.pairs):
        return "NOTHING IS SENT: both sides agree."
    return "NOTHING IS SENT: the run leaves this student out."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _draw(explanation: Explanation, names: Names, encoding: str, width: int) -> Iterator[Text]:
    bars = []
    for pair in explanation.pairs:
        school = pair.either.school or "no school"
        bars.append(_make_bar(f"{pair.number:>2} {school:9} CALPADS", pair.ods, "(none)"))
        bars.append(_make_bar(f"{'':12} SIS", pair.shown_sis, "(none)"))
        if pair.planned is not None:
            bars.append(_make_bar(f"{'':12} after", pair.after, "(deleted)"))
    pen = UNICODE if can_draw(encoding) else ASCII
    for line in draw_timeline(bars, names.as_of, width, pen):
        yield Text(line, no_wrap=True, overflow="ignore")


def _make_bar(label: str, one: Enrollment | None, missing: str) -> Bar:
    if one is None:
        return Bar(label, None, None, missing)
    end = read_day(one.exit)
    if read_day(one.start) is None or (one.exit and end is None):
        return Bar(label, None, None, f"{one.start or 'no date'} to {one.exit or 'open'}")
    return Bar(label, read_day(one.start), end)


def _list_notes(explanation: Explanation, names: Names) -> Iterator[str]:
    if any(pair.planned for pair in explanation.pairs):
        yield "* after all files have posted"
    schools = dict.fromkeys(pair.either.school or "" for pair in explanation.pairs)
    named = [f"{code} {names.schools[code]}" for code in schools if code in names.schools]
    if named:
        yield f"Schools: {'; '.join(named)}"
    codes = sorted(
        (code_set, code)
        for code_set, code in {
            found
            for pair in explanation.pairs
            for one in (pair.ods, pair.shown_sis, pair.after)
            if one is not None
            for found in (
                ("enrollment_status", one.status or ""),
                ("exit_reason", one.exit_reason or ""),
            )
        }
        if (code_set, code) in names.codes
    )
    yield f"Codes: {'; '.join(f'{key[1]} {names.codes[key]}' for key in codes)}"
    notes: dict[str, list[str]] = {}
    for pair in explanation.pairs:
        reason = pair.either.reason or ""
        if pair.either.record_class == "out_of_scope":
            note = f"the run leaves it out: {names.scope_reasons.get(reason, reason)} ({reason})"
            notes.setdefault(note, []).append(str(pair.number))
        own, target = pair.sis, pair.target
        if own and target and not pair.planned and say_exit(own) != say_exit(target):
            why = _OUTCOMES.get(target.exit_outcome or "", target.exit_outcome)
            has = f"has {say_exit(own)}" if own.exit else "has it open"
            notes.setdefault(f"the SIS itself {has} ({why})", []).append(str(pair.number))
    for note, numbers in notes.items():
        yield f"{', '.join(numbers)}: {note}"


def _tabulate_differences(explanation: Explanation, names: Names) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("", justify="right", width=2, no_wrap=True)
    for name in ("field", "CALPADS", "SIS"):
        table.add_column(name, overflow="fold")
    for number, one in explanation.differences:
        table.add_row(
            str(number),
            names.fields.get(one.field, one.field),
            one.ods_value or "blank",
            one.target_value or "blank",
        )
    return table


def _list_findings(findings: tuple[Found, ...]) -> Iterator[Text | Padding]:
    for one in findings:
        finding = one.finding
        lines = [
            f"{side} line {record.line_number}"
            + (f" of {record.file_name}" if record.file_name else "")
            for side, record in (("ODS", one.ods), ("SIS", one.sis))
            if record is not None
        ]
        yield Text(
            f"{finding.rule} ({finding.severity}), enrollment {one.number}, {', '.join(lines)}",
            "bold",
        )
        yield _indent(f"What: {finding.message}", 3)
        yield _indent(f"{'Fix' if finding.severity == 'fatal' else 'Next'}: {finding.fix}", 3)


def _list_left(entries: tuple[Left, ...]) -> Iterator[Text | Padding]:
    for one in entries:
        yield Text(f"{one.reason.reason}, enrollment {one.number}", "bold")
        yield _indent(one.reason.explanation, 3)
        if one.fix:
            yield _indent(f"Next: {one.fix}", 3)


def _describe_sent(sent: Sent) -> Iterator[Text | Padding]:
    action = classes_by_code()[sent.record.record_class].action.format(number=sent.number)
    yield Text(f"{sent.file.name} {action} ({sent.reason.reason})", "bold")
    yield _indent(sent.reason.explanation, 3)
    if sent.file.is_unconfirmed:
        yield _indent(
            "CALPADS does not document whether it accepts this record, so it is in its own file: "
            "a rejection does not affect the other files.",
            3,
        )
