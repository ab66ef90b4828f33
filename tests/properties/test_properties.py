"""What is true for any pair of extracts: order does not matter, all files post, three runs agree.

Each run has hundreds of made-up students because a run has a fixed cost; a failure names the ones
at fault.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from senr_duck.run.job import run_job
from senr_duck.run.reconcile import Job
from senr_duck.settings.settings import Settings, load_settings
from senr_duck.simulate import Assumptions, Ods, post_archive
from tests.support.changes import CHANGES
from tests.support.convergence import (
    COMPARED,
    NO_GUARDS,
    Fault,
    Scope,
    Turn,
    find_faults,
    read_files,
    take_turns,
)
from tests.support.districts import (
    AS_OF,
    ODD_CHARACTERS,
    District,
    Student,
    districts,
    fixed_district,
    has_odd_name,
    name_oddly,
)
from tests.support.extracts import LEA, Record, write_ods, write_sis
from tests.support.holds import may_be_held
from tests.support.lives import fits, key_of, last_day, read_day

# Without shrinking: students do not affect each other, so a failure is as small as its students.
PROFILE = settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

pytestmark = pytest.mark.slow

CALENDAR = "".join(
    f'[calendar."{year}-{year + 1}"]\nlast_day = {last_day(year)}\n' for year in range(2025, 2028)
)


def write_sides(folder: Path, students: Sequence[Student]) -> tuple[Path, Path]:
    ods = write_ods(folder / "ods.txt", [one for student in students for one in student.ods])
    sis = write_sis(folder / "sis.txt", [one for student in students for one in student.sis])
    return ods, sis


def load_options(folder: Path, scope: Scope, use_evidence: bool = True) -> Settings:
    config = folder / "senr.toml"
    evidence = f"[evidence]\nuse = {str(use_evidence).lower()}\n"
    config.write_text(CALENDAR + evidence, encoding="utf-8")
    options = {"as_of": scope.as_of, "change_years": scope.change_years, **NO_GUARDS}
    return load_settings(config, options, scope.as_of)


@PROFILE
@given(district=districts(150), order=st.randoms(use_true_random=False))
def test_line_order_changes_no_byte_and_no_student_is_twice_in_a_file(district, order) -> None:  # type: ignore[no-untyped-def] # hypothesis gives the arguments
    with TemporaryDirectory() as name:
        folder = Path(name)
        results = []
        for number in (1, 2):
            ods, sis = write_sides(folder, district.students)
            out, database = folder / f"out{number}", folder / f"run{number}.duckdb"
            for path, line_end in ((ods, b"\r\n"), (sis, b"\n")) if number == 2 else ():
                lines = path.read_bytes().splitlines()
                order.shuffle(lines)
                path.write_bytes(b"".join(line + line_end for line in lines))
            options = load_options(folder, Scope(district.as_of, "current"))
            results.append(run_job(Job([ods], [sis], options, out, database)))
        first, second = results
        assert first.archive.read_bytes() == second.archive.read_bytes()
        assert first.accounting == second.accounting
        for file, records in read_files(first.archive).items():
            assert len({record.ssid for record in records}) == len(records), file


@pytest.mark.parametrize("change_years", ["all", "current"])
def test_every_file_posts_and_three_runs_bring_the_sides_to_agree(change_years: str) -> None:
    seen: Counter[str] = Counter()
    for number, as_of in enumerate(AS_OF):
        district = name_oddly(fixed_district(as_of, 250))
        exits = {
            key_of(one): one.get("enrollment_exit_date", "")
            for student in district.students
            for one in student.sis
        }
        scope = Scope(as_of, change_years, sis_exits=exits)
        # each day is proved with evidence in one of the two modes, and without it in the other
        use_evidence = (number % 2 == 0) == (change_years == "all")
        odd = [("IVR0009", character) for character in ODD_CHARACTERS if use_evidence]
        calpads = Assumptions(accepted=frozenset(odd))
        with TemporaryDirectory() as name:
            folder = Path(name)
            options = load_options(folder, scope, use_evidence)
            sides = write_sides(folder, district.students)
            turns = take_turns(folder, *sides, options, assumptions=calpads)
            faults = [
                *find_faults(turns, scope),
                *_find_rejections_among_others(turns[0], as_of, calpads),
                *_find_other_targets(turns[0], district),
                *_find_needless_holds(turns[0], district.students, scope, use_evidence),
            ]
        assert not faults, _tell(faults, district)
        seen.update(_describe(turns, district, scope))
    # so that nothing is proved with students who are all on hold, or all alike
    assert seen["students"] >= 1000
    assert seen["held"] * 10 < seen["students"]
    rare = {what: seen[what] for what in (*CHANGES, *KINDS) if seen[what] < 5}
    assert not rare, seen


# What must occur among the sent records, so that everything is covered.
KINDS = (
    "a removal",
    "a no-show in place of the last record",
    "a left-over no-show removed",
    "a no-show",
    "a new record",
    "an exit",
    "an exit that waits in updates",
    "an exit taken away",
    "an update",
    "a diploma",
    "a diploma taken back",
    "one day",
    "status 10",
    "status 20",
    "status 30",
    "status 50",
    "an earlier year",
    "four records of a student",
)


def _describe(turns: Sequence[Turn], district: District, scope: Scope) -> Iterator[str]:
    """Yield a word for each student, change and kind of record sent by the first run."""
    first, second, _ = turns
    for student in district.students:
        yield "students"
        yield from ["held"] if student.ssid in first.held else student.changes
    for file in first.result.files:
        for sent in first.files[file.name]:
            yield f"status {sent.enrollment_status_code}"
            held = first.before.get(sent.key)
            waits = file.name.startswith("003") and not file.is_unconfirmed
            if sent.key[2] < scope.year_start:
                yield "an earlier year"
            if sent.is_delete:
                yield "a removal"
                continue
            if sent.student_exit_reason_code == "N470":
                in_target = sent.key in first.target
                yield "a no-show" if in_target else "a no-show in place of the last record"
            elif sent.enrollment_exit_date == sent.enrollment_start_date:
                yield "one day"
            if held is None:
                yield "a new record"
            elif sent.enrollment_exit_date == held.enrollment_exit_date:
                yield "an update"
            elif not sent.enrollment_exit_date:
                yield "an exit taken away"
            else:
                yield "an exit that waits in updates" if waits else "an exit"
            is_graduate = sent.student_school_completion_status_code == "100"
            was_graduate = held is not None and held.student_school_completion_status_code == "100"
            if is_graduate != was_graduate:
                yield "a diploma" if is_graduate else "a diploma taken back"
    for count in Counter(sent.ssid for sent in first.sent).values():
        if count >= 4:
            yield "four records of a student"
    for _ in second.sent:
        yield "a left-over no-show removed"


def _find_rejections_among_others(
    turn: Turn, as_of: date, assumptions: Assumptions
) -> Iterator[Fault]:
    """If CALPADS does not reopen a closed record, that stops only the files set apart for it."""
    calpads = Ods(turn.before.values(), LEA)
    unconfirmed = {file.name for file in turn.result.files if file.is_unconfirmed}
    refuses = replace(assumptions, blank_exit_reopens=False)
    for file in post_archive(calpads, turn.result.archive, as_of, refuses):
        if file.name not in unconfirmed and not file.posted:
            yield Fault("", f"{file.name} is rejected, should an exit not be taken away")


def _find_other_targets(turn: Turn, district: District) -> Iterator[Fault]:
    """The views' target is the truth that was made up for the students, if it breaks no rule."""
    for student in district.students:
        if student.ssid in turn.held or not fits(list(student.truth), district.as_of):
            continue
        for one in student.truth:
            # what starts after the as-of date is not sent, whatever its target is
            if read_day(one["enrollment_start_date"]) > district.as_of:
                continue
            wanted = tuple(one.get(column, "") for column in COMPARED)
            if turn.target.get(key_of(one), wanted) != wanted:
                yield Fault(student.ssid, f"the target of {key_of(one)} is another one")


def _find_needless_holds(
    turn: Turn, students: Sequence[Student], scope: Scope, use_evidence: bool
) -> Iterator[Fault]:
    for student in students:
        is_odd = has_odd_name(student) and not use_evidence
        if student.ssid in turn.held and not is_odd and not may_be_held(student, scope):
            yield Fault(student.ssid, "held without cause")


def _tell(faults: Sequence[Fault], district: District) -> str:
    """Return the faults and both sides of the first students at fault, one record per line."""
    lines = [f"{len(faults)} faults on {district.as_of}"]
    lines += [f"{fault.ssid}: {fault.text}" for fault in faults[:20]]
    at_fault = list(dict.fromkeys(fault.ssid for fault in faults))[:3]
    for student in district.students:
        if student.ssid in at_fault:
            lines.append(f"{student.ssid}: {student.story}, {', '.join(student.changes)}")
            for side in ("ods", "truth", "sis"):
                lines += [f"  {side:5} {_shorten(one)}" for one in getattr(student, side)]
    return "\n".join(lines)


def _shorten(one: Record) -> str:
    columns = ("school_of_attendance", "enrollment_start_date", *COMPARED)
    return " ".join(one.get(column) or "-" for column in columns)
