"""Files that are no extract of the side are refused by what they are."""

import io
import zipfile
from datetime import date

import duckdb
import pytest

from senr_duck.errors import InputError
from senr_duck.load.extract import load_extract
from senr_duck.load.headers import ColumnNames
from senr_duck.reference.layout import layout_on

LAYOUT = layout_on(date(2025, 10, 1))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def find_kind(folder, side, content):
    """Return what the message says that the file is, and the hint."""
    path = folder / f"{side}.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    con = duckdb.connect()
    con.execute("create schema staging")
    with pytest.raises(InputError) as refusal:
        load_extract(con, side, [path], ColumnNames(LAYOUT), folder)
    assert [one.name for one in folder.iterdir()] == [path.name]
    kind, _, expected = str(refusal.value).removeprefix(f"{side}.txt is ").partition("; expected ")
    assert expected.startswith("an ODS extract" if side == "ods" else "a SENR upload file")
    return kind, refusal.value.hint


def zip_of(*names):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return packed.getvalue()


@pytest.mark.parametrize("side", ["ods", "sis"])
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n", "a PDF document"),
        ("<!DOCTYPE html>\n<html></html>", "an HTML page"),
        ("\ufeff\r\n  <HTML><table>", "an HTML page"),
        ("<table><tr><td>SSID</td></tr></table>", "an HTML page"),
        ('<?xml version="1.0"?><html xmlns="x">', "an HTML page"),
        ("<!DOCTYPE html>".encode("utf-16"), "an HTML page"),
        ('<?xml version="1.0"?><students/>', "an XML file"),
        (
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "a spreadsheet in XML",
        ),
        ('[{"ssid": "8000000001"}]', "a JSON file"),
        ('{ "ssid": "8000000001"}', "a JSON file"),
        (OLE + "Workbook".encode("utf-16-le"), "an old Excel workbook (.xls)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "an Office file with a password"),
        (OLE + "WordDocument".encode("utf-16-le"), "an old Office file"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\0\1\0\0Standard ACE DB\0", "an Access database"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (zip_of("[Content_Types].xml", "word/document.xml"), "a Word document"),
        (zip_of("[Content_Types].xml", "xl/workbook.bin"), "a binary Excel workbook (.xlsb)"),
        (zip_of("mimetype", "content.xml"), "an OpenDocument file"),
        (zip_of("[Content_Types].xml"), "an Office file"),
    ],
)
def test_a_file_that_is_no_table(tmp_path, side, content, kind):
    assert find_kind(tmp_path, side, content)[0] == kind


@pytest.mark.parametrize("side", ["ods", "sis"])
@pytest.mark.parametrize("delimiter", ["^", ","])
@pytest.mark.parametrize(
    "above", ["", "An extract\r\n", "Record Type Code{0}SSID{0}Upload Date\r\n"]
)
@pytest.mark.parametrize(
    ("record_type", "kind"),
    [
        ("CENR-R", "a cumulative enrollment extract (record type CENR-R)"),
        ('"CENR-R"', "a cumulative enrollment extract (record type CENR-R)"),
        ("SINF-R", "a student information extract (record type SINF-R)"),
        ("sinf", "a student information upload file (record type SINF)"),
        ("SSID-R", "an extract of SSIDs (record type SSID-R)"),
        ("SENR-E", "a rejected-records extract (record type SENR-E)"),
        ("SPRG-R", "a student programs extract (record type SPRG-R)"),
        ("SCSC", "another file of CALPADS (record type SCSC)"),
    ],
)
def test_another_record_type(tmp_path, side, delimiter, above, record_type, kind):
    record = delimiter.join([record_type, "8000000001", *[""] * 40])
    content = f"{above.format(delimiter)}{record}\r\n{record}\r\n"
    assert find_kind(tmp_path, side, content)[0] == kind


@pytest.mark.parametrize("side", ["ods", "sis"])
def test_swapped_files(tmp_path, side):
    own, other = ("SENR-R", "SENR") if side == "ods" else ("SENR", "SENR-R")
    kinds = {
        "SENR-R": "an ODS extract (record type SENR-R)",
        "SENR": "a SENR upload file (record type SENR)",
    }
    assert find_kind(tmp_path, side, f"{other}^^^\r\n")[0] == kinds[other]
    assert own in kinds


def test_a_word_that_may_be_a_name_is_not_shown(tmp_path):
    kind, hint = find_kind(tmp_path, "sis", "Pate^Anna^8000000001\r\n")
    assert kind == (
        "neither a SENR file nor one with a header of SENR field names "
        "(its first line, with 9 for a digit and A for a letter: AAAA^AAAA^9999999999)"
    )
    assert hint == (
        "use the file that the student information system exported with --sis; "
        "`senr-duck init` finds out what the names of another header mean"
    )


@pytest.mark.parametrize(
    ("delimiter", "name"), [(",", "commas"), ("\t", "tabs"), (";", "semicolons")]
)
@pytest.mark.parametrize("header", ["", "Record Type Code,SSID\r\n", "Enrollment\r\n"])
def test_an_ods_extract_that_a_spreadsheet_saved(tmp_path, delimiter, name, header):
    content = header + "SENR-R,,,1964733\r\nSENR-R,,,1964733\r\n"
    kind, hint = find_kind(tmp_path, "ods", content.replace(",", delimiter))
    assert kind == (
        f"delimited by {name}, as a spreadsheet saves it, so that leading zeros of codes may be "
        "lost"
    )
    assert hint == (
        "use the SSID Enrollment ODS extract (SENR) with --ods, exactly as CALPADS made it; do not "
        "open it in a spreadsheet before"
    )


def test_hints_say_what_to_do(tmp_path):
    hints = [
        find_kind(tmp_path, "sis", content)[1]
        for content in ("<html>", OLE + "Workbook".encode("utf-16-le"))
    ]
    save = "open it in Excel and save it as an Excel workbook (.xlsx), or as CSV UTF-8"
    assert hints == [
        "a web site writes such a file when the login has expired: log in and download again; "
        f"if Excel shows a table in it, {save}",
        save,
    ]
