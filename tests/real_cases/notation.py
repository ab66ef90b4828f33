"""Write a real case in a few words.

An enrollment is written ``E1 250811-250912 T160``: the school, the start and the exit as YYMMDD
(nothing after the hyphen means open), and the exit reason. After it come, in any order and only
where they are not the usual ones:

- ``E230/100``: exit reason and completion status; ``st20``: status; ``gr09``: grade level
- ``D``, ``R`` or ``A`` before the school: the transaction code
- ``name=value``: another field, by a name of ``FIELDS`` or of the layout

A semicolon separates the enrollments of one side. Records in upload files are written the same way,
after the name of their file.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from senr_duck.reference.layout import all_fields
from tests.support.extracts import Record, record

SCHOOLS = {
    "E1": "6015986",
    "E2": "6016018",
    "M1": "6057913",
    "H1": "1930650",
    "H2": "1931476",
}
# The usual grade this school year, and the usual birth date, by the first letter of the school.
GRADES = {"E": "05", "M": "08", "H": "10"}
BIRTH_DATES = {"E": "20150303", "M": "20120303", "H": "20100303"}
FIELDS = {
    "ssid": "ssid",
    "lea": "reporting_lea",
    "local": "local_student_id",
    "born": "student_birth_date",
    "gender": "student_gender_code",
    "first": "student_legal_first_name",
    "last": "student_legal_last_name",
    "receiver": "expected_receiver_school_of_attendance",
    "uc_csu": "student_met_all_uc_csu_requirements_indicator",
    "transfer": "student_school_transfer_code",
    "residence": "district_of_geographic_residence_code",
    "transition": "adult_age_students_with_disabilities_in_transition_status",
    "exemption": "graduation_exemption_indicator",
    "next_grade": "next_grade_level_code",
    "next_school": "next_school_of_attendance",
    "disability": "student_with_disability",
}
# Fields of an upload record that are shown only where they differ from what the notation implies.
SHOWN = ("receiver", "uc_csu", "transfer", "residence", "transition", "exemption")
COLUMNS = [one.column for one in all_fields()]
UPLOAD = COLUMNS[:-2]


@dataclass(frozen=True)
class Case:
    """One student of a row, both sides, and what is right.

    ``sent`` are the records in upload files, in the order of the files. ``held`` are the rules that
    put the student on hold, ``warned`` and ``listed`` the rules of warnings and notices, each rule
    once. ``says`` are words that the student's lines in exceptions.csv contain, ``never_says``
    words that they don't. ``in_ods`` and ``in_sis`` are fields of every record of a side; ``born``
    is the birth date if it is not the usual one of the school.
    """

    row: str
    what: str
    ods: str = ""
    sis: str = ""
    sent: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    never_says: tuple[str, ...] = ()
    in_ods: Mapping[str, str] = field(default_factory=dict)
    in_sis: Mapping[str, str] = field(default_factory=dict)
    born: str = ""

    def __str__(self) -> str:
        return f"case {self.row}: {self.what}"

    @property
    def ssid(self) -> str:
        number, letter = split_row(self.row)
        return f"31{number:05}{letter:03}"

    @property
    def ods_records(self) -> list[Record]:
        return self._read(self.ods, self.in_ods)

    @property
    def sis_records(self) -> list[Record]:
        return self._read(self.sis, self.in_sis)

    @property
    def ssids(self) -> set[str]:
        """All SSIDs of the case: its own, and those that its enrollments name."""
        return {one["ssid"] for one in (*self.ods_records, *self.sis_records)} - {""}

    def _read(self, side: str, fields: Mapping[str, str]) -> list[Record]:
        first = (self.ods or self.sis).split()
        school = next(part for part in first if len(part) > 1)
        born = read_date(self.born) or BIRTH_DATES.get(school[0], BIRTH_DATES["H"])
        person = {
            "local_student_id": f"R{self.row}",
            "student_legal_first_name": "Ann",
            "student_legal_last_name": f"Lee{spell(int(self.ssid))}",
            "student_birth_date": born,
        }
        written = [text.strip() for text in side.split(";") if text.strip()]
        wanted = {FIELDS.get(name, name): value for name, value in fields.items()}
        return [{**read_enrollment(one, self.ssid, person), **wanted} for one in written]


def split_row(row: str) -> tuple[int, int]:
    """Return the row's number and the place of its letter: 0 without one, 1 for a."""
    found = re.fullmatch(r"(\d+)([a-z]?)", row)
    assert found, f"{row} is no row"
    return int(found[1]), ord(found[2]) - 96 if found[2] else 0


def spell(number: int) -> str:
    """Write a number in letters, so that each student has a name of its own."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def read_enrollment(text: str, ssid: str, person: Mapping[str, str]) -> Record:
    """Return the record that the notation describes."""
    words = text.split()
    fields = dict(person)
    if words[0] in ("D", "R", "A"):
        fields["transaction_type_code"] = words.pop(0)
    school, span, *rest = words
    start, _, end = span.partition("-")
    school, _, nps = school.partition("/")
    fields["enrollment_exit_date"] = read_date(end)
    fields["school_of_attendance_nps"] = nps
    fields["grade_level_code"] = usual_grade(school, read_date(start))
    for word in rest:
        name, is_named, value = word.partition("=")
        if is_named:
            column = FIELDS.get(name, name)
            fields[column] = read_date(value) if name == "born" else SCHOOLS.get(value, value)
        elif re.fullmatch(r"st\d\d", word):
            fields["enrollment_status_code"] = word[2:]
        elif word.startswith("gr"):
            fields["grade_level_code"] = word[2:]
        else:
            fields |= read_exit(word)
    own = fields.pop("ssid", ssid)
    one = record(own, SCHOOLS.get(school, school), read_date(start), **fields)
    return {**one, "upload_date": "20251014", "last_date_updated": "20251014"}


def read_exit(word: str) -> dict[str, str]:
    reason, _, completion = word.partition("/")
    fields = {"student_exit_reason_code": reason}
    if completion:
        fields["student_school_completion_status_code"] = completion
    if completion == "100":
        fields |= {FIELDS["uc_csu"]: "N", FIELDS["exemption"]: "N"}
    return fields


def read_date(text: str) -> str:
    return f"20{text}" if re.fullmatch(r"\d{6}", text) else text


def usual_grade(school: str, start: str) -> str:
    """Return the grade of a plain student there: one less for each earlier school year."""
    grade = int(GRADES.get(school[0], "10"))
    years_ago = 2025 - (int(start[:4]) - (start[4:6] < "07"))
    return f"{grade - max(years_ago, 0):02}"


def plain_students(**fields: str) -> list[Record]:
    """Return 50 students who agree on both sides: last year's enrollment and this year's.

    ``fields`` replace those of every record.
    """
    records = []
    for number in range(50):
        school = list(SCHOOLS)[number % len(SCHOOLS)]
        ssid = str(2000000001 + number)
        person = {
            "local_student_id": f"P{number}",
            "student_legal_first_name": "Pat",
            "student_legal_last_name": f"Plain{spell(100 + number)}",
            "student_birth_date": BIRTH_DATES[school[0]],
        }
        for text in (f"{school} 240812-250606 E155", f"{school} 250811-"):
            records.append({**read_enrollment(text, ssid, person), **fields})
    return records


def students(count: int, enrollments: str, first: int = 0) -> list[Record]:
    """Return more students, each with the enrollments; their birth date is that of grade 5."""
    records = []
    for number in range(first, first + count):
        person = {
            "local_student_id": f"S{number}",
            "student_legal_first_name": "Sam",
            "student_legal_last_name": f"Stone{spell(1000 + number)}",
            "student_birth_date": BIRTH_DATES["E"],
        }
        for text in enrollments.split(";"):
            records.append(read_enrollment(text, str(2300000001 + number), person))
    return records


def write_record(fields: Mapping[str, str], own_ssid: str) -> str:
    """Return an upload record in the notation; ``ssid=`` only if it is not the case's own."""
    codes = {code: name for name, code in SCHOOLS.items()}
    school = codes.get(fields["school_of_attendance"], fields["school_of_attendance"])
    nps, start = fields["school_of_attendance_nps"], fields["enrollment_start_date"]
    words = [
        fields["transaction_type_code"],
        f"{school}/{nps}" if nps else school,
        f"{start[2:]}-{fields['enrollment_exit_date'][2:]}",
        fields["student_exit_reason_code"],
    ]
    completion = fields["student_school_completion_status_code"]
    if completion:
        words[-1] += f"/{completion}"
    if fields["enrollment_status_code"] != "10":
        words.append(f"st{fields['enrollment_status_code']}")
    if fields["grade_level_code"] != usual_grade(school, start):
        words.append(f"gr{fields['grade_level_code']}")
    if fields["ssid"] != own_ssid:
        words.append(f"ssid={fields['ssid']}")
    usual = {"uc_csu": "N", "exemption": "N"} if completion == "100" else {}
    for name in SHOWN:
        value = fields[FIELDS[name]]
        if value != usual.get(name, ""):
            words.append(f"{name}={codes.get(value, value)}")
    return " ".join(part for part in words if part)
