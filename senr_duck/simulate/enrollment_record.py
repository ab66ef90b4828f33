"""The SENR record as CALPADS reads it: an enrollment with a key, dates, and codes."""

import re
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

Key = tuple[str, str, str]

# From so many days between start and exit on, a short-term enrollment lasts more than 30 days: the
# first and the last day both count.
LONG_SHORT_TERM = 30


class Record(NamedTuple):
    """One SENR record: the 35 input fields as text, then the two fields that extracts add.

    The names are the ``column`` names of ``senr_layout.csv``, in file order; blank is ``""``.
    """

    record_type_code: str = "SENR"
    transaction_type_code: str = ""
    local_record_id: str = ""
    reporting_lea: str = ""
    school_of_attendance: str = ""
    school_of_attendance_nps: str = ""
    academic_year_id: str = ""
    ssid: str = ""
    local_student_id: str = ""
    student_legal_first_name: str = ""
    student_legal_middle_name: str = ""
    student_legal_last_name: str = ""
    student_legal_name_suffix: str = ""
    student_alias_first_name: str = ""
    student_alias_middle_name: str = ""
    student_alias_last_name: str = ""
    student_birth_date: str = ""
    student_gender_code: str = ""
    student_birth_city: str = ""
    student_birth_state_province_code: str = ""
    student_birth_country_code: str = ""
    enrollment_start_date: str = ""
    enrollment_status_code: str = ""
    grade_level_code: str = ""
    enrollment_exit_date: str = ""
    student_exit_reason_code: str = ""
    student_school_completion_status_code: str = ""
    expected_receiver_school_of_attendance: str = ""
    student_met_all_uc_csu_requirements_indicator: str = ""
    student_school_transfer_code: str = ""
    district_of_geographic_residence_code: str = ""
    student_golden_state_seal_merit_diploma_indicator: str = ""
    student_seal_of_biliteracy_indicator: str = ""
    adult_age_students_with_disabilities_in_transition_status: str = ""
    graduation_exemption_indicator: str = ""
    upload_date: str = ""
    last_date_updated: str = ""

    @property
    def key(self) -> Key:
        """The operational key: school of attendance, SSID, enrollment start date; trimmed."""
        return (
            self.school_of_attendance.strip(),
            self.ssid.strip(),
            self.enrollment_start_date.strip(),
        )

    @property
    def is_delete(self) -> bool:
        """Whether the transaction code asks to delete the record of this key."""
        return self.transaction_type_code == "D"


class Enrollment:
    """A record with valid dates, which the rules check.

    ``line`` is the record's line in the uploaded file, or 0 for a record that CALPADS already has;
    ``end`` is the exit date, or the last possible date if the enrollment is open. Codes are
    trimmed.
    """

    __slots__ = (
        "completion",
        "end",
        "exit",
        "key",
        "lea",
        "line",
        "no_show",
        "primary",
        "reason",
        "record",
        "start",
        "status",
    )

    def __init__(self, record: Record, line: int = 0) -> None:
        """Read the dates; raises ValueError if the start or exit date is not a date."""
        self.record = record
        self.line = line
        self.key = record.key
        self.lea = record.reporting_lea.strip()
        self.start = read_date(self.key[2])
        exit_text = record.enrollment_exit_date.strip()
        self.exit = read_date(exit_text) if exit_text else None
        self.end = date.max if self.exit is None else self.exit
        self.status = record.enrollment_status_code.strip()
        self.reason = record.student_exit_reason_code.strip()
        self.completion = record.student_school_completion_status_code.strip()
        days = (self.end - self.start).days
        self.no_show = self.reason == "N470" and days in (0, -1)
        self.primary = not self.no_show and (
            self.status == "10" or (self.status == "30" and days >= LONG_SHORT_TERM)
        )

    @property
    def birth(self) -> date:
        """The birth date; only for records whose form has been checked."""
        return read_date(self.record.student_birth_date)

    @property
    def academic_year(self) -> int | None:
        """The first year of the pair in field 1.07, or None if the pair is malformed."""
        return read_academic_year(self.record.academic_year_id)


# Cached like the dates below, because every record needs it several times.
@lru_cache(maxsize=1_000)
def read_academic_year(text: str) -> int | None:
    """Return the first year of two consecutive years such as 2025-2026, or None."""
    pair = re.fullmatch("([0-9]{4})-([0-9]{4})", text)
    if pair is None or int(pair[2]) != int(pair[1]) + 1:
        return None
    return int(pair[1])


# Only real dates are cached; a whole state's records have only some thousands of different ones.
@cache
def read_date(text: str) -> date:
    """Return the date of a text YYYYMMDD; raises ValueError if it is not a date."""
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        raise ValueError("not a date written YYYYMMDD")
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def school_year(day: date) -> int:
    """Return the calendar year in which the day's school year (July 1 to June 30) began."""
    return day.year if day.month >= 7 else day.year - 1


def is_number(text: str, digits: int) -> bool:
    """Return whether the text is a number with this many digits, such as an SSID with 10."""
    return len(text) == digits and text.isascii() and text.isdigit()
