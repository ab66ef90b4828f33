"""Find out from the extracts which LEAs they are of, and how new they are."""

from datetime import date
from typing import TYPE_CHECKING

from senr_duck.errors import InputError
from senr_duck.privacy.shown_list import name_first
from senr_duck.reference.cds_code import is_cds_code

if TYPE_CHECKING:
    import duckdb

    from senr_duck.load.plain_file import Side
    from senr_duck.settings.settings import Settings


def find_leas(con: "duckdb.DuckDBPyConnection", settings: "Settings") -> tuple[str, ...]:
    """Return the run's LEAs, sorted: those of the settings, or those that the extracts name.

    With ``all_leas``, an LEA that only the SIS extract names counts too, so that records missing on
    a side are reported and not out of scope. Without ``all_leas``, the ODS extract must name
    exactly one; raises InputError if it does not, or if no LEA is named at all.
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
            "neither extract names a reporting LEA of 7 digits; expected at least one",
            "check field 1.04 of both extracts, or name the LEAs with --lea",
        )
    # a value that is not a code may be a student's data, and would become part of a file name
    shown = [lea if is_cds_code(lea) else "not a code of 7 digits" for lea in sorted(found)]
    if len(found) != 1 or not found <= set(shown):
        raise InputError(
            f"the ODS extract names {len(found)} reporting LEAs "
            f"({', '.join(dict.fromkeys(shown[:5]))}); expected one",
            "name it with --lea, once for each LEA, or with the key lea of the configuration; "
            "use --all-leas to include all of them",
        )
    return tuple(found)


def find_one_lea(con: "duckdb.DuckDBPyConnection", settings: "Settings", side: "Side") -> str:
    """Return the LEA of a comparison: that of the settings, or the one that an extract names.

    Raises InputError if the settings name several, or the extract of ``side`` does not name one.
    """
    if len(settings.leas) > 1:
        raise InputError(
            f"lea: found {len(settings.leas)} LEAs, expected one", "compare each LEA, with --lea"
        )
    if settings.lea:
        return settings.lea
    found = sorted(_read_leas(con, side))
    if len(found) == 1 and is_cds_code(found[0]):
        return found[0]
    raise InputError(
        f"the {side.upper()} extract names {len(found)} reporting LEAs "
        f"({name_first([lea for lea in found if is_cds_code(lea)] or ['none of 7 digits'])}); "
        "expected one",
        "name it with --lea, or with the key lea of the configuration",
    )


def _read_leas(con: "duckdb.DuckDBPyConnection", side: str) -> set[str]:
    rows = con.execute(
        f"""
        select distinct trim(reporting_lea) from staging.{side}_raw
        where nullif(trim(reporting_lea), '') is not null
        """  # noqa: S608 - names of this module
    ).fetchall()
    return {str(lea) for (lea,) in rows}


def find_ods_date(con: "duckdb.DuckDBPyConnection", as_of: date) -> date | None:
    """Return the extract's newest upload or update date up to the as-of date; None if it has none.

    Of several files, the oldest counts: the extract reaches no further than that one. A later date
    than the as-of date is a typing error: one wrong record must not make the extract look newer.
    """
    found = con.execute(
        """
        with written_days as (
            -- the lines before the file tell files of the same name apart
            select distinct source_line - line_number as file, upload_date as day
            from staging.ods_raw
            union
            select distinct source_line - line_number as file, last_date_updated as day
            from staging.ods_raw
        ),
        days as (
            select file, cast(try_strptime(replace(trim(day), '-', ''), '%Y%m%d') as date) as day
            from written_days
        ),
        newest_days as (
            select max(day) as day from days where day <= ? group by file
        )
        select min(day) from newest_days
        """,
        [as_of],
    ).fetchone()
    return found[0] if found else None
