"""Make up the programs of a student, and how the SIS differs from CALPADS."""

from random import Random

from senr_duck.sample.days import AS_OF

Record = dict[str, str]

_PROGRAM = "education_program_code"
_START = "education_program_membership_start_date"
_END = "education_program_membership_end_date"
_YEAR_START = f"{AS_OF.year}0701"
_SHARES = (("181", 0.5), ("182", 0.08), ("127", 0.07), ("101", 0.03), ("192", 0.02), ("108", 0.02))


def make_programs(student: Record, rng: Random) -> list[Record]:
    """Return the student's open records of this school year; most have a meal program."""
    start = _first_day(student)
    programs = [_program(code, start) for code, share in _SHARES if rng.random() < share]
    if rng.random() < 0.03:
        programs.append(_homeless(start))
    return programs


def drift_programs(
    student: Record, truth: list[Record], turn: int
) -> tuple[list[Record], list[Record]]:
    """Return the records in CALPADS and in the SIS with the difference whose turn it is."""
    start = _first_day(student)
    gate, homeless = _program("127", start), _homeless(start)
    others = [one for one in truth if one[_PROGRAM] not in ("127", "191", "108", "135")]
    ended = f"{AS_OF.year}1015"
    migrant = {**_program("135", start), "migrant_student_id": "06123456789"}
    old = _program("127", f"{AS_OF.year - 1}0815")
    kinds: tuple[tuple[list[Record], list[Record]], ...] = (
        ([gate], [{**gate, _END: ended}]),
        ([{**gate, _END: ended}], [gate]),
        ([{**gate, _END: ended}], [{**gate, _END: f"{AS_OF.year}1016"}]),
        ([], [gate]),
        ([gate], []),
        ([gate], [gate, _program("127", ended)]),
        ([old], [{**old, _START: start}]),
        ([gate], [{**gate, _START: f"{AS_OF.year}0820"}]),
        ([homeless], [{**homeless, "homeless_dwelling_type_code": "120"}]),
        ([{**homeless, "unaccompanied_youth_indicator": "Y"}], [homeless]),
        ([homeless], [{**homeless, "unaccompanied_youth_indicator": "Y"}]),
        ([migrant], [{**migrant, "migrant_student_id": ""}]),
        ([], [_program("131", start)]),
        ([], [{**gate, _END: _YEAR_START}]),
        ([], [_program("108", _YEAR_START)]),
        ([{**old, _END: f"{AS_OF.year - 1}1015"}], []),
        ([gate], [gate, gate]),
        ([gate], [{**gate, "ssid": ""}]),
        ([], [_program("122", start)]),
    )
    in_calpads, in_sis = kinds[turn % len(kinds)]
    return others + in_calpads, others + in_sis


def make_left_programs(student: Record, place: int) -> tuple[list[Record], list[Record]]:
    """Return the records of a student who has left: CALPADS has closed one itself, and keeps one.

    The SIS has the first one open, or with a day too many, and the second one no more.
    """
    start, end = student["enrollment_start_date"], student["enrollment_exit_date"]
    took_part = _program("108", start)
    in_sis = took_part if place % 2 else {**took_part, _END: f"{AS_OF:%Y%m%d}"}
    return [{**took_part, _END: end}, _program("127", start)], [in_sis]


def _first_day(student: Record) -> str:
    """Return the first day of the enrollment, or of this school year if that was before it."""
    start = student["enrollment_start_date"]
    return start if start >= _YEAR_START else f"{AS_OF.year}0815"


def _program(code: str, start: str) -> Record:
    return {_PROGRAM: code, _START: start}


def _homeless(start: str) -> Record:
    return {
        **_program("191", start),
        "homeless_dwelling_type_code": "100",
        "unaccompanied_youth_indicator": "N",
        "runaway_youth_indicator": "N",
    }
