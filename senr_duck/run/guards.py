"""Stop a run whose comparison makes no sense: the rows of the guard views, as one message."""

from typing import TYPE_CHECKING

from senr_duck.errors import DataStop
from senr_duck.privacy.shown_list import name_first
from senr_duck.privacy.shown_value import is_short
from senr_duck.reference.cds_code import is_cds_code

if TYPE_CHECKING:
    import duckdb

    from senr_duck.settings.configuration import Guards
    from senr_duck.settings.settings import Settings

_VIEWS = (
    "guard_school_coverage",
    "guard_school_year_coverage",
    "guard_stale_ods",
    "guard_blank_field",
    "guard_update_share",
    "guard_removal_share",
    "guard_held_share",
)


def check_exits(con: "duckdb.DuckDBPyConnection", guards: "Guards") -> None:
    """Raise DataStop when the ODS extract has records but not a single exit date."""
    found = con.execute(
        "select count(*), count(nullif(trim(enrollment_exit_date), '')) from staging.ods_raw"
    ).fetchone()
    if found is not None and found[0] > 0 and found[1] == 0 and not guards.allow_no_exits:
        raise DataStop(
            f"the ODS extract has {found[0]:,} records and not one exit date; "
            "expected the exits of three school years",
            "request the extract again by date range, not as active students only; "
            "for the first weeks of a new school, give --allow-no-exits",
        )


def check_guards(con: "duckdb.DuckDBPyConnection", settings: "Settings") -> None:
    """Raise DataStop, with all that the guards found, when one of them stops the run.

    Each LEA is guarded by itself; one that stops the run stops it for all.
    """
    found = [
        (lea, *_describe((guard, subject, count, out_of, detail), settings.guards))
        for view in _VIEWS
        for lea, guard, subject, count, out_of, detail in con.execute(
            f"""
            select reporting_lea, guard, subject, found, out_of, detail
            from recon.{view}
            order by reporting_lea, subject
            """  # noqa: S608 - names of this module
        ).fetchall()
    ]
    if not found:
        return
    messages = [message for _, message, _ in found]
    hints = [hint for _, _, hint in found]
    if settings.lea is None:
        messages = [f"LEA {lea or 'that cannot be read'}: {message}" for lea, message, _ in found]
        hints.append("to run without an LEA, name the others with --lea")
    raise DataStop(
        name_first(messages, separator="\n       "), "\n      ".join(dict.fromkeys(hints))
    )


def _describe(
    row: tuple[str, str, int | None, int | None, str | None], guards: "Guards"
) -> tuple[str, str]:
    """Return a guard row's message and hint."""
    guard, subject, found, out_of, detail = row
    if guard in ("school_coverage", "school_year_coverage"):
        covered = f"school year {subject}"
        if guard == "school_coverage":
            # what is no code may be a student's name
            covered = (
                f"school {subject}"
                if is_cds_code(subject)
                else "a school whose code is not 7 digits"
            )
        return (
            f"{covered}: {found:,} records in the ODS extract, {out_of:,} in the SIS extract; "
            f"{detail}",
            "request both extracts for the same schools and dates; "
            "if they do cover the same, give --allow-missing-schools",
        )
    if guard == "stale_ods":
        return (
            f"the ODS extract was last updated on {subject}; "
            f"expected a date since {detail}, the start of the school year",
            "download a fresh SSID Enrollment ODS extract; if this one is fresh, "
            "give --allow-stale-ods",
        )
    if guard == "blank_field":
        return (
            f"{subject} is blank in the whole SIS extract; "
            f"CALPADS fills it in {found:,} of {out_of:,} records",
            "check the SIS export for a column that is missing or empty; if that is right, "
            "give a larger --max-update-share",
        )
    if guard == "update_share":
        return (
            f"{subject} differs in {found:,} of {out_of:,} matched records, "
            f"more than {guards.max_update_share:.1%}{_show_values(detail or '')}",
            "check the translation of that field in the configuration, and the SIS export; "
            "if the change is right, give a larger --max-update-share",
        )
    if guard == "removal_share":
        return (
            f"{found:,} of {out_of:,} ODS records would be removed or turned into no-shows, "
            f"more than {guards.max_removal_share:.1%}",
            "check that the SIS extract holds all schools and all three school years; "
            "if the removals are right, give a larger --max-removal-share",
        )
    return (
        f"{found:,} of {out_of:,} students are held, more than {guards.max_held_share:.1%}; "
        f"most often for {detail}",
        "check the SIS export for a column that is broken as a whole; "
        "if the holds are right, give a larger --max-held-share",
    )


def _show_values(pair: str) -> str:
    """Return the commonest pair of values, or nothing: not a code, it may be a student's data."""
    in_calpads, _, in_the_sis = pair.removesuffix(" in the SIS").partition(" in CALPADS, ")
    shown = is_short(in_calpads) and is_short(in_the_sis)
    return f"; most often: {pair}" if shown else ""
