"""Make up the language statuses of a student, and how the SIS differs from CALPADS."""

from random import Random

from senr_duck.sample.days import AS_OF

Record = dict[str, str]

_LANGUAGES = ("spa", "spa", "spa", "spa", "vie", "yue", "tgl", "ara", "kor", "rus")
_CODE = "english_language_acquisition_status_code"
_START = "english_language_acquisition_status_start_date"
_LANGUAGE = "primary_language_code"
_OTHER_LEA = "1910017"  # Los Angeles County Office of Education: not a district of any sample


def make_statuses(student: Record, rng: Random) -> list[Record]:
    """Return the student's statuses in CALPADS, the newest last."""
    start = _first_school_day(student)
    language = _LANGUAGES[int(rng.random() * len(_LANGUAGES))]
    u = rng.random()
    if u < 0.7:
        return [_status("EO", start, "eng")]
    if u < 0.74:
        return [_status("TBD", start, language), _status("IFEP", _later(start, 1), language)]
    statuses = [_status("TBD", start, language), _status("EL", _later(start, 1), language)]
    if u < 0.92 or int(start[:4]) + 3 >= AS_OF.year:
        return statuses
    return [*statuses, _status("RFEP", _later(start, 3), language)]


def drift_statuses(truth: list[Record], turn: int) -> tuple[list[Record], list[Record]]:
    """Return the statuses in CALPADS and in the SIS with the difference whose turn it is."""
    newest = truth[-1]
    start = newest[_START]
    this_year = f"{AS_OF.year}0"
    kinds: tuple[tuple[list[Record], list[Record]], ...] = (
        (truth, [{**newest, _START: _next_day(start)}]),
        (truth, [{**newest, _LANGUAGE: ""}]),
        ([_status("EL", start, "spa")], [_status("EL", start, "vie")]),
        ([_status("EL", start, "spa")], [_status("EL", start, "eng")]),
        (truth, []),
        ([], [_status("EO", f"{this_year}815", "eng")]),
        ([], [_status("EL", f"{this_year}815", "spa")]),
        ([_status("TBD", f"{this_year}815", "spa")], [_status("EO", f"{this_year}901", "eng")]),
        ([_status("TBD", f"{this_year}815", "spa")], [_status("EO", f"{this_year}815", "eng")]),
        ([_status("TBD", f"{this_year}815", "spa")], [_status("EL", f"{this_year}901", "spa")]),
        ([_status("EL", start, "spa")], [_status("RFEP", f"{this_year}915", "spa")]),
        ([_status("RFEP", f"{this_year}915", "spa")], [_status("EL", start, "spa")]),
        ([_status("EO", start, "eng")], [_status("TBD", f"{this_year}815", "spa")]),
        ([_status("IFEP", start, "spa")], [_status("EO", f"{this_year}815", "eng")]),
        ([{**newest, "reporting_lea": _OTHER_LEA}], [newest]),
        ([{**newest, "reporting_lea": _OTHER_LEA}], []),
        (truth, [{**newest, _CODE: "FEP"}]),
        (truth, [{**newest, _LANGUAGE: newest[_LANGUAGE].upper()}]),
        (truth, [newest, {**newest, _LANGUAGE: "hmn"}]),
        ([_status("EL", start, "spa")], [_status("RFEP", f"{this_year}915", "eng")]),
        ([], [_status("EO", f"{AS_OF.year - 20}0815", "eng")]),  # a mistyped year
    )
    return kinds[turn % len(kinds)]


def _status(code: str, start: str, language: str) -> Record:
    return {_CODE: code, _START: start, _LANGUAGE: language}


def _first_school_day(student: Record) -> str:
    """Return a day in August of the year in which the student became 5, none in the future."""
    return f"{min(int(student['student_birth_date'][:4]) + 5, AS_OF.year)}0815"


def _later(day: str, years: int) -> str:
    """Return a day of the testing season, but none in the future."""
    year = min(int(day[:4]) + years, AS_OF.year)
    return f"{year}0920"


def _next_day(day: str) -> str:
    return f"{day[:6]}{int(day[6:]) + 1:02}"
