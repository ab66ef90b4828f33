"""The lines of the two extracts."""

from collections.abc import Iterator
from itertools import pairwise

from senr_duck.layout import layout_on
from senr_duck.sample.case import Case, ends_at_year_end
from senr_duck.sample.days import AS_OF, NO_DAY, day_texts
from senr_duck.sample.district import NONPUBLIC, District
from senr_duck.sample.enrollment import E156, GRADE_12, GRADES, NO_EXIT, SECONDARY
from senr_duck.sample.people import write_person

# The codes that the SIS has instead of CALPADS's; the configuration translates them back.
LOCAL_GRADES = {"PS": "PK", "KN": "K"}

_NOT_IN_SIS = (
    "record_type_code",
    "transaction_type_code",
    "local_record_id",
    "academic_year_id",
)
_SIS_EXTRAS = ("next_grade_level_code", "next_school_of_attendance", "student_with_disability")
_NEVER_STORED = ("E155", "E156")
# Of all nonpublic schools in the sample: made up.
_NONPUBLIC_SCHOOL = "7102536"


def sis_header() -> str:
    """Return the header line of the SIS extract."""
    columns = [f.column for f in layout_on(AS_OF).upload if f.column not in _NOT_IN_SIS]
    return ",".join((*columns, *_SIS_EXTRAS)) + "\r\n"


class LineWriter:
    """Writes one district's lines; what repeats from line to line is put together once."""

    def __init__(self, district: District) -> None:
        self._texts = day_texts()
        nonpublic = [_NONPUBLIC_SCHOOL if s.code == NONPUBLIC else "" for s in district.schools]
        self._ods_schools = [
            f"SENR-R^^^{district.lea}^{school.code}^{nps}^"
            for school, nps in zip(district.schools, nonpublic, strict=True)
        ]
        self._sis_schools = [
            f"{district.lea},{school.code},{nps},"
            for school, nps in zip(district.schools, nonpublic, strict=True)
        ]
        self._local_grades = {grade: LOCAL_GRADES.get(grade, grade) for grade in GRADES}
        self._next_grades = dict(pairwise(GRADES))
        self._next_schools = {
            (place, GRADES[school.high]): after.code
            for place, (school, after) in enumerate(
                zip(district.schools, district.next_schools, strict=True)
            )
            if after
        }

    def write_ods(self, case: Case) -> Iterator[tuple[int, str]]:
        """Yield one student's SENR-R lines in order of start date, each with its school's place."""
        texts = self._texts
        days, uploaded = texts.ods, texts.uploaded
        who = write_person(case.ods_person, "^", days)
        for start, school, status, grade, end, outcome, transfer, residence, adult in case.ods:
            reason, completion, receiver, uc_csu, seal, biliteracy, exemption = outcome
            yield (
                school,
                f"{self._ods_schools[school]}{texts.academic_year[start]}^{who}^{days[start]}"
                f"^{status}^{grade}^{days[end]}^{reason}^{completion}^{receiver}^{uc_csu}"
                f"^{transfer}^{residence}^{seal}^{biliteracy}^{adult}^{exemption}"
                f"^{uploaded[start]}^{uploaded[max(start, end)]}\r\n",
            )

    def write_sis(self, case: Case) -> Iterator[str]:
        """Yield one student's lines of the SIS extract in order of start date.

        The SIS stores no year-end codes of a student who stays, and has the transfer as the
        reason of a secondary enrollment that ended in mid-year.
        """
        days = self._texts.sis
        who = write_person(case.sis_person, ",", days)
        disability = "Y" if case.has_disability else "N"
        for enrollment in case.sis:
            start, school, status, grade, end, outcome, transfer, residence, adult = enrollment
            next_grade = self._next_grades.get(grade, "")
            if outcome.reason in _NEVER_STORED:
                if outcome == E156:
                    next_grade = GRADES[GRADE_12]
                end, outcome = NO_DAY, NO_EXIT
            reason, completion, receiver, uc_csu, seal, biliteracy, exemption = outcome
            if status == SECONDARY and end and not ends_at_year_end(enrollment):
                reason = "T160"
            next_school = receiver or ("" if end else self._next_schools.get((school, grade), ""))
            yield (
                f"{self._sis_schools[school]}{who},{days[start]},{status}"
                f",{self._local_grades.get(grade, grade)}"
                f",{days[end]},{reason},{completion},{receiver},{uc_csu}"
                f",{transfer},{residence},{seal},{biliteracy},{adult},{exemption}"
                f",{next_grade},{next_school},{disability}\r\n"
            )
