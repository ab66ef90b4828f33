"""What holds for any pair of extracts: nothing lost, order of no matter, every file posts."""

import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senr_duck.run import Engine, RunResult, run_reconciliation
from senr_duck.settings import load_settings
from senr_duck.simulate import post_archive, read_extract, write_extract
from tests.extracts import ADAMS, BAKER, Record, closed, record, write_ods, write_sis

AS_OF = date(2026, 3, 2)
FIRST_DAY = date(2025, 8, 14)
CEDAR = "1930652"
SCHOOLS = (ADAMS, BAKER, CEDAR)
FAR = {
    "lea": "1964733",
    "as_of": AS_OF,
    "max_removal_share": 1.0,
    "max_held_share": 1.0,
    "max_update_share": 1.0,
    "allow_missing_schools": True,
    "allow_no_exits": True,
    "allow_other_year": True,
}
# Enough for every step to happen, few enough to be done in seconds: a run has a fixed cost.
PROFILE = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def day(offset: int) -> str:
    return (FIRST_DAY + timedelta(days=offset)).strftime("%Y%m%d")


@st.composite
def lives(draw: st.DrawFn, ssid: str) -> list[Record]:
    """Return one to three enrollments, one after the other, that CALPADS would accept."""
    enrollments: list[Record] = []
    start = 0
    count = draw(st.integers(1, 3))
    for place in range(count):
        one = record(ssid, draw(st.sampled_from(SCHOOLS)), day(start))
        last = place == count - 1
        if last and draw(st.booleans()):
            enrollments.append(one)
        elif draw(st.integers(0, 9)) == 0:
            enrollments.append(closed(one, day(start - 1), "N470"))
            start += 1
        else:
            start += draw(st.integers(1, 60))
            reason = draw(st.sampled_from(["T160", "E140", "T200"]))
            enrollments.append(closed(one, day(start), reason))
        start += draw(st.integers(1, 10))
    if draw(st.integers(0, 3)) == 0:
        second = record(ssid, "1930653", day(5), enrollment_status_code="20")
        enrollments.append(draw(st.sampled_from([second, closed(second, day(90), "E170")])))
    return enrollments


@st.composite
def drifts(draw: st.DrawFn, ods: list[Record]) -> list[Record]:
    """Return the SIS side of a student: the ODS side with up to three changes."""
    sis = [dict(one) for one in ods]
    for _ in range(draw(st.integers(0, 3))):
        if not sis:
            break
        one = sis[draw(st.integers(0, len(sis) - 1))]
        change = draw(
            st.sampled_from(
                ["drop", "add", "shift", "move", "close", "reopen", "status", "grade", "stretch"]
            )
        )
        if change == "drop":
            sis.remove(one)
        elif change == "add":
            new = record(
                one["ssid"], draw(st.sampled_from(SCHOOLS)), day(draw(st.integers(0, 190)))
            )
            sis.append(new)
        elif change == "shift":
            one["enrollment_start_date"] = day(draw(st.integers(0, 190)))
        elif change == "move":
            one["school_of_attendance"] = draw(st.sampled_from(SCHOOLS))
        elif change in ("close", "stretch"):
            exit_day = day(draw(st.integers(0, 195)))
            reason = one.get("student_exit_reason_code") or "T160"
            one.update(enrollment_exit_date=exit_day, student_exit_reason_code=reason)
        elif change == "reopen":
            one.update(enrollment_exit_date="", student_exit_reason_code="")
        elif change == "status":
            one["enrollment_status_code"] = draw(st.sampled_from(["10", "20", "30", "50"]))
        else:
            one["grade_level_code"] = draw(st.sampled_from(["04", "05", "06"]))
    return sis


@st.composite
def districts(draw: st.DrawFn) -> tuple[list[Record], list[Record]]:
    ods: list[Record] = []
    sis: list[Record] = []
    for number in range(draw(st.integers(15, 30))):
        life = draw(lives(f"10000000{number:02}"))
        ods += life
        sis += draw(drifts(life))
    return ods, sis or [record("1000000099", ADAMS, day(0))]


def reconcile(folder: Path, ods: Path, sis: Path, name: str, **options: object) -> RunResult:
    chosen = load_settings(None, {**FAR, **options}, AS_OF)
    database = folder / f"{name}.duckdb"
    out = folder / name
    return run_reconciliation(ods, sis, chosen, out, database, Engine(), lambda _: None)


def read_lines(result: RunResult) -> Iterator[tuple[str, list[str]]]:
    with zipfile.ZipFile(result.archive) as archive:
        for name in archive.namelist():
            for line in archive.read(name).decode().splitlines():
                yield name, line.split("^")


@PROFILE
@given(district=districts(), order=st.randoms(use_true_random=False))
def test_line_order_changes_no_byte_and_no_student_is_twice_in_a_file(district, order) -> None:  # type: ignore[no-untyped-def] # hypothesis gives the arguments
    ods, sis = district
    with TemporaryDirectory() as name:
        folder = Path(name)
        ods_path = write_ods(folder / "ods.txt", ods)
        sis_path = write_sis(folder / "sis.txt", sis)
        first = reconcile(folder, ods_path, sis_path, "first")
        order.shuffle(ods)
        order.shuffle(sis)
        write_ods(ods_path, ods, line_end="\n")
        write_sis(sis_path, sis)
        second = reconcile(folder, ods_path, sis_path, "second")
        assert first.archive.read_bytes() == second.archive.read_bytes()
        assert first.accounting == second.accounting
        students = Counter((file, line[7]) for file, line in read_lines(first))
        assert all(count == 1 for count in students.values())


@PROFILE
@given(district=districts())
def test_every_file_posts_and_the_next_runs_come_to_rest(district) -> None:  # type: ignore[no-untyped-def] # hypothesis gives the argument
    ods, sis = district
    with TemporaryDirectory() as name:
        folder = Path(name)
        extract = write_ods(folder / "ods0.txt", ods)
        sis_path = write_sis(folder / "sis.txt", sis)
        agreed: set[tuple[str, str, str]] = set()
        for turn in range(3):
            result = reconcile(folder, extract, sis_path, f"run{turn}")
            sent = list(read_lines(result))
            # nothing is sent for a key that was the same on both sides
            assert not agreed & {(line[4], line[7], line[21]) for _, line in sent}
            assert all(name == "001_Removals.txt" for name, _ in sent) or turn == 0
            assert not sent or turn < 2
            held = read_extract(extract)
            for posted in post_archive(held, result.archive, AS_OF):
                assert posted.posted, posted
            extract = folder / f"ods{turn + 1}.txt"
            write_extract(held, extract)
            agreed = find_agreement(result)


def find_agreement(result: RunResult) -> set[tuple[str, str, str]]:
    """Return the keys that the run found the same on both sides."""
    import duckdb

    with duckdb.connect(str(result.database), read_only=True) as con:
        return set(
            con.execute(
                "select school_of_attendance, ssid, strftime(enrollment_start_date, '%Y%m%d') "
                "from recon.classified_record where class = 'same'"
            ).fetchall()
        )
