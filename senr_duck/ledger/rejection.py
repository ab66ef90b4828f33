"""Record in the ledger what CALPADS has rejected, next to what the run knew about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.files.own_file import refuse_changes
from senr_duck.ledger.rejected_file import ReportedError, read_rejected_file
from senr_duck.load.plain_file import hash_file
from senr_duck.reference.resources import read_reference

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class RejectedRecord:
    """One error that CALPADS reports, with the record of ours that it is about.

    ``run_id``, ``file_name``, ``action_id``, ``record_class``, and ``reason`` describe the planned
    record; they are None if the ledger has no record with that Local Record ID or key.
    ``was_foreseen`` is ``yes`` if a run held the student for that rule, ``in part`` if CALPADS does
    not document whether it accepts the record's file, else ``no``. ``meaning`` and ``fix`` come
    from the rule catalog; they are None for a code that it does not have.
    """

    error: ReportedError
    run_id: str | None
    file_name: str | None
    action_id: str | None
    record_class: str | None
    reason: str | None
    was_foreseen: str
    meaning: str | None
    fix: str | None


def keep_rejections(
    ledger: "duckdb.DuckDBPyConnection", path: Path, on: date
) -> tuple[RejectedRecord, ...]:
    """Record the errors of a rejected-records extract; return each with its record, in file order.

    An upload file with a fatal error in any record counts as rejected from then on, because CALPADS
    posts none of it. Reading the same extract again changes nothing. Raises InputError for a file
    that is not a rejected-records extract, or that changes while it is read.
    """
    errors, sha256 = _read(path)
    rules = {row["code"]: row for row in read_reference("rules.csv")}
    rejected = tuple(_find_record(ledger, error, rules) for error in errors)
    ledger.begin()
    ledger.execute("delete from rejection where source_sha256 = ?", [sha256])
    for one in rejected:
        if one.action_id is None:
            continue
        ledger.execute(
            "insert into rejection values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [one.run_id, one.file_name, one.action_id, one.error.code, one.error.severity]
            + [one.error.description, one.error.field, one.error.value, one.was_foreseen]
            + [on, sha256],
        )
    _mark_files(ledger, rejected)
    ledger.commit()
    return rejected


def _read(path: Path) -> tuple[tuple[ReportedError, ...], str]:
    """Return the errors of a rejected-records extract, and its SHA-256."""
    with refuse_changes(path):
        return read_rejected_file(path), hash_file(path)


def _mark_files(ledger: "duckdb.DuckDBPyConnection", rejected: Iterable[RejectedRecord]) -> None:
    files = {(one.run_id, one.file_name) for one in rejected if one.error.severity == "fatal"}
    for run_id, name in sorted((r, n) for r, n in files if r is not None and n is not None):
        ledger.execute(
            """
            update file set state = 'rejected', posting = null, posted_on = null, closed_by = null
            where run_id = ? and name = ?
            """,
            [run_id, name],
        )


def take_back_rejections(ledger: "duckdb.DuckDBPyConnection", path: Path) -> int:
    """Forget what a rejected-records extract reported; return how many errors that were.

    Its records are no longer on hold, and a file that no other extract rejects counts as written.
    """
    _, sha256 = _read(path)
    ledger.begin()
    taken = ledger.execute(
        "delete from rejection where source_sha256 = ? returning 1", [sha256]
    ).fetchall()
    ledger.execute(
        """
        update file set state = 'written'
        where
            state = 'rejected'
            and not exists (
                select 1 from rejection
                where
                    rejection.run_id = file.run_id
                    and rejection.file_name = file.name
                    and rejection.severity = 'fatal'
            )
        """
    )
    ledger.commit()
    return len(taken)


def _find_record(
    ledger: "duckdb.DuckDBPyConnection",
    error: ReportedError,
    rules: dict[str, dict[str, str]],
) -> RejectedRecord:
    """Find the planned record by Local Record ID, else by key, in the newest run that has it.

    If the file that last posted the key has the very same record, it was marked as posted too
    early: a newer run that has the record, too, was made before that.
    """
    found = ledger.execute(
        """
        with candidate as (
            select
                record.run_id, record.file_name, record.local_record_id, record.class,
                record.reason, file.is_unconfirmed, file.state, file.posting,
                run.position as run_position, file.position as file_position,
                record.local_record_id = $local_record_id as is_same_record,
                max(case when file.closed_by is null then file.posting end) over ()
                    as last_posting
            from record
            inner join run on record.run_id = run.run_id
            inner join file on record.run_id = file.run_id and record.file_name = file.name
            where
                record.local_record_id = $local_record_id
                or (
                    record.ssid = $ssid
                    and record.school_of_attendance = $school
                    and record.enrollment_start_date = $start
                )
        )
        select run_id, file_name, local_record_id, class, reason, is_unconfirmed
        from candidate
        order by
            is_same_record desc,
            coalesce(is_same_record and posting = last_posting, false) desc,
            state = 'posted',
            run_position desc,
            file_position desc
        limit 1
        """,
        {
            "local_record_id": error.local_record_id,
            "ssid": error.ssid,
            "school": error.school_of_attendance,
            "start": error.enrollment_start_date,
        },
    ).fetchone()
    *record, is_unconfirmed = found or (None, None, None, None, None, False)
    held = ledger.execute(
        "select 1 from finding where ssid = ? and rule = ? limit 1", [error.ssid, error.code]
    ).fetchone()
    was_foreseen = "yes" if held else "in part" if is_unconfirmed else "no"
    rule = rules.get(error.code, {})
    return RejectedRecord(*(error, *record, was_foreseen, rule.get("message"), rule.get("fix")))
