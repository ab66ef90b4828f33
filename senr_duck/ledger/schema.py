"""The tables of the ledger, their version, and how an older ledger gets the current ones."""

from typing import TYPE_CHECKING

from senr_duck.ledger.history_tables import HISTORY_TABLES
from senr_duck.reference.layout import all_fields
from senr_duck.reference.sql_tables import create_tables, insert_rows, write_statements

if TYPE_CHECKING:
    import duckdb

_UPLOAD = ", ".join(f"{f.column} varchar" for f in all_fields() if not f.number.startswith("R."))

# Increase it with every change to the tables, and add to _STEPS how a ledger of the version before
# gets that change.
VERSION = 3

# Each table's grain, and its columns. ``position`` and ``posting`` are never reused; they give the
# order in which things were recorded.
_SINCE_VERSION_3 = {
    **HISTORY_TABLES,
    "spot_check": (
        "who looked up whom before an upload: one row per run, student, person and day",
        """run_id varchar, lea varchar, ssid varchar, local_student_id varchar, checked_by varchar,
        checked_on date, ticked bigint, lines bigint""",
    ),
}
_TABLES = {
    "schema_version": ("the version of these tables: one row", "version bigint"),
    "run": (
        "every run: one row, with the position of the last time it was made",
        """run_id varchar, position bigint, made_at varchar, senr_duck varchar, rules varchar,
        as_of date, ods_file varchar, ods_sha256 varchar, ods_lines bigint,
        ods_date date, sis_file varchar, sis_sha256 varchar, sis_lines bigint,
        held_students bigint, exceptions bigint, out_dir varchar""",
    ),
    "run_lea": (
        "the LEAs of every run: one row per run and LEA",
        "run_id varchar, lea varchar, held_students bigint",
    ),
    "file": (
        "every upload file: one row per run and file; state is written, posted or rejected",
        """run_id varchar, lea varchar, position bigint, name varchar, records bigint,
        sha256 varchar, is_unconfirmed boolean, state varchar, posting bigint, posted_on date,
        closed_by varchar, shown_records bigint, contradicted_records bigint""",
    ),
    "record": (
        "every record of the upload files, as uploaded: one row per run and action",
        f"run_id varchar, file_name varchar, class varchar, reason varchar, {_UPLOAD}",
    ),
    "finding": (
        "the fatal findings that a run held students for: one row per run, SSID, and rule",
        "run_id varchar, ssid varchar, rule varchar",
    ),
    "rejection": (
        "every line of the rejected-records extracts: one row per action and error",
        """run_id varchar, file_name varchar, action_id varchar, code varchar, severity varchar,
        description varchar, field varchar, value varchar, was_foreseen varchar,
        rejected_on date, source_sha256 varchar""",
    ),
    **_SINCE_VERSION_3,
}

_OF_EVERY_VERSION = {"run", "run_lea", "file", "record"}  # the tables by which it is a ledger

# What makes a ledger of each version one of the next; the first version did not say its number.
_STEPS = {
    1: (
        "create table ledger.schema_version (version bigint)",
        "comment on table ledger.schema_version is 'the version of these tables: one row'",
        "insert into ledger.schema_version values (1)",
    ),
    2: tuple(write_statements({f"ledger.{name}": made for name, made in _SINCE_VERSION_3.items()})),
}


def create_ledger(con: "duckdb.DuckDBPyConnection") -> None:
    """Create the tables of an empty ledger in the database ``ledger``, which is in use."""
    create_tables(con, _TABLES)
    insert_rows(con, "schema_version", [{"version": VERSION}])


def read_version(con: "duckdb.DuckDBPyConnection") -> int | None:
    """Return the version of the ledger attached as ``ledger``; None if it is not a ledger."""
    found = con.execute(
        "select table_name from duckdb_tables() where database_name = 'ledger'"
    ).fetchall()
    names = {name for (name,) in found}
    if not names >= _OF_EVERY_VERSION:
        return None
    if "schema_version" not in names:
        return 1
    [(version,)] = con.execute("select max(version) from ledger.schema_version").fetchall()
    return None if version is None else int(version)


def migrate_ledger(con: "duckdb.DuckDBPyConnection", version: int) -> None:
    """Change the ledger attached as ``ledger`` from a version to the current one, or nothing."""
    con.begin()
    for older in range(version, VERSION):
        for statement in _STEPS[older]:
            con.execute(statement)
    con.execute("update ledger.schema_version set version = ?", [VERSION])
    con.commit()
