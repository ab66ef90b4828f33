"""Load from the ledger what was posted since the ODS extract was made, and what was rejected."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.ledger.store import attach_ledger
from senr_duck.load.raw_table import create_raw_view
from senr_duck.reference.layout import Layout
from senr_duck.reference.tables import UPLOAD_COLUMNS

if TYPE_CHECKING:
    import duckdb

    from senr_duck.load.extract import Extract

_COLUMNS = ", ".join(f"record.{column}" for column in UPLOAD_COLUMNS)


def stage_ledger(
    con: "duckdb.DuckDBPyConnection",
    database: Path,
    leas: Sequence[str],
    ods_sha256: str,
    ods_date: date | None,
) -> None:
    """Fill ``staging.posted_record`` and ``staging.rejected_record`` from the ledger.

    Two kinds of the LEAs' posted files count: those that no newer extract has closed, and all that
    were posted on the extract's date or later, because this extract may be older than the one that
    closed them. Raises InputError for a file that is not a ledger.
    """
    with attach_ledger(con, database) as is_there:
        if not is_there:
            return
        con.execute(
            f"""
            insert into staging.posted_record
            select file.posting, file.run_id, file.name, file.posted_on, {_COLUMNS}
            from ledger.file as file
            inner join ledger.record as record
                on file.run_id = record.run_id and file.name = record.file_name
            where
                file.state = 'posted'
                and file.lea in (select unnest($leas))
                and (
                    file.closed_by is null
                    or file.closed_by = $ods_sha256
                    or file.posted_on >= $ods_date
                )
            """,  # noqa: S608 - columns of the layout
            {"leas": list(leas), "ods_sha256": ods_sha256, "ods_date": ods_date},
        )
        con.execute(
            """
            insert into staging.rejected_record
            select
                action_id,
                string_agg(distinct code, ' ' order by code) as codes,
                max(rejected_on) as rejected_on
            from ledger.rejection
            where severity = 'fatal'
            group by action_id
            """
        )


def append_posted_records(
    con: "duckdb.DuckDBPyConnection", layout: Layout, extract: "Extract"
) -> None:
    """Append the records of ``recon.posted_since`` to the ODS extract's own lines.

    Their file name is that of the posted file, ``run/file``; their line numbers continue after the
    extract's last line, and their two dates of change are blank.
    """
    found = con.execute("select count(ods_line) from recon.posted_since").fetchone()
    if not found or not found[0]:
        return
    columns = [field.column for field in layout.upload if field.column != "record_type_code"]
    con.execute("alter table staging.ods_line add column posted_file varchar")
    con.execute(
        f"""
        insert into staging.ods_line
            (line_number, posted_file, record_type_code, {", ".join(columns)})
        select
            since.ods_line,
            since.run_id || '/' || since.file_name,
            'SENR-R',
            {", ".join(f"record.{column}" for column in columns)}
        from recon.posted_since as since
        inner join staging.posted_record as record
            on since.posting = record.posting and since.action_id = record.local_record_id
        where since.ods_line is not null
        order by since.ods_line
        """  # noqa: S608 - columns of the layout
    )
    create_raw_view(con, extract.side, extract.names_and_starts, other_file="posted_file")
