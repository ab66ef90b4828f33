"""The rules on a record's identity: the student, the school, the year, the start date."""

from datetime import date

from senr_duck.simulate.enrollment_record import (
    LONG_SHORT_TERM,
    Enrollment,
    is_number,
    school_year,
)
from senr_duck.simulate.record_rule import RecordRule, Setting


def _year_is_wrong(sent: Enrollment, setting: Setting) -> bool:
    return sent.academic_year is None or sent.academic_year > setting.school_year + 1


def _starts_outside_its_year(sent: Enrollment, setting: Setting) -> bool:
    return sent.academic_year is not None and sent.academic_year != school_year(sent.start)


def _is_not_kindergarten_age(sent: Enrollment, setting: Setting) -> bool:
    if sent.record.grade_level_code != "KN":
        return False
    birth, start = sent.birth, sent.start
    had_birthday = (start.month, start.day) >= (birth.month, birth.day)
    age = start.year - birth.year - (0 if had_birthday else 1)
    return not 4 <= age <= 7


def _is_under_four_in_september(sent: Enrollment, setting: Setting) -> bool:
    if sent.record.grade_level_code != "TK" or sent.academic_year is None:
        return False
    birth = sent.birth
    return (birth.year + 4, birth.month, birth.day) > (sent.academic_year, 9, 1)


def _is_a_long_short_term(sent: Enrollment, setting: Setting) -> bool:
    last_day = sent.exit or setting.as_of
    return sent.status == "30" and (last_day - sent.start).days >= LONG_SHORT_TERM


def _is_not_a_district(sent: Enrollment, setting: Setting) -> bool:
    code = sent.record.district_of_geographic_residence_code
    if code == "":
        return False
    # Two digits of the county, then 10 for its county office, which no student lives in.
    return not is_number(code, 7) or not 1 <= int(code[:2]) <= 58 or code[2:4] == "10"


ENROLLMENT_RULES = (
    RecordRule(
        "GERR0008",
        "1.02",
        "the transaction code is not blank, A or D",
        lambda sent, setting: sent.record.transaction_type_code not in ("", " ", "A", "D"),
    ),
    RecordRule(
        "IVR0668",
        "1.17",
        "the birth date is after the as-of date",
        lambda sent, setting: sent.birth > setting.as_of,
        since=date(2024, 10, 1),
    ),
    RecordRule(
        "SENR0001",
        "1.04",
        "the reporting LEA is not the one that sends the file",
        lambda sent, setting: sent.lea != setting.lea,
        on_delete=True,
    ),
    RecordRule(
        "SENR0003",
        "1.05 1.06",
        "a nonpublic school's code, but the school of attendance is not 0000001",
        lambda sent, setting: (
            sent.record.school_of_attendance_nps != "" and sent.key[0] != "0000001"
        ),
    ),
    RecordRule(
        "SENR0004",
        "1.05 1.06",
        "the school of attendance is 0000001, but the nonpublic school's code is blank",
        lambda sent, setting: sent.key[0] == "0000001" and not sent.record.school_of_attendance_nps,
    ),
    RecordRule(
        "SENR0006",
        "1.07",
        "the academic year is not two consecutive years, or is more than one year ahead",
        _year_is_wrong,
    ),
    RecordRule(
        "SENR0032",
        "1.02 1.08",
        "a delete without SSID",
        lambda sent, setting: sent.record.is_delete and not sent.key[1],
        on_delete=True,
    ),
    # Not a rule of CALPADS, which would assign an SSID; the model cannot.
    RecordRule(
        "SSID-MISSING",
        "1.08",
        "the SSID is not 10 digits; CALPADS must assign one first",
        lambda sent, setting: not is_number(sent.key[1], 10),
    ),
    RecordRule(
        "SENR0167",
        "1.02 1.22",
        "the transaction code is R and the start date is in an earlier year",
        lambda sent, setting: (
            sent.record.transaction_type_code == "R"
            and school_year(sent.start) < setting.school_year
        ),
    ),
    RecordRule(
        "SENR0187",
        "1.22 1.23 1.25",
        "a short-term enrollment lasts more than 30 days, the first and the last day counted",
        _is_a_long_short_term,
    ),
    RecordRule(
        "SENR0192",
        "1.31",
        "the district of geographic residence is not the code of a California school district",
        _is_not_a_district,
    ),
    RecordRule(
        "SENR0202",
        "1.05",
        "the school of attendance is the district's own code",
        lambda sent, setting: sent.key[0] == setting.lea and not setting.lea_is_school,
    ),
    RecordRule(
        "SENR0262",
        "1.17 1.22 1.24",
        "kindergarten, but not 4 to 7 years old on the start date",
        _is_not_kindergarten_age,
        since=date(2017, 9, 1),
    ),
    RecordRule(
        "SENR0622",
        "1.07 1.17 1.24",
        "transitional kindergarten, but not 4 years old by September 1",
        _is_under_four_in_september,
        since=date(2023, 7, 1),
    ),
    RecordRule(
        "SENR0742",
        "1.07 1.22",
        "the start date is not in the academic year",
        _starts_outside_its_year,
        since=date(2025, 11, 1),
    ),
    RecordRule(
        "START-FUTURE",
        "1.22",
        "the start date is more than 6 months after the as-of date",
        lambda sent, setting: sent.start > setting.latest_start,
    ),
    RecordRule(
        "BIRTH-START",
        "1.17 1.22",
        "the birth date is not before the start date",
        lambda sent, setting: sent.birth >= sent.start,
    ),
)
