"""What CALPADS holds for one LEA."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from senr_duck.errors import InputError
from senr_duck.reference.layout import all_fields
from senr_duck.simulate.enrollment_record import Record

# What an extract shows in the first two fields, whatever was sent there.
_AS_HELD = {"record_type_code": "SENR-R", "transaction_type_code": ""}


class Ods:
    """The enrollment records that CALPADS holds; only ``post_record`` changes them.

    ``lea``: the reporting LEA whose files it takes, by default the only one that the records
    name. ``lea_is_school``: CALPADS holds enrollments at a school of the LEA's own code, so that
    the LEA is an independently reporting charter. ``columns``: the extract's width, 37 or 36.
    Of records identical in 1.01 to 1.35 the first counts; others of one key all stay.
    Raises InputError when ``lea`` is not given and the records do not name just one.
    """

    def __init__(
        self, records: Iterable[Record], lea: str | None = None, columns: int = 37
    ) -> None:
        self.columns = columns
        self._students: dict[str, list[Record]] = {}
        for record in records:
            held = _as_held(record)
            student = self._students.setdefault(held.ssid.strip(), [])
            if not any(held[:35] == other[:35] for other in student):
                student.append(held)
        self.lea = self._only_lea() if lea is None else lea
        self.lea_is_school = any(
            record.school_of_attendance.strip() == self.lea
            for student in self._students.values()
            for record in student
        )

    def records_of(self, ssid: str) -> Sequence[Record]:
        """Return the records that CALPADS holds of a student, none for one it does not know."""
        return self._students.get(ssid, ())

    def records(self) -> list[Record]:
        """Return every record, by school, SSID, start date."""
        everything = (record for student in self._students.values() for record in student)
        return sorted(everything, key=lambda record: (record.key, record))

    def post_record(self, record: Record, as_of: date) -> None:
        """Delete, replace or add the record of a key; what was sent is taken to be valid.

        The student's names, birth and gender stay as CALPADS has them: SENR does not update them.
        """
        key = record.key
        student = self._students.setdefault(key[1], [])
        rest: list[Record] = []
        replaced: list[Record] = []
        for held in student:
            (replaced if held.key == key else rest).append(held)
        if not record.is_delete:
            day = f"{as_of:%Y%m%d}"
            new = {**_AS_HELD, "upload_date": day, "last_date_updated": day}
            if student:
                known = max(replaced or rest, key=lambda held: (held.enrollment_start_date, held))
                new |= {column: getattr(known, column) for column in _demographic_columns()}
            rest.append(record._replace(**new))
        self._students[key[1]] = rest

    def _only_lea(self) -> str:
        leas = {record.reporting_lea.strip() for held in self._students.values() for record in held}
        if len(leas) != 1:
            raise InputError(
                f"the ODS extract names {len(leas)} reporting LEAs; expected one",
                hint="say with --lea which LEA's files are posted",
            )
        return leas.pop()


@cache
def _demographic_columns() -> tuple[str, ...]:
    return tuple(field.column for field in all_fields() if field.role == "demographic")


def _as_held(record: Record) -> Record:
    """Return the record as an extract shows it: record type SENR-R, transaction code blank."""
    if record[:2] == tuple(_AS_HELD.values()):
        return record
    return record._replace(**_AS_HELD)
