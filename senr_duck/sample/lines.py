"""Write the lines of the two extracts."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from senr_duck.reference.layout import layout_on
from senr_duck.sample.case import Case, ends_at_year_end
from senr_duck.sample.days import AS_OF, NO_DAY, day_texts
from senr_duck.sample.district import NONPUBLIC, District
from senr_duck.sample.enrollment import E155, E156, GRADE_12, GRADES, NO_EXIT, SECONDARY, Exit
from senr_duck.sample.people import write_person

# The codes that the SIS has instead of those of CALPADS; the configuration translates them.
LOCAL_GRADES = {"PS": "PK", "KN": "K"}

_NOT_IN_SIS = (
    "record_type_code",
    "local_record_id",
    "academic_year_id",
)
_SIS_EXTRAS = ("next_grade_level_code", "next_school_of_attendance", "student_with_disability")
# The made-up code of all nonpublic schools in the sample.
_NONPUBLIC_SCHOOL = "7102536"


def sis_header() -> str:
    """Return the header line of the SIS extract."""
    columns = [f.column for f in layout_on(AS_OF).upload if f.column not in _NOT_IN_SIS]
    return ",".join((*columns, *_SIS_EXTRAS)) + "\r\n"


class LineWriter:
    """Writes one district's lines; parts that repeat from line to line are built once."""

    def __init__(self, district: District) -> None:
        self._texts = day_texts()
        nonpublic = [_NONPUBLIC_SCHOOL if s.code == NONPUBLIC else "" for s in district.schools]
        self._ods_schools = [
            f"SENR-R^^^{district.lea}^{school.code}^{nps}^"
            for school, nps in zip(district.schools, nonpublic, strict=True)
        ]
        self._sis_schools = [
            f",{district.lea},{school.code},{nps},"
            for school, nps in zip(district.schools, nonpublic, strict=True)
        ]
        # A grade may be blank; nothing comes after that, nor after the last one.
        self._local_grades = {grade: LOCAL_GRADES.get(grade, grade) for grade in ("", *GRADES)}
        self._next_grades = dict.fromkeys(("", GRADES[-1]), "") | dict(pairwise(GRADES))
        self._highest_grades = [GRADES[school.high] for school in district.schools]
        self._next_schools = [after.code if after else "" for after in district.next_schools]

    def write_ods(self, cases: Iterable[Case], by_school: list[list[str]]) -> None:
        """Append students' SENR-R lines to those of the schools, per student by start date."""
        texts, schools = self._texts, self._ods_schools
        days, uploaded, years = texts.ods, texts.uploaded, texts.academic_year
        for case in cases:
            who = write_person(case.ods_person, "^", days)
            for start, school, status, grade, end, outcome, transfer, residence, adult in case.ods:
                by_school[school].append(
                    f"{schools[school]}{years[start]}^{who}^{days[start]}^{status}^{grade}"
                    f"^{days[end]}^{_write_outcome('^', outcome, transfer, residence, adult)}"
                    f"^{uploaded[start]}^{uploaded[end if end > start else start]}\r\n"
                )

    def write_sis(self, cases: Iterable[Case], lines: list[str]) -> None:
        """Append students' lines of the SIS extract, per student by start date.

        The SIS has no year-end codes for a student who stays, and has the transfer as the reason of
        a secondary enrollment that ended mid-year. A deletion line has the transaction code D.
        """
        days, schools = self._texts.sis, self._sis_schools
        local_grades, next_grades = self._local_grades, self._next_grades
        for case in cases:
            who = write_person(case.sis_person, ",", days)
            disability = "Y" if case.has_disability else "N"
            deleted = case.sis_deleted
            for enrollment in case.sis if deleted is None else [*case.sis, deleted]:
                start, school, status, grade, end, outcome, transfer, residence, adult = enrollment
                next_grade = next_grades[grade]
                # An E155 for a senior is one that someone typed.
                if outcome == E156 or (outcome == E155 and grade != GRADES[GRADE_12]):
                    if outcome == E156:
                        next_grade = GRADES[GRADE_12]
                    end, outcome = NO_DAY, NO_EXIT
                if status == SECONDARY and end and not ends_at_year_end(enrollment):
                    outcome = outcome._replace(reason="T160")
                next_school = outcome.receiver
                if not end and grade == self._highest_grades[school]:
                    next_school = self._next_schools[school]
                transaction = "D" if enrollment is deleted else ""
                lines.append(
                    f"{transaction}{schools[school]}{who}"
                    f",{days[start]},{status},{local_grades[grade]}"
                    f",{days[end]},{_write_outcome(',', outcome, transfer, residence, adult)}"
                    f",{next_grade},{next_school},{disability}\r\n"
                )


# There are few different values, and most are blank.
@lru_cache(maxsize=10_000)
def _write_outcome(
    separator: str, outcome: Exit, transfer: str, residence: str, adult_transition: str
) -> str:
    """Return fields 1.26 to 1.35."""
    reason, completion, receiver, uc_csu, seal, biliteracy, exemption = outcome
    return separator.join(
        (
            reason,
            completion,
            receiver,
            uc_csu,
            transfer,
            residence,
            seal,
            biliteracy,
            adult_transition,
            exemption,
        )
    )
