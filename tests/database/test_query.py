"""Queries of the published database: what they print, and that they can do nothing else."""

import _thread
import csv
import io
import json
import re
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from senr_duck.database.print_rows import print_result, write_csv, write_json
from senr_duck.database.published import open_published
from senr_duck.database.query import ask, call_interruptibly, read_query
from senr_duck.errors import InputError
from senr_duck.reference.tables import describe_tables
from senr_duck.views.read import read_views
from tests.support.command_line import senr_duck
from tests.support.stock import take_stock


@pytest.fixture(scope="module")
def folder(every_class_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a published database of eleven students, and other files."""
    folder = tmp_path_factory.mktemp("published")
    shutil.copy(every_class_run / "senr.duckdb", folder)
    (folder / "other.csv").write_text("secret\n1\n", encoding="utf-8")
    (folder / "empty.duckdb").write_bytes(b"")
    duckdb.connect(str(folder / "other.duckdb")).execute("create table t as select 1 as n").close()
    return folder


@pytest.fixture(scope="module")
def con(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_published(folder / "senr.duckdb") as con:
        yield con


def read_csv(con: duckdb.DuckDBPyConnection, sql: str) -> str:
    out = io.BytesIO()
    write_csv(ask(con, sql), out)
    return out.getvalue().decode()


def read_json(con: duckdb.DuckDBPyConnection, sql: str) -> str:
    out = io.BytesIO()
    write_json(ask(con, sql), out)
    return out.getvalue().decode()


def read_table(
    con: duckdb.DuckDBPyConnection, sql: str, most: int = 200, terminal_width: int | None = None
) -> str:
    out = io.StringIO()
    is_terminal = terminal_width is not None
    console = Console(
        file=out, force_terminal=is_terminal, width=terminal_width or 80, color_system=None
    )
    print_result(ask(con, sql), console, most)
    return out.getvalue()


# What a query prints.


def test_no_two_views_or_tables_have_one_name(con: duckdb.DuckDBPyConnection) -> None:
    version = str(con.execute("select rules from reference.run_parameters").fetchall()[0][0])
    names = [name.partition(".")[2] for name in (*read_views(version), *describe_tables())]
    assert len(names) == len(set(names))  # so that a name without its schema is unambiguous


@pytest.mark.parametrize("query", ["show tables", " SHOW  TABLES; "])
def test_show_tables_lists_the_eight_views_of_every_day(
    con: duckdb.DuckDBPyConnection, query: str
) -> None:
    assert [name for [name] in ask(con, query).fetch_all()] == [
        "accounting",
        "change_since_last_run",
        "conflicts",
        "difference",
        "exception",
        "held_student",
        "planned_record",
        "student_enrollment",
    ]


def test_other_programs_list_the_same_views_with_their_comments(every_class_run: Path) -> None:
    with duckdb.connect(str(every_class_run / "senr.duckdb"), read_only=True) as con:
        shown = {name for [name] in con.execute("show tables").fetchall()}
        assert shown == {name for [name] in ask(con, "show tables").fetch_all()}
        views = con.execute(
            "select view_name, comment from duckdb_views() where schema_name = 'main'"
            " and not internal"
        ).fetchall()
        of_columns = con.execute(
            "select column_name, comment from duckdb_columns()"
            " where schema_name = 'main' and table_name = 'difference'"
        ).fetchall()
        for name in shown:
            rows = con.execute(f"select * from main.{name} order by all").fetchall()
            assert rows == con.execute(f"select * from recon.{name} order by all").fetchall()
    assert dict(views)["difference"].startswith("each field in which CALPADS and the SIS differ")
    assert dict(of_columns)["ssid"] == "1.08 SSID"
    assert dict(of_columns)["student_name"] is None


def test_an_enrollment_that_both_sides_have_has_one_class(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        """
        select one.class = ods.class, count(*)
        from recon.student_enrollment as one
        inner join recon.ods_class as ods on one.ods_line = ods.ods_line
        group by all
        """
    ).fetchall()
    assert rows == [(True, con.execute("select count(*) from recon.ods_class").fetchall()[0][0])]


def test_a_view_needs_no_schema(con: duckdb.DuckDBPyConnection) -> None:
    for name in ("recon.finding", "staging.ods_line", "reference.run"):
        short = name.partition(".")[2]
        assert read_csv(con, f"from {short}") == read_csv(con, f"from {name}")


def test_a_query_prints_a_plain_table_where_no_terminal_is(folder: Path) -> None:
    done = senr_duck(
        folder,
        "sql",
        "select side, class, lines, null as note from recon.accounting "
        "where class in ('same', 'out_of_scope') order by all",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "side | class        | lines | note\n"
        "-----+--------------+-------+-----\n"
        "ods  | out_of_scope |     1 |\n"
        "ods  | same         |     2 |\n"
        "sis  | same         |     2 |\n"
        "3 rows\n"
    )


def test_a_query_comes_from_standard_input_too(folder: Path) -> None:
    done = senr_duck(folder, "sql", "-", "--csv", stdin="\ufeffselect 'Nuñez' as name; -- done")
    assert (done.returncode, done.stdout) == (0, "name\nNuñez\n")


def test_a_table_says_how_many_rows_it_leaves_out(con: duckdb.DuckDBPyConnection) -> None:
    numbers = "select range as n from range(12345) order by n; -- up"
    printed = read_table(con, numbers, most=2).splitlines()
    assert printed == [
        "n",
        "-",
        "0",
        "1",
        "2 of 12,345 rows; 12,343 are not shown: --rows 0 prints all, --csv and --json write all",
    ]
    assert read_table(con, numbers, most=0).splitlines()[-2:] == ["12344", "12,345 rows"]
    assert read_table(con, "select 1 as n", most=1).splitlines()[-1] == "1 row"
    assert read_table(con, "select 1 as n where false").splitlines() == ["n", "-", "0 rows"]


def test_lines_have_a_field_each_and_a_table_needs_no_room(folder: Path) -> None:
    query = "select ssid, class, reason from recon.difference order by ssid limit 2"
    done = senr_duck(folder, "sql", "--line", query)
    assert done.returncode == 0
    first, second = json.loads(senr_duck(folder, "sql", "--format", "json", query).stdout)
    assert done.stdout == (
        f"-- row 1\nssid    {first['ssid']}\nclass   {first['class']}\nreason  {first['reason']}\n"
        f"-- row 2\nssid    {second['ssid']}\nclass   {second['class']}\n"
        f"reason  {second['reason']}\n2 rows\n"
    )
    assert senr_duck(folder, "sql", "--format", "line", query).stdout == done.stdout
    limited = senr_duck(folder, "sql", "--line", "--rows", "1", query).stdout
    assert limited.startswith("-- row 1\n")
    assert "-- row 2" not in limited
    assert "1 of 2 rows" in limited


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (("--line", "--csv"), "--line and --csv: found 2"),
        (("--json", "--format", "json"), "--json and --format: found 2"),
    ],
)
def test_one_format_is_chosen(folder: Path, given: tuple[str, ...], named: str) -> None:
    done = senr_duck(folder, "sql", "select 1", *given)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {named}, expected one\n")


def test_all_rows_are_written_as_csv_and_json(con: duckdb.DuckDBPyConnection) -> None:
    numbers = "select range as n from range(25000) order by n"
    assert read_csv(con, numbers).split() == ["n", *map(str, range(25000))]
    assert [row["n"] for row in json.loads(read_json(con, numbers))] == list(range(25000))


@pytest.mark.parametrize("terminal_width", [None, 20, 50, 80, 200, 600])
def test_no_value_is_cut_at_any_width(
    con: duckdb.DuckDBPyConnection, terminal_width: int | None
) -> None:
    values = [f"<{'ab cd ' * n}{n}>" for n in range(1, 13)]
    columns = ", ".join(f"'{value}' as x" for value in values)
    printed = read_table(con, f"select {columns}", terminal_width=terminal_width)
    signs = "<>abcdx123456789"
    expected = Counter("".join(values) + "x" * len(values) + "1")  # the last is of `1 row`
    if "-- row 1" in printed:
        expected["1"] += 1
    found = Counter(printed.replace("0", "").replace("row", ""))
    assert {sign: found[sign] for sign in signs} == {sign: expected[sign] for sign in signs}


def test_a_terminal_wraps_between_words_as_long_as_the_words_fit(
    con: duckdb.DuckDBPyConnection,
) -> None:
    sql = "select '1000000001' as ssid, 'one two three' as message, 7 as line"
    assert read_table(con, sql, terminal_width=32) == (
        "┌────────────┬──────────┬──────┐\n"
        "│ ssid       │ message  │ line │\n"
        "├────────────┼──────────┼──────┤\n"
        "│ 1000000001 │ one two  │    7 │\n"
        "│            │ three    │      │\n"
        "└────────────┴──────────┴──────┘\n"
        "1 row\n"
    )


def test_a_terminal_too_narrow_for_a_table_lists_each_rows_fields(
    con: duckdb.DuckDBPyConnection,
) -> None:
    sql = "select 'the first value' as one, 2 as two, null as three"
    assert read_table(con, sql, terminal_width=12) == (
        "-- row 1\none    the first value\ntwo    2\nthree\n1 row\n"
    )


def test_a_terminal_breaks_no_code_to_make_room_for_a_text(
    con: duckdb.DuckDBPyConnection,
) -> None:
    sql = "select '1000000001' as ssid, 'Wolfeschlegelsteinhausen and' as name, 1 as n"
    assert read_table(con, sql, terminal_width=45) == (
        "┌────────────┬──────────────────────────┬───┐\n"
        "│ ssid       │ name                     │ n │\n"
        "├────────────┼──────────────────────────┼───┤\n"
        "│ 1000000001 │ Wolfeschlegelsteinhausen │ 1 │\n"
        "│            │ and                      │   │\n"
        "└────────────┴──────────────────────────┴───┘\n"
        "1 row\n"
    )


def test_wide_characters_keep_the_columns_straight(con: duckdb.DuckDBPyConnection) -> None:
    sql = "select '日本' as name, 1 as n union all select 'Nuñez', 20 order by n"
    assert read_table(con, sql) == ("name  |  n\n------+---\n日本  |  1\nNuñez | 20\n2 rows\n")
    assert read_table(con, sql, terminal_width=20) == (
        "┌───────┬────┐\n"
        "│ name  │  n │\n"
        "├───────┼────┤\n"
        "│ 日本  │  1 │\n"
        "│ Nuñez │ 20 │\n"
        "└───────┴────┘\n"
        "2 rows\n"
    )


def test_control_characters_are_printed_escaped(
    con: duckdb.DuckDBPyConnection,
) -> None:
    printed = read_table(
        con,
        "select chr(27) || '[2J' || chr(10) || chr(8238) || 'é' as \"a\x07\"",
        terminal_width=80,
    )
    assert "\\x1b[2J\\n\\u202eé" in printed
    assert "a\\x07" in printed
    assert "\x1b" not in printed


def test_a_value_is_not_read_as_markup(con: duckdb.DuckDBPyConnection) -> None:
    for width in (None, 3, 80):
        printed = read_table(con, "select '[bold]:smile:' as a", terminal_width=width)
        assert "[bold]:smile:" in printed


def test_a_plan_is_printed_as_it_is(con: duckdb.DuckDBPyConnection) -> None:
    printed = read_table(con, "explain select rule from recon.finding")
    assert "finding" in printed
    assert "explain_key" not in printed


def test_every_kind_of_value_has_a_form_in_json(con: duckdb.DuckDBPyConnection) -> None:
    sql = """
    select
        1 as whole, 1.5 as broken, 'nan'::double as no_number, null as nothing, true as yes,
        date '2026-01-02' as day, timestamp '2026-01-02 03:04:05' as moment, 'a"b' as text,
        [1, 2] as list, {'d': date '2026-01-02'} as struct
    """
    assert json.loads(read_json(con, sql)) == [
        {
            "whole": 1,
            "broken": 1.5,
            "no_number": "nan",
            "nothing": None,
            "yes": True,
            "day": "2026-01-02",
            "moment": "2026-01-02 03:04:05",
            "text": 'a"b',
            "list": [1, 2],
            "struct": {"d": "2026-01-02"},
        }
    ]
    assert json.loads(read_json(con, f"select * from ({sql}) where false")) == []
    assert read_csv(con, sql).splitlines()[1] == (
        '1,1.5,nan,,true,2026-01-02,2026-01-02 03:04:05,"a""b","[1, 2]","{""d"": ""2026-01-02""}"'
    )


def test_two_columns_of_one_name_are_printed_as_a_table_and_csv_but_not_as_json(
    con: duckdb.DuckDBPyConnection,
) -> None:
    sql = "select 1 as n, 2 as n"
    assert read_csv(con, sql) == "n,n\r\n1,2\r\n"
    assert "1 | 2" in read_table(con, sql)
    with pytest.raises(InputError, match="several columns named n"):
        read_json(con, sql)


def test_a_spreadsheet_runs_no_text_of_the_csv_as_a_formula(
    con: duckdb.DuckDBPyConnection,
) -> None:
    starts = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - on purpose
    texts = [f"{start}1+1" for start in starts]
    values = ", ".join("'" + text + "'" for text in texts)
    written = read_csv(con, f'select unnest([{values}]) as "=name"')
    assert list(csv.reader(io.StringIO(written, newline=""))) == [
        ["'=name"],
        *(["'" + text] for text in texts),
    ]


def test_numbers_of_the_csv_stay_numbers(con: duckdb.DuckDBPyConnection) -> None:
    sql = "select -5 as a, -1.25 as b, -1.5::double as c, 'a-b' as d, '' as e, null as f"
    assert read_csv(con, sql) == "a,b,c,d,e,f\r\n-5,-1.25,-1.5,a-b,,\r\n"
    assert read_csv(con, "select '-5' as a, [-1] as b") == "a,b\r\n'-5,[-1]\r\n"


def test_csv_and_json_exclude_each_other(folder: Path) -> None:
    done = senr_duck(folder, "sql", "select 1", "--csv", "--json")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: --csv and --json")


# What a query cannot do.


@pytest.mark.parametrize(
    "sql",
    [
        "insert into recon.held_student values ('1', 1, 'x', true)",
        "update recon.finding set rule = 'x'",
        "delete from recon.finding",
        "drop table recon.finding",
        "create table recon.t as select 1 as n",
        "create temp table t as select 1 as n",
        "create temp macro m(x) as x",
        "copy (select 1) to 'new.csv'",
        "copy recon.finding from 'other.csv'",
        "attach 'other.duckdb'",
        "attach ':memory:' as other",
        "detach senr",
        "use recon",
        "copy (select 1) to '/dev/stdout'",
        "copy recon.finding to 'new.parquet' (format parquet)",
        "copy from database senr to other",
        "install httpfs",
        "install 'other.csv'",
        "force install httpfs",
        "load json",
        "load 'other.csv'",
        "set global enable_external_access = true",
        "create secret s (type http, bearer_token 'x')",
        "pragma import_database('new')",
        "explain select 1; copy (select 1) to 'new.csv'",
        "set threads = 1",
        "reset threads",
        "set variable n = 1",
        "pragma database_list",
        "-- a select\n/* or\nnot */ PRAGMA database_list",
        "pragma enable_profiling",
        "call pragma_version()",
        "export database 'new'",
        "import database 'new'",
        "begin",
        "checkpoint",
        "vacuum",
        "prepare p as select 1",
        "pivot recon.accounting on side using sum(lines)",
        "select 1; select 2",
        "select 1; drop table recon.finding",
        "",
        " -- nothing",
    ],
)
def test_anything_but_one_query_is_refused(
    con: duckdb.DuckDBPyConnection, folder: Path, sql: str
) -> None:
    before = take_stock(folder)
    with pytest.raises(
        InputError,
        match=r"^found (a statement of type [a-z ]+, expected a query|"
        r"\d SQL statements, expected one query)$",
    ) as caught:
        ask(con, sql)
    assert caught.value.exit_status == 2
    assert caught.value.hint.startswith("write one query: select, ")
    assert take_stock(folder) == before


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('other.csv')",
        "select * from 'other.csv'",
        "select * from read_text('other.csv')",
        "select * from read_blob('other.csv')",
        "select * from read_json('other.csv')",
        "select * from read_parquet('other.csv')",
        "select * from parquet_metadata('other.csv')",
        "select * from sniff_csv('other.csv')",
        "select * from glob('*')",
        "select * from read_csv('/etc/passwd')",
        "select * from read_csv('https://example.org/other.csv')",
        "select * from 'https://example.org/other.parquet'",
        "select * from read_text('s3://other/other.csv')",
        "select * from read_text('../**')",
        "select * from read_json_objects('other.csv')",
        "select * from read_ndjson('other.csv')",
        "select * from read_duckdb('other.duckdb')",
        "select (select content from read_text('other.csv'))",
        "select * from query('from read_text(''other.csv'')')",
        "select * from query_table('other.csv')",
        "with t as materialized (from read_blob('other.csv')) from t",
        "describe select * from 'other.csv'",
        "summarize 'other.csv'",
        "select getenv('HOME')",
        "select * from query('copy (select 1) to ''new.csv''')",
        "explain analyze copy (select 1) to 'new.csv'",
        "explain analyze create table recon.t as select 1 as n",
        "explain analyze delete from recon.finding",
        "select * from other.t",
        "select * from known",
    ],
)
def test_a_query_that_reaches_for_something_else_is_refused(
    con: duckdb.DuckDBPyConnection, folder: Path, sql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    known = [1]  # a variable of the program, which DuckDB could read as a table
    before = take_stock(folder)
    with pytest.raises(InputError) as caught:
        read_json(con, sql)
    assert "secret" not in str(caught.value)
    assert take_stock(folder) == before
    assert known == [1]


def test_a_refusal_is_an_error_with_a_hint_and_no_traceback(folder: Path) -> None:
    for sql in ("copy (select 1) to 'new.csv'", "select * from read_csv('other.csv')", "selec 1"):
        done = senr_duck(folder, "sql", sql)
        assert (done.returncode, done.stdout) == (2, "")
        assert re.match(r"error: .*\n\nhint: ", done.stderr, re.DOTALL)
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("insert into recon.held_student values ('1', 1, 'x', true)", "read-only"),
        ("create table recon.t as select 1 as n", "read-only"),
        ("drop table recon.finding", "read-only"),
        ("comment on table recon.finding is 'x'", "read-only"),
        ("copy (select 1) to 'new.csv'", "disabled by configuration"),
        ("copy recon.finding from 'other.csv'", "disabled by configuration"),
        ("attach 'other.duckdb'", "disabled by configuration"),
        ("attach ':memory:' as other", "read-only"),
        ("export database 'new'", "disabled by configuration"),
        ("import database 'new'", "disabled by configuration"),
        ("install httpfs", "disabled"),
        ("load httpfs", "disabled"),
        ("load 'other.csv'", "disabled"),
        ("set home_directory = '.'", "configuration has been locked"),
        ("set log_query_path = 'new'", "configuration has been locked"),
        ("pragma enable_profiling", "configuration has been locked"),
        ("set allowed_directories = ['.']", "configuration has been locked"),
        ("reset enable_external_access", "configuration has been locked"),
        ("select * from read_text('other.csv')", "disabled by configuration"),
        ("select * from glob('*')", "disabled by configuration"),
        ("copy (select 1) to 'new.parquet' (format parquet)", "disabled by configuration"),
        ("set enable_external_access = true", "configuration has been locked"),
        ("set threads = 1", "configuration has been locked"),
        ("set lock_configuration = false", "configuration has been locked"),
        ("set temp_directory = 'new'", "configuration has been locked"),
        ("create persistent secret s (type http, bearer_token 'x')", "secret"),
        ("select * from read_csv('other.csv')", "disabled by configuration"),
    ],
)
def test_the_connection_itself_refuses_what_would_get_past_the_command(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    sql: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(folder)
    with pytest.raises(duckdb.Error, match=said):
        con.execute(sql)


def test_a_query_too_large_for_memory_says_so_and_spills_nothing(
    con: duckdb.DuckDBPyConnection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert con.execute("select current_setting('temp_directory')").fetchall() == [("",)]

    class Full:
        description = (("n",),)

        def execute(self, _: str) -> None:
            raise duckdb.OutOfMemoryException("Out of Memory Error: 1000000001")

        def extract_statements(self, sql: str) -> list[duckdb.Statement]:
            return con.extract_statements(sql)

    with pytest.raises(InputError, match=r"^the query needs more memory than is available"):
        ask(Full(), "select 1 as n")  # type: ignore[arg-type]


# What it says of a query that fails.


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("selec 1", "Parser Error: "),
        ("select nam from recon.finding", "Binder Error: "),
        ("select * from recon.findings", "Catalog Error: "),
        ("select * from recon.findings", "finding"),
    ],
)
def test_a_wrong_query_gets_duckdbs_own_message(
    con: duckdb.DuckDBPyConnection, sql: str, said: str
) -> None:
    with pytest.raises(InputError, match=said) as caught:
        ask(con, sql)
    assert caught.value.exit_status == 2
    assert caught.value.hint.startswith("`senr-duck views` lists")


@pytest.mark.parametrize(
    "expression",
    [
        "cast(student_legal_last_name as integer)",
        "student_legal_last_name::date",
        "strptime(student_legal_last_name, '%Y')",
        "error(student_legal_last_name)",
        "error(student_legal_last_name || chr(10) || chr(10) || 'LINE 1: ' || ssid)",
        "cast(ssid as integer) * cast(ssid as integer)",
        "cast(ssid as tinyint)",
        "cast(student_birth_date as time)",
        "cast(student_legal_last_name as decimal(9, 2))",
        "cast(student_legal_last_name as uuid)",
        "cast([student_legal_last_name] as integer[])",
    ],
)
def test_a_value_that_fails_a_query_is_not_quoted(
    con: duckdb.DuckDBPyConnection, expression: str
) -> None:
    columns = "ssid, student_legal_last_name, cast(student_birth_date as varchar)"
    everybody = f"select distinct unnest([{columns}]) as value from staging.ods_enrollment"
    values = {row["value"] for row in json.loads(read_json(con, everybody))}
    assert len(values) > 3
    with pytest.raises(InputError, match="DuckDB's message is not shown") as caught:
        read_json(con, f"select {expression} from staging.ods_enrollment")
    assert [value for value in values if value in str(caught.value)] == []


def test_the_place_of_a_value_that_fails_is_shown(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(InputError, match=r"\n\nLINE 2: +cast\(ssid as tinyint\)\n +\^"):
        read_json(con, "select\n    cast(ssid as tinyint)\nfrom recon.ods_record")


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Let Ctrl-C stop Python, also if the tests were started by a job that ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_stops_a_query_at_once(con: duckdb.DuckDBPyConnection) -> None:
    finished = []

    def query_for_hours() -> None:
        _thread.interrupt_main()
        con.execute(
            "select count(*) from range(3000000) a, range(3000000) b where a.range * b.range < 0"
        )
        finished.append(True)

    with pytest.raises(KeyboardInterrupt):
        call_interruptibly(con, query_for_hours)
    assert finished == []


# Which database.


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("none.duckdb", "found no such file, expected a published database"),
        ("other.csv", "cannot be opened as a database: "),
        ("empty.duckdb", ""),
        ("other.duckdb", "is a database, but not one that senr-duck published"),
        (".", "found a folder, expected a published database"),
        (":memory:", "found no such file, expected a published database"),
    ],
)
def test_a_database_that_is_missing_or_foreign_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.chdir(folder)
    with pytest.raises(InputError) as caught, open_published(Path(name)):
        pass
    assert str(caught.value).startswith(name)
    assert said in str(caught.value)
    assert "`senr-duck run`" in caught.value.hint


def test_the_option_db_names_the_database(folder: Path) -> None:
    done = senr_duck(folder, "sql", "select 1", "--db", "none.duckdb")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: none.duckdb: found no such file")
    (folder / "elsewhere").mkdir()
    asked = ("sql", "select count(*) as n from recon.accounting where class = 'same'", "--csv")
    elsewhere = senr_duck(folder / "elsewhere", *asked, "--db", "../senr.duckdb")
    assert (elsewhere.returncode, elsewhere.stdout) == (0, "n\n2\n")


def test_a_query_from_standard_input_must_be_utf_8() -> None:
    with pytest.raises(InputError, match="not UTF-8"):
        read_query(io.BytesIO("select 'Nuñez'".encode("latin-1")))
