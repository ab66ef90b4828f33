"""Every form that an extract may have gives the files of the plain form, byte for byte."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.load.workbooks import workbook_bytes
from tests.support.command_line import RUN, senr_duck
from tests.support.extracts import LEA, Record, every_class, write_ods, write_sis

pytestmark = pytest.mark.slow

Rows = list[list[str]]

CONFIGURATION = f"""\
lea = "{LEA}"

[columns]
"Enter Date" = "enrollment_start_date"
"Leave Date" = "enrollment_exit_date"
"Leave Code" = "student_exit_reason_code"
"School" = "school_of_attendance"
"State ID" = "ssid"
"Perm ID" = "local_student_id"
"""
_OWN = {
    "enrollment_start_date": "Enter Date",
    "enrollment_exit_date": "Leave Date",
    "student_exit_reason_code": "Leave Code",
    "school_of_attendance": "School",
    "ssid": "State ID",
    "local_student_id": "Perm ID",
}
_DATES = ("student_birth_date", "enrollment_start_date", "enrollment_exit_date")


def list_rows(records: Sequence[Record]) -> Rows:
    """Return a header of column names, and the records below it."""
    ignored = ("academic_year_id", "upload_date", "last_date_updated")
    names = dict.fromkeys(name for one in records for name in one if name not in ignored)
    return [[*names], *([one.get(name, "") for name in names] for one in records)]


def change(columns: Sequence[str], write: Callable[[str], str]) -> Callable[[Rows], Rows]:
    """Return what writes the values of some columns in another way; a blank stays blank."""

    def apply(rows: Rows) -> Rows:
        names = rows[0]
        return [
            names,
            *(
                [
                    write(value) if value and name in columns else value
                    for name, value in zip(names, row, strict=True)
                ]
                for row in rows[1:]
            ),
        ]

    return apply


def name_as(names: dict[str, str]) -> Callable[[Rows], Rows]:
    return lambda rows: [[names.get(name, name) for name in rows[0]], *rows[1:]]


def without(column: str) -> Callable[[Rows], Rows]:
    def apply(rows: Rows) -> Rows:
        place = rows[0].index(column)
        return [[*row[:place], *row[place + 1 :]] for row in rows]

    return apply


def open_as(text: str) -> Callable[[Rows], Rows]:
    def apply(rows: Rows) -> Rows:
        place = rows[0].index("enrollment_exit_date")
        return [
            rows[0],
            *([*row[:place], row[place] or text, *row[place + 1 :]] for row in rows[1:]),
        ]

    return apply


def american(day: str) -> str:
    return f"{int(day[4:6])}/{int(day[6:])}/{day[:4]}"


def hyphens(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"


def text(
    rows: Rows,
    delimiter: str = ",",
    line_end: str = "\r\n",
    quoting: int = csv.QUOTE_MINIMAL,
    above: str = "",
    below: str = "",
) -> str:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=line_end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows(rows)
    return above + written.getvalue() + below


def parquet(rows: Rows, folder: Path) -> bytes:
    """Return the rows as Parquet, its dates as dates and its SSIDs as numbers."""
    kinds = dict.fromkeys(_DATES[:2], "date") | dict.fromkeys(("ssid", _DATES[2]), "bigint")
    with duckdb.connect() as con:
        con.execute(f"create table given ({', '.join(f'{name} varchar' for name in rows[0])})")
        con.executemany(f"insert into given values ({', '.join('?' * len(rows[0]))})", rows[1:])
        values = ", ".join(
            f"cast(strptime(nullif({name}, ''), '%Y%m%d') as date) as {name}"
            if kinds.get(name) == "date"
            else f"cast(nullif({name}, '') as {kinds.get(name, 'varchar')}) as {name}"
            for name in rows[0]
        )
        con.execute(f"copy (select {values} from given) to '{folder / 'made'}' (format parquet)")
    return (folder / "made").read_bytes()


def workbook(rows: Rows) -> bytes:
    """Return a workbook as Excel has it: dates as dates, numbers without their zeros in front."""

    def cell(name: str, value: str) -> str | int | date | None:
        if value and name in _DATES:
            return date(int(value[:4]), int(value[4:6]), int(value[6:]))
        return int(value) if value.isdigit() else value or None

    body = [
        [cell(name, value) for name, value in zip(rows[0], row, strict=True)] for row in rows[1:]
    ]
    notes = [["Notes"], ["made by the office"]]
    return workbook_bytes(
        {"Notes": notes, "Enrollments": [["Lincoln District"], [], rows[0], *body]}
    )


def zipped(content: bytes, *others: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in others:
            archive.writestr(name, b"x")
        archive.writestr("extract.csv", content)
    return packed.getvalue()


SIS_FORMS: dict[str, Callable[[Rows], str | bytes]] = {
    "semicolons": lambda rows: text(rows, ";"),
    "pipes": lambda rows: text(rows, "|"),
    "tabs, all quoted": lambda rows: text(rows, "\t", quoting=csv.QUOTE_ALL),
    "UTF-8 with a byte-order mark": lambda rows: text(rows).encode("utf-8-sig"),
    "UTF-16": lambda rows: text(rows, "\t").encode("utf-16"),
    "UTF-16 without a mark": lambda rows: text(rows).encode("utf-16-le"),
    "Windows-1252": lambda rows: text(rows).encode("cp1252"),
    "LF": lambda rows: text(rows, line_end="\n"),
    "CR": lambda rows: text(rows, line_end="\r"),
    "titles above": lambda rows: text(rows, above="Enrollments\r\nas of 3/2/2026\r\n\r\n"),
    "blank lines below": lambda rows: text(rows, below="\r\n\r\n"),
    "delimiters below": lambda rows: text(rows, below="," * (len(rows[0]) - 1) + "\r\n"),
    "an end-of-file mark": lambda rows: text(rows, below="\x1a"),
    "rows affected": lambda rows: text(rows, below="\r\n(7 rows affected)\r\n"),
    "dashes below the header": lambda rows: text([rows[0], ["---"] * len(rows[0]), *rows[1:]]),
    "gzip": lambda rows: gzip.compress(text(rows).encode()),
    "zip of a Mac": lambda rows: zipped(text(rows).encode(), "__MACOSX/._extract.csv"),
    "official names": lambda rows: text(
        name_as({name: name.upper().replace("_", " ") for name in rows[0]})(rows)
    ),
    "own names": lambda rows: text(name_as(_OWN)(rows)),
    "without the LEA": lambda rows: text(without("reporting_lea")(rows)),
    "YYYY-MM-DD": lambda rows: text(change(_DATES, hyphens)(rows)),
    "SQL Server's dates": lambda rows: text(
        change(_DATES, lambda day: f"{hyphens(day)} 00:00:00.000")(rows)
    ),
    "Excel's dates": lambda rows: text(change(_DATES, american)(rows)),
    "open as 12/31/9999": lambda rows: text(open_as("12/31/9999")(change(_DATES, american)(rows))),
    "open as 9999-12-31": lambda rows: text(open_as("9999-12-31")(rows)),
    'SSIDs as ="…"': lambda rows: text(
        change(("ssid", "local_student_id"), lambda value: f'="{value}"')(rows)
    ),
    "SSIDs with an apostrophe": lambda rows: text(
        change(("ssid",), lambda value: f"'{value}")(rows)
    ),
    "SSIDs with .0": lambda rows: text(change(("ssid",), lambda value: f"{value}.0")(rows)),
    "CDS codes": lambda rows: text(
        change(("school_of_attendance",), lambda value: f"{LEA}{value}")(rows)
    ),
    "grades without zeros": lambda rows: text(
        change(("grade_level_code",), lambda value: value.lstrip("0"))(rows)
    ),
    "a workbook": workbook,
    "carets with a header and quotes": lambda rows: text(
        [[*rows[0]], *rows[1:]], "^", quoting=csv.QUOTE_ALL
    ),
}
ODS_FORMS: dict[str, Callable[[str], str | bytes]] = {
    "a header": lambda given: "^".join(ODS_NAMES) + "\r\n" + given,
    "quotes": lambda given: "".join(
        "^".join(f'"{value}"' for value in line.split("^")) + "\r\n" for line in given.splitlines()
    ),
    "carets at the ends": lambda given: given.replace("\r\n", "^\r\n"),
    "LF": lambda given: given.replace("\r\n", "\n"),
    "UTF-16": lambda given: given.encode("utf-16"),
    "UTF-8 with a byte-order mark": lambda given: given.encode("utf-8-sig"),
    "Windows-1252": lambda given: given.encode("cp1252"),
    "a blank line and an end-of-file mark": lambda given: given + "\r\n\x1a",
    "gzip": lambda given: gzip.compress(given.encode()),
    "zip": lambda given: zipped(given.encode()),
}
ODS_NAMES = [
    *("Record Type Code", "Transaction Type Code", "Local Record ID", "Reporting LEA"),
    *("School of Attendance", "School of Attendance NPS", "Academic Year ID", "SSID"),
    *("Local Student ID", "Student Legal First Name", "Student Legal Middle Name"),
    *("Student Legal Last Name", "Student Legal Name Suffix", "Student Alias First Name"),
    *("Student Alias Middle Name", "Student Alias Last Name", "Student Birth Date"),
    *("Student Gender Code", "Student Birth City", "Student Birth State Province Code"),
    *("Student Birth Country Code", "Enrollment Start Date", "Enrollment Status Code"),
    *("Grade Level Code", "Enrollment Exit Date", "Student Exit Reason Code"),
    *("Student School Completion Status Code", "Expected Receiver School of Attendance"),
    *("Student Met all UC CSU Requirements Indicator", "Student School Transfer Code"),
    "District of Geographic Residence Code",
    "Student Golden State Seal Merit Diploma Indicator",
    "Student Seal of Biliteracy Indicator",
    "Adult Age Students with Disabilities in Transition Status",
    *("Graduation Exemption Indicator", "Upload Date", "Last Date Updated"),
]


def sis_records() -> list[Record]:
    """Return the SIS side of every class, with what the forms need to be read."""
    _, sis = every_class()
    return [
        {**one, "grade_level_code": "05"} if one["grade_level_code"] == "99" else one for one in sis
    ]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder with the plain extracts, and the zip that they give."""
    folder = tmp_path_factory.mktemp("plain")
    ods, _ = every_class()
    write_ods(folder / "ods.txt", ods)
    write_sis(folder / "sis.txt", sis_records())
    (folder / "senr.toml").write_text(CONFIGURATION, encoding="utf-8")
    (folder / "zip").write_bytes(read_zip(folder, "ods.txt", "sis.txt"))
    yield folder


def read_zip(folder: Path, ods: str, sis: str) -> bytes:
    """Return the zip of a run."""
    ended = senr_duck(folder, "run", "--ods", ods, "--sis", sis, *RUN[5:], "--json")
    assert ended.returncode == 0, ended.stderr
    return (folder / json.loads(ended.stdout)["zip"]).read_bytes()


def write(path: Path, content: str | bytes) -> None:
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def test_the_plain_files_hold_records(plain: Path) -> None:
    with zipfile.ZipFile(plain / "zip") as archive:
        lines = {name: archive.read(name).count(b"\r\n") for name in archive.namelist()}
    assert lines == {"001_Removals.txt": 1, "002_Exits.txt": 2, "003_Updates.txt": 2}


@pytest.mark.parametrize("form", SIS_FORMS)
def test_a_sis_extract_in_another_form_gives_the_same_files(plain: Path, form: str) -> None:
    write(plain / "other.csv", SIS_FORMS[form](list_rows(sis_records())))
    assert read_zip(plain, "ods.txt", "other.csv") == (plain / "zip").read_bytes()


def test_a_sis_extract_in_parquet_gives_the_same_files(plain: Path, tmp_path: Path) -> None:
    write(plain / "other.parquet", parquet(list_rows(sis_records()), tmp_path))
    assert read_zip(plain, "ods.txt", "other.parquet") == (plain / "zip").read_bytes()


@pytest.mark.parametrize("form", ODS_FORMS)
def test_an_ods_extract_in_another_form_gives_the_same_files(plain: Path, form: str) -> None:
    given = (plain / "ods.txt").read_bytes().decode()
    write(plain / "other.txt", ODS_FORMS[form](given))
    assert read_zip(plain, "other.txt", "sis.txt") == (plain / "zip").read_bytes()


def test_two_files_a_side_give_the_same_files(plain: Path, tmp_path: Path) -> None:
    rows = list_rows(sis_records())
    write(plain / "first.csv", text([rows[0], *rows[1:4]], ";"))
    write(plain / "second.csv", workbook([rows[0], *rows[4:]]))
    ended = senr_duck(
        plain,
        *("run", "--ods", "ods.txt", "--sis", "first.csv", "--sis", "second.csv"),
        *(*RUN[5:], "--json"),
    )
    assert ended.returncode == 0, ended.stderr
    made = (plain / json.loads(ended.stdout)["zip"]).read_bytes()
    assert made == (plain / "zip").read_bytes()
