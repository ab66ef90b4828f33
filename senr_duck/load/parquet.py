"""Load the columns of a Parquet file as text."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from senr_duck.errors import InputError
from senr_duck.files.disk import find_disk_fault
from senr_duck.load.file_kind import refuse_form
from senr_duck.load.headers import ColumnNames, match_header
from senr_duck.load.plain_file import PlainFile, hash_file, quote_path
from senr_duck.load.raw_table import LoadedLines, create_line_table
from senr_duck.load.text_lines import AGAIN
from senr_duck.reference.layout import all_fields

# SSIDs and dates have no leading zero that a number could lose.
_NUMBERS = ("INTEGER", "UINTEGER", "BIGINT", "UBIGINT", "HUGEINT", "DOUBLE", "DECIMAL(")
_DATES = ("DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS")


def load_parquet(
    con: duckdb.DuckDBPyConnection, file: PlainFile, known: ColumnNames
) -> LoadedLines:
    """Create the table of the SIS with the records of a Parquet file, each known column as text.

    Dates become YYYY-MM-DD, blanks null; row numbers are used as line numbers. Raises InputError
    for a file that is named as the ODS extract, is damaged, has no record, has a header that
    match_header refuses, or contains a NUL; and for values that are neither text, nor dates or
    numbers in a date field, nor numbers as SSIDs: other numbers have lost their leading zeros.
    """
    if file.side == "ods":
        raise refuse_form(file, "a Parquet file")
    dates = {field.column for field in all_fields(file.type_code) if field.type == "DT"}
    with _damage_refused(file):
        schema = _read_schema(con, file)
        header = match_header([name for name, _ in schema], file.file_name, known)
        texts = {}
        not_text = {}
        for place, (column, (name, kind)) in enumerate(zip(header.columns, schema, strict=True)):
            if column in dates and kind in _DATES:
                texts[column] = f"cast(cast(column_{place} as date) as varchar)"
            elif column is not None:
                texts[column] = f"nullif(cast(column_{place} as varchar), '')"
                has_no_zero = column == "ssid" or column in dates
                if kind != "VARCHAR" and not (has_no_zero and kind.startswith(_NUMBERS)):
                    not_text[f"{name} ({kind})"] = f"column_{place}"
        # Columns by position, because names may differ only in upper and lower case.
        places = ", ".join(f"column_{place}" for place in range(len(schema)))
        source = (
            f"read_parquet({quote_path(file.path)}, hive_partitioning = false,"
            f" file_row_number = true) as given({places}, row_number)"
        )
        records = _prove_values(con, file, list(texts.values()), not_text, source)
        values = [f"{text} as {column}" for column, text in texts.items()]
        select = ", ".join(["row_number + 1 as line_number", *values])
        query = f"select {select} from {source}"  # noqa: S608 (our names)
        create_line_table(con, file, query, records)
    return LoadedLines(
        columns=header.known,
        has_header=True,
        records=records,
        sha256=hash_file(file.path),
        notices=(*file.notices, *header.notices),
        unknown_names=header.unknown_names,
    )


def _read_schema(con: duckdb.DuckDBPyConnection, file: PlainFile) -> list[tuple[str, str]]:
    """Return name and type of each column; read_parquet would rename one that occurs twice."""
    elements = con.execute(
        "select name, if(num_children > 0, 'nested', duckdb_type),"  # noqa: S608 (quoted path)
        f" coalesce(num_children, 0) from parquet_schema({quote_path(file.path)})"
    ).fetchall()
    columns = []
    nested = 0  # elements still to come inside the last column
    for name, kind, children in elements[1:]:  # the first is the root
        if nested:
            nested -= 1
        else:
            columns.append((name, kind))
        nested += children
    return columns


def _prove_values(
    con: duckdb.DuckDBPyConnection,
    file: PlainFile,
    texts: list[str],
    not_text: dict[str, str],
    source: str,
) -> int:
    """Return the number of records after checking that there are some and that they are text.

    ``texts`` are SQL values; ``not_text`` has the values of other types by the name to show.
    """
    text = ", ".join(["''", *texts])  # a draft may know no column
    has_nul = f"contains(concat({text}), chr(0))"
    measures = ["count(*)", f"min(row_number) filter (where {has_nul})"]
    measures += [f"count({value})" for value in not_text.values()]
    query = f"select {', '.join(measures)} from {source}"  # noqa: S608 (our names)
    [(records, nul_row, *counts)] = con.execute(query).fetchall()
    # A column without any value may have any type that its writer chose.
    wrong = [name for name, count in zip(not_text, counts, strict=True) if count]
    if wrong:
        raise InputError(
            f"{file.file_name} has columns that are not text: {', '.join(wrong)}; "
            "expected VARCHAR, or DATE or TIMESTAMP for a date",
            "export them as text: numbers have lost their leading zeros",
        )
    if nul_row is not None:
        raise InputError(
            f"{file.file_name} row {nul_row + 1} contains a NUL; expected text", AGAIN["sis"]
        )
    if records == 0:
        raise refuse_form(file, "without any record")
    return int(records)


@contextmanager
def _damage_refused(file: PlainFile) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        if isinstance(error, duckdb.OutOfMemoryException) or find_disk_fault(str(error)):
            raise
        raise InputError(
            f"{file.file_name} is damaged: its Parquet content cannot be read", AGAIN["sis"]
        ) from error
