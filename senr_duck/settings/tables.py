"""Fill the tables with a run's settings: its options and the files that they name."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from senr_duck.reference.layout import Layout, compared_columns
from senr_duck.reference.sql_tables import insert_rows
from senr_duck.settings.keep_list import read_keep_list
from senr_duck.settings.school_list import GRADE_ORDER, read_school_list

if TYPE_CHECKING:
    import duckdb

    from senr_duck.settings.settings import Settings


def fill_settings_tables(
    con: "duckdb.DuckDBPyConnection",
    settings: "Settings",
    layout: Layout,
    sis_columns: Iterable[str],
    ods_date: date | None = None,
    *,
    use_shortcut: bool = True,
) -> None:
    """Fill the tables from the settings and from the files that they name.

    The settings must name the run's LEAs. ``sis_columns`` are the columns of the SIS extract,
    ``ods_date`` is the day up to which the ODS extract reaches. With ``use_shortcut``, students on
    whom both sides plainly agree are not compared in full. Raises InputError for a keep list or a
    school list that cannot be read.
    """
    given = set(sis_columns)
    rows = {
        "reference.run_parameters": [_describe_run(settings, ods_date, use_shortcut)],
        "reference.run_lea": _list_leas(settings),
        "reference.grade_level": _list_grades(),
        "reference.translation": _list_translations(settings),
        "reference.calendar": _list_last_days(settings),
        "reference.do_not_report": _list_schools(settings.do_not_report),
        "reference.requested_school": _list_schools(settings.schools),
        "reference.keep_list": _read_keep_list(settings),
        "reference.school": _read_school_list(settings),
        "staging.sis_column_given": [{column: column in given for column in compared_columns()}],
    }
    for table, of_table in rows.items():
        insert_rows(con, table, of_table)


def _describe_run(
    settings: "Settings", ods_date: date | None, use_shortcut: bool
) -> dict[str, Any]:
    return {
        "lea": settings.lea,
        "has_several_leas": len(settings.leas) > 1,
        "as_of": settings.as_of,
        "school_year": settings.school_year,
        "school_year_start": settings.school_year_start,
        "school_year_end": settings.school_year_end,
        "window_start": settings.window_start,
        "rules": settings.rules,
        "change_years": settings.change_years,
        "open_prior_year_start": settings.open_prior_year_start,
        "exit_date_is": settings.exit_date_is,
        "has_requested_schools": bool(settings.schools),
        "close_open_enrollments": settings.year_end.close_open_enrollments,
        "year_end_window_days": settings.year_end.window_days,
        "grade_12": settings.year_end.grade_12,
        "prekindergarten_exit": settings.year_end.prekindergarten_exit,
        "no_show_exit_date": settings.no_show_exit_date,
        "encoding": settings.encoding,
        "has_school_list": settings.school_list is not None,
        "max_removal_share": settings.guards.max_removal_share,
        "max_held_share": settings.guards.max_held_share,
        "max_update_share": settings.guards.max_update_share,
        "allow_missing_schools": settings.guards.allow_missing_schools,
        "allow_empty_scope": settings.guards.allow_empty_scope,
        "allow_stale_ods": settings.guards.allow_stale_ods,
        "use_evidence": settings.evidence.use,
        "evidence_students": settings.evidence.students,
        "keep_file": settings.keep_file.name if settings.keep_file else None,
        "ods_date": ods_date,
        "use_shortcut": use_shortcut,
    }


def _list_leas(settings: "Settings") -> list[dict[str, str | None]]:
    student_leas = [None] if settings.lea else settings.leas
    return [
        {"reporting_lea": lea, "student_lea": student_lea}
        for lea, student_lea in zip(settings.leas, student_leas, strict=True)
    ]


def _list_grades() -> Iterator[dict[str, Any]]:
    for code, order in GRADE_ORDER.items():
        yield {"code": code, "grade_order": order}


def _list_translations(settings: "Settings") -> Iterator[dict[str, str]]:
    for column, codes in sorted(settings.translate.items()):
        for local_code, calpads_code in sorted(codes.items()):
            yield {
                "column_name": column,
                "local_code": local_code.strip().upper(),
                "calpads_code": calpads_code,
            }


def _list_last_days(settings: "Settings") -> Iterator[dict[str, Any]]:
    for school_year, days in sorted(settings.calendar.items()):
        start = date(int(school_year[:4]), 7, 1)
        by_school: list[tuple[str | None, date]] = sorted(days.schools.items())
        if days.last_day is not None:
            by_school.insert(0, (None, days.last_day))
        for school, last_day in by_school:
            yield {
                "school_year_start": start,
                "school_of_attendance": school,
                "last_day": last_day,
            }


def _list_schools(schools: Iterable[str]) -> Iterator[dict[str, str]]:
    for school in schools:
        yield {"school_of_attendance": school}


def _read_keep_list(settings: "Settings") -> Iterator[dict[str, Any]]:
    for entry in read_keep_list(settings.keep_file) if settings.keep_file else ():
        yield {
            "ssid": entry.ssid,
            "school_of_attendance": entry.school_of_attendance,
            "enrollment_start_date": entry.enrollment_start_date,
            "why": entry.why,
            "line_number": entry.line_number,
        }


def _read_school_list(settings: "Settings") -> Iterator[dict[str, Any]]:
    for school in read_school_list(settings.school_list) if settings.school_list else ():
        yield {
            "reporting_lea": school.lea,
            "school_of_attendance": school.school,
            "name": school.name,
            "low_grade": school.low_grade,
            "high_grade": school.high_grade,
            "open_date": school.open_date,
            "close_date": school.close_date,
            "school_type": school.school_type,
        }
