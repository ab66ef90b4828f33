"""Whatever two extracts have, each line has exactly one class, and their order does not matter."""

from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest

from senr_duck.reference.compared_tables import list_compared, list_reasons
from tests.support.compared import AS_OF, open_compared
from tests.support.other_files import LEA, Record, number

pytestmark = pytest.mark.slow

# Few values, so that keys meet, repeat and contradict each other.
VALUES = {
    "SELA": {
        "ssid": [*map(number, range(6)), "", "12"],
        "reporting_lea": [LEA, LEA, LEA, "1911111", ""],
        "english_language_acquisition_status_code": ["TBD", "EO", "EL", "RFEP", "IFEP", "ADEL", ""],
        "english_language_acquisition_status_start_date": ["20230815", "20250815", "20251001", ""],
        "primary_language_code": ["spa", "SPA", "eng", "01", ""],
        "transaction_type_code": ["", "", "", "D"],
    },
    "SPRG": {
        "ssid": [*map(number, range(4)), "", "12"],
        "reporting_lea": [LEA, LEA, LEA, "1911111"],
        "school_of_attendance": ["1930650", "1930650", "1930651", ""],
        "education_program_code": ["127", "108", "181", "191", "185", "999", ""],
        "education_program_membership_start_date": ["20240815", "20250815", "2025-08-15", "x"],
        "education_program_membership_end_date": ["", "", "20251001", "20251002", "20200101", "x"],
        "unaccompanied_youth_indicator": ["", "Y", "N"],
        "homeless_dwelling_type_code": ["", "100", "110"],
    },
    "SINF": {
        "ssid": [*map(number, range(6)), "", "12"],
        "reporting_lea": [LEA, LEA, LEA, "1911111"],
        "effective_start_date": ["20240815", "20250815", ""],
        "effective_end_date": ["", "", "20251001"],
        "student_birth_date": ["20150102", "20150102", "20150103", ""],
        "student_legal_first_name": ["Ana", "ANA", "Eva", ""],
        "student_race_1_code": ["700", "600", ""],
        "student_race_2_code": ["700", ""],
    },
}
ROUNDS = 8


def draw(random: Random, file_type: str) -> list[Record]:
    values = VALUES[file_type]
    return [
        {column: random.choice(of_column) for column, of_column in values.items()}
        for _ in range(random.randint(1, 60))
    ]


def draw_enrollments(random: Random) -> list[dict[str, Any]] | None:
    if random.random() < 0.3:
        return None
    start = AS_OF.replace(year=2025, month=8, day=15)
    exits = [None, AS_OF.replace(year=2025, month=10, day=1)]
    return [
        {
            "ssid": number(place),
            "school_of_attendance": "1930650",
            "enrollment_start_date": start,
            "enrollment_exit_date": random.choice(exits),
            "student_exit_reason_code": random.choice(["T160", "E155"]),
        }
        for place in range(4)
    ]


def read_classes(file_type: str, *sides: list[Record], **options: Any) -> Counter[tuple[Any, ...]]:
    """Return how many lines with the same content have which class."""
    classes: Counter[tuple[Any, ...]] = Counter()
    with open_compared(file_type, *sides, **options) as con:
        found = con.execute(
            f"select side, source_line, class, reason from {file_type.lower()}.line_class"
        ).fetchall()
        listed = con.execute(
            f"select count(*), count(distinct (ods_line, sis_line, compared_place))"
            f" from {file_type.lower()}.listed"
        ).fetchall()
    lines = [(side, line) for side, line, _, _ in found]
    assert sorted(lines) == [
        (side, line)
        for side, records in zip(("ods", "sis"), sides, strict=True)
        for line in range(1, len(records) + 1)
    ]
    known = {(row["class"], row["reason"]) for row in list_reasons(file_type)}
    assert {(one, reason) for _, _, one, reason in found} <= known
    assert listed[0][0] == listed[0][1]
    by_side = dict(zip(("ods", "sis"), sides, strict=True))
    for side, line, one, reason in found:
        content = tuple(sorted(by_side[side][line - 1].items()))
        classes[side, content, one, reason] += 1
    return classes


@pytest.mark.parametrize("file_type", list_compared())
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_each_line_has_one_class_in_any_order_of_lines(file_type: str, seed: int) -> None:
    random = Random(f"{file_type} {seed}")  # noqa: S311 - a failure must come again
    ods, sis = draw(random, file_type), draw(random, file_type)
    enrollments = draw_enrollments(random)
    before = read_classes(file_type, ods, sis, enrollments=enrollments)
    random.shuffle(ods)
    random.shuffle(sis)
    assert read_classes(file_type, ods, sis, enrollments=enrollments) == before


@pytest.mark.parametrize("file_type", list_compared())
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_equal_pairs_are_those_of_the_full_comparison(
    file_type: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(f"{file_type} {seed}")  # noqa: S311 - a failure must come again
    ods, sis = draw(random, file_type), draw(random, file_type)
    alone = [
        {**record, "ssid": number(100 + n)} for n, record in enumerate(draw(random, file_type))
    ]
    ods, sis = ods + alone, sis + alone
    enrollments = draw_enrollments(random)
    quick = read_lines(file_type, ods, sis, enrollments)
    monkeypatch.setattr("senr_duck.compare.lines._write_plain", lambda _: "cast(null as varchar)")
    full = read_lines(file_type, ods, sis, enrollments)
    assert quick.lines == full.lines
    assert (quick.equal_pairs > 0, full.equal_pairs) == (True, 0)


@dataclass(frozen=True)
class Found:
    """The classes of the lines and the rows of the list, sorted, and the number of equal pairs."""

    lines: list[tuple[Any, ...]]
    equal_pairs: int


def read_lines(
    file_type: str,
    ods: list[Record],
    sis: list[Record],
    enrollments: list[dict[str, Any]] | None,
) -> Found:
    name = file_type.lower()
    with open_compared(file_type, ods, sis, enrollments=enrollments) as con:
        classes = con.execute(f"select * from {name}.line_class order by all").fetchall()
        listed = con.execute(f"select * from {name}.listed order by all").fetchall()
        [(equal_pairs,)] = con.execute(f"select count(*) from {name}.equal_pair").fetchall()
    return Found([*classes, *listed], equal_pairs)
