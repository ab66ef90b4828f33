"""extract-sis reads tables of Aeries from a server over ODBC, and the run is that of the sample."""

import csv
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import psycopg
import pytest

from senr_duck.reference.layout import all_fields
from senr_duck.sample import SamplePaths, write_sample
from tests.support.command_line import RUN_SAMPLE, Ended, senr_duck
from tests.support.odbc import configure_odbc
from tests.support.places import ROOT, SAMPLE
from tests.support.stock import take_stock

QUERY = ROOT / "sql" / "sources" / "aeries.sql"
AS_OF = ("--as-of", "2026-10-30", "--allow-other-year")
PASSWORD = "Ca;na}ry{ 7'\"é"  # noqa: S105 - of a server that ends with the tests
DATES = {field.column for field in all_fields() if field.type == "DT"}
# One line of an extract, with everything that it must have.
LINE = """
    '5476836' as reporting_lea, '6054050' as school_of_attendance,
    cast(1000000000 + g as varchar(10)) as ssid, g as local_student_id,
    date '2026-08-12' as enrollment_start_date, cast(null as date) as enrollment_exit_date,
    cast(null as varchar(4)) as student_exit_reason_code
"""

Extract = Callable[..., Ended]


@pytest.fixture(scope="module")
def mock(tmp_path_factory: pytest.TempPathFactory, postgres: str) -> Iterator[SamplePaths]:
    """Fill a database with the tables of the sample, and write the sample."""
    paths = write_sample(
        "Exeter Unified", 2000, 7, tmp_path_factory.mktemp("mock"), with_aeries_tables=True
    )
    assert paths.tables is not None
    with psycopg.connect(postgres, autocommit=True) as con:
        con.execute("create database aeries")
    with psycopg.connect(f"{postgres} dbname=aeries", autocommit=True) as con:
        con.execute(paths.tables.read_text(encoding="utf-8"))
    yield paths
    with psycopg.connect(postgres, autocommit=True) as con:
        con.execute("drop database aeries with (force)")


@pytest.fixture
def extract(postgres: str, mock: SamplePaths, tmp_path: Path) -> Extract:
    """Return a function that runs extract-sis on the server, in a folder of its own."""
    place = postgres.partition("host=")[2].partition(" ")[0]
    settings = tmp_path / "odbc"
    settings.mkdir()
    source = f"Servername={place}\nDatabase=aeries\nUsername=senr\n"
    environment = configure_odbc(settings, source)
    driver = f"Driver={{PostgreSQL Unicode}};Server={place};Database=aeries"
    (tmp_path / "work").mkdir()

    def call(
        query: str | Path,
        *options: str,
        connection: str = f"{driver};UID=senr",
        password: str | None = None,
    ) -> Ended:
        path = query
        if isinstance(query, str):
            path = tmp_path / "query.sql"
            path.write_text(query, encoding="utf-8")
        named = () if "--dsn" in options else ("--connection", connection)
        secret = {} if password is None else {"SENR_DUCK_SIS_PASSWORD": password}
        return senr_duck(
            tmp_path / "work",
            *("extract-sis", "--query", str(path), *named, *AS_OF, *options),
            environment={"LC_ALL": "C", **environment, **secret},
            umask=0,
        )

    return call


def assert_nothing_written(folder: Path) -> None:
    assert [path.name for path in (folder / "work").iterdir() if path.name[-5:] != ".lock"] == []


def test_the_run_of_the_mock_is_that_of_the_samples_csv_byte_for_byte(
    extract: Extract, mock: SamplePaths, sample_run: Path, tmp_path: Path
) -> None:
    done = extract(QUERY)
    assert done.returncode == 0, done.stderr
    written = tmp_path / "work" / "sis.parquet"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    config = ("--config", str(mock.config))
    run = senr_duck(tmp_path, *RUN_SAMPLE[:3], "--sis", str(written), *config, *AS_OF)
    assert run.returncode == 0, run.stderr
    (archive,) = tmp_path.glob("out/*/*.zip")
    (expected,) = sample_run.glob("out/*/*.zip")
    assert archive.read_bytes() == expected.read_bytes()


def test_every_field_of_every_record_is_that_of_the_samples_csv(
    extract: Extract, tmp_path: Path
) -> None:
    filled = QUERY.read_text(encoding="utf-8")
    for line in (
        "enrollment.nps as school_of_attendance_nps,",
        "case when enrollment.place = 1 then at_school.u1 end",
        "    as student_met_all_uc_csu_requirements_indicator,",
        "enrollment.u2 as adult_age_students_with_disabilities_in_transition_status,",
    ):
        assert filled.count(f"-- {line}") == 1
        filled = filled.replace(f"-- {line}", line)
    filled = filled.replace("        enr.itd,\n", "        enr.itd,\n        enr.nps, enr.u2,\n")
    done = extract(filled)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    with duckdb.connect() as con:
        found = con.execute(f"from '{tmp_path / 'work' / 'sis.parquet'}'")
        names = [column[0] for column in found.description or ()]
        types = {column[0]: str(column[1]) for column in found.description or ()}
        rows = [
            {
                name: "" if value is None else str(value)
                for name, value in zip(names, row, strict=True)
            }
            for row in found.fetchall()
        ]
    assert {name for name, of in types.items() if of == "DATE"} == DATES & set(names)
    assert {of for name, of in types.items() if name not in DATES} == {"VARCHAR"}
    assert sorted(map(sort, rows)) == sorted(map(sort, list_expected(names)))


def test_each_record_has_the_lea_of_its_school(
    extract: Extract, postgres: str, tmp_path: Path
) -> None:
    with psycopg.connect(f"{postgres} dbname=aeries", autocommit=True) as con:
        con.execute("update loc set cc = '01', dc = '61119' where sc = '6054050'")
        try:
            done = extract(QUERY)
        finally:
            con.execute("update loc set cc = '54', dc = '76836' where sc = '6054050'")
    assert done.returncode == 0, done.stderr
    with duckdb.connect() as con:
        found = con.execute(
            "select distinct reporting_lea, school_of_attendance = '6054050'"
            f" from '{tmp_path / 'work' / 'sis.parquet'}' order by all"
        ).fetchall()
    assert found == [("0161119", True), ("5476836", False)]


def sort(row: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(row.items())


def list_expected(names: list[str]) -> list[dict[str, str]]:
    """Return the lines of the sample as tables can have them."""
    grades = {"K": "KN", "PK": "15", "PS": "15"}
    with (SAMPLE / "sis.csv").open(encoding="utf-8", newline="") as file:
        lines = [one for one in csv.DictReader(file) if one["transaction_type_code"] != "D"]
    expected = []
    for line in lines:
        if line["enrollment_start_date"] < "2024-07-01":  # before the window
            continue
        row = {name: line[name] for name in names}
        for name in ("grade_level_code", "next_grade_level_code"):
            row[name] = grades.get(row[name], row[name])
        if row["enrollment_exit_date"] == "2026-09-31":
            row["enrollment_exit_date"] = ""
        expected.append(row)
    # STU says the next grade and school at the student's last enrollment at a school only
    last = {(row["local_student_id"], row["school_of_attendance"]): row for row in expected}
    for row in expected:
        if last[row["local_student_id"], row["school_of_attendance"]] is not row:
            row["next_grade_level_code"] = row["next_school_of_attendance"] = ""
    return expected


def test_the_same_database_gives_the_same_bytes_and_replaces_the_file_before(
    extract: Extract, tmp_path: Path
) -> None:
    query = f"select {LINE} from generate_series(1, 70000) g order by g"
    assert extract(query).returncode == 0
    first = (tmp_path / "work" / "sis.parquet").read_bytes()
    assert extract(query, "--dsn", "sis").returncode == 0
    assert (tmp_path / "work" / "sis.parquet").read_bytes() == first


def test_parameters_are_bound_in_their_order_wherever_they_are(
    extract: Extract, tmp_path: Path
) -> None:
    done = extract(
        f"""
        -- not :this one
        select {LINE}, concat(:lea, ':lea', '-', :as_of) as student_legal_first_name,
            cast(:window_start as date) as student_birth_date,
            :as_of::date::text as grade_level_code
        from generate_series(1, 1) g /* nor :that one? */
        """,
        *("--lea", "5476836"),
    )
    assert done.returncode == 0, done.stderr
    with duckdb.connect() as con:
        found = con.execute(
            "select student_legal_first_name, cast(student_birth_date as varchar), grade_level_code"
            f" from '{tmp_path / 'work' / 'sis.parquet'}'"
        ).fetchall()
    assert found == [("5476836:lea-2026-10-30", "2024-07-01", "2026-10-30")]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ("2.5::float8 as grade_level_code", "wrong type: grade_level_code (float)"),
        ("'a'::bytea as grade_level_code", "wrong type: grade_level_code (binary)"),
        ("5 as grade_level_code", "wrong type: grade_level_code (int32)"),
        ("1.5::numeric(5, 1) as local_record_id", "(decimal128(5, 1))"),
        ("date '2026-01-01' as grade_level_code", "wrong type: grade_level_code (date32[day])"),
        ("time '10:00' as student_birth_date", "wrong type: student_birth_date (time64[us])"),
        (
            "timestamp '2015-03-10 08:30' as student_birth_date",
            "the column student_birth_date has a time other than midnight",
        ),
        ("g as ssid", "query.sql has columns that occur twice: SSID"),
        ('g as "SSID"', "query.sql has columns that occur twice: SSID"),
        ("repeat('x', 300) as grade_level_code", "the database stopped after 0 records"),
    ],
)
def test_a_column_that_cannot_be_right_is_refused_by_name(
    extract: Extract, tmp_path: Path, columns: str, message: str
) -> None:
    done = extract(f"select {LINE}, {columns} from generate_series(1, 3) g")
    assert done.returncode == 2
    assert message in done.stderr
    assert_nothing_written(tmp_path)


def test_a_missing_column_is_refused_and_an_unknown_one_is_left_out(
    extract: Extract, tmp_path: Path
) -> None:
    done = extract(f"select {LINE.replace('as ssid', 'as pupil')} from generate_series(1, 3) g")
    assert done.returncode == 2
    assert "query.sql lacks required columns: SSID" in done.stderr
    assert_nothing_written(tmp_path)
    done = extract(f"select {LINE}, 'secret' as notes from generate_series(1, 3) g")
    assert "query.sql: unknown columns are ignored: notes" in done.stderr
    assert done.returncode == 0
    assert b"secret" not in (tmp_path / "work" / "sis.parquet").read_bytes()


def test_no_record_is_refused(extract: Extract, tmp_path: Path) -> None:
    done = extract(f"select {LINE} from generate_series(1, 3) g where g > 5")
    assert (done.returncode, "query.sql gives no record" in done.stderr) == (2, True)
    assert_nothing_written(tmp_path)


@pytest.mark.parametrize(
    ("connection", "message"),
    [
        ("Driver={No Such Driver};Server=x", "Can't open lib 'No Such Driver'"),
        ("DSN=nowhere", "Data source name not found"),
        ("Driver={PostgreSQL Unicode};Server=/nowhere;Database=aeries;UID=senr", "No such file"),
    ],
)
def test_a_database_that_is_not_there_is_named(
    extract: Extract, tmp_path: Path, connection: str, message: str
) -> None:
    done = extract(QUERY, connection=connection, password=PASSWORD)
    assert done.returncode == 2
    assert "error: the database cannot be reached: " in done.stderr
    assert message in done.stderr
    assert PASSWORD not in done.stderr
    assert_nothing_written(tmp_path)


@pytest.fixture
def checking(postgres: str, mock: SamplePaths) -> Iterator[None]:
    """Let the server ask one user for a password."""
    with psycopg.connect(f"{postgres} dbname=aeries", autocommit=True) as con:
        con.execute(
            f"create role checked login password '{PASSWORD.replace(chr(39), chr(39) * 2)}'"
        )
        con.execute("grant select on all tables in schema public to checked")
        [(name,)] = con.execute("show hba_file").fetchall()
        rules = Path(name)
        before = rules.read_text(encoding="utf-8")
        rules.write_text(f"local all checked scram-sha-256\n{before}", encoding="utf-8")
        con.execute("select pg_reload_conf()")
        yield
        rules.write_text(before, encoding="utf-8")
        con.execute("select pg_reload_conf()")
        con.execute("revoke all on all tables in schema public from checked")
        con.execute("drop role checked")


def test_a_password_from_the_environment_or_a_file_opens_and_another_one_does_not(
    checking: None, extract: Extract, postgres: str, tmp_path: Path
) -> None:
    place = postgres.partition("host=")[2].partition(" ")[0]
    # without a semicolon at the end, as people write it
    connection = f"Driver={{PostgreSQL Unicode}};Server={place};Database=aeries"
    user = ("--user", "checked")
    done = extract(QUERY, *user, connection=connection, password=PASSWORD)
    assert done.returncode == 0, done.stderr
    secret = tmp_path / "password.txt"
    secret.write_text(f"{PASSWORD}\n", encoding="utf-8")
    done = extract(QUERY, *user, "--password-file", str(secret), connection=connection)
    assert done.returncode == 0, done.stderr
    (tmp_path / "work" / "sis.parquet").unlink()
    for password in ("wrong" + PASSWORD, None):
        done = extract(QUERY, *user, connection=connection, password=password)
        assert done.returncode == 2
        assert "error: the database cannot be reached: " in done.stderr
        assert "Traceback" not in done.stderr
        assert PASSWORD not in done.stderr
        assert_nothing_written(tmp_path)


@pytest.fixture
def functions(postgres: str, mock: SamplePaths) -> Iterator[psycopg.Connection]:
    """Make functions that no one could know from a query: one writes, one breaks off."""
    with psycopg.connect(f"{postgres} dbname=aeries", autocommit=True) as con:
        con.execute(
            """
            create table written (a int);
            create function look() returns text language sql
                as 'insert into written values (1) returning ''x''';
            create function break_off(g int, at int) returns text language plpgsql as
                'begin if g = at then perform pg_terminate_backend(pg_backend_pid()); end if;
                return null; end';
            """
        )
        yield con
        con.execute("drop function look; drop function break_off; drop table written")


def test_a_function_that_writes_is_refused_by_the_read_only_transaction(
    functions: psycopg.Connection, extract: Extract, tmp_path: Path
) -> None:
    done = extract(f"select {LINE}, look() as grade_level_code from generate_series(1, 3) g")
    assert done.returncode == 2
    assert "cannot execute INSERT in a read-only transaction" in done.stderr
    assert_nothing_written(tmp_path)
    assert functions.execute("select count(*) from written").fetchall() == [(0,)]


def test_a_connection_that_breaks_in_the_middle_leaves_no_file_and_keeps_the_one_before(
    functions: psycopg.Connection, extract: Extract, tmp_path: Path
) -> None:
    query = f"select {LINE}, break_off(g, %d) as grade_level_code from generate_series(1, 90000) g"
    done = extract(query % 80000)
    assert done.returncode == 2
    assert "error: the database stopped after " in done.stderr
    assert_nothing_written(tmp_path)
    assert extract(query % 0).returncode == 0
    before = take_stock(tmp_path / "work")
    assert extract(query % 80000).returncode == 2
    assert take_stock(tmp_path / "work") == before


def test_a_value_that_the_database_quotes_is_not_shown(extract: Extract, tmp_path: Path) -> None:
    (tmp_path / "value.txt").write_text("", encoding="utf-8")
    done = extract(
        f"select {LINE}, cast(cast(ln as int) as varchar(5)) as grade_level_code"
        " from stu, generate_series(1, 1) g"
    )
    assert done.returncode == 2
    assert "invalid input syntax for type integer: (withheld)" in done.stderr
    done = extract(f"select {LINE} from generate_series(1, 1) g, no_such_table")
    assert 'relation "no_such_table" does not exist' in done.stderr


def test_letters_of_every_language_arrive_whatever_the_locale_is(
    extract: Extract, tmp_path: Path
) -> None:
    done = extract(f"select {LINE}, 'Núñez Łé 😀' as grade_level_code from generate_series(1, 1) g")
    assert done.returncode == 0, done.stderr
    with duckdb.connect() as con:
        [(name,)] = con.execute(
            f"select grade_level_code from '{tmp_path / 'work' / 'sis.parquet'}'"
        ).fetchall()
    assert name == "Núñez Łé 😀"
