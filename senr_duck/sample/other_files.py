"""Write pairs of SELA, SPRG and SINF for the students of a sample, with typical differences."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import TextIO

from senr_duck.reference.layout import layout_on
from senr_duck.sample.days import AS_OF
from senr_duck.sample.demographics import drift_demographics, make_demographics
from senr_duck.sample.programs import drift_programs, make_left_programs, make_programs
from senr_duck.sample.statuses import drift_statuses, make_statuses

# Every so many students one has a difference, each kind in turn.
_STEP = 20
# An extract of the SIS does not say what kind of record it has.
_NOT_IN_SIS = ("record_type_code", "local_record_id", "filler_21", "filler_22", "filler_26")
_UPLOADED = AS_OF.strftime("%Y%m%d")

Record = dict[str, str]


def list_names() -> tuple[str, ...]:
    """Return the names of the six files."""
    return tuple(
        f"{code}_{side}" for code in ("sela", "sprg", "sinf") for side in ("ods.txt", "sis.csv")
    )


def write_other_files(ods: Path, folder: Path, seed: int) -> None:
    """Write the six files into a folder, in which they are already, empty.

    ``ods`` is the ODS extract of SENR. The records are of the students who are enrolled in it, and
    the programs also of those who have left this year. Each student's follow from the seed and the
    SSID alone; no more than one student is in memory.
    """
    with ExitStack() as stack:
        out = {
            name: stack.enter_context((folder / name).open("w", encoding="utf-8", newline=""))
            for name in list_names()
        }
        for code in ("SELA", "SPRG", "SINF"):
            out[f"{code.lower()}_sis.csv"].write(",".join(_sis_columns(code)) + "\r\n")
        for place, student in enumerate(_list_students(ods, _has_left)):
            for side, write, records in zip(
                ("ods.txt", "sis.csv"),
                (_write_ods, _write_sis),
                make_left_programs(student, place),
                strict=True,
            ):
                write("SPRG", records, student, out[f"sprg_{side}"])
        for place, student in enumerate(_list_students(ods, _is_enrolled)):
            turn = place // _STEP if place % _STEP == 0 else None
            for code in ("SELA", "SPRG", "SINF"):
                rng = Random(f"{seed} {code} {student['ssid']}")  # noqa: S311 - the same bytes again
                in_calpads, in_sis = _make(code, student, rng, turn)
                _write_ods(code, in_calpads, student, out[f"{code.lower()}_ods.txt"])
                _write_sis(code, in_sis, student, out[f"{code.lower()}_sis.csv"])


def _make(
    code: str, student: Record, rng: Random, turn: int | None
) -> tuple[list[Record], list[Record]]:
    """Return a student's records in CALPADS and in the SIS; they differ if it is a turn."""
    if code == "SELA":
        truth = make_statuses(student, rng)
        return (truth, truth[-1:]) if turn is None else drift_statuses(truth, turn)
    if code == "SPRG":
        truth = make_programs(student, rng)
        return (truth, truth) if turn is None else drift_programs(student, truth, turn)
    truth = make_demographics(student, rng)
    return (truth, truth[-1:]) if turn is None else drift_demographics(truth, turn)


def _list_students(ods: Path, is_listed: Callable[[Record], bool]) -> Iterator[Record]:
    """Yield the enrollment records that are listed, with their values by column."""
    columns = [field.column for field in layout_on(AS_OF).extract]
    with ods.open(encoding="utf-8", newline="") as lines:
        for line in lines:
            record = dict(zip(columns, line.rstrip("\r\n").split("^"), strict=True))
            if is_listed(record):
                yield record


def _is_enrolled(record: Record) -> bool:
    return record["enrollment_status_code"] == "10" and not record["enrollment_exit_date"]


def _has_left(record: Record) -> bool:
    """Return whether a student has left in this school year, for another school."""
    exit_date = record["enrollment_exit_date"]
    return (
        record["student_exit_reason_code"].startswith("T")
        and f"{AS_OF.year}0701" <= record["enrollment_start_date"] < exit_date
    )


def _sis_columns(code: str) -> list[str]:
    return [f.column for f in layout_on(AS_OF, code).upload if f.column not in _NOT_IN_SIS]


def _fill(record: Record, student: Record) -> Record:
    """Return a record with what it has in common with the student's enrollment."""
    return {**student, "academic_year_id": f"{AS_OF.year}-{AS_OF.year + 1}", **record}


def _write_ods(code: str, records: list[Record], student: Record, out: TextIO) -> None:
    for record in records:
        values = _fill(record, student) | {
            "record_type_code": f"{code}-R",
            "transaction_type_code": "",
            "local_record_id": "",
            "upload_date": _UPLOADED,
            "last_date_updated": _UPLOADED,
        }
        fields = layout_on(AS_OF, code).extract
        out.write("^".join(values.get(field.column, "") for field in fields) + "\r\n")


def _write_sis(code: str, records: list[Record], student: Record, out: TextIO) -> None:
    for record in records:
        values = _fill(record, student) | {"transaction_type_code": ""}
        cells = (values.get(column, "") for column in _sis_columns(code))
        out.write(",".join(f'"{cell}"' if "," in cell else cell for cell in cells) + "\r\n")
