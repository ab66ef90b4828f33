"""Stop a comparison that makes no sense, or whose extract is too old."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.errors import DataStop
from senr_duck.ledger import read_ledger
from senr_duck.privacy.shown_list import name_count

if TYPE_CHECKING:
    import duckdb

    from senr_duck.settings.settings import Settings

# Who may not see meal programs gets an extract without them.
_MEALS = ("181", "182")


def refuse_older_ods(
    ledger_of: Path, file_type: str, settings: "Settings", ods_date: date | None
) -> None:
    """Raise DataStop if the ODS extract is older than the last SENR file that has posted.

    ``ods_date`` is the day up to which the extract reaches; without one, nothing is known.
    """
    if settings.guards.allow_stale_ods or ods_date is None:
        return
    with read_ledger(ledger_of) as ledger:
        [(posted_on,)] = ledger.execute(
            "select max(posted_on) from file where state = 'posted' and lea = ?", [settings.lea]
        ).fetchall()
    if posted_on is not None and ods_date < posted_on:
        raise DataStop(
            f"the ODS extract of {file_type} reaches up to {ods_date}, and a SENR file posted on "
            f"{posted_on}; expected an extract of {posted_on} or later",
            f"request a new ODS extract of {file_type}, because CALPADS changes its records when "
            "enrollments change; if this one is new, use --allow-stale-ods",
        )


def check_guards(
    con: "duckdb.DuckDBPyConnection",
    file_type: str,
    settings: "Settings",
    *,
    allow_no_meals: bool,
) -> None:
    """Raise DataStop if no line has a partner, or a role for meal programs is missing."""
    schema = file_type.lower()
    [(pairs, ods_lines, sis_lines)] = con.execute(
        "select count(case when ods_line is not null and sis_line is not null then 1 end)"  # noqa: S608 - our own names
        f" + (select count(*) from {schema}.equal_pair), count(ods_line), count(sis_line)"
        f" from {schema}.pair"
    ).fetchall()
    if not pairs and not settings.guards.allow_empty_scope:
        raise DataStop(
            f"no line of the two extracts has the same key: {name_count(ods_lines, 'line')} of the "
            f"ODS extract and {name_count(sis_lines, 'line')} of the SIS extract can be compared",
            "check that both extracts are of the same LEA and school year; for an LEA that is new, "
            "use --allow-empty-scope",
        )
    if file_type == "SPRG" and not allow_no_meals:
        _check_meals(con)


def _check_meals(con: "duckdb.DuckDBPyConnection") -> None:
    counts = dict(
        con.execute(
            "select side, count(*) from staging.sprg_line where education_program_code in (?, ?)"
            " group by side",
            list(_MEALS),
        ).fetchall()
    )
    if counts.get("sis") and not counts.get("ods"):
        raise DataStop(
            f"the SIS extract has {name_count(counts['sis'], 'record')} of meal programs (181, "
            "182) and the ODS extract has none; expected some",
            "request the extract with a user who has the roles for meal programs; if CALPADS has "
            "none yet, use --allow-no-meals",
        )


def describe_order(
    file_type: str, ods_date: date | None, school_year: str, senr_year: str | None
) -> Iterator[str]:
    """Yield what the user should know about the order between the files.

    ``senr_year`` is the school year of the SENR run, or None without one.
    """
    if ods_date is None:
        yield (
            "the ODS extract has no upload date, so it is not known whether it is newer than the "
            "last SENR file that has posted"
        )
    if senr_year not in (None, school_year):
        yield (
            f"the SENR run is of school year {senr_year}, and this comparison is of {school_year}; "
            "enrollments that the run does not have are not known"
        )
    if senr_year is None and file_type != "SINF":
        yield (
            "without --senr the enrollments are not known, and reasons that depend on them say so"
        )
