"""Post one file like CALPADS: it checks everything before it posts anything."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache

from senr_duck.simulate.assumptions import PERMISSIVE, Assumptions
from senr_duck.simulate.code_rules import check_code_dates, check_code_grades, check_code_sets
from senr_duck.simulate.completion_rules import COMPLETION_RULES
from senr_duck.simulate.enrollment_record import Enrollment, Key, Record
from senr_duck.simulate.enrollment_rules import ENROLLMENT_RULES
from senr_duck.simulate.exit_rules import EXIT_RULES
from senr_duck.simulate.findings import FileResult, Finding, summarize_file
from senr_duck.simulate.format_rules import check_form
from senr_duck.simulate.name_rules import check_names
from senr_duck.simulate.ods import Ods
from senr_duck.simulate.record_rule import RecordRule, Setting
from senr_duck.simulate.student_rules import check_student


def post_file(
    ods: Ods,
    name: str,
    records: Sequence[Record],
    as_of: date,
    assumptions: Assumptions = PERMISSIVE,
) -> FileResult:
    """Post one file's records to ``ods``: all of them, or none if any finding is fatal.

    The rules are those of ``rules.csv`` whose stage is record, file, or student, except those that
    need a SIS extract or a calendar, and STUDENT-TWICE: a student may be in a file only once. A
    record's line is its position in ``records``, from 1. Every record is compared with the others
    in the file, then with the records that CALPADS had before the file (Update Flash 224).
    """
    findings = list(_check_file(ods, records, as_of, assumptions))
    result = summarize_file(name, len(records), findings)
    if result.posted:
        for record in records:
            ods.post_record(record, as_of)
    return result


def _check_file(
    ods: Ods, records: Sequence[Record], as_of: date, assumptions: Assumptions
) -> Iterator[Finding]:
    setting = Setting(as_of, ods.lea, ods.lea_is_school, assumptions.accepted)
    students: dict[str, list[Enrollment]] = {}
    for line, record in enumerate(records, start=1):
        form = [*check_form(record, line), *check_code_sets(record, line, setting)]
        yield from form
        # A record with the wrong form cannot be read, so the other rules skip it.
        if form:
            continue
        sent = Enrollment(record, line)
        yield from _check_record(sent, setting)
        if not record.is_delete:
            students.setdefault(sent.key[1], []).append(sent)
    yield from _check_keys(ods, records)
    for ssid, student in students.items():
        if ssid:
            held = _read_held(ods.records_of(ssid))
            yield from check_student(student, held, as_of, assumptions)


def _check_record(sent: Enrollment, setting: Setting) -> Iterator[Finding]:
    for rule in _record_rules_on(setting.as_of, sent.record.is_delete):
        if rule.breaks(sent, setting) and not setting.accepts(rule.code):
            yield Finding(rule.code, sent.line, tuple(rule.fields.split()), rule.message)
    yield from check_code_dates(sent, setting)
    yield from check_code_grades(sent, setting)
    yield from check_names(sent, setting)


@cache
def _record_rules_on(as_of: date, delete: bool) -> tuple[RecordRule, ...]:
    return tuple(
        rule
        for rule in (*ENROLLMENT_RULES, *EXIT_RULES, *COMPLETION_RULES)
        if rule.since <= as_of and (rule.on_delete or not delete)
    )


def _check_keys(ods: Ods, records: Sequence[Record]) -> Iterator[Finding]:
    """Yield students and keys sent twice, and deletes that CALPADS refuses."""
    first_lines: dict[Key, int] = {}
    students: dict[str, int] = {}
    deletes: list[tuple[int, Key]] = []
    for line, record in enumerate(records, start=1):
        key = record.key
        # Without SSID there is no key; the blank SSID alone rejects the file.
        if not key[1]:
            continue
        # Not a rule of CALPADS with a number: the second check does not see what the same file
        # changes, so a student may be in a file only once.
        student_line = students.setdefault(key[1], line)
        if student_line != line:
            message = f"the student of line {student_line} again; a file has a student only once"
            yield Finding("STUDENT-TWICE", line, ("1.08",), message)
        first_line = first_lines.setdefault(key, line)
        if first_line != line:
            message = f"the key of line {first_line} again"
            yield Finding("SENR0034", line, ("1.05", "1.08", "1.22"), message)
        if record.is_delete:
            deletes.append((line, key))
    deleted = {key for _, key in deletes}
    staying = _count_staying(ods, deleted)
    for line, key in deletes:
        if not any(held.key == key for held in ods.records_of(key[1])):
            message = "CALPADS holds no record of this key"
            yield Finding("SENR0181", line, ("1.05", "1.08", "1.22"), message)
        elif not staying[key[1]]:
            message = "the student would be left without an enrollment"
            yield Finding("SENR0180", line, ("1.05", "1.08", "1.22"), message)


def _count_staying(ods: Ods, deleted: set[Key]) -> Counter[str]:
    """Return, for each student with a delete, how many records CALPADS would still have."""
    return Counter(
        ssid
        for ssid in {key[1] for key in deleted}
        for held in ods.records_of(ssid)
        if held.key not in deleted
    )


def _read_held(records: Iterable[Record]) -> list[Enrollment]:
    """Return the records that CALPADS has, without those whose dates do not give a span."""
    enrollments = []
    for record in records:
        try:
            enrollments.append(Enrollment(record))
        except ValueError:
            continue
    return enrollments
