"""The report's counts: files, lines, schools, reasons, fields, and exceptions, but no students."""

from dataclasses import dataclass

from senr_duck.causes.read_causes import Subject
from senr_duck.export.upload_names import PlannedFile


@dataclass(frozen=True)
class FileCount:
    """One upload file, and its number of records by class."""

    file: PlannedFile
    classes: dict[str, int]


@dataclass(frozen=True)
class ClassCount:
    """The number of lines of a class in each extract; None if a side cannot have the class."""

    name: str
    ods: int | None
    sis: int | None


@dataclass(frozen=True)
class SchoolCount:
    """What is sent and on hold at one school; ``held`` counts students, ``classes`` records."""

    lea: str | None
    code: str | None
    name: str | None
    classes: dict[str, int]
    held: int

    @property
    def records(self) -> int:
        """Return how many records of the school are sent."""
        return sum(self.classes.values())


@dataclass(frozen=True)
class ReasonCount:
    """How many records of a class are sent for one reason, and for how many students."""

    record_class: str
    reason: str
    name: str
    meaning: str
    records: int
    students: int


@dataclass(frozen=True)
class PairCount:
    """How many records change a field from one value to another; None is blank.

    ``ods_name`` and ``target_name`` are the values' names in the code set, or None.
    """

    ods_value: str | None
    ods_name: str | None
    target_value: str | None
    target_name: str | None
    records: int


@dataclass(frozen=True)
class FieldCount:
    """How many of the sent records change a field, with the most common pairs of values."""

    number: str
    name: str
    column: str
    records: int
    pairs: tuple[PairCount, ...]
    other_pairs: int
    other_records: int


@dataclass(frozen=True)
class RuleCount:
    """What the checks found for one rule, with the texts of the rule catalog."""

    severity: str
    rule: str
    name: str
    message: str
    fix: str
    confidence: str
    findings: int
    students: int


@dataclass(frozen=True)
class EvidenceCount:
    """How many students CALPADS has with what a rule would reject, and whether that is enough.

    ``way`` is the code or the character; blank for a rule without one, or if it may not be shown.
    """

    rule: str
    name: str
    way: str
    students: int
    is_accepted: bool


@dataclass(frozen=True)
class Counts:
    """Everything in the report that does not name students; ``as_of`` is YYYY-MM-DD.

    ``lea_names`` has those of the LEAs whose names are known.
    """

    leas: tuple[str, ...]
    lea_names: dict[str, str]
    school_year: str
    as_of: str
    run_id: str
    rules: str
    files: tuple[FileCount, ...]
    classes: tuple[ClassCount, ...]
    schools: tuple[SchoolCount, ...]
    reasons: tuple[ReasonCount, ...]
    fields: tuple[FieldCount, ...]
    causes: tuple[Subject, ...]
    exceptions: tuple[RuleCount, ...]
    evidence: tuple[EvidenceCount, ...]
    notices: tuple[str, ...]
    stops: tuple[str, ...]
    students_held: int

    @property
    def records_sent(self) -> int:
        """Return the number of records in all files together."""
        return sum(count.file.records for count in self.files)

    @property
    def lines_left_alone(self) -> int:
        """Return the number of lines that differ and of which nothing is sent on purpose."""
        return sum(
            (one.ods or 0) + (one.sis or 0)
            for one in self.classes
            if one.name in ("kept", "not_sent")
        )
