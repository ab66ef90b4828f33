"""What both extracts tell of themselves: whose they are, and how new."""

from datetime import date
from typing import TYPE_CHECKING

from senr_duck.errors import InputError
from senr_duck.reference.cds_code import is_cds_code

if TYPE_CHECKING:
    import duckdb

    from senr_duck.settings.settings import Settings


def find_leas(con: "duckdb.DuckDBPyConnection", settings: "Settings") -> tuple[str, ...]:
    """Return the run's LEAs, sorted: the settings', or those that the extracts name.

    One that only the SIS extract names counts too with ``all_leas``: what is missing on a side
    must be told, not be out of scope. Without ``all_leas`` the ODS extract must name just one;
    raises InputError if it does not, or if no LEA is named at all.
    """
    if settings.leas:
        return settings.leas
    found = _read_leas(con, "ods")
    if settings.all_leas:
        local = settings.translate.get("reporting_lea", {})
        codes = {code.strip().upper(): calpads_code for code, calpads_code in local.items()}
        found |= {codes.get(lea.upper(), lea) for lea in _read_leas(con, "sis")}
        if leas := tuple(sorted(filter(is_cds_code, found))):
            return leas
        raise InputError(
            "neither extract names a reporting LEA of 7 digits; expected one at least",
            "check field 1.04 of both extracts, or name the LEAs with --lea",
        )
    # anything else than a code may be a student's, and would name a file
    shown = [lea if is_cds_code(lea) else "not a code of 7 digits" for lea in sorted(found)]
    if len(found) != 1 or not found <= set(shown):
        raise InputError(
            f"the ODS extract names {len(found)} reporting LEAs "
            f"({', '.join(dict.fromkeys(shown[:5]))}); expected one",
            "say which with --lea, once for each, or with the key lea of the configuration; "
            "--all-leas takes all of them",
        )
    return tuple(found)


def _read_leas(con: "duckdb.DuckDBPyConnection", side: str) -> set[str]:
    rows = con.execute(
        f"""
        select distinct trim(reporting_lea) from staging.{side}_raw
        where nullif(trim(reporting_lea), '') is not null
        """  # noqa: S608 - names of this module
    ).fetchall()
    return {str(lea) for (lea,) in rows}


def find_ods_date(con: "duckdb.DuckDBPyConnection", as_of: date) -> date | None:
    """Return the extract's newest upload or update date up to the as-of date; None without any.

    A later one is a mistyped date: one odd record must not make the extract newer than it is.
    """
    found = con.execute(
        """
        with written_days as (
            select distinct upload_date as day from staging.ods_raw
            union
            select distinct last_date_updated as day from staging.ods_raw
        ),
        days as (
            select cast(try_strptime(replace(trim(day), '-', ''), '%Y%m%d') as date) as day
            from written_days
        )
        select max(day) from days where day <= ?
        """,
        [as_of],
    ).fetchone()
    return found[0] if found else None
