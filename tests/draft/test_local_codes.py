"""What init makes of codes that no code set has."""

from pathlib import Path

import pytest

from tests.draft.exports import (
    VENDOR,
    both_sides,
    init,
    localize,
    read_both,
    section,
    write_table,
)
from tests.support.extracts import ADAMS, YEAR, record, write_ods

NAMES = {
    **VENDOR,
    "District": "reporting_lea",
    "Transfer Code": "student_school_transfer_code",
    "Receiver School": "expected_receiver_school_of_attendance",
}


def write_codes(folder: Path, column: str, codes: list[tuple[str, str | None]]) -> None:
    """Write a student for each local code, with CALPADS's code or, for None, only in the SIS."""
    ods, sis = both_sides()
    sis = localize(sis)
    for number, (local, code) in enumerate(codes):
        one = record(f"20000001{number:02}", ADAMS, YEAR)
        if code is not None:
            ods.append({**one, column: code})
        sis.append({**localize([one])[0], column: local})
    write_ods(folder / "ods.txt", ods)
    write_table(folder / "sis.csv", sis, NAMES)


@pytest.mark.parametrize(
    ("column", "codes", "line"),
    [
        (
            "student_gender_code",
            [("nonbinary", None)],
            '# "NONBINARY" = "X"   # CALPADS\'s name of X is Nonbinary',
        ),
        (
            "grade_level_code",
            [("Kindergarten", None)],
            '# "KINDERGARTEN" = "KN"   # CALPADS\'s name of KN is Kindergarten',
        ),
        (
            "grade_level_code",
            [("P", None)],
            '# "P" = "PS"   # the only code with this beginning: Prekindergarten',
        ),
        (  # TD and TK
            "grade_level_code",
            [("T", None)],
            '## "T" = "?"   # the extracts do not show what it means; 1 record',
        ),
        (
            "grade_level_code",
            [("KG", "TK")] * 3 + [("KG", "KN")] * 2,
            '# "KG" = "TK"   # 3 of 5 records in the ODS extract',
        ),
        (  # not more than half
            "grade_level_code",
            [("KG", "TK")] * 3 + [("KG", "KN")] * 3,
            '## "KG" = "?"   # the extracts do not show what it means; 6 records',
        ),
        (  # too few
            "grade_level_code",
            [("KG", "KN")] * 2,
            '## "KG" = "?"   # the extracts do not show what it means; 2 records',
        ),
        (  # most are blank in the ODS extract: the value means that there is none
            "student_school_transfer_code",
            [("0", "1")] * 3 + [("0", "")] * 3,
            '## "0" = "?"   # the extracts do not show what it means; 6 records',
        ),
        (
            "student_exit_reason_code",
            [("NULL", "T160")] * 3,
            '## "NULL" = "?"   # export this as a blank field; 3 records',
        ),
        (
            "expected_receiver_school_of_attendance",
            [("101", None)],
            '# "101" = "1930650"   # as in school_of_attendance',
        ),
        (
            "reporting_lea",
            [("64733", "1964733")] * 3,
            '# "64733" = "1964733"   # 3 of 3 records in the ODS extract',
        ),
    ],
)
def test_the_likely_code_and_why(
    tmp_path: Path, column: str, codes: list[tuple[str, str | None]], line: str
) -> None:
    write_codes(tmp_path, column, codes)
    init(tmp_path)
    assert line in section(tmp_path, f"translate.{column}")
    read_both(tmp_path / "senr.toml")


def test_a_code_that_is_not_known_comes_with_those_that_are_expected(tmp_path: Path) -> None:
    write_codes(tmp_path, "student_gender_code", [("U", None)])
    init(tmp_path)
    assert section(tmp_path, "translate.student_gender_code") == [
        '# "FEMALE" = "F"   # 16 of 16 records in the ODS extract',
        '## "U" = "?"   # the extracts do not show what it means; 1 record',
        "#   expected: F, M, X",
    ]


@pytest.mark.parametrize(
    ("values", "listed", "withheld"),
    [
        ([f"X{n}" for n in range(50)] * 2, 50, 0),
        ([f"X{n}" for n in range(51)] * 2, 0, 51),
        ([f"X{n}" for n in range(30)], 0, 30),  # each once: codes would occur again and again
        ([f"X{n}" for n in range(9)], 9, 0),
        (["X" * 20, "X" * 21], 1, 1),
        (["Moved to Nuñez", "Ana"], 0, 2),  # names of students
        (["12/31/2015", "2015-3-1", "20150310", "2000000105", "Nov 17 2013"], 0, 5),
        (["L010", "L0101"], 1, 1),  # the second one's own local student ID
        (['A"B', "A\\B", "A\tB", "ß"], 3, 1),
    ],
)
def test_values_that_may_be_no_codes_are_counted_and_not_listed(
    tmp_path: Path, values: list[str], listed: int, withheld: int
) -> None:
    column = "student_school_transfer_code"
    write_codes(tmp_path, column, [(value, None) for value in values])
    init(tmp_path)
    lines = section(tmp_path, f"translate.{column}")
    assert sum(line.startswith("##") for line in lines) == listed
    noun = "other value" if withheld == 1 else "other values"
    counted = f"#   {withheld} {noun} not listed: possibly a student's data, or no code at all"
    assert lines[-1:] == ([counted] if withheld else ["#   expected: 1, 2, 3, 4, 5, 6"])
    read_both(tmp_path / "senr.toml")


def test_the_codes_of_next_year_are_those_of_the_column_itself(tmp_path: Path) -> None:
    ods, sis = both_sides()
    write_ods(tmp_path / "ods.txt", ods)
    sis = [{**one, "next_grade_level_code": "G1"} for one in localize(sis)]
    write_table(
        tmp_path / "sis.csv", sis, {**VENDOR, "next_grade_level_code": "next_grade_level_code"}
    )
    init(tmp_path)
    assert section(tmp_path, "translate.grade_level_code")[0] == (
        '## "G1" = "?"   # the extracts do not show what it means; 16 records'
    )
