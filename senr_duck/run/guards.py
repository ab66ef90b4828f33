"""Stop a run whose comparison makes no sense; one message lists all rows of the guard views."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from senr_duck.errors import DataStop
from senr_duck.privacy.shown_list import name_count, name_first
from senr_duck.privacy.shown_value import escape_controls, is_short
from senr_duck.reference.cds_code import is_cds_code

if TYPE_CHECKING:
    import duckdb

    from senr_duck.settings.configuration import Guards
    from senr_duck.settings.settings import Settings

_VIEWS = (
    "guard_empty_scope",
    "guard_change_file",
    "guard_doubled_lines",
    "guard_school_coverage",
    "guard_school_year_coverage",
    "guard_stale_ods",
    "guard_blank_field",
    "guard_update_share",
    "guard_exit_share",
    "guard_removal_share",
    "guard_held_share",
    "guard_fatal_lines",
)
# These guards look at whole extracts, not at each LEA.
_OF_THE_RUN = ("empty_scope", "change_file", "doubled_lines")
_SIDES = {"ods": "ODS", "sis": "SIS"}


def check_exits(con: "duckdb.DuckDBPyConnection", guards: "Guards") -> None:
    """Raise DataStop when the ODS extract has records but not a single exit date."""
    found = con.execute(
        "select count(*), count(nullif(trim(enrollment_exit_date), '')) from staging.ods_raw"
    ).fetchone()
    if found is not None and found[0] > 0 and found[1] == 0 and not guards.allow_no_exits:
        raise DataStop(
            f"the ODS extract has {name_count(found[0], 'record')} but no exit date; "
            "expected the exits of three school years",
            "request the extract again by date range, not for active students only; "
            "in the first weeks of a new school, use --allow-no-exits",
        )


def check_guards(con: "duckdb.DuckDBPyConnection", settings: "Settings") -> None:
    """Raise DataStop with everything that the guards found, if a guard stops the run.

    Each LEA is checked separately; if one LEA fails, the run stops for all.
    """
    found = [
        (lea, *_describe((guard, subject, count, out_of, detail), settings), guard)
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
    # if a whole extract is wrong, the other guards only say what follows from that
    found = [row for row in found if row[-1] in _OF_THE_RUN] or found
    # students on hold and lines with an error are one cause
    held_leas = [lea for lea, _, _, guard in found if guard == "held_share"]
    found = [row for row in found if row[-1] != "fatal_lines" or row[0] not in held_leas]
    messages = [message for _, message, _, _ in found]
    hints = [hint for _, _, hint, _ in found]
    if settings.lea is None:
        messages = [
            message if guard in _OF_THE_RUN else f"LEA {lea or '(unreadable)'}: {message}"
            for lea, message, _, guard in found
        ]
        hints.append("to leave an LEA out, name the others with --lea")
    if any(guard in ("held_share", "fatal_lines") for _, _, _, guard in found):
        messages += _describe_held_rules(con)
    raise DataStop(
        name_first(messages, separator="\n       "),
        "\n      ".join(dict.fromkeys(hints)),
        messages,
    )


def _describe_held_rules(con: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    """Yield the rules that hold the most records, with the shape of their values."""
    for rule, field, records, shape, first_line, file_name in con.execute(
        """
        with lines as (
            select 'ODS' as side, source_line, line_number, file_name from staging.ods_raw
            union all
            select 'SIS' as side, source_line, line_number, file_name from staging.sis_raw
        )
        select
            held_rule.rule, held_rule.field, held_rule.records, held_rule.shape,
            lines.line_number, lines.file_name
        from recon.held_rule
        inner join lines
            on held_rule.side = lines.side and held_rule.first_line = lines.source_line
        order by held_rule.records desc, held_rule.rule, held_rule.field
        limit 5
        """
    ).fetchall():
        yield (
            f"{rule} in {field}: {records:,} records, most often {escape_controls(shape)} "
            f"(9 is a digit, A a letter), first in line {first_line} of {file_name}"
        )


def _describe(
    row: tuple[str, str, int | None, int | None, str | None], settings: "Settings"
) -> tuple[str, str]:
    """Return a guard row's message and hint."""
    guard, subject, found, out_of, detail = row
    guards = settings.guards
    if guard == "empty_scope":
        return (
            f"no record of the {_SIDES[subject]} extract is in scope: "
            + (
                f"all {out_of:,} lines of the {_SIDES[subject]} name another LEA: {detail}; "
                f"the run is for {name_first([f'LEA {lea}' for lea in settings.leas])}"
                if " LEA " in f" {detail}"
                else f"its {out_of:,} records are of {detail}"
            ),
            "check --lea, --school and lea in senr.toml, and that both extracts are of the same "
            "LEA; for an LEA that is new, use --allow-empty-scope",
        )
    if guard == "change_file":
        return (
            f"{found:,} of {out_of:,} lines of the SIS extract have transaction code D or R: "
            "it is a file of changes, not of all enrollments",
            "export every enrollment that the SIS would report, without transaction codes",
        )
    if guard == "doubled_lines":
        return (
            f"{found:,} of {out_of:,} lines of the SIS extract occur more than once with the same "
            "content",
            "check the query or report that exports the enrollments: a join probably doubles its "
            "lines",
        )
    if guard == "exit_share":
        return (
            f"{subject} differs in {found:,} of {out_of:,} enrollments that both sides close, "
            f"more than {guards.max_update_share:.1%}{_show_shift(detail or '')}",
            "check the SIS export: CALPADS wants the last day of attendance as the exit date, and "
            "some systems store the first day away (then set exit_date_is under [sis] in "
            "senr.toml); if the change is right, set a larger --max-update-share",
        )
    if guard == "fatal_lines":
        return (
            f"{found:,} of {out_of:,} lines of the {_SIDES[subject]} extract have a fatal error of "
            f"their own, more than {guards.max_held_share:.1%}",
            "check the extract for a column that is wrong in every record; "
            "if the errors are right, set a larger --max-held-share",
        )
    if guard in ("school_coverage", "school_year_coverage"):
        covered = f"school year {subject}"
        if guard == "school_coverage":
            # a text that is not a code may be a student's name
            covered = (
                f"school {subject}"
                if is_cds_code(subject)
                else "a school whose code is not 7 digits"
            )
        return (
            f"{covered}: {found:,} records in the ODS extract, {out_of:,} in the SIS extract"
            f"{f'; {detail}' if detail else ''}",
            "request both extracts for the same schools and dates; "
            "if they already cover the same, use --allow-missing-schools",
        )
    if guard == "stale_ods":
        return (
            f"the ODS extract was last updated on {subject}; "
            f"expected {detail}, the start of the school year, or later",
            "download a new SSID Enrollment ODS extract; if this one is new, use --allow-stale-ods",
        )
    if guard == "blank_field":
        return (
            f"{subject} is blank in the whole SIS extract; "
            f"CALPADS has a value in {found:,} of {out_of:,} records",
            "check the SIS export for a missing or empty column; if the blanks are right, "
            "set a larger --max-update-share",
        )
    if guard == "update_share":
        return (
            f"{subject} differs in {found:,} of {out_of:,} matched records, "
            f"more than {guards.max_update_share:.1%}{_show_values(detail or '')}",
            "check the translation of that field in the configuration, and the SIS export; "
            "if the change is right, set a larger --max-update-share",
        )
    if guard == "removal_share":
        return (
            f"{found:,} of {out_of:,} ODS records would be removed or turned into no-shows, "
            f"more than {guards.max_removal_share:.1%}",
            "check that the SIS extract has all schools and all three school years; "
            "if the removals are right, set a larger --max-removal-share",
        )
    return (
        f"{found:,} of {out_of:,} students are on hold, more than {guards.max_held_share:.1%}; "
        f"most often because of {detail}",
        "check the SIS export for a column that is wrong in every record; "
        "if the holds are right, set a larger --max-held-share",
    )


def _show_shift(detail: str) -> str:
    """Return the most common shift of a date in days, or the most common pair of codes."""
    if not re.fullmatch("-?[0-9]+", detail):
        return _show_values(detail)
    days = int(detail)
    unit = "day" if abs(days) == 1 else "days"
    return f"; most often: {abs(days):,} {unit} {'later' if days > 0 else 'earlier'} in the SIS"


def _show_values(pair: str) -> str:
    """Return the most common pair of values; nothing unless both are codes, to protect students."""
    in_calpads, _, in_the_sis = pair.removesuffix(" in the SIS").partition(" in CALPADS, ")
    shown = is_short(in_calpads) and is_short(in_the_sis)
    return f"; most often: {pair}" if shown else ""
