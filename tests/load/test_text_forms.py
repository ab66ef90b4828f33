"""Texts that are read although they are not in the plain form: the same records, and a notice."""

import hashlib
import io
import zipfile
from datetime import date
from pathlib import Path

import duckdb
import pytest

from senr_duck.errors import InputError
from senr_duck.load.extract import Extract, load_extract
from senr_duck.load.headers import ColumnNames
from senr_duck.load.plain_file import Side
from senr_duck.reference.layout import layout_on

LAYOUT = layout_on(date(2025, 10, 1))
NAMES = [field.column for field in LAYOUT.extract]
COLUMNS = "ssid, student_legal_last_name, grade_level_code"
PEOPLE = [("8000000001", "Nuñez", "08"), ("8000000002", 'O "B"', "09"), ("8000000003", None, "KN")]


def carets(side: Side) -> list[str]:
    """Return the lines of PEOPLE in the layout of the side."""
    fields = LAYOUT.extract if side == "ods" else LAYOUT.upload
    constant = {"record_type_code": "SENR-R" if side == "ods" else "SENR", "upload_date": "1"}
    return [
        "^".join(
            {**constant, **dict(zip(COLUMNS.split(", "), one, strict=True))}.get(field.column) or ""
            for field in fields
        )
        for one in PEOPLE
    ]


def table(delimiter: str = ",") -> list[str]:
    """Return the header and the lines of a table of PEOPLE."""
    required = [
        *("Reporting LEA", "School of Attendance", "SSID", "Local Student ID"),
        *("Student Legal First Name", "Student Legal Last Name", "Student Birth Date"),
        *("Student Gender Code", "Student Birth Country Code", "Enrollment Start Date"),
        *("Enrollment Exit Date", "Student Exit Reason Code"),
        *("Enrollment Status Code", "Grade Level Code"),
    ]
    rows = [
        ["1964733", "1930650", ssid, "7", "Ana", (name or "").replace('"', '""'), "20110315"]
        + ["F", "US", "20250814", "", "", "10", grade]
        for ssid, name, grade in PEOPLE
    ]
    quoted = [[f'"{one}"' if '"' in one else one for one in row] for row in rows]
    return [delimiter.join(row) for row in [required, *quoted]]


def text(lines: list[str], line_end: str = "\r\n") -> str:
    return "".join(line + line_end for line in lines)


def quote_all(lines: list[str]) -> list[str]:
    return [
        "^".join('"{}"'.format(one.replace('"', '""')) for one in line.split("^")) for line in lines
    ]


def load(folder: Path, side: Side, content: str | bytes) -> tuple[Extract, list[tuple]]:
    """Return the extract, and line number with PEOPLE's columns as they were loaded."""
    path = folder / f"{side}.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    con = duckdb.connect()
    con.execute("create schema staging")
    extract = load_extract(con, side, [path], ColumnNames(LAYOUT), scratch)
    assert list(scratch.iterdir()) == []
    query = f"select line_number, {COLUMNS} from staging.{side}_raw order by line_number"
    return extract, con.execute(query).fetchall()


def check(folder: Path, side: Side, content: str | bytes, first: int, *notices: str) -> None:
    """Assert that PEOPLE are read from the line ``first`` on, with these notices."""
    extract, rows = load(folder, side, content)
    assert rows == [(number, *one) for number, one in enumerate(PEOPLE, start=first)]
    assert extract.lines == len(PEOPLE)
    about_columns = ("columns missing", "unknown columns")
    given = [one for one in extract.notices if not any(words in one for words in about_columns)]
    assert given == [f"{side}.txt: {notice}" for notice in notices]


def refuse(folder: Path, side: Side, content: str | bytes) -> str:
    with pytest.raises(InputError) as refusal:
        load(folder, side, content)
    assert list((folder / "scratch").iterdir()) == []
    return f"{refusal.value} | {refusal.value.hint}"


@pytest.mark.parametrize(
    ("delimiter", "notices"),
    [
        (",", ()),
        ("\t", ()),
        (";", ("its delimiter is a semicolon",)),
        ("|", ("its delimiter is a pipe",)),
    ],
)
def test_a_table_has_one_of_four_delimiters(tmp_path, delimiter, notices):
    check(tmp_path, "sis", text(table(delimiter)), 2, *notices)


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff", b""])
@pytest.mark.parametrize(("side", "first"), [("ods", 1), ("sis", 2)])
def test_utf_16_is_read_with_or_without_its_mark(tmp_path, side, first, mark):
    content = text(carets("ods") if side == "ods" else table("\t"))
    encoding = "utf-16-be" if mark == b"\xfe\xff" else "utf-16-le"
    check(tmp_path, side, mark + content.encode(encoding), first, "read as UTF-16")


def test_utf_16_that_is_cut_within_a_letter_is_refused(tmp_path):
    assert refuse(tmp_path, "sis", text(table()).encode("utf-16")[:-1]).startswith(
        "sis.txt begins as text in UTF-16 but has bytes that are not"
    )


@pytest.mark.parametrize(("side", "first"), [("ods", 1), ("sis", 2)])
def test_cr_alone_ends_lines(tmp_path, side, first):
    content = text(carets("ods") if side == "ods" else table(), "\r")
    check(tmp_path, side, content, first, "its lines end with CR alone")


def test_an_lf_among_lines_that_end_with_cr_alone_is_named(tmp_path):
    lines = [*carets("ods") * 1_000, "x\ny", *carets("ods")]
    assert refuse(tmp_path, "ods", text(lines, "\r")).startswith("ods.txt line 3001 contains an LF")


@pytest.mark.parametrize(
    ("above", "notice"),
    [
        (["Students"], "1 title line above the header is passed over"),
        (["Students", "", "2025"], "2 title lines and 1 blank line above the header are passed"),
        (["", ""], "2 blank lines above the header are passed over"),
        (["sep=,"], "1 title line above the header is passed over"),
        (["SENR, as of October" + "," * 10], "1 title line above the header is passed over"),
        (['He said "5'], "1 title line above the header is passed over"),
    ],
)
def test_titles_above_a_header_are_passed_over(tmp_path, above, notice):
    whole = notice if notice.endswith("over") else f"{notice} over"
    check(tmp_path, "sis", text([*above, *table()]), len(above) + 2, whole)


@pytest.mark.parametrize("title_end", ["\r\n", "\n"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
@pytest.mark.parametrize("titles", [["Students"], ["", 'He said "5', "2025, June", ""]])
def test_titles_above_an_even_table_are_counted(tmp_path, titles, line_end, title_end):
    header, first, _, last = table()  # without the name in quotes
    content = text(titles, title_end) + text([header, first, last], line_end)
    extract, loaded = load(tmp_path, "sis", content)
    start = len(titles) + 2
    assert loaded == [(start, *PEOPLE[0]), (start + 1, *PEOPLE[2])]
    assert extract.lines == 2


def test_a_record_above_the_header_is_no_title(tmp_path):
    header, first, *rest = table()
    assert refuse(tmp_path, "sis", text([first, header, *rest])).startswith(
        "sis.txt line 1 is above the header and looks like a record"
    )


def test_titles_above_caret_lines_are_passed_over(tmp_path):
    notice = "1 title line and 1 blank line above the records are passed over"
    check(tmp_path, "ods", text(["SENR", "", *carets("ods")]), 3, notice)


PASSED_OVER = "1 line at the end holds no record and is passed over"


@pytest.mark.parametrize("side", ["ods", "sis"])
@pytest.mark.parametrize(
    ("end", "notice"),
    [
        ("\r\n", f"{PASSED_OVER} (1 blank)"),
        ("   \t \r\n", f"{PASSED_OVER} (1 blank)"),
        ("(81 rows affected)", f"{PASSED_OVER} (1 without a delimiter)"),
        ("End\r\n", f"{PASSED_OVER} (1 without a delimiter)"),
        ("\x1a", f"{PASSED_OVER} (1 end-of-file mark)"),
        ("\x1a\x1a\r\n", f"{PASSED_OVER} (1 end-of-file mark)"),
        (
            "\r\n(81 rows affected)\r\n\r\nCompletion time: 2025-10-14T08:15:02\r\n\x1a",
            "5 lines at the end hold no record and are passed over "
            "(2 blank, 2 without a delimiter, 1 end-of-file mark)",
        ),
    ],
)
def test_what_holds_no_record_is_passed_over_at_the_end(tmp_path, side, end, notice):
    lines, first = (carets("ods"), 1) if side == "ods" else (table(), 2)
    check(tmp_path, side, text(lines) + end, first, notice)


@pytest.mark.parametrize("line_end", ["\r\n", ""])
@pytest.mark.parametrize(("side", "first", "line"), [("ods", 1, "^" * 36), ("sis", 2, "," * 11)])
def test_delimiters_alone_are_passed_over_at_the_end(tmp_path, side, first, line, line_end):
    content = text(carets("ods") if side == "ods" else table()) + f"{line}\r\n{line}{line_end}"
    kinds = "(2 with only delimiters)"
    notice = f"2 lines at the end hold no record and are passed over {kinds}"
    check(tmp_path, side, content, first, notice)


def test_words_in_the_first_column_alone_are_no_record(tmp_path):
    content = text([*table(), "(3 rows affected)" + "," * 11])
    check(tmp_path, "sis", content, 2, f"{PASSED_OVER} (1 without a delimiter)")


def test_an_end_of_file_mark_is_no_part_of_the_last_field(tmp_path):
    content = text(table()).removesuffix("\r\n") + "\x1a"
    check(tmp_path, "sis", content, 2, f"{PASSED_OVER} (1 end-of-file mark)")


@pytest.mark.parametrize(
    "end", ["SENR-R", "SENR-R\r\n", "senr\r\n", "SE", "De La", "20250814", "0902\r\n"]
)
def test_a_last_line_that_may_be_part_of_a_record_is_refused(tmp_path, end):
    assert refuse(tmp_path, "ods", text(carets("ods")) + end).startswith(
        "ods.txt line 4 has no delimiter and may be a record that was cut off; "
        "the 35-field SENR-R layout has 37 | download the extract again, or check the end of the "
        "file: more records may belong there"
    )


@pytest.mark.parametrize(("side", "first"), [("ods", 2), ("sis", 2)])
@pytest.mark.parametrize("official", [True, False])
def test_a_header_above_caret_lines_is_passed_over(tmp_path, side, first, official):
    fields = LAYOUT.extract if side == "ods" else LAYOUT.upload
    header = "^".join(field.name if official else field.column for field in fields)
    notice = "a header line above the records is passed over"
    check(tmp_path, side, text([header, *carets(side)]), first, notice)


def test_a_header_in_another_order_gives_the_columns_of_the_sis(tmp_path):
    lines = ["^".join(NAMES[:-2]), *carets("sis")]
    turned = ["^".join(reversed(line.split("^"))) for line in lines]
    check(tmp_path, "sis", text(turned), 2, "its delimiter is a caret")
    lines = ["^".join([*NAMES[1:], NAMES[0]]), *carets("ods")]
    assert "whose names are not those of an ODS extract in their order" in refuse(
        tmp_path, "ods", text(lines)
    )


@pytest.mark.parametrize("side", ["ods", "sis"])
def test_quotes_around_every_field_of_caret_lines_are_read(tmp_path, side):
    notice = "quotes around fields are read as in RFC 4180"
    check(tmp_path, side, text(quote_all(carets(side))), 1, notice)


def test_everything_at_once_is_read(tmp_path):
    lines = ["Students", *quote_all(["^".join(NAMES), *carets("ods")])]
    content = "".join(f"{line}^\r" for line in lines).replace("Students^", "Students")
    check(
        tmp_path,
        "ods",
        f"{content}\r(3 rows affected)\r\x1a".encode("utf-16"),
        3,
        "read as UTF-16",
        "its lines end with CR alone",
        "1 title line above the header is passed over",
        "a header line above the records is passed over",
        "quotes around fields are read as in RFC 4180",
        "the caret at the end of each of its 3 records is passed over",
        "3 lines at the end hold no record and are passed over "
        "(1 blank, 1 without a delimiter, 1 end-of-file mark)",
    )


@pytest.mark.parametrize("side", ["ods", "sis"])
def test_a_caret_at_the_end_of_each_line_is_passed_over(tmp_path, side):
    notice = "the caret at the end of each of its 3 records is passed over"
    check(tmp_path, side, text([f"{line}^" for line in carets(side)]), 1, notice)


def test_a_comma_at_the_end_of_each_record_is_passed_over(tmp_path):
    header, *rows = table()
    notice = "the comma at the end of each of its 3 records is passed over"
    check(tmp_path, "sis", text([header, *(f"{row}," for row in rows)]), 2, notice)


def test_dashes_below_the_header_are_passed_over(tmp_path):
    header, *rows = table()
    dashes = ",".join("-" * len(name) for name in header.split(","))
    notice = "a line of dashes below the header is passed over"
    check(tmp_path, "sis", text([header, dashes, *rows]), 3, notice)


def test_a_blank_record_in_quotes_is_a_record(tmp_path):
    header, *rows = table()
    extract, loaded = load(tmp_path, "sis", text([header, *rows, ",".join(['""'] * 14)]))
    assert (extract.lines, loaded[-1]) == (4, (5, None, None, None))


def test_files_of_macos_in_a_zip_are_passed_over(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("__MACOSX/._sis.csv", "sis.csv", ".DS_Store"):
            archive.writestr(name, text(table()))
    check(tmp_path, "sis", packed.getvalue(), 2, "2 files of macOS in the zip are passed over")


def test_a_quoted_record_of_one_value_is_a_record(tmp_path):
    row = ",".join(['"80 A"', *['""'] * 13])
    extract, loaded = load(tmp_path, "sis", text([*table(), row]))
    assert (extract.lines, loaded[-1][0]) == (4, 5)


def test_a_long_line_of_blanks_above_the_header_is_passed_over(tmp_path):
    notice = "1 blank line above the header is passed over"
    check(tmp_path, "sis", text([" " * 100_000, *table()]), 3, notice)


def test_a_header_in_the_middle_of_an_even_file_is_named(tmp_path):
    header, first, *_ = table()
    assert refuse(tmp_path, "sis", text([header, first, header, first, header])).startswith(
        "sis.txt line 3, line 5 repeat the header; expected one header, above all records | "
    )


@pytest.mark.parametrize("title", ["Upload Date,10/14/2025", "SSID", "SSID; Grade Level Code"])
def test_a_title_with_the_name_of_a_field_is_no_header_of_caret_lines(tmp_path, title):
    notice = "1 title line above the records is passed over"
    check(tmp_path, "ods", text([title, *carets("ods")]), 2, notice)


def test_dashes_below_a_header_of_caret_lines_are_passed_over(tmp_path):
    lines = ["^".join(NAMES), "^".join(["---"] * 37), *carets("ods")]
    check(
        tmp_path,
        "ods",
        text(lines),
        3,
        "a header line above the records is passed over",
        "a line of dashes below the header is passed over",
    )


@pytest.mark.parametrize(("encoding", "line_end"), [("utf-16", "\r\n"), ("utf-8", "\r")])
def test_the_hash_is_that_of_the_given_bytes(tmp_path, encoding, line_end):
    content = text(carets("ods"), line_end).encode(encoding)
    assert load(tmp_path, "ods", content)[0].sha256 == hashlib.sha256(content).hexdigest()


def test_a_header_without_records(tmp_path):
    assert refuse(tmp_path, "ods", text(["^".join(NAMES)])).startswith(
        "ods.txt is without any record; "
    )


def test_what_two_joined_files_leave_between_their_records_is_named(tmp_path):
    lines = carets("ods")
    content = text([*lines, "^".join(NAMES), *lines, "\x1a" + lines[0]])
    assert refuse(tmp_path, "ods", content).startswith(
        "ods.txt has records that are not SENR-R: line 4 (a header line), "
        "line 8 (an end-of-file mark before its type) | "
    )
