"""Load both extracts into a scratch database, and gather what goes into a first senr.toml."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from senr_duck.draft.findings import Findings
from senr_duck.draft.local_codes import find_local_codes
from senr_duck.draft.names import describe_names, suggest_names
from senr_duck.draft.records import create_records
from senr_duck.draft.sides import count_leas, count_lone_schools, find_years
from senr_duck.load.columns import read_columns
from senr_duck.load.extract import load_extract
from senr_duck.load.headers import ColumnNames
from senr_duck.reference.column_names import fold_name
from senr_duck.reference.layout import layout_on
from senr_duck.settings.settings import name_school_year


def gather(ods: Sequence[Path], sis: Sequence[Path], as_of: date, scratch: Path) -> Findings:
    """Return what the two extracts show; the database is in the folder ``scratch``.

    The SIS extract is loaded again when its names are understood, so that the codes of all its
    columns are seen. Raises InputError for a file that cannot be read.
    """
    layout = layout_on(as_of)
    with duckdb.connect(str(scratch / "scratch.duckdb")) as con:
        con.execute("set enable_progress_bar = false")  # it would be on standard output
        con.execute("set temp_directory = ?", [str(scratch / "spill")])
        con.execute("create schema staging")
        load_extract(con, "ods", ods, ColumnNames(layout), scratch)
        known = ColumnNames(layout, is_draft=True)
        extract = load_extract(con, "sis", sis, known, scratch)
        likely = suggest_names(extract.files, layout)
        if likely:
            own = {fold_name(name): column for name, column in likely.items()}
            load_extract(con, "sis", sis, ColumnNames(layout, own, is_draft=True), scratch)
        read_columns(con, {}, is_draft=True)
        create_records(con)
        local_codes = find_local_codes(con, as_of)
        schools = {
            one.value: one.code
            for column in local_codes
            if column.column == "school_of_attendance"
            for one in column.codes
            if one.code
        }
        ods_schools, sis_schools = count_lone_schools(con, as_of, schools)
        return Findings(
            leas=count_leas(con),
            names=describe_names(extract.files, likely),
            years=find_years(con, as_of),
            current=name_school_year(as_of),
            ods_schools=ods_schools,
            sis_schools=sis_schools,
            local_codes=local_codes,
        )
