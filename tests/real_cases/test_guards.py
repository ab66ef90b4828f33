"""Extracts that are wrong as a whole: the run stops, or holds, and says what to look at."""

import re
from pathlib import Path

from tests.real_cases.command import CALENDAR, reconcile, run_command, write_sides
from tests.real_cases.notation import SCHOOLS, Case, plain_students, students

KEEP = """
[keep]
file = "keep.csv"
"""


def test_case_81_a_join_that_doubles_lines_stops_the_run(tmp_path: Path) -> None:
    plain = plain_students()
    done = run_command(tmp_path, *write_sides(tmp_path, plain, [*plain, *plain[:22]]))
    assert done.status == 1
    assert "join" in done.words
    assert "22" in done.words or "44" in done.words


def test_case_90_the_sis_stores_the_first_day_away(tmp_path: Path) -> None:
    """60 records end a day later in the SIS, 30 with another reason: two columns are off."""
    ods = students(30, "E1 240812-250606 E155; E1 250811-250912 T160")
    sis = students(30, "E1 240812-250607 E155; E1 250811-250913 T180")
    plain = [one for one in plain_students() if not one.get("enrollment_exit_date")]
    done = run_command(tmp_path, *write_sides(tmp_path, [*plain, *ods], [*plain, *sis]))
    assert done.status == 1
    assert "enrollment_exit_date" in done.words
    assert "60 of 60" in done.words
    assert re.search(r"\b(1|one|a) day\b", done.words)
    assert "student_exit_reason_code" in done.words
    assert [code for code in ("T160", "T180") if code not in done.words] == []
    assert "--max-update-share" in done.words
    assert list(tmp_path.glob("out/*/*.zip")) == []


def test_case_90_summer_leavers_are_not_such_a_column(tmp_path: Path) -> None:
    """30 students closed with E155 who left over the summer: their reasons are sent."""
    ods = students(30, "E1 240812-250606 E155")
    sis = students(30, "E1 240812-250606 T160")
    plain = plain_students()
    done = run_command(tmp_path, *write_sides(tmp_path, [*plain, *ods], [*plain, *sis]))
    assert (done.status, len(done.records)) == (0, 30), done.words


def test_case_92_preschoolers_of_a_program_that_is_not_in_the_sis(tmp_path: Path) -> None:
    """15 records of a school that another system keeps: none becomes a no-show."""
    children = students(15, "M1 250815- grPS")
    plain = [one for one in plain_students() if one["school_of_attendance"] != SCHOOLS["M1"]]
    done = run_command(tmp_path, *write_sides(tmp_path, [*plain, *children], plain))
    assert (done.status, done.records) == (0, []), done.words
    assert done.held_ssids() == {one["ssid"] for one in children}
    fatal = {one["rule"] for one in done.exceptions if one["severity"] == "fatal"}
    assert fatal == {"SCHOOL-ABSENT"}
    notices = [one for one in done.summary["notices"] if "6057913" in one]
    assert [one for one in notices if "15" in one], notices


def test_case_94_a_keep_list_from_excel_is_refused_with_the_reason(tmp_path: Path) -> None:
    kept = "ssid,school_of_attendance,enrollment_start_date,why\n2100000001,{},{},entered by hand\n"
    plain = write_sides(tmp_path, plain_students(), plain_students())
    for school, start, column in (
        ("6015986", "8/15/2025", "enrollment_start_date"),
        ("1", "2025-08-15", "school_of_attendance"),
    ):
        (tmp_path / "keep.csv").write_text(kept.format(school, start), encoding="utf-8")
        done = run_command(tmp_path, *plain, config=CALENDAR + KEEP)
        assert done.status == 2
        assert [text for text in ("keep.csv", "line 2", column) if text not in done.words] == []


def test_case_94_blank_rows_are_passed_over_and_a_row_without_effect_is_a_notice(
    tmp_path: Path,
) -> None:
    hand_made = Case(
        "94",
        "a secondary enrollment that was entered by hand in CALPADS",
        ods="E1 250811-; E2 250815- st20",
        sis="E1 250811-",
        listed=("KEEP-LIST",),
    )
    header = "ssid,school_of_attendance,enrollment_start_date,why"
    row = f"{hand_made.ssid},6016018,2025-08-15,entered by hand"
    lines = [header, row, ",,,", "", "2999999999,6015986,2025-08-11,", ",,,"]
    (tmp_path / "keep.csv").write_text("\r\n".join(lines), encoding="utf-8", newline="")
    done = reconcile(tmp_path, [hand_made], config=CALENDAR + KEEP)
    done.check(hand_made)
    notices = [one for one in done.summary["notices"] if "keep.csv" in one]
    assert [one for one in notices if "line 5" in one and "2999999999" not in one], notices


def test_case_95_a_date_range_that_is_too_short_names_both_ranges(tmp_path: Path) -> None:
    plain = plain_students()
    this_year = [one for one in plain if one["enrollment_start_date"] > "20250701"]
    leaver = students(1, "E1 250811-250912 T160")
    sides = write_sides(tmp_path, [*this_year, *leaver], [*plain, *leaver])
    done = run_command(tmp_path, *sides)
    assert done.status == 1
    named = ("2024-2025", "2024-08-12", "2025-08-11", "--allow-missing-schools")
    assert [words for words in named if words not in done.words] == []


def test_case_95_active_students_only(tmp_path: Path) -> None:
    plain = plain_students()
    active = [one for one in plain if not one["enrollment_exit_date"]]
    done = run_command(tmp_path, *write_sides(tmp_path, active, plain))
    assert done.status == 1
    assert "exit date" in done.words
    assert "active students only" in done.words
