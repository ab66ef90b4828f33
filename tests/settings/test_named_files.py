from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from senr_duck.errors import InputError
from senr_duck.settings.keep_list import KeepEntry, read_keep_list
from senr_duck.settings.school_list import GRADE_ORDER, School, read_school_list

KEEP_HEADER = "ssid,school_of_attendance,enrollment_start_date,why\n"
SPREADSHEET_HINT = (
    "fix these lines in a text editor: a spreadsheet drops leading zeros and turns dates and "
    "spans such as 9-12 into its own dates"
)


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def keep(content: str | bytes) -> tuple[KeepEntry, ...]:
    path = Path("keep.csv")
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return read_keep_list(path)


def schools(content: str | bytes) -> tuple[School, ...]:
    path = Path("schools.txt")
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return read_school_list(path)


def refuse(read: Callable[[str | bytes], object], content: str | bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        read(content)
    assert caught.value.exit_status == 2
    return caught.value


def test_a_keep_list_is_read_with_both_forms_of_date() -> None:
    assert keep(
        KEEP_HEADER
        + "9000000001,1930650,20250814,summer graduate\n"
        + '9000000002,0112607,2024-02-29,"by hand, see the log"\n'
        + "9000000003,0000001,2025-08-14,\n"
    ) == (
        KeepEntry("9000000001", "1930650", date(2025, 8, 14), "summer graduate", 2),
        KeepEntry("9000000002", "0112607", date(2024, 2, 29), "by hand, see the log", 3),
        KeepEntry("9000000003", "0000001", date(2025, 8, 14), "", 4),
    )


def test_the_columns_of_a_keep_list_come_in_any_order() -> None:
    assert keep(
        "why,enrollment_start_date,ssid,school_of_attendance\nhand,20250814,9000000001,1930650\n"
    ) == (KeepEntry("9000000001", "1930650", date(2025, 8, 14), "hand", 2),)


def test_line_numbers_are_those_of_the_file_where_a_record_starts() -> None:
    lines = (
        KEEP_HEADER
        + '9000000001,193065{},20250814,"two\nlines"\n'
        + "\n"
        + ",,,\n"
        + " 9000000002 , 193065{} , 20250814 , spaces \n"
    )
    assert [entry.why for entry in keep(lines.format("0", "0"))] == ["two\nlines", "spaces"]
    found = "school_of_attendance: found 6 characters, expected 7 digits"
    assert str(refuse(keep, lines.format("", ""))) == (
        f"keep.csv line 2: {found}\nkeep.csv line 6: {found}"
    )


def test_of_two_entries_with_one_key_the_first_counts() -> None:
    assert keep(
        KEEP_HEADER
        + "9000000001,1930650,20250814,first\n"
        + "9000000002,1930650,20250814,other student\n"
        + "9000000001,1930650,2025-08-14,second\n"
    ) == (
        KeepEntry("9000000001", "1930650", date(2025, 8, 14), "first", 2),
        KeepEntry("9000000002", "1930650", date(2025, 8, 14), "other student", 3),
    )


def test_a_keep_list_may_have_no_entries() -> None:
    assert keep(KEEP_HEADER) == ()


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffwhy,ssid,school_of_attendance,enrollment_start_date\r\n"
        "Nuñez,9000000001,1930650,20250814\r\n",
        "why,ssid,school_of_attendance,enrollment_start_date\n"
        "Nuñez,9000000001,1930650,20250814".encode("cp1252"),
        "why\tssid\tschool_of_attendance\tenrollment_start_date\n"
        "Nuñez\t9000000001\t1930650\t20250814\n",
    ],
    ids=["UTF-8 with byte-order mark, CR LF", "Windows-1252, no last LF", "tabs"],
)
def test_a_list_is_read_in_each_encoding_and_form(content: str | bytes) -> None:
    assert keep(content) == (KeepEntry("9000000001", "1930650", date(2025, 8, 14), "Nuñez", 2),)


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("ssid,school_of_attendance,enrollment_start_date", "no column why"),
        ("ssid,school_of_attendance,enrollment_start_date,why,note", "the column note"),
        (
            "ssid,ssid,school_of_attendance,enrollment_start_date,why",
            "the column ssid twice",
        ),
        (
            "ssid,school,enrollment_start_date,why",
            "no column school_of_attendance, the column school",
        ),
        (
            "",
            "no column ssid, no column school_of_attendance, "
            "no column enrollment_start_date, no column why",
        ),
    ],
)
def test_another_header_of_a_keep_list_is_refused_by_name(header: str, found: str) -> None:
    error = refuse(keep, header + "\n")
    assert str(error) == (
        f"keep.csv line 1: found {found}; "
        "expected ssid, school_of_attendance, enrollment_start_date, why alone"
    )
    assert error.hint == "name each of these columns once in the first line, in any order"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("900000001,1930650,20250814,", "ssid: found 9 characters, expected 10 digits"),
        ("900000000A,1930650,20250814,", "ssid: found 10 characters, expected 10 digits"),
        (",1930650,20250814,", "ssid: found 0 characters, expected 10 digits"),
        (
            "9000000001,930650,20250814,",
            "school_of_attendance: found 6 characters, expected 7 digits",
        ),
        (
            "9000000001,1930650,08/14/2025,",
            "enrollment_start_date: found 10 characters, expected YYYYMMDD or YYYY-MM-DD",
        ),
        (
            "9000000001,1930650,20250230,",
            "enrollment_start_date: found 8 characters, expected YYYYMMDD or YYYY-MM-DD",
        ),
        (
            "9000000001,1930650,2025-W33-4,",
            "enrollment_start_date: found 10 characters, expected YYYYMMDD or YYYY-MM-DD",
        ),
        (
            "9000000001,1930650,2025-0814,",
            "enrollment_start_date: found 9 characters, expected YYYYMMDD or YYYY-MM-DD",
        ),
        ("9000000001,1930650,20250814", "found 3 values, expected 4"),
        ("9000000001,1930650,20250814,hand,on", "found 5 values, expected 4"),
    ],
)
def test_a_wrong_line_of_a_keep_list_is_named_without_its_ssid(line: str, fault: str) -> None:
    error = refuse(keep, KEEP_HEADER + "9000000009,1930650,20250814,right\n" + line + "\n")
    assert str(error) == f"keep.csv line 3: {fault}"
    assert error.hint == SPREADSHEET_HINT


def test_all_wrong_lines_are_named_up_to_twenty() -> None:
    error = refuse(keep, KEEP_HEADER + "1,1930650,20250814,\n" * 22)
    named = str(error).split("\n")
    assert len(named) == 21
    assert named[0] == "keep.csv line 2: ssid: found 1 character, expected 10 digits"
    assert named[19] == "keep.csv line 21: ssid: found 1 character, expected 10 digits"
    assert named[20] == "and 2 more"


def test_exactly_twenty_wrong_lines_are_all_named() -> None:
    error = refuse(keep, KEEP_HEADER + "1,1930650,20250814,\n" * 20)
    assert str(error).split("\n")[-1] == (
        "keep.csv line 21: ssid: found 1 character, expected 10 digits"
    )


@pytest.mark.parametrize(
    "content",
    [KEEP_HEADER.encode("utf-16"), KEEP_HEADER.encode() + b"\x81\xff\n"],
    ids=["UTF-16", "a byte of neither encoding"],
)
def test_bytes_that_are_not_text_are_refused(content: bytes) -> None:
    error = refuse(keep, content)
    assert str(error) == ("keep.csv: found bytes that are not text, expected UTF-8 or Windows-1252")
    assert error.hint == "save the file again as CSV in UTF-8"


def test_a_quotation_mark_that_is_never_closed_hides_no_entry() -> None:
    error = refuse(
        keep,
        KEEP_HEADER
        + "9000000001,1930650,20250814,right\n"
        + '9000000002,1930650,20250814,"never closed\n'
        + "9000000003,1930650,20250814,right\n",
    )
    assert str(error) == "keep.csv line 3: found unexpected end of data, expected CSV"
    assert error.hint == "look for a quotation mark that is never closed"


@pytest.mark.parametrize("read", [read_keep_list, read_school_list])
def test_a_list_that_is_missing_or_a_folder_is_refused(read: Callable[[Path], object]) -> None:
    Path("folder").mkdir()
    for name, found in (("missing.csv", "no such file"), ("folder", "a folder")):
        with pytest.raises(InputError) as caught:
            read(Path(name))
        assert str(caught.value) == f"{name}: found {found}, expected a readable file"


CDE_HEADER = (
    "CDSCode\tNCESDist\tStatusType\tCounty\tDistrict\tSchool\tOpenDate\tClosedDate\tCharter\t"
    "DOCType\tSOCType\tGSoffered\n"
)


def test_the_public_schools_file_is_read_without_its_district_offices() -> None:
    assert schools(
        CDE_HEADER
        + "19647330000000\t0622710\tActive\tLos Angeles\tLos Angeles Unified\tNo Data\tNo Data\t"
        + "No Data\tNo Data\tUnified School District\tNo Data\tP-Adult\n"
        + '19647331930650\t0622710\tActive\tLos Angeles\tLos Angeles Unified\t"Bud" Senior High\t'
        + "07/01/1980\tNo Data\tN\tUnified School District\tHigh Schools (Public)\t9-12\n"
        + "01611920112607\t0600001\tClosed\tAlameda\tHayward Unified\tAcademy\t2007-08-20\t"
        + "06/30/2019\tY\tUnified School District\tNo Data\tNo Data\n"
    ) == (
        School(
            lea="1964733",
            school="1930650",
            name='"Bud" Senior High',
            low_grade="09",
            high_grade="12",
            open_date=date(1980, 7, 1),
            close_date=None,
            school_type="High Schools (Public)",
        ),
        School(
            lea="0161192",
            school="0112607",
            name="Academy",
            low_grade=None,
            high_grade=None,
            open_date=date(2007, 8, 20),
            close_date=date(2019, 6, 30),
            school_type=None,
        ),
    )


def test_a_school_list_needs_no_column_but_the_code() -> None:
    assert schools("CDSCode\n19647331930650\n") == (
        School("1964733", "1930650", None, None, None, None, None, None),
    )


@pytest.mark.parametrize(
    ("school_type", "option", "both"),
    [
        ("K-12 Schools (Public)", "Home and Hospital", "K-12 Schools (Public); Home and Hospital"),
        (
            "Continuation High Schools",
            "Continuation School",
            "Continuation High Schools; Continuation School",
        ),
        ("High Schools (Public)", "Traditional", "High Schools (Public)"),
        ("High Schools (Public)", "No Data", "High Schools (Public)"),
        ("No Data", "Opportunity School", "Opportunity School"),
        ("No Data", "Traditional", None),
        ("", "", None),
    ],
)
def test_the_educational_option_is_part_of_a_school_s_type(
    school_type: str, option: str, both: str | None
) -> None:
    (school,) = schools(f"CDSCode\tSOCType\tEdOpsName\n19647331930650\t{school_type}\t{option}\n")
    assert school.school_type == both


def test_the_educational_option_may_be_a_list_s_only_type() -> None:
    (school,) = schools("CDSCode,EdOpsName\n19647331930650,Juvenile Court School\n")
    assert school.school_type == "Juvenile Court School"


def test_a_school_list_may_be_csv_in_windows_1252() -> None:
    content = 'School,CDSCode\n"Peña, Elementary",19647331930650\n'.encode("cp1252")
    (school,) = schools(content)
    assert school.name == "Peña, Elementary"


def test_a_school_that_changed_its_district_is_listed_under_both() -> None:
    listed = schools("CDSCode,StatusType\n19647331930650,Active\n19101991930650,Merged\n")
    assert [(school.lea, school.school) for school in listed] == [
        ("1964733", "1930650"),
        ("1910199", "1930650"),
    ]


@pytest.mark.parametrize(
    ("offered", "low", "high"),
    [
        ("K-5", "KN", "05"),
        ("P-8", "PS", "08"),
        ("9-12", "09", "12"),
        ("K", "KN", "KN"),
        ("K-K", "KN", "KN"),
        ("12", "12", "12"),
        ("TK-6", "TK", "06"),
        ("K-TK", "KN", "TK"),
        ("Adult", "AD", "AD"),
        ("P-Adult", "PS", "AD"),
        ("K-Post Secondary", "KN", "AD"),
        ("07 - 08", "07", "08"),
        ("No Data", None, None),
        ("N/A", None, None),
        ("Ungraded", None, None),
        ("", None, None),
    ],
)
def test_a_span_of_grades_becomes_two_calpads_codes(
    offered: str, low: str | None, high: str | None
) -> None:
    (school,) = schools(f"CDSCode,GSoffered\n19647331930650,{offered}\n")
    assert (school.low_grade, school.high_grade) == (low, high)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("1611920112607,,", "CDSCode: found 13 characters, expected 14 digits"),
        ("1.96473E+13,,", "CDSCode: found 11 characters, expected 14 digits"),
        ("19647330000009,,", "CDSCode: same as in line 2, expected another"),
        (
            "19647331930650,12-Sep,",
            'GSoffered: found "12-Sep", expected a span of grades such as K-5, P-8, 9-12 or Adult',
        ),
        (
            "19647331930650,12-9,",
            'GSoffered: found "12-9", expected a span of grades such as K-5, P-8, 9-12 or Adult',
        ),
        (
            "19647331930650,K-,",
            'GSoffered: found "K-", expected a span of grades such as K-5, P-8, 9-12 or Adult',
        ),
        (
            "19647331930650,K-5-8,",
            'GSoffered: found "K-5-8", expected a span of grades such as K-5, P-8, 9-12 or Adult',
        ),
        (
            "19647331930650,K-13,",
            'GSoffered: found "K-13", expected a span of grades such as K-5, P-8, 9-12 or Adult',
        ),
        (
            "19647331930650,,13/01/2020",
            "OpenDate: found 10 characters, expected MM/DD/YYYY or YYYY-MM-DD",
        ),
        (
            "19647331930650,,1/7/2020",
            "OpenDate: found 8 characters, expected MM/DD/YYYY or YYYY-MM-DD",
        ),
        ("19647331930650,", "found 2 values, expected 3"),
    ],
)
def test_a_wrong_line_of_a_school_list_is_named(line: str, fault: str) -> None:
    error = refuse(schools, f"CDSCode,GSoffered,OpenDate\n19647330000009,K-5,\n{line}\n")
    assert str(error) == f"schools.txt line 3: {fault}"
    assert error.hint == SPREADSHEET_HINT


def test_a_wrong_value_of_a_district_office_is_ignored() -> None:
    assert schools("CDSCode,GSoffered\n19647330000000,12-Sep\n") == ()


def test_a_school_list_without_the_code_is_refused() -> None:
    error = refuse(schools, "School,GSoffered\nAcademy,K-5\n")
    assert str(error) == (
        "schools.txt line 1: found no column CDSCode; expected CDSCode among others"
    )


def test_the_order_of_grades() -> None:
    assert dict(GRADE_ORDER) == {
        "IN": -3,
        "TD": -2,
        "PS": -1,
        "TK": 0,
        "KN": 0,
        "01": 1,
        "02": 2,
        "03": 3,
        "04": 4,
        "05": 5,
        "06": 6,
        "07": 7,
        "08": 8,
        "09": 9,
        "10": 10,
        "11": 11,
        "12": 12,
        "AD": 13,
    }


def test_a_header_of_many_columns_is_named_in_part() -> None:
    error = refuse(keep, KEEP_HEADER.strip() + ",x" * 30 + "\n")
    assert str(error).startswith("keep.csv line 1: found the column x, the column x, ")
    assert "the column x, and 10 more; expected" in str(error)


def test_a_column_is_shown_without_control_characters() -> None:
    assert "found the column a\\x1bb; expected" in str(refuse(keep, "a\x1bb," + KEEP_HEADER))


@pytest.mark.parametrize(
    "content",
    [
        "9000000001,1930650,20250814,Ann Lee",
        "Lee,Ann,F,K",
        "9000000001\t1930650\t20250814\tAnn Lee",
    ],
)
def test_a_keep_list_without_a_header_is_refused_without_its_values(content: str) -> None:
    error = refuse(keep, content + "\n")
    assert str(error) == (
        "keep.csv line 1: found no header: 4 values, none of them a column's name; expected ssid, "
        "school_of_attendance, enrollment_start_date, why alone"
    )


def test_a_school_list_without_a_header_is_refused_without_its_values() -> None:
    assert str(refuse(schools, "19647331930650\tLee Academy\n")) == (
        "schools.txt line 1: found no column CDSCode; expected CDSCode among others"
    )


def test_a_header_with_a_student_in_it_shows_shapes_alone() -> None:
    damaged = "ssid,school_of_attendance,enrollment_start_date,why9000000001,1930650,Lee\n"
    assert str(refuse(keep, damaged)) == (
        "keep.csv line 1: found no column why, the column AAA9999999999, the column 9999999, the "
        "column AAA; expected ssid, school_of_attendance, enrollment_start_date, why alone"
    )
