"""Students whose values are all easy to find in any output."""

from tests.support.extracts import ADAMS, BAKER, YEAR, Record, every_class, record

NAMES = ("Zephyrinda", "Quillfeather", "Oberonetta")
BIRTH_DATES = ("20131117", "2013-11-17", "11/17/2013")
SSIDS, LOCAL_IDS = "86420975", "QX77"  # what each of them begins with
CANARY = (*NAMES, *BIRTH_DATES, SSIDS, LOCAL_IDS)


def canary(one: Record) -> Record:
    """Return the record with values that are easy to find."""
    number = one["ssid"][-2:]
    return {
        **one,
        "ssid": SSIDS + number,
        "local_student_id": LOCAL_IDS + number,
        "student_legal_first_name": NAMES[0],
        "student_legal_last_name": NAMES[1],
        "student_legal_middle_name": NAMES[2],
        "student_birth_date": BIRTH_DATES[0],
    }


def canaries() -> tuple[list[Record], list[Record]]:
    """Return both sides: students sent and held for several rules, each side's doubles too."""
    ods, sis = every_class()
    mismatch = record("1000000020", ADAMS, YEAR)
    repeated = record("1000000021", ADAMS, YEAR)
    overlaps = [record("1000000022", ADAMS, YEAR), record("1000000022", BAKER, "20250901")]
    ods = [canary(one) for one in (*ods, mismatch, repeated, repeated, overlaps[0])]
    sis = [canary(one) for one in (*sis, mismatch, repeated, repeated, *overlaps)]
    (under_another,) = [one for one in sis if one["ssid"] == SSIDS + "20"]
    under_another["ssid"] = SSIDS + "99"
    sis[-3] = {**sis[-3], "grade_level_code": "06"}
    return ods, sis
