"""Made-up students on whom both sides mostly agree, with something odd on a record or two.

Nothing here has to make sense: what is odd may be on both sides, on one, or on one of two records.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from tests.support.districts import make_student
from tests.support.extracts import LEA, Record
from tests.support.lives import SCHOOLS, STORIES, read_day

OTHER_LEA = "1975309"
NOT_REPORTED = "1930699"
# A local code of the SIS, and what it means.
TRANSLATE = {
    "grade_level_code": {"5": "05", "07": "08"},
    "student_exit_reason_code": {"MOVED": "T160", "T167": "T160"},
    "school_of_attendance": {"17": SCHOOLS[0]},
}

_VALUES: dict[str, tuple[str, ...]] = {
    "enrollment_status_code": ("10", "20", "30", "50", "", "99"),
    "grade_level_code": ("", "PS", "TD", "12", "AD", "KN", "5", "07", "08", "zz"),
    "student_exit_reason_code": (
        *("", "E150", "E155", "E156", "E160", "E170", "E230", "E450", "N470", "T160", "T167"),
        *("MOVED", "T165", "t160"),
    ),
    "student_school_completion_status_code": ("", "100", "480", "330"),
    "expected_receiver_school_of_attendance": ("", "1930651"),
    "student_met_all_uc_csu_requirements_indicator": ("", "Y", "N", "y"),
    "student_golden_state_seal_merit_diploma_indicator": ("", "Y"),
    "student_seal_of_biliteracy_indicator": ("", "Y"),
    "graduation_exemption_indicator": ("", "N", "1"),
    "school_of_attendance_nps": ("", "7102536"),
    "student_school_transfer_code": ("", "1", "2"),
    "district_of_geographic_residence_code": ("", OTHER_LEA),
    "adult_age_students_with_disabilities_in_transition_status": ("", "Y"),
    "school_of_attendance": (*SCHOOLS, NOT_REPORTED, "17", "ABC", "", "0000001", LEA),
    "reporting_lea": (OTHER_LEA, "12345", "", LEA),
    "local_student_id": ("", "L0001", "L0002", "L0003", "new"),
    "ssid": ("", "1000000001", "1000000002", "12345"),
    "student_legal_first_name": ("Ana", "ANA", "Ana ", "", "Béa", "O\u2019Neil"),
    "student_legal_last_name": ("Nuñez", "Nunez", "Paz", ""),
    "student_alias_first_name": ("", "Annie"),
    "student_legal_name_suffix": ("", "JR"),
    "student_birth_date": ("20150310", "20140310", "20271399", "", "2015-03-10"),
    "student_gender_code": ("F", "M", "X", "f", ""),
    "student_birth_city": ("", "Fresno", "fresno"),
    "student_birth_country_code": ("US", "MX", ""),
    "transaction_type_code": ("", "D", "R"),
    "enrollment_start_date": ("", "20271399", "2027-08-14"),
}

# A record and the as-of date become another record.
Change = Callable[[Random, Record, date], Record]


def make_mixture(seed: int, as_of: date, students: int) -> tuple[list[Record], list[Record]]:
    """Return the records of both sides, in no order; the same ones for the same seed."""
    rng = Random(f"{seed} {as_of}")  # noqa: S311 - made-up students are needed again
    ods: list[Record] = []
    sis: list[Record] = []
    for number in range(students):
        of_ods, of_sis = _make_sides(rng, f"{1_000_000_000 + number}", as_of)
        ods += of_ods
        sis += of_sis
    rng.shuffle(ods)
    rng.shuffle(sis)
    return ods, sis


def _make_sides(rng: Random, ssid: str, as_of: date) -> tuple[list[Record], list[Record]]:
    wishes = ["shift"] if rng.random() < 0.1 else []
    student = make_student(ssid, as_of, rng.choice(tuple(STORIES)), wishes, rng.randrange(2**31))
    ods = [dict(one) for one in student.ods]
    sis = [dict(one) for one in (student.sis if rng.random() < 0.3 else student.ods)]
    if rng.random() < 0.5:
        sis = [_reopen_year_end(rng, one, as_of) for one in sis]
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
        change = rng.choice(_CHANGES)
        seed, sides = rng.randrange(2**31), rng.choice(("both", "both", "ods", "sis"))
        if sides != "sis" and ods:
            _change_one(Random(seed), ods, change, as_of)  # noqa: S311
        if sides != "ods" and sis:
            _change_one(Random(seed), sis, change, as_of)  # noqa: S311
    return ods, sis


def _reopen_year_end(rng: Random, one: Record, as_of: date) -> Record:
    """Return the record as an SIS has it that stores no year-end codes."""
    is_year_end = one.get("student_exit_reason_code") in ("E155", "E230", "E450", "E170")
    if is_year_end and rng.random() < 0.7:
        fields = ("enrollment_exit_date", "student_exit_reason_code")
        return {name: value for name, value in one.items() if name not in fields}
    return one


def _change_one(rng: Random, records: list[Record], change: Change, as_of: date) -> None:
    """Change one record, put its changed copy next to it, or leave it out."""
    place = rng.randrange(len(records))
    changed = change(rng, records[place], as_of)
    match rng.randrange(10):
        case 0:
            del records[place]
        case 1:
            records.append(dict(records[place]))
        case 2:
            records.append(changed)
        case _:
            records[place] = changed


def _read(text: str, otherwise: date) -> date:
    try:
        return read_day(text)
    except ValueError:
        return otherwise


def _set_value(rng: Random, one: Record, as_of: date) -> Record:
    column = rng.choice(tuple(_VALUES))
    return {**one, column: rng.choice(_VALUES[column])}


def _set_exit(rng: Random, one: Record, as_of: date) -> Record:
    start = _read(one["enrollment_start_date"], as_of)
    day = rng.choice(
        (
            start - timedelta(days=1),
            start,
            start + timedelta(days=rng.randint(1, 300)),
            as_of,
            as_of + timedelta(days=rng.randint(1, 40)),
        )
    )
    text = rng.choice((f"{day:%Y%m%d}", f"{day:%Y%m%d}", f"{day:%Y-%m-%d}", "20271399", ""))
    reasons = _VALUES["student_exit_reason_code"]
    return {**one, "enrollment_exit_date": text, "student_exit_reason_code": rng.choice(reasons)}


def _set_start(rng: Random, one: Record, as_of: date) -> Record:
    ends = _read(one.get("enrollment_exit_date", ""), as_of)
    day = rng.choice(
        (
            ends,
            ends + timedelta(days=1),
            ends - timedelta(days=rng.randint(1, 40)),
            as_of + timedelta(days=3),
            ends.replace(year=as_of.year - 4, day=1),
        )
    )
    return {**one, "enrollment_start_date": f"{day:%Y%m%d}"}


def _move_on(rng: Random, one: Record, as_of: date) -> Record:
    """Return an enrollment from the day after this one on, or from about then."""
    moved = _set_start(rng, one, as_of)
    school = rng.choice((one["school_of_attendance"], *SCHOOLS))
    plain = {name: value for name, value in moved.items() if "exit" not in name}
    return {**plain, "school_of_attendance": school}


_CHANGES: tuple[Change, ...] = (_set_value, _set_value, _set_exit, _set_start, _move_on)
