"""The enrollment records that CALPADS has for one LEA."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from senr_duck.errors import InputError
from senr_duck.reference.layout import all_fields
from senr_duck.simulate.enrollment_record import Record

# The first two fields of every record in an extract, whatever was uploaded in them.
_AS_HELD = {"record_type_code": "SENR-R", "transaction_type_code": ""}


class Ods:
    """The enrollment records that CALPADS has; only ``post_record`` changes them.

    ``lea`` is the reporting LEA whose files are posted, by default the only one in the records.
    ``lea_is_school`` is true if there are enrollments at a school with the LEA's own code, which
    means that the LEA is an independently reporting charter. ``columns`` is the extract's number of
    columns, 37 or 36. Of records identical in 1.01 to 1.35, only the first counts; other records
    with the same key all stay. Raises InputError if ``lea`` is None and the records have several.
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
        """Return the records that CALPADS has for a student; empty for an unknown student."""
        return self._students.get(ssid, ())

    def records(self) -> list[Record]:
        """Return all records, sorted by school, SSID, and start date."""
        everything = (record for student in self._students.values() for record in student)
        return sorted(everything, key=lambda record: (record.key, record))

    def post_record(self, record: Record, as_of: date) -> None:
        """Delete, replace, or add the record with a key; the uploaded record must be valid.

        The student's names, birth data, and gender stay as CALPADS has them, because SENR does not
        update them.
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
                hint="use --lea to name the LEA whose files are posted",
            )
        return leas.pop()


@cache
def _demographic_columns() -> tuple[str, ...]:
    return tuple(field.column for field in all_fields() if field.role == "demographic")


def _as_held(record: Record) -> Record:
    """Return the record as in an extract: record type SENR-R, transaction code blank."""
    if record[:2] == tuple(_AS_HELD.values()):
        return record
    return record._replace(**_AS_HELD)
