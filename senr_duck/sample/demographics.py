"""Make up the demographic record of a student, and how the SIS differs from CALPADS."""

from random import Random

from senr_duck.sample.days import AS_OF

Record = dict[str, str]

_RACES = ("700", "700", "700", "600", "204", "400", "205", "100", "299")
_STREETS = ("Main St", "Oak Ave", "Pine Ct", "Palm Dr", "Valley Rd", "Mission Blvd", "Elm Way")
_START = "effective_start_date"


def make_demographics(student: Record, rng: Random) -> list[Record]:
    """Return the student's records in CALPADS, the newest last; some have an earlier one."""
    start = student["enrollment_start_date"]
    first = _RACES[int(rng.random() * len(_RACES))]
    newest = {
        _START: start,
        "student_hispanic_ethnicity_indicator": "Y" if rng.random() < 0.55 else "N",
        "student_race_1_code": first,
        "student_race_2_code": "600" if first == "700" and rng.random() < 0.1 else "",
        "address_line_1": f"{1 + int(rng.random() * 9_999)} {_STREETS[int(rng.random() * 7)]}",
        "address_city_name": student["student_birth_city"] or "Fresno",
        "address_state_province_code": "US-CA",
        "address_zip_code": f"9{int(rng.random() * 10_000):04}",
        "student_initial_us_school_enrollment_date_k_12": start,
        "parent_guardian_highest_education_level_code": f"1{int(rng.random() * 6)}",
        "guardian_1_first_name": student["student_legal_first_name"],
        "guardian_1_last_name": student["student_legal_last_name"],
    }
    if rng.random() < 0.9:
        return [newest]
    before = {
        **newest,
        _START: f"{AS_OF.year - 3}0815",
        "effective_end_date": f"{int(start[:4]) - 1}1231",
        "address_line_1": "1 Former St",
    }
    return [before, newest]


def drift_demographics(truth: list[Record], turn: int) -> tuple[list[Record], list[Record]]:
    """Return the records in CALPADS and in the SIS with the difference whose turn it is."""
    newest = truth[-1]
    swapped = {"student_race_1_code": "600", "student_race_2_code": "700"}
    kinds: tuple[tuple[list[Record], list[Record]], ...] = (
        (truth, [{**newest, "address_line_1": "2 New Home Rd"}]),
        (truth, [{**newest, "student_birth_date": "20140228"}]),
        (truth, [{**newest, "student_gender_code": "X"}]),
        (truth, [{**newest, "guardian_1_first_name": "", "guardian_1_last_name": ""}]),
        (truth, []),
        ([], [newest]),
        (
            [{**newest, "student_race_1_code": "700", "student_race_2_code": "600"}],
            [{**newest, **swapped}],
        ),
        (truth, [{**newest, "address_line_1": newest["address_line_1"].upper()}]),
        ([{**newest, "effective_end_date": f"{AS_OF.year}1001"}], [newest]),
        (truth, [{**newest, "parent_guardian_highest_education_level_code": "15"}]),
        (truth, [newest, {**newest, "student_legal_first_name": "Alex"}]),
        (truth, [{**newest, "student_race_missing_indicator": "N"}]),
        (truth, [{**newest, "guardian_2_first_name": "Alex"}]),
    )
    return kinds[turn % len(kinds)]
