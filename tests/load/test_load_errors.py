import gzip
import io
import os
import shutil
import zipfile
import zlib
from datetime import date
from pathlib import Path

import duckdb
import pytest

from senr_duck.errors import InputError
from senr_duck.load.extract import load_extract
from senr_duck.load.headers import ColumnNames
from senr_duck.load.packed_file import unpack
from senr_duck.load.plain_file import PlainFile, Side
from senr_duck.load.raw_table import create_line_table
from senr_duck.reference.layout import layout_on

LAYOUT = layout_on(date(2025, 10, 1))

ODS = (
    "SENR-R^^^1964733^1930650^^2025-2026^8000000001^007^Ana^^Nuñez^^^^^20110315^F^^^US^20250814^10^"
    "08^^^^^^^^^^^^20250901^20250902"
)
SIS = (
    "SENR^^^1964733^1930650^^2025-2026^8000000001^007^Ana^^Nuñez^^^^^20110315^F^^^US^20250814^10^08"
    "^^^^^^^^^^^"
)
REJECTED = "SENR-E" + SIS.removeprefix("SENR") + "^SENR0027^F^Overlap^1.22^20250814"
HEADER = (
    "SSID,Reporting LEA,School of Attendance,Local Student ID,Student Legal First Name,"
    "Student Legal Last Name,Student Birth Date,Student Gender Code,Student Birth Country Code,"
    "Enrollment Start Date,Enrollment Exit Date,Student Exit Reason Code,"
    "Enrollment Status Code,Grade Level Code"
)
VALUES = "8000000001,1964733,1930650,007,Ana,Nuñez,2011-03-15,F,US,20250814,20260605,E155,10,08"

WANT_ODS = "expected an ODS extract (record type SENR-R, caret-delimited, no header)"
WANT_SIS = (
    "expected a SENR upload file (record type SENR), or CSV, TSV, an Excel workbook (.xlsx) or "
    "Parquet with a header"
)
GIVE_ODS = "use the SSID Enrollment ODS extract (SENR) with --ods, exactly as CALPADS made it"
GIVE_SIS = "use the file that the student information system exported with --sis"
DRAFT = f"{GIVE_SIS}; `senr-duck init` finds out what the names of another header mean"
NEVER = (
    "such a file must never be uploaded or compared: correct its records in the student "
    "information system, and "
)
STRAY_ODS = "download the extract again, or check for a stray ^ in that line"
REMOVE_ODS = (
    "download the extract again, or remove {}: what is not a record may only be above and below "
    "the records"
)
REMOVE_SIS = REMOVE_ODS.replace("download the extract", "export the file")
STRAY_ODS_LINES = "download the extract again, or check for a stray ^ in those lines"


def refuse(path: Path, side: Side) -> tuple[str, str]:
    """Return the message and hint of the error after checking that nothing is left behind."""
    scratch = path.parent / "scratch"
    scratch.mkdir()
    con = duckdb.connect()
    con.execute("create schema staging")
    with pytest.raises(InputError) as refusal:
        load_extract(con, side, [path], ColumnNames(LAYOUT), scratch)
    assert refusal.value.exit_status == 2
    assert list(scratch.iterdir()) == []
    assert con.execute("select count(*) from duckdb_tables()").fetchone() == (0,)
    assert con.execute("select count(*) from duckdb_views() where not internal").fetchone() == (0,)
    return str(refusal.value), refusal.value.hint


def refuse_bytes(tmp_path: Path, side: Side, content: bytes) -> tuple[str, str]:
    path = tmp_path / f"{side}.txt"
    path.write_bytes(content)
    return refuse(path, side)


def zip_bytes(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), ODS, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def lines(*records: str) -> bytes:
    return "".join(record + "\r\n" for record in records).encode()


def test_a_file_that_does_not_exist(tmp_path):
    assert refuse(tmp_path / "ods.txt", "ods") == (
        "ods.txt: found no such file, expected a file",
        "check the path after --ods",
    )


def test_a_file_below_a_file(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "sis.zip").write_bytes(b"")
    (tmp_path / "sis.txt").symlink_to(tmp_path / "sis.zip" / "sis.txt")
    assert refuse(tmp_path / "sis.txt", "sis") == (
        "sis.txt: found no such file, expected a file",
        "check the path after --sis",
    )


def test_a_folder(tmp_path):
    (tmp_path / "ods").mkdir()
    assert refuse(tmp_path / "ods", "ods") == (
        "ods: found a folder, expected a file",
        "check the path after --ods",
    )


def test_a_pipe(tmp_path):
    os.mkfifo(tmp_path / "ods.txt")
    assert refuse(tmp_path / "ods.txt", "ods") == (
        "ods.txt: found a pipe, expected a file",
        "check the path after --ods",
    )


@pytest.mark.parametrize(
    ("name", "shown"), [("ods\udcff.txt", "ods\\udcff.txt"), ("ods\0.txt", "ods\\x00.txt")]
)
def test_a_path_that_is_not_text(tmp_path, name, shown):
    if "\0" not in name:
        (tmp_path / name).write_bytes(b"")
    assert refuse(tmp_path / name, "ods") == (
        f"{shown}: found a path that is not text in UTF-8, expected a file",
        "check the path after --ods",
    )


def test_a_file_name_is_shown_without_control_characters(tmp_path):
    (tmp_path / "ods\x1b[2J\n.txt").write_bytes(b"")
    message, _ = refuse(tmp_path / "ods\x1b[2J\n.txt", "ods")
    assert message == f"ods\\x1b[2J\\n.txt is empty; {WANT_ODS}"


def test_a_file_that_cannot_be_read(tmp_path):
    (tmp_path / "ods.txt").symlink_to(tmp_path / "ods.txt")
    assert refuse(tmp_path / "ods.txt", "ods") == (
        "ods.txt: found a file that cannot be read (Too many levels of symbolic links), "
        "expected a file",
        "check the path after --ods",
    )


@pytest.mark.parametrize(
    ("side", "content", "found", "hint"),
    [
        ("ods", b"", f"is empty; {WANT_ODS}", GIVE_ODS),
        ("ods", b"\r\n\n\r\n", f"is empty; {WANT_ODS}", GIVE_ODS),
        ("sis", b"\xef\xbb\xbf", f"is empty; {WANT_SIS}", GIVE_SIS),
        ("sis", b"\xef\xbb\xbf\r\n", f"is empty; {WANT_SIS}", GIVE_SIS),
        ("ods", gzip.compress(b"", mtime=0), f"is empty; {WANT_ODS}", GIVE_ODS),
        ("sis", lines(HEADER), f"is without any record; {WANT_SIS}", GIVE_SIS),
        ("sis", HEADER.encode(), f"is without any record; {WANT_SIS}", GIVE_SIS),
        ("sis", lines(HEADER, "", ""), f"is without any record; {WANT_SIS}", GIVE_SIS),
        ("sis", lines(f'{HEADER},"x"'), f"is without any record; {WANT_SIS}", GIVE_SIS),
        ("ods", lines(SIS), f"is a SENR upload file (record type SENR); {WANT_ODS}", GIVE_ODS),
        ("sis", lines(ODS), f"is an ODS extract (record type SENR-R); {WANT_SIS}", GIVE_SIS),
        (
            "ods",
            lines(REJECTED),
            f"is a rejected-records extract (record type SENR-E); {WANT_ODS}",
            NEVER + GIVE_ODS,
        ),
        (
            "sis",
            lines(REJECTED),
            f"is a rejected-records extract (record type SENR-E); {WANT_SIS}",
            NEVER + GIVE_SIS,
        ),
        (
            "ods",
            lines(HEADER, VALUES),
            f"is a file with a header of field names; {WANT_ODS}",
            GIVE_ODS,
        ),
        (
            "ods",
            lines(HEADER.replace(",", "\t"), VALUES),
            f"is a file with a header of field names; {WANT_ODS}",
            GIVE_ODS,
        ),
        ("ods", b"PAR1", f"is a Parquet file; {WANT_ODS}", GIVE_ODS),
        *(
            (
                side,
                content,
                "is neither a SENR file nor one with a header of SENR field names (its first line, "
                f"with 9 for a digit and A for a letter: {shape}); {want}",
                give,
            )
            for side, want, give in (("ods", WANT_ODS, GIVE_ODS), ("sis", WANT_SIS, DRAFT))
            for content, shape in (
                (b"8000000001,1964733\r\n", "9999999999,9999999"),
                (b"Pate^Ana^1964733\r\n", "AAAA^AAA^9999999"),
                (b"A title\r\n" * 50 + lines(HEADER, VALUES), "A AAAAA"),
                (b"Lee\t" * 40, "AAA\\t" * 12 + "…"),
            )
        ),
    ],
)
def test_a_file_of_another_form(tmp_path, side, content, found, hint):
    assert refuse_bytes(tmp_path, side, content) == (f"{side}.txt {found}", hint)


@pytest.mark.parametrize(
    ("side", "content", "message", "hint"),
    [
        (
            "ods",
            lines(ODS, ODS[:-9], ODS),
            "line 2 has 36 fields; the 35-field SENR-R layout has 37",
            STRAY_ODS,
        ),
        (
            "ods",
            lines(ODS, ODS + "^"),
            "line 2 has 38 fields; the 35-field SENR-R layout has 37",
            STRAY_ODS,
        ),
        (
            "ods",
            lines(ODS, ODS + "^^^"),
            "line 2 has 40 fields; the 35-field SENR-R layout has 37",
            STRAY_ODS,
        ),
        (
            "ods",
            lines(ODS + "^", ODS[:-9], ODS),
            "line 1 has 38 fields, line 2 has 36 fields; the 35-field SENR-R layout has 37",
            STRAY_ODS_LINES,
        ),
        (
            "ods",
            lines(ODS[:-9], ODS, ODS + "^"),
            "line 1 has 36 fields, line 3 has 38 fields; the 35-field SENR-R layout has 37",
            STRAY_ODS_LINES,
        ),
        (
            "ods",
            lines("", ODS, "", " ", "", "x^y", ODS, ""),
            "line 3 is blank, line 4 is blank, line 5 is blank, line 6 has 2 fields; "
            "the 35-field SENR-R layout has 37",
            STRAY_ODS_LINES,
        ),
        (
            "ods",
            lines(ODS) + b"\r\n" + lines(ODS),
            "line 2 is blank; the 35-field SENR-R layout has 37",
            REMOVE_ODS.format("that line"),
        ),
        (
            "ods",
            lines(ODS) + b"\x1a\r\n" + lines("^" * 36, "(1 row)", "8000000001", ODS),
            "line 2 is an end-of-file mark, line 3 has only delimiters, line 4 has no delimiter, "
            "line 5 has no delimiter; the 35-field SENR-R layout has 37",
            REMOVE_ODS.format("those lines"),
        ),
        (
            "ods",
            lines(ODS, ODS + "^", ODS[:-9], ODS + "^"),
            "line 2 has 38 fields, line 3 has 36 fields, line 4 has 38 fields; "
            "the 35-field SENR-R layout has 37",
            STRAY_ODS_LINES,
        ),
        (
            "ods",
            lines(ODS, *["", "x"] * 10, ODS),
            ", ".join(
                f"line {line} is blank, line {line + 1} has no delimiter"
                for line in range(2, 22, 2)
            )
            + "; the 35-field SENR-R layout has 37",
            REMOVE_ODS.format("those lines"),
        ),
        (
            "ods",
            lines(ODS, *["", "x"] * 600, ODS),
            ", ".join(
                f"line {line} is blank, line {line + 1} has no delimiter"
                for line in range(2, 22, 2)
            )
            + ", and 1,180 more; the 35-field SENR-R layout has 37",
            REMOVE_ODS.format("those lines"),
        ),
        (
            "sis",
            lines(SIS, SIS + "^"),
            "line 2 has 36 fields; the 35-field SENR layout has 35",
            "export the file again, or check for a stray ^ in that line",
        ),
        (
            "sis",
            lines(HEADER, VALUES, VALUES + ",", VALUES[:-3]),
            "line 3 has 15 fields, line 4 has 13 fields; the header has 14",
            "export the file again, or check for a stray comma in those lines",
        ),
        (
            "sis",
            lines(HEADER, VALUES, "," * 11, VALUES),
            "line 3 has only delimiters; the header has 14",
            REMOVE_SIS.format("that line"),
        ),
        (
            "sis",
            lines(HEADER, VALUES, HEADER, VALUES, ""),
            "line 3 repeats the header; the header has 14",
            REMOVE_SIS.format("that line"),
        ),
        (
            "sis",
            lines("Students", HEADER, VALUES, HEADER),
            "line 4 repeats the header; expected one header, above all records",
            "export the file again; to read two files as one side, name them both",
        ),
        (
            "sis",
            lines(HEADER, VALUES.replace("Ana", '"A\nna"'), "", VALUES, VALUES + ',"'.strip('"')),
            "line 4 is blank, line 6 has 15 fields; the header has 14",
            "export the file again, or check for a stray comma in those lines",
        ),
        (
            "sis",
            lines(HEADER, VALUES + ",x").replace(b",", b"\t"),
            "line 2 has 15 fields; the header has 14",
            "export the file again, or check for a stray tab in that line",
        ),
    ],
)
def test_lines_with_a_wrong_number_of_fields(tmp_path, side, content, message, hint):
    assert refuse_bytes(tmp_path, side, content) == (f"{side}.txt {message}", hint)


@pytest.mark.parametrize(
    ("side", "fields", "message", "hint"),
    [
        (
            "ods",
            36,
            "has 36 fields per record: the 34-field SENR-R layout, in force from 2020-21 until "
            "2023-09-18; the 35-field SENR-R layout of the as-of date has 37",
            "download the extract again in that layout, or check the as-of date",
        ),
        (
            "ods",
            35,
            "has 35 fields per record: the 33-field SENR-R layout, of an earlier year; "
            "the 35-field SENR-R layout of the as-of date has 37",
            "download the extract again in that layout, or check the as-of date",
        ),
        (
            "ods",
            41,
            "has 41 fields per record: the 39-field SENR-R layout, of an earlier year; "
            "the 35-field SENR-R layout of the as-of date has 37",
            "download the extract again in that layout, or check the as-of date",
        ),
        (
            "ods",
            38,
            "has 38 fields per record; the 35-field SENR-R layout of the as-of date has 37",
            "download the extract again; the known layouts have these numbers of fields: "
            "37 (in force since "
            "2023-09-19), 36 (in force from 2020-21 until 2023-09-18), 35 (of an earlier year), "
            "41 (of an earlier year)",
        ),
        (
            "sis",
            34,
            "has 34 fields per record: the 34-field SENR layout, in force from 2020-21 until "
            "2023-09-18; the 35-field SENR layout of the as-of date has 35",
            "export the file again in that layout, or check the as-of date",
        ),
        (
            "sis",
            33,
            "has 33 fields per record: the 33-field SENR layout, of an earlier year; "
            "the 35-field SENR layout of the as-of date has 35",
            "export the file again in that layout, or check the as-of date",
        ),
        (
            "sis",
            39,
            "has 39 fields per record: the 39-field SENR layout, of an earlier year; "
            "the 35-field SENR layout of the as-of date has 35",
            "export the file again in that layout, or check the as-of date",
        ),
        (
            "sis",
            37,
            "has 37 fields per record; the 35-field SENR layout of the as-of date has 35",
            "export the file again; the known layouts have these numbers of fields: "
            "35 (in force since "
            "2023-09-19), 34 (in force from 2020-21 until 2023-09-18), 33 (of an earlier year), "
            "39 (of an earlier year)",
        ),
    ],
)
def test_a_file_in_another_layout(tmp_path, side, fields, message, hint):
    record = "^".join(["SENR-R" if side == "ods" else "SENR", *["x"] * (fields - 1)])
    content = lines(record, record, record + "^" * 5, "", record)
    assert refuse_bytes(tmp_path, side, content) == (f"{side}.txt {message}", hint)


NUL = (
    "contains a NUL byte; expected text in UTF-8 or Windows-1252",
    "download the extract again; if it is UTF-16 (Excel's Unicode text), save it as UTF-8",
)
CR = (
    "contains a CR without an LF; expected CR LF or LF at line ends only",
    "download the extract again, or remove the stray line break from that line",
)
TOO_LONG = (
    "is longer than 131,072 bytes; a SENR record has under 1,000",
    "download the extract again: its line ends are missing, or it is something else",
)


@pytest.mark.parametrize(
    ("content", "line", "fault"),
    [
        (lines(ODS, ODS.replace("Ana", "A\0na"), ODS), 2, NUL),
        (lines(ODS) + b"\0", 2, NUL),
        (ODS.encode("utf-32-le"), 1, NUL),
        (lines(ODS, ODS.replace("Ana", "A\rna"), ODS), 2, CR),
        (lines(ODS, ODS.replace("Ana", "A\rna")).replace(b"\r\n", b"\n"), 2, CR),
        (lines(ODS, ODS + "\r", ODS), 2, CR),
        (lines(ODS, ODS)[:-1], 2, CR),
        (lines(ODS, ODS).replace(b"\r\n", b"\r\r\n"), 1, CR),
        (lines(ODS, "\r"), 2, CR),
        (lines(ODS, ODS.replace("Ana", "x" * 140_000), ODS), 2, TOO_LONG),
        (lines(ODS) + b"x" * 5_000_000, 2, TOO_LONG),
    ],
)
def test_a_line_that_no_text_file_has(tmp_path, content, line, fault):
    assert refuse_bytes(tmp_path, "ods", content) == (f"ods.txt line {line} {fault[0]}", fault[1])


@pytest.mark.parametrize(
    ("content", "byte"),
    [
        (lines(ODS, ODS).decode().replace("Ana", "Añ").encode("cp1252") + b"\x81", "0x81"),
        (lines(ODS, ODS) + b"A\x9d", "0x9D"),
        (b"\xef\xbb\xbf" + lines(ODS, ODS) + b"\xf1^", "0xF1"),
    ],
    ids=["in Windows-1252", "in UTF-8", "after a byte-order mark"],
)
def test_bytes_that_are_not_text(tmp_path, content, byte):
    assert refuse_bytes(tmp_path, "ods", content) == (
        f"ods.txt line 3 contains the byte {byte}, which is not text; "
        "expected UTF-8 or Windows-1252",
        "download the extract again, as UTF-8",
    )


@pytest.mark.parametrize(
    ("records", "line"),
    [
        ([HEADER, VALUES, VALUES.replace("Ana", '"Ana'), VALUES], 3),
        ([HEADER, VALUES.replace("08", '"08')], 2),
        ([HEADER, VALUES.replace("Ana", '"An"a'), VALUES], 2),
        ([HEADER, VALUES.replace("Ana", '"A\nna"'), VALUES.replace("Ana", '"A'), '"b",'], 4),
        ([HEADER + ',"', VALUES], 1),
        ([HEADER, VALUES.replace("Ana", '"Ana'), *[VALUES] * 3_000, '"'], 2),
        ([HEADER, *[VALUES.replace("Ana", '"A' + "\nna" * 20_000 + '"' + ',"b' * 3)], '"'], 2),
    ],
)
def test_a_quoted_field_that_does_not_end(tmp_path, records, line):
    assert refuse_bytes(tmp_path, "sis", "\n".join(records).encode()) == (
        f"sis.txt: in the record that starts on line {line}, a quoted field does not end before a "
        "comma or a line end; expected quotation marks as in RFC 4180",
        "export the file again, or check for a stray quotation mark in that record",
    )


@pytest.mark.parametrize(
    ("side", "content", "message", "hint"),
    [
        (
            "ods",
            lines(ODS, "SENR-E" + ODS[6:], ODS, "SENR" + ODS[6:], ODS[6:], "Nuñez" + ODS[6:]),
            "has records that are not SENR-R: line 2 (SENR-E), line 4 (SENR), "
            "line 5 (blank), line 6 (unknown)",
            "download the extract again: all its records must have one type",
        ),
        (
            "sis",
            lines(SIS, *["SENR-R" + SIS[4:]] * 22),
            "has records that are not SENR: "
            + ", ".join(f"line {line} (SENR-R)" for line in range(2, 22))
            + ", and 2 more",
            "export the file again: all its records must have one type",
        ),
        (
            "sis",
            lines(f"{HEADER},Record Type Code", f"{VALUES},SENR", f"{VALUES},SENR-R"),
            "has records that are not SENR: line 3 (SENR-R)",
            "export the file again: all its records must have one type",
        ),
        (
            "sis",
            lines(f'{HEADER},"Record Type\nCode"', f"{VALUES},", f"{VALUES},Nuñez"),
            "has records that are not SENR: line 4 (unknown)",
            "export the file again: all its records must have one type",
        ),
    ],
)
def test_records_of_several_types(tmp_path, side, content, message, hint):
    assert refuse_bytes(tmp_path, side, content) == (f"{side}.txt {message}", hint)


def test_required_columns_that_are_missing_are_all_named(tmp_path):
    assert refuse_bytes(tmp_path, "sis", b"Student Legal Middle Name,Grade Level Code\nx,08\n") == (
        "sis.txt lacks required columns: Reporting LEA, School of Attendance, SSID, "
        "Local Student ID, Enrollment Start Date, Enrollment Exit Date, Student Exit Reason Code",
        "export every field under its official name, in any order",
    )


def test_columns_that_occur_twice_are_all_named(tmp_path):
    content = lines(f"{HEADER},ssid,GRADE-LEVEL-CODE,Room,Room", f"{VALUES},1,2,3,4")
    assert refuse_bytes(tmp_path, "sis", content) == (
        "sis.txt has columns that occur twice: SSID, Grade Level Code",
        "export every field under its official name, in any order",
    )


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (zip_bytes(), "is a zip that holds 0 files; expected exactly one"),
        (zip_bytes("a.txt", "b.txt"), "is a zip that holds 2 files; expected exactly one"),
    ],
)
def test_a_zip_of_none_or_several_files(tmp_path, content, found):
    assert refuse_bytes(tmp_path, "ods", content) == (
        f"ods.txt {found}",
        "zip only the extract",
    )


def patched(content: bytes, local: int, central: int, value: int) -> bytes:
    """Return a zip with one byte of its two headers changed."""
    changed = bytearray(content)
    changed[local] = changed[content.index(b"PK\x01\x02") + central] = value
    return bytes(changed)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (patched(zip_bytes("a.txt"), 6, 8, 1), "is a zip with a password; expected one without"),
        (
            patched(zip_bytes("a.txt"), 8, 10, 9),
            "is a zip with a rare compression method; expected Deflate",
        ),
    ],
    ids=["encrypted", "Deflate64"],
)
def test_a_zip_that_has_to_be_unpacked_by_hand(tmp_path, content, found):
    assert refuse_bytes(tmp_path, "ods", content) == (
        f"ods.txt {found}",
        "unpack it, then use the file inside",
    )


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(lines(ODS), mtime=0)[:-12],
        gzip.compress(lines(ODS), mtime=0)[:-1] + b"\xff",
        gzip.compress(lines(ODS), mtime=0) + b"more",
        b"\x1f\x8b\x08\x00",
        gzip.compress(lines(ODS), mtime=0)[:10] + b"\xff" * 50,
        zip_bytes("a.txt")[:-30],
        zip_bytes("a.txt").replace(zlib.compress(ODS.encode())[2:12], b"\xff" * 10),
        b"PK\x03\x04",
    ],
)
def test_damaged_gzip_and_zip(tmp_path, content):
    assert refuse_bytes(tmp_path, "ods", content) == (
        "ods.txt is damaged: its compressed content cannot be read",
        "download or copy the file again",
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../ods.txt", "10 characters"),
        ("a/../b", '"a/../b"'),
        ("/a.txt", '"/a.txt"'),
        ("..\\x", '"..\\\\x"'),
        ("C:a.txt", '"C:a.txt"'),
    ],
)
def test_a_zip_whose_file_would_leave_its_folder(tmp_path, name, shown):
    assert refuse_bytes(tmp_path, "ods", zip_bytes(name)) == (
        "ods.txt is a zip whose file has a path that leads out of its folder "
        f"({shown}); expected a plain name",
        "zip programs do not write such a path for an extract: check where the zip comes from, "
        "and zip only the extract",
    )


def zip_of(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", content)
    return packed.getvalue()


@pytest.mark.parametrize("pack", [zip_of, gzip.compress], ids=["zip", "gzip"])
def test_what_unpacks_to_more_than_an_extract_could(tmp_path, pack):
    content = pack(b"x" * (16 * 1024 * 1024 + 1))
    assert refuse_bytes(tmp_path, "sis", content) == (
        "sis.txt unpacks to more than 16,777,216 bytes; "
        "expected at most 16,777,216, or 200 times its own size",
        "real extracts do not compress this much: check where the file comes from; if it is right, "
        "unpack it, then use the file inside",
    )


def test_a_zip_with_a_false_size(tmp_path):
    content = zip_of(b"x" * (16 * 1024 * 1024 + 1))
    true, false = (n.to_bytes(4, "little") for n in (16 * 1024 * 1024 + 1, 10))
    assert refuse_bytes(tmp_path, "sis", content.replace(true, false)) == (
        "sis.txt is damaged: its compressed content cannot be read",
        "download or copy the file again",
    )


def test_a_large_file_may_unpack_to_two_hundred_times_its_size(tmp_path):
    # the part before it is compressed so badly that the whole file is within the limit
    rest = os.urandom(90_000).hex().encode()
    path = tmp_path / "sis.zip"
    path.write_bytes(zip_of(rest + b"x" * (16 * 1024 * 1024)))
    target = tmp_path / "plain"
    assert unpack(path, target) == 0
    assert target.stat().st_size == 180_000 + 16 * 1024 * 1024


def test_a_zip_for_which_the_disk_has_no_room(tmp_path, monkeypatch):
    free = shutil.disk_usage(tmp_path)._replace(free=100)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: free)
    assert refuse_bytes(tmp_path, "ods", zip_bytes("a.txt")) == (
        f"ods.txt unpacks to {len(ODS.encode())} bytes; the disk of the --out folder has "
        "100 bytes free",
        "free up disk space, or choose another folder with --out",
    )


def parquet_bytes(tmp_path: Path, query: str) -> bytes:
    """Return as Parquet what a query gives on ``record``, three rows of the required columns."""
    path = tmp_path / "made.parquet"
    columns = ", ".join(
        f"'{value}' as \"{name}\""
        for name, value in zip(HEADER.split(","), VALUES.split(","), strict=True)
    )
    con = duckdb.connect()
    con.execute(f"create table record as select {columns} from range(3)")
    con.execute(f"copy ({query}) to '{path}' (format parquet)")
    return path.read_bytes()


def test_parquet_columns_that_are_not_text(tmp_path):
    query = (
        'select * replace (8000000001 as ssid, cast(SSID as double) as "Local Student ID",'
        ' date \'2025-08-14\' as "Grade Level Code", true as "Enrollment Start Date",'
        " timestamptz '2011-03-15 00:00:00+00' as \"Student Birth Date\","
        " cast('F' as blob) as \"Student Gender Code\"), {'a': 1} as school_of_attendance_nps,"
        " 1 as room, true as student_with_disability from record"
    )
    content = parquet_bytes(tmp_path, query)
    assert refuse_bytes(tmp_path, "sis", content) == (
        "sis.txt has columns that are not text: Local Student ID (DOUBLE), "
        "Student Birth Date (TIMESTAMP WITH TIME ZONE), Student Gender Code (BLOB), "
        "Enrollment Start Date (BOOLEAN), Grade Level Code (DATE), "
        "school_of_attendance_nps (nested), student_with_disability (BOOLEAN); "
        "expected VARCHAR, or DATE or TIMESTAMP for a date",
        "export them as text: numbers have lost their leading zeros",
    )


def test_a_nul_in_parquet(tmp_path):
    query = (
        "select * replace (case when rowid = 1 then 'A' || chr(0) else 'A' end as"
        ' "Student Legal First Name") from record'
    )
    assert refuse_bytes(tmp_path, "sis", parquet_bytes(tmp_path, query)) == (
        "sis.txt row 2 contains a NUL; expected text",
        "export the file again",
    )


def test_parquet_without_a_record(tmp_path):
    content = parquet_bytes(tmp_path, "from record limit 0")
    assert refuse_bytes(tmp_path, "sis", content) == (
        f"sis.txt is without any record; {WANT_SIS}",
        GIVE_SIS,
    )


def test_parquet_columns_that_are_missing(tmp_path):
    query = 'select * exclude (ssid, "Student Exit Reason Code") from record'
    assert refuse_bytes(tmp_path, "sis", parquet_bytes(tmp_path, query)) == (
        "sis.txt lacks required columns: SSID, Student Exit Reason Code",
        "export every field under its official name, in any order",
    )


@pytest.mark.parametrize("name", [b"SSID", b"ssid", b"SsId"])
def test_parquet_columns_that_occur_twice(tmp_path, name):
    query = "select {'a': 1, 'b': [{'c': 1}]} as nested, *, '1' as twin from record"
    content = parquet_bytes(tmp_path, query).replace(b"twin", name)  # DuckDB would rename it
    assert refuse_bytes(tmp_path, "sis", content) == (
        "sis.txt has columns that occur twice: SSID",
        "export every field under its official name, in any order",
    )


def test_damaged_parquet(tmp_path):
    assert refuse_bytes(tmp_path, "sis", b"PAR1 and nothing more PAR1") == (
        "sis.txt is damaged: its Parquet content cannot be read",
        "export the file again",
    )


def test_parquet_that_was_cut_within(tmp_path):
    content = parquet_bytes(tmp_path, "from record")
    message, hint = refuse_bytes(tmp_path, "sis", content[:1000] + content[1050:])
    assert (message, hint) == (
        "sis.txt is damaged: its Parquet content cannot be read",
        "export the file again",
    )


def test_unknown_columns_are_named_up_to_twenty_and_without_controls(tmp_path):
    path = tmp_path / "sis.csv"
    names = ["a\x1bb", *(f"c{n}" for n in range(30))]
    more = "," * len(names)
    path.write_bytes(lines(",".join([HEADER, *names]), VALUES + more))
    con = duckdb.connect()
    con.execute("create schema staging")
    extract = load_extract(con, "sis", [path], ColumnNames(LAYOUT), tmp_path)
    assert extract.notices[0] == (
        "sis.csv: unknown columns are ignored: a\\x1bb, "
        + ", ".join(f"c{n}" for n in range(19))
        + ", and 11 more"
    )


@pytest.mark.parametrize(
    "query",
    [
        "select 1 as line_number, 'Nuñez' as student_legal_last_name",
        "select * from read_csv('{path}', columns = {{'a': 'VARCHAR', 'b': 'VARCHAR'}},"
        " auto_detect = false)",
    ],
    ids=["another number of records", "another number of fields"],
)
def test_a_file_that_changed_between_two_passes_leaves_no_table(tmp_path, query):
    path = tmp_path / "ods.txt"
    path.write_text("Nuñez\nNuñez\n", encoding="utf-8")
    con = duckdb.connect()
    con.execute("create schema staging")
    with pytest.raises(InputError) as refusal:
        create_line_table(con, PlainFile("ods", "ods.txt", path), query.format(path=path), 2)
    assert (str(refusal.value), refusal.value.hint) == (
        "ods.txt changed while it was read",
        "run again when nothing writes to the file any more",
    )
    assert con.execute("select count(*) from duckdb_tables()").fetchone() == (0,)
