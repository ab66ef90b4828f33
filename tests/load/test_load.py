import gzip
import io
import zipfile
from datetime import date
from pathlib import Path

import duckdb
import pytest

from senr_duck.load.extract import Extract, InputFile, load_extract
from senr_duck.load.headers import ColumnNames
from senr_duck.load.plain_file import Side
from senr_duck.load.text_records import TextForm
from senr_duck.load.text_survey import Survey, survey_text
from senr_duck.reference.layout import layout_on

LAYOUT = layout_on(date(2025, 10, 1))
LAYOUT_BEFORE = layout_on(date(2023, 9, 18))

ODS_LINES = [
    "SENR-R^^L-1^1964733^1930650^^2025-2026^8000000001^007^Ana^Lu^Nuñez^Jr^Annie^^Nuny^20110315^F^"
    "Fresno^US-CA^US^20250814^10^08^20260605^E155^^1930651^^2^1964733^N^Y^N^^20250901^20250902",
    'SENR-R^D^^1964733^1930650^^2025-2026^8000000002^7^Bo "B"^ ^"Li^^^^^20110316^M^^^CN^20250815^'
    "10^09^^^^^^^^^^^^20250903^20250904",
    "SENR-R^^^1964733^1930651^^2025-2026^8000000003^  8^Cy^^ Ott ^^^^^20110317^X^^^US^20250816^"
    "20^10^^^^^^^^^^^ ^20250905^20250906",
]
ODS_FIELDS = [
    [field or None for field in line.split("^")]  # a blank field is loaded as null
    for line in ODS_LINES
]
CRLF = "".join(line + "\r\n" for line in ODS_LINES)

SIS_LINE = (
    "SENR^^^1964733^1930650^^2025-2026^8000000001^007^Ana^^Nuñez^^^^^20110315^F^^^US^20250814^10^08"
    "^^^^^^^^^^^"
)

REQUIRED_HEADER = (
    "SSID,Reporting LEA,School of Attendance,Local Student ID,Student Legal First Name,"
    "Student Legal Last Name,Student Birth Date,Student Gender Code,Student Birth Country Code,"
    "Enrollment Start Date,Enrollment Exit Date,Student Exit Reason Code,"
    "Enrollment Status Code,Grade Level Code"
)
REQUIRED_VALUES = (
    "8000000001,1964733,1930650,007,Ana,Nuñez,2011-03-15,F,US,20250814,20260605,E155,10,08"
)
REQUIRED_COLUMNS = (
    "ssid",
    "reporting_lea",
    "school_of_attendance",
    "local_student_id",
    "student_legal_first_name",
    "student_legal_last_name",
    "student_birth_date",
    "student_gender_code",
    "student_birth_country_code",
    "enrollment_start_date",
    "enrollment_exit_date",
    "student_exit_reason_code",
    "enrollment_status_code",
    "grade_level_code",
)
NOT_COMPARED = (
    "sis.csv: columns missing, so not compared "
    "(updates keep CALPADS's value, adds leave it blank): "
    "School of Attendance NPS, "
    "Student School Completion Status Code, Expected Receiver School of Attendance, "
    "Student Met all UC CSU Requirements Indicator, Student School Transfer Code, "
    "District of Geographic Residence Code, Student Golden State Seal Merit Diploma Indicator, "
    "Student Seal of Biliteracy Indicator, "
    "Adult Age Students with Disabilities in Transition Status, Graduation Exemption Indicator"
)


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("create schema staging")
    return con


def load(
    con: duckdb.DuckDBPyConnection, side: Side, path: Path, content: bytes, layout=LAYOUT
) -> Extract:
    path.write_bytes(content)
    scratch = path.parent / "scratch [1]"
    scratch.mkdir(exist_ok=True)
    extract = load_extract(con, side, [path], ColumnNames(layout), scratch)
    assert list(scratch.iterdir()) == []
    return extract


def select(con: duckdb.DuckDBPyConnection, columns: str, side: Side = "sis") -> list[tuple]:
    return con.execute(f"select {columns} from staging.{side}_raw order by line_number").fetchall()


def zip_bytes(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("folder")
        archive.writestr(name, content)
    return packed.getvalue()


def parquet_bytes(tmp_path: Path, query: str) -> bytes:
    path = tmp_path / "made.parquet"
    duckdb.connect().execute(f"copy ({query}) to '{path}' (format parquet)")
    return path.read_bytes()


@pytest.mark.parametrize(
    ("content", "notices"),
    [
        (CRLF.encode(), ()),
        (CRLF.replace("\r\n", "\n").encode(), ()),
        (CRLF.encode().removesuffix(b"\r\n"), ()),
        (CRLF.replace("\r\n", "\n").encode().removesuffix(b"\n"), ()),
        (
            CRLF.encode() + b"\r\n\r\n\n",
            ("ods.txt: 3 lines at the end hold no record and are passed over (3 blank)",),
        ),
        (CRLF.replace("\r\n", "\n", 1).encode(), ()),
        (CRLF.replace("\r\n", "\n", 2).encode().removesuffix(b"\r\n"), ()),
        (CRLF.encode("utf-8-sig"), ()),
        (CRLF.encode("cp1252"), ("ods.txt: read as Windows-1252, because it is not UTF-8",)),
        (gzip.compress(CRLF.encode()), ()),
        (gzip.compress(CRLF[:60].encode()) + gzip.compress(CRLF[60:].encode()), ()),
        (zip_bytes("extract/ods[1].csv", CRLF.encode()), ()),
        (
            zip_bytes("ods", CRLF.encode("cp1252")),
            ("ods.txt: read as Windows-1252, because it is not UTF-8",),
        ),
    ],
    ids=[
        "CR LF",
        "LF",
        "CR LF, last line without",
        "LF, last line without",
        "line ends at the end",
        "LF, then CR LF",
        "LF, then CR LF, last line without",
        "byte-order mark",
        "Windows-1252",
        "gzip",
        "gzip in two parts",
        "zip",
        "zip of Windows-1252",
    ],
)
def test_an_ods_extract_is_loaded_field_by_field_however_it_is_packed(
    con, tmp_path, content, notices
):
    extract = load(con, "ods", tmp_path / "ods.txt", content)
    assert (extract.lines, extract.notices) == (3, notices)
    assert select(con, "*", "ods") == [
        (number, "ods.txt", number, *fields) for number, fields in enumerate(ODS_FIELDS, start=1)
    ]


def test_each_field_is_in_the_column_of_its_name(con, tmp_path):
    load(con, "ods", tmp_path / "ods.txt", CRLF.encode())
    result = con.execute("select * from staging.ods_raw where line_number = 1")
    row = dict(zip([column[0] for column in result.description], result.fetchone(), strict=True))
    assert row == {
        "source_line": 1,
        "file_name": "ods.txt",
        "line_number": 1,
        "record_type_code": "SENR-R",
        "transaction_type_code": None,
        "local_record_id": "L-1",
        "reporting_lea": "1964733",
        "school_of_attendance": "1930650",
        "school_of_attendance_nps": None,
        "academic_year_id": "2025-2026",
        "ssid": "8000000001",
        "local_student_id": "007",
        "student_legal_first_name": "Ana",
        "student_legal_middle_name": "Lu",
        "student_legal_last_name": "Nuñez",
        "student_legal_name_suffix": "Jr",
        "student_alias_first_name": "Annie",
        "student_alias_middle_name": None,
        "student_alias_last_name": "Nuny",
        "student_birth_date": "20110315",
        "student_gender_code": "F",
        "student_birth_city": "Fresno",
        "student_birth_state_province_code": "US-CA",
        "student_birth_country_code": "US",
        "enrollment_start_date": "20250814",
        "enrollment_status_code": "10",
        "grade_level_code": "08",
        "enrollment_exit_date": "20260605",
        "student_exit_reason_code": "E155",
        "student_school_completion_status_code": None,
        "expected_receiver_school_of_attendance": "1930651",
        "student_met_all_uc_csu_requirements_indicator": None,
        "student_school_transfer_code": "2",
        "district_of_geographic_residence_code": "1964733",
        "student_golden_state_seal_merit_diploma_indicator": "N",
        "student_seal_of_biliteracy_indicator": "Y",
        "adult_age_students_with_disabilities_in_transition_status": "N",
        "graduation_exemption_indicator": None,
        "upload_date": "20250901",
        "last_date_updated": "20250902",
    }


def test_nothing_is_trimmed_and_a_quotation_mark_is_an_ordinary_character(con, tmp_path):
    load(con, "ods", tmp_path / "ods.txt", CRLF.encode())
    columns = "local_student_id, student_legal_first_name, student_legal_middle_name"
    assert select(con, f"{columns}, student_legal_last_name", "ods") == [
        ("007", "Ana", "Lu", "Nuñez"),
        ("7", 'Bo "B"', " ", '"Li'),
        ("  8", "Cy", None, " Ott "),
    ]


def test_the_extract_says_what_was_read(con, tmp_path):
    path = tmp_path / "ods.txt"
    assert load(con, "ods", path, (ODS_LINES[2] + "\r\n").encode()) == Extract(
        side="ods",
        files=(
            InputFile(
                path=path,
                file_name="ods.txt",
                sha256="7362ba3e20855fc9e74df3e29e0ef3f898b5628a579a0db25987613b1491f1fb",
                lines=1,
                columns=tuple(field.column for field in LAYOUT.extract),
            ),
        ),
        columns_given=tuple(field.column for field in LAYOUT.extract),
        notices=(),
    )


@pytest.mark.parametrize(
    ("content", "sha256"),
    [
        (
            b"SENR-R^" + b"^" * 35 + b"\n",
            "d7a8ba2e88b0572f0fa8a0dd876acdd0f8b4b88f323440ce5739c47954b3875c",
        ),
        (
            b"\xef\xbb\xbfSENR-R^" + b"^" * 35,
            "45908368545aa8d2edd83ce599f329695ae754189bb8d3b17ebe09101930e2b6",
        ),
        (
            bytes.fromhex(
                "1f8b08000000000000030b76f50bd20d8a2302000084dc9be12a000000"  # the same, packed
            ),
            "969f2afd4207dfcae157210f33b0c142ddd7d645782613ceb2ef37c537674b13",
        ),
    ],
    ids=["unchanged", "rewritten", "gzip"],
)
def test_the_hash_is_of_the_bytes_that_were_given(con, tmp_path, content, sha256):
    assert load(con, "ods", tmp_path / "ods.txt", content).sha256 == sha256


def test_the_table_is_all_text_except_the_line_and_says_what_it_is(con, tmp_path):
    load(con, "ods", tmp_path / "ods.txt", CRLF.encode())
    assert [row[:2] for row in con.execute("describe staging.ods_line").fetchall()] == [
        ("line_number", "BIGINT"),
        *((field.column, "VARCHAR") for field in LAYOUT.extract),
    ]
    assert con.execute(
        "select comment from duckdb_tables() where table_name = 'ods_line'"
        " union all select comment from duckdb_views() where view_name = 'ods_raw'"
    ).fetchall() == [
        ("The records of the extract, as DuckDB read them, with their lines; blank is null.",),
        (
            "Every record of the extract as text, with the number of its first line in its file; "
            "source_line counts the lines of all files of the side. A column that the extract "
            "lacks is null.",
        ),
    ]


def test_the_extract_of_an_earlier_layout_has_no_graduation_exemption(con, tmp_path):
    lines = CRLF.replace("^20250901", "20250901", 1).replace("^20250903", "20250903", 1)
    lines = lines.replace(" ^20250905", "20250905", 1)
    extract = load(con, "ods", tmp_path / "ods.txt", lines.encode(), LAYOUT_BEFORE)
    assert len(extract.columns_given) == 36
    assert select(con, "graduation_exemption_indicator, upload_date", "ods") == [
        (None, "20250901"),
        (None, "20250903"),
        (None, "20250905"),
    ]


@pytest.mark.parametrize(
    ("line", "layout", "columns"), [(SIS_LINE, LAYOUT, 35), (SIS_LINE[:-1], LAYOUT_BEFORE, 34)]
)
def test_a_sis_extract_may_be_a_senr_upload_file(con, tmp_path, line, layout, columns):
    extract = load(con, "sis", tmp_path / "sis.csv", f"{line}\r\n{line}".encode(), layout)
    assert (extract.lines, len(extract.columns_given), extract.notices) == (2, columns, ())
    wanted = "line_number, record_type_code, local_student_id, grade_level_code, "
    assert select(con, wanted + "graduation_exemption_indicator, student_with_disability") == [
        (1, "SENR", "007", "08", None, None),
        (2, "SENR", "007", "08", None, None),
    ]


def test_the_sis_view_has_35_fields_and_three_columns_of_its_own(con, tmp_path):
    load(con, "sis", tmp_path / "sis.txt", SIS_LINE.encode())
    columns = [row[:2] for row in con.execute("describe staging.sis_raw").fetchall()]
    assert [name for name, _ in columns] == [
        "source_line",
        "file_name",
        "line_number",
        *(field.column for field in LAYOUT.upload),
        "next_grade_level_code",
        "next_school_of_attendance",
        "student_with_disability",
    ]
    numbers = ("source_line", "line_number")
    assert {kind for name, kind in columns if name not in numbers} == {"VARCHAR"}
    assert {dict(columns)[name] for name in numbers} == {"BIGINT"}


@pytest.mark.parametrize("delimiter", [",", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_header_file_may_be_csv_or_tsv_whatever_its_name(
    con, tmp_path, delimiter, line_end, mark
):
    text = mark + f"{REQUIRED_HEADER}\n{REQUIRED_VALUES}\n".replace(",", delimiter)
    content = text.replace("\n", line_end).encode()
    extract = load(con, "sis", tmp_path / "sis.csv", content)
    assert extract.columns_given == REQUIRED_COLUMNS
    assert extract.notices == (NOT_COMPARED,)
    assert select(con, f"file_name, line_number, {', '.join(REQUIRED_COLUMNS)}") == [
        ("sis.csv", 2, *REQUIRED_VALUES.split(","))
    ]
    assert select(con, "record_type_code, school_of_attendance_nps") == [(None, None)]


def test_names_in_a_header_are_alike_in_any_case_with_spaces_hyphens_or_underscores(con, tmp_path):
    header = (
        " ssid ,REPORTING_LEA,school-of-attendance,Local  Student_ID,student legal first name,"
        "Student-Legal Last-Name,STUDENT BIRTH DATE,student_gender_code,studentbirthcountrycode,"
        "student_birth_country_code,Enrollment Start Date,enrollment_exit_date,"
        "student_exit_reason_code,enrollment_status_code,grade level code,"
        "Next Grade Level Code,Homeroom,,UPLOAD_DATE,student_with_disability"
    )
    values = (
        "8000000001,1964733,1930650,007,Ana,Ng,20110315,F,x,US,20250814,"
        "20260605,E155,10,08,09,12B,,z,Y"
    )
    extract = load(con, "sis", tmp_path / "sis.csv", f"{header}\n{values}".encode())
    assert extract.columns_given == (
        *REQUIRED_COLUMNS,
        "next_grade_level_code",
        "student_with_disability",
    )
    assert extract.notices == (
        "sis.csv: unknown columns are ignored: studentbirthcountrycode, Homeroom, (no name), "
        "UPLOAD_DATE",
        NOT_COMPARED,
    )
    wanted = "ssid, student_birth_country_code, grade_level_code, next_grade_level_code, "
    assert select(con, wanted + "next_school_of_attendance, student_with_disability") == [
        ("8000000001", "US", "08", "09", None, "Y")
    ]


def test_columns_of_a_header_file_may_be_in_any_order(con, tmp_path):
    header = ",".join(reversed(REQUIRED_HEADER.split(",")))
    values = ",".join(reversed(REQUIRED_VALUES.split(",")))
    load(con, "sis", tmp_path / "sis.csv", f"{header}\n{values}".encode())
    assert select(con, ", ".join(REQUIRED_COLUMNS)) == [tuple(REQUIRED_VALUES.split(","))]


def test_a_field_that_is_not_in_force_is_ignored(con, tmp_path):
    header = REQUIRED_HEADER + ",Graduation Exemption Indicator"
    content = f"{header}\n{REQUIRED_VALUES},Y".encode()
    extract = load(con, "sis", tmp_path / "sis.csv", content, LAYOUT_BEFORE)
    assert extract.notices == (
        "sis.csv: unknown columns are ignored: Graduation Exemption Indicator",
        NOT_COMPARED.removesuffix(", Graduation Exemption Indicator"),
    )
    assert select(con, "graduation_exemption_indicator") == [(None,)]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_quoted_fields_may_hold_delimiters_quotes_and_line_breaks(con, tmp_path, line_end):
    lines = [
        f'{REQUIRED_HEADER},"Student\nAlias","Grade, Next"',
        f"{REQUIRED_VALUES},,",
        f'{REQUIRED_VALUES},"","x"'.replace("Ana", '"Ana\nMaría\n"').replace("Nuñez", '"N, Jr"'),
        f"{REQUIRED_VALUES},,".replace("Ana", '"An""a"').replace("Nuñez", '""""'),
        f"{REQUIRED_VALUES},,".replace("Ana", 'A"na').replace("Nuñez", '""'),
    ]
    content = "".join(line + "\n" for line in lines).replace("\n", line_end).encode()
    extract = load(con, "sis", tmp_path / "sis.csv", content)
    assert (extract.lines, extract.columns_given) == (4, REQUIRED_COLUMNS)
    columns = "line_number, student_legal_first_name, student_legal_last_name, grade_level_code"
    assert select(con, columns) == [
        (3, "Ana", "Nuñez", "08"),
        (4, f"Ana{line_end}María{line_end}", "N, Jr", "08"),
        (7, 'An"a', '"', "08"),
        (8, 'A"na', None, "08"),
    ]


def test_the_line_breaks_within_quotes_may_outnumber_those_between_records(con, tmp_path):
    broken = REQUIRED_VALUES.replace("Ana", '"An""a,\r\n"')
    content = f"\ufeff{REQUIRED_HEADER}\r\n" + f"{broken}\r\n" * 3
    load(con, "sis", tmp_path / "sis.csv", content.encode())
    assert select(con, "line_number, student_legal_first_name") == [
        (2, 'An"a,\r\n'),
        (4, 'An"a,\r\n'),
        (6, 'An"a,\r\n'),
    ]


def test_a_windows_1252_file_with_a_header_is_loaded_as_text(con, tmp_path):
    header = REQUIRED_HEADER + ",Año"
    content = f"{header}\n{REQUIRED_VALUES},”\n".encode("cp1252")
    extract = load(con, "sis", tmp_path / "sis.csv", content)
    assert extract.notices == (
        "sis.csv: read as Windows-1252, because it is not UTF-8",
        "sis.csv: unknown columns are ignored: Año",
        NOT_COMPARED,
    )
    assert select(con, "student_legal_last_name") == [("Nuñez",)]


def test_a_record_type_in_a_header_file_may_be_senr_or_blank(con, tmp_path):
    content = (
        f"{REQUIRED_HEADER},Record Type Code\n{REQUIRED_VALUES},senr \n{REQUIRED_VALUES},\n"
        f"{REQUIRED_VALUES}, \n"
    )
    load(con, "sis", tmp_path / "sis.csv", content.encode())
    assert select(con, "record_type_code") == [("senr ",), (None,), (" ",)]


EXITS = ", '' as enrollment_exit_date, '' as student_exit_reason_code"
PARQUET = """
    select
        '8000000001' as "SSID", '1964733' as "Reporting LEA", '1930650' as school_of_attendance,
        '007' as local_student_id, 'Ana' as student_legal_first_name, {last_name} as
        student_legal_last_name, date '2011-03-15' as student_birth_date, 'F' as
        student_gender_code, 'US' as student_birth_country_code, {start} as enrollment_start_date,
        '10' as enrollment_status_code, '08' as grade_level_code{exits}{more}
    from range({rows}) as records(record)
"""


def test_a_parquet_file_is_loaded_with_dates_as_text_and_rows_as_lines(con, tmp_path):
    query = PARQUET.format(
        rows=3,
        last_name="case record when 0 then 'Nuñez' when 1 then '' else ' x\r\n' end",
        start="timestamp '2025-08-14 07:30:00' + interval (record) day",
        exits=", cast(null as integer) as enrollment_exit_date,"
        " '20260605' as \"Student Exit-Reason Code\"",
        more=", {'ssid': 1} as counselor, 7 as homeroom,"
        " cast(null as double) as school_of_attendance_nps",
    )
    extract = load(con, "sis", tmp_path / "sis.dat", parquet_bytes(tmp_path, query))
    assert extract.lines == 3
    assert extract.notices[0] == "sis.dat: unknown columns are ignored: counselor, homeroom"
    columns = "line_number, ssid, student_legal_last_name, student_birth_date, "
    columns += "enrollment_start_date, enrollment_exit_date, student_exit_reason_code"
    assert select(con, columns) == [
        (1, "8000000001", "Nuñez", "2011-03-15", "2025-08-14", None, "20260605"),
        (2, "8000000001", None, "2011-03-15", "2025-08-15", None, "20260605"),
        (3, "8000000001", " x\r\n", "2011-03-15", "2025-08-16", None, "20260605"),
    ]


def test_a_parquet_file_may_be_compressed_and_in_a_folder_named_like_a_key(con, tmp_path):
    query = PARQUET.format(rows=1, last_name="'Ng'", start="'2025-08-14'", exits=EXITS, more="")
    (tmp_path / "grade_level_code=09").mkdir()
    path = tmp_path / "grade_level_code=09" / "sis.parquet"
    for content in (parquet_bytes(tmp_path, query), gzip.compress(parquet_bytes(tmp_path, query))):
        load(con, "sis", path, content)
        assert select(con, "enrollment_start_date, grade_level_code") == [("2025-08-14", "08")]


@pytest.mark.parametrize("threads", [1, 4])
@pytest.mark.parametrize("form", ["ods", "csv", "quoted csv", "parquet"])
def test_line_numbers_hold_in_a_long_file_with_any_number_of_threads(con, tmp_path, form, threads):
    con.execute(f"set threads = {threads}")
    con.execute("set preserve_insertion_order = false")
    if form == "ods":
        middle = ODS_LINES[0].split("^")
        lines = ["^".join([*middle[:2], str(line), *middle[3:]]) for line in range(1, 50_001)]
        content = "".join(line + "\r\n" for line in lines).encode()
    elif form == "parquet":
        more = ", cast(record + 1 as varchar) as local_record_id"
        query = PARQUET.format(
            rows=50_000, last_name="'Ng'", start="'20250814'", exits=EXITS, more=more
        )
        content = parquet_bytes(tmp_path, query)
    else:
        quote = '"' if form == "quoted csv" else ""
        lines = [f"{quote}{line}{quote},{REQUIRED_VALUES}" for line in range(2, 50_002)]
        content = "\n".join([f"local_record_id,{REQUIRED_HEADER}", *lines]).encode()
    side: Side = "ods" if form == "ods" else "sis"
    assert load(con, side, tmp_path / "extract", content).lines == 50_000
    assert con.execute(
        "select count(distinct local_record_id), count(*) filter (where"
        f" cast(local_record_id as bigint) = line_number) from staging.{side}_raw"
    ).fetchone() == (50_000, 50_000)


def test_a_name_that_looks_like_a_pattern_or_a_string_end_reads_that_file_alone(con, tmp_path):
    (tmp_path / "ods1.txt").write_text(CRLF * 2, encoding="utf-8")
    for name in ("ods[1].txt", "ods*.txt", "ods?.txt", "o'ds.txt"):
        assert load(con, "ods", tmp_path / name, CRLF.encode()).lines == 3
        assert select(con, "distinct file_name", "ods") == [(name,)]


def test_the_name_of_a_compressed_file_does_not_matter(con, tmp_path):
    assert load(con, "ods", tmp_path / "ods.gz", CRLF.encode()).lines == 3
    assert load(con, "ods", tmp_path / "ods.parquet", gzip.compress(CRLF.encode())).lines == 3


def test_a_second_load_replaces_the_first(con, tmp_path):
    load(con, "sis", tmp_path / "sis.csv", f"{REQUIRED_HEADER}\n{REQUIRED_VALUES}".encode())
    load(con, "sis", tmp_path / "sis.txt", f"{SIS_LINE}\n{SIS_LINE}".encode())
    assert select(con, "file_name, student_birth_date") == [
        ("sis.txt", "20110315"),
        ("sis.txt", "20110315"),
    ]


FORM = TextForm("^", 3, has_header=False, line_end="\r\n")


@pytest.mark.parametrize("chunk_size", [1, 2, 3, 5, 64])
@pytest.mark.parametrize(
    ("content", "encoding", "lines"),
    [
        ("a^ñ^c\r\nd^^f\r\n".encode(), "utf-8", 2),
        ("a^b^\r\n^^ñ".encode(), "utf-8", 2),
        ("\ufeffa^b^c\r\n".encode(), "utf-8", None),
        ("a^ñ^c\r\n".encode("cp1252"), "cp1252", None),
        ("a^b^ñ".encode()[:-1], "cp1252", None),
        ("\ufeffa^ñ^c".encode() + b"\xf1", "utf-8", None),
        (b"a^b^c\r\nd^e^f\n", "utf-8", None),
        (b"a^b^c\r\nd^e^f\r", "utf-8", None),
        (b"a^b^c\r\r\nd^e^f\r\n", "utf-8", None),
        (b"a^b\r^c\r\n", "utf-8", None),
        (b"a^b\0^c\r\n", "utf-8", None),
        (b"a^b^c\r\n\r\nd^e^f\r\n", "utf-8", None),
        (b"a^b^c\r\n\r\n", "utf-8", None),
        (b"a^b^c\r\nd\r\n", "utf-8", None),
        (b"a^b^c\r\nd", "utf-8", None),
        (b"a^b\r\nd^e^f^g\r\n", "utf-8", None),
        (b"a^b^c\r\n^^\r\nd^e^f\r\n", "utf-8", None),
        (b"a^b^c\r\n^^\r\n", "utf-8", None),
        (b"a^b^c\r\n^^", "utf-8", None),
        (b"a^b^c\r\nd^^\r\n", "utf-8", None),
        (b"d^^\r\na^b^c\r\n", "utf-8", 2),
        (b"a^b^c\r\nd^e^f\x1a", "utf-8", None),
        (b"a^b^c\r\nd^\x1a^f", "utf-8", 2),
        (b"a^b^c^\r\nd^e\r\n", "utf-8", None),
        (b"a^b^c^^^\r\n", "utf-8", None),
    ],
)
def test_a_survey_finds_the_same_wherever_its_chunks_end(
    tmp_path, chunk_size, content, encoding, lines
):
    path = tmp_path / "text"
    path.write_bytes(content)
    survey = survey_text(path, FORM, chunk_size)
    assert (survey.encoding, survey.lines) == (encoding, lines)


@pytest.mark.parametrize("chunk_size", [1, 7, 131_072])
def test_a_survey_hashes_all_bytes(tmp_path, chunk_size):
    path = tmp_path / "text"
    path.write_bytes(b"a^b^c\r\nd\0")
    assert survey_text(path, FORM, chunk_size) == Survey(
        "d780c54adc8937d73de85fc731826d5e735091b76c020a0ad4acccfbbd1285a3", "utf-8", None
    )


def test_a_quotation_mark_is_uneven_only_in_a_file_with_quotes(tmp_path):
    path = tmp_path / "text"
    path.write_bytes(b'a^"b^c\n"d^e^f\n')
    assert survey_text(path, TextForm("^", 3, has_header=False, line_end="\n")).lines == 2
    quoted = TextForm("^", 3, has_header=False, line_end="\n", is_quoted=True)
    assert survey_text(path, quoted).lines is None


def test_lines_are_even_up_to_the_longest_that_can_be_rewritten(tmp_path):
    path = tmp_path / "text"
    for length, lines in ((131_072, 3), (131_073, None)):
        path.write_bytes(b"a^b^c\r\n" + b"x" * (length - 4) + b"^^\r\n" + b"a^b^c\r\n")
        assert survey_text(path, FORM).lines == lines
        assert survey_text(path, FORM, 1_000).lines == lines
