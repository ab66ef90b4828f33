"""What the report counts: files, accounting, schools, reasons, fields, exceptions; no student."""

from dataclasses import dataclass

from senr_duck.export.upload_names import PlannedFile


@dataclass(frozen=True)
class FileCount:
    """One upload file, and how many of its records are of which class."""

    file: PlannedFile
    classes: dict[str, int]


@dataclass(frozen=True)
class ClassCount:
    """The lines of both extracts that are of one class; None where a side cannot have it."""

    name: str
    ods: int | None
    sis: int | None


@dataclass(frozen=True)
class SchoolCount:
    """What is sent and held at one school; ``held`` counts students, all else records."""

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
    """How many records of a class are sent for one reason, and of how many students."""

    record_class: str
    reason: str
    name: str
    meaning: str
    records: int
    students: int


@dataclass(frozen=True)
class PairCount:
    """How many records go from one value to another in a field; None is blank.

    ``ods_name`` and ``target_name`` are the code set's names of the values, if it knows them.
    """

    ods_value: str | None
    ods_name: str | None
    target_value: str | None
    target_name: str | None
    records: int


@dataclass(frozen=True)
class FieldCount:
    """How many records that are sent change a field, with the commonest pairs of values."""

    number: str
    name: str
    column: str
    records: int
    pairs: tuple[PairCount, ...]
    other_pairs: int
    other_records: int


@dataclass(frozen=True)
class RuleCount:
    """What the checks found of one rule, with the catalogue's words."""

    severity: str
    rule: str
    name: str
    message: str
    fix: str
    confidence: str
    findings: int
    students: int


@dataclass(frozen=True)
class Counts:
    """All that the report says without naming a student; ``as_of`` is YYYY-MM-DD."""

    leas: tuple[str, ...]
    school_year: str
    as_of: str
    run_id: str
    rules: str
    files: tuple[FileCount, ...]
    classes: tuple[ClassCount, ...]
    schools: tuple[SchoolCount, ...]
    reasons: tuple[ReasonCount, ...]
    fields: tuple[FieldCount, ...]
    exceptions: tuple[RuleCount, ...]
    notices: tuple[str, ...]
    students_held: int

    @property
    def records_sent(self) -> int:
        """Return how many records stand in all files together."""
        return sum(count.file.records for count in self.files)
