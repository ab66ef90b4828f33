"""A query that does more than read is refused before it is sent; parameters are bound."""

import sys
from pathlib import Path

import pytest

from senr_duck.errors import InputError
from senr_duck.extract.query import fill_parameters, parse_query, read_query
from tests.support.places import ROOT

NAMES = ("window_start", "as_of", "lea")


def parse(text: str) -> tuple[str, tuple[str, ...]]:
    query = parse_query(text, "q.sql", NAMES)
    return query.text, query.parameters


def refuse(text: str) -> str:
    with pytest.raises(InputError) as raised:
        parse_query(text, "q.sql", NAMES)
    return str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "select 1 as a",
        "(select a from t)",
        "with a as (select 1 as x) select x from a union all select 2",
        "select a.b, case when c = 'delete from t' then 'x' end as d from a join e on a.f = e.f",
        'select "delete", "update" from t',
        "select top 5 a from dbo.t with (nolock) order by a",
        "select a from t order by a offset 0 rows fetch next 5 rows only",
        "select convert(varchar(10), a, 23), concat(b, c), right(d, 7), a::date from #t",
        "select row_number() over (partition by a order by b desc) as place from t",
        "select decode(a, 1, 'x') as b, nvl(c, ' ') as d from t",
        "select a from t where exists (select 1 from u where u.a = t.a and u.del = 0)",
    ],
)
def test_a_query_that_reads_is_taken_as_it_is(text: str) -> None:
    assert parse(text) == (text, ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("insert into t values (1)", "the word insert"),
        ("update t set a = 1", "the word update"),
        ("delete from t", "the word delete"),
        ("DELETE FROM t", "the word delete"),
        ("merge into t using u on t.a = u.a when matched then delete", "the word merge"),
        ("truncate table t", "the word truncate"),
        ("create table t (a int)", "the word create"),
        ("drop table t", "the word drop"),
        ("alter table t add b int", "the word alter"),
        ("grant select on t to u", "the word grant"),
        ("exec sp_who", "the word exec"),
        ("execute sp_who", "the word execute"),
        ("declare @a int select @a", "the word declare"),
        ("begin transaction", "the word begin"),
        ("set transaction read write", "the word set"),
        ("use master", "the word use"),
        ("waitfor delay '10:00'", "the word waitfor"),
        ("backup database t to disk = 'x'", "the word backup"),
        ("select a into b from c", "the word into"),
        ("select a into outfile '/tmp/x' from c", "the word into"),
        ("with x as (delete from t returning a) select a from x", "the word delete"),
        ("with x as (insert into t values (1) returning a) select a from x", "the word insert"),
        ("with x as (update t set a = 1 returning a) select a from x", "the word update"),
        ("select a from t for update", "the word update"),
        ("select a from t for share", "LOCK"),
        ("call tidy_up()", "another statement"),
        ("explain analyze select 1", "another statement"),
        ("copy t to '/tmp/x'", "another statement"),
        ("do $$ select 1 $$", "another statement"),
        ("sp_who", "another statement"),
        ("values (1)", "another statement"),
        ("select nextval('s') as a", "the function nextval"),
        ("select pg_catalog.setval('s', 1) as a", "the function setval"),
        ("select next value for s as a", "the function next_value_for"),
        ("select pg_terminate_backend(1) as a", "the function pg_terminate_backend"),
        ("select lo_import('/etc/passwd') as a", "the function lo_import"),
        ("select set_config('a', 'b', false) as a", "the function set_config"),
        ("select a from openquery(s, 'drop table t')", "the function openquery"),
        ("select a from openrowset('x', 'y', 'drop table t')", "the function openrowset"),
        ("select a from dblink('x', 'drop table t') as t(a int)", "the function dblink"),
    ],
)
def test_a_query_that_writes_is_refused(text: str, found: str) -> None:
    assert f"found {found}, expected a query that only reads" in refuse(text)


@pytest.mark.parametrize(
    "text",
    [
        # SQL Server needs no semicolon between two statements
        "select 1 delete from t",
        "select a from t delete from t",
        "select 1 exec sp_who",
        "select 1\ntruncate table t",
        "select 'x' as a -- /*\ndrop table t -- */",
        "select 'x' as a /* ' */ drop table t /* ' */",
        "select 1 as a /*! into outfile '/tmp/x' */; delete from t",
    ],
)
def test_a_second_statement_does_not_hide(text: str) -> None:
    assert "expected" in refuse(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("select 1; select 2", "q.sql: found 2 statements, expected one query"),
        ("select 1; delete from t", "found the word delete"),
        ("", "q.sql: found no statements, expected one query"),
        ("-- nothing\n;", "q.sql: found no statements, expected one query"),
        ("selec a from t", "q.sql cannot be parsed as SQL of SQL Server, PostgreSQL or Oracle"),
        ("select a from (select b", "q.sql cannot be parsed"),
        ("select 'a", "q.sql cannot be parsed"),
    ],
)
def test_what_is_not_one_statement_is_refused(text: str, message: str) -> None:
    assert message in refuse(text)


def test_a_query_nested_beyond_reason_is_refused() -> None:
    deep = sys.getrecursionlimit() * 3
    assert "q.sql" in refuse(f"select {'(' * deep}1{')' * deep} as a")


def test_the_end_of_the_statement_and_comments_are_not_sent() -> None:
    text = "select a, -- not this\n  b /* nor\n this */ from t;\n-- nor this: delete\n"
    assert parse(text) == ("select a,\nb\nfrom t", ())


def test_parameters_become_question_marks_in_their_order() -> None:
    text = (
        "select ':lea' as a, x::date as b, \":as_of\" as c -- :lea\n"
        "from t where d >= cast(:window_start as date) and e = :lea /* :as_of */ and f < :as_of\n"
        "and :lea = g and h = :as_of::date"
    )
    assert parse(text) == (
        "select ':lea' as a, x::date as b, \":as_of\" as c\n"
        "from t where d >= cast(? as date) and e = ? and f < ?\n"
        "and ? = g and h = ?::date",
        ("window_start", "lea", "as_of", "lea", "as_of"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "select a from t where b = :school",
            'q.sql: found the parameter "school", expected :window_start, :as_of, :lea',
        ),
        (
            "select a\nfrom t where b = ?",
            "q.sql, line 2: found a question mark outside a text, expected a parameter by name",
        ),
    ],
)
def test_another_parameter_is_refused(text: str, message: str) -> None:
    assert refuse(text) == message


def test_a_question_mark_in_a_text_is_no_parameter() -> None:
    assert parse("select a from t where b = 'who?'") == ("select a from t where b = 'who?'", ())


def test_values_are_filled_in_by_occurrence_and_a_missing_one_is_named() -> None:
    query = parse_query("select a from t where b = :lea and c < :as_of", "q.sql", NAMES)
    values = {"lea": "1964733", "as_of": "2026-03-02", "window_start": "2023-07-01"}
    assert fill_parameters(query, values) == ["1964733", "2026-03-02"]
    with pytest.raises(
        InputError, match=r"q\.sql uses :lea, but the run has no single value for it"
    ):
        fill_parameters(query, {**values, "lea": None})


def test_the_files_name_is_shown_and_other_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.sql"
    path.write_bytes("\ufeffselect a from t".encode())
    assert read_query(path, NAMES).text == "select a from t"
    path.write_bytes(b"select a\nfrom t where b = '\xe9'")
    with pytest.raises(InputError, match=r"own\.sql, line 2: found bytes that are not UTF-8"):
        read_query(path, NAMES)
    with pytest.raises(InputError, match=r"none\.sql: found no such file"):
        read_query(tmp_path / "none.sql", NAMES)


def test_the_query_for_aeries_is_a_read_and_has_the_window_as_its_parameter() -> None:
    query = read_query(ROOT / "sql" / "sources" / "aeries.sql", NAMES)
    assert query.parameters == ("window_start",)
    assert "--" not in query.text
