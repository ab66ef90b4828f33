"""The house rules of the SQL hold for every view; each finds a text that offends it."""

from pathlib import Path

import pytest
import sqlglot

from senr_duck.versions.ruleset import list_versions
from senr_duck.views.lint import (
    Rule,
    find_clock,
    find_columns_expression,
    find_foreign_source,
    find_own_name,
    find_second_statement,
    find_star,
    find_unordered,
    lint_view,
)
from senr_duck.views.views import View, read_own_views

FILES = [view for version in list_versions() for view in read_own_views(version).values()]
HEAD = "create or replace view recon.one as\n"
OFFENDERS: list[tuple[Rule, str, str]] = [
    (find_clock, "select current_date as day", "current_date"),
    (find_clock, "select today() as day", "() depends on"),
    (find_clock, "select now() as moment", "now"),
    (find_clock, "select get_current_timestamp() as moment", "get_current_timestamp"),
    (find_clock, "select current_timestamp as moment", "current_timestamp"),
    (find_clock, "select today as day from recon.two", "today"),
    (find_clock, "select age(start_date) as days from recon.two", "age"),
    (find_clock, "select random() as lot", "rand"),
    (find_clock, "select uuid() as id", "uuid"),
    (find_star, "select * from recon.two", "a star"),
    (find_star, "select two.* from recon.two", "a star"),
    (find_star, "select *, 1 as n from recon.two where a = 1", "a star"),
    (find_star, "select * from reference.layout where a = 1", "a star"),
    (find_star, "select * from recon.two inner join recon.six on true where a = 1", "a star"),
    (find_star, "with a as (select 1 as n) select * from a inner join recon.two on true", "a star"),
    (find_star, "select * from (select 1 as n)", "a star"),
    (find_columns_expression, "select columns('a.*') from recon.two", "columns()"),
    (find_columns_expression, "select min(columns(*)) from recon.two", "columns()"),
    (find_unordered, "select a from recon.two limit 1", "limit"),
    (find_unordered, "select a from recon.two offset 1", "limit"),
    (find_unordered, "select (select a from recon.two limit 1) as a", "limit"),
    (find_unordered, "select distinct on (a) a, b from recon.two", "distinct on"),
    (find_unordered, "select a from recon.two using sample 3", "a sample"),
    (find_unordered, "select first(a) as a from recon.two", "first()"),
    (find_unordered, "select last(a) as a from recon.two", "last()"),
    (find_unordered, "select any_value(a) as a from recon.two", "any_value()"),
    (find_unordered, "select arbitrary(a) as a from recon.two", "arbitrary()"),
    (find_unordered, "select string_agg(a, ',') as a from recon.two", "group_concat()"),
    (find_unordered, "select list(a) as a from recon.two", "() without an order"),
    (find_unordered, "select array_agg(a) as a from recon.two", "array_agg()"),
    (find_unordered, "select arg_max(a, b) as a from recon.two", "arg_max()"),
    (find_unordered, "select max_by(a, b) as a from recon.two", "arg_max()"),
    (find_unordered, "select mode(a) as a from recon.two", "mode()"),
    (find_unordered, "select row_number() over () as n from recon.two", "row_number()"),
    (find_unordered, "select lag(a) over (partition by b) as a from recon.two", "lag()"),
    (find_foreign_source, "select a from read_csv('a.csv')", "read_csv()"),
    (find_foreign_source, "select a from read_parquet(['a'])", "read_parquet()"),
    (find_foreign_source, "select content from read_text('a')", "read_text()"),
    (find_foreign_source, "select file from glob('*')", "glob()"),
    (find_foreign_source, "select a from 'a.csv'", '"a.csv"'),
    (find_foreign_source, "select (select a from 'a.csv') as a", '"a.csv"'),
    (find_foreign_source, "select two.a from recon.two, read_text(two.a)", "read_text()"),
    (find_foreign_source, "select a from query('select 1 as a')", "query()"),
    (find_foreign_source, "select name from duckdb_settings()", "duckdb_settings()"),
    (find_foreign_source, "select table_name from information_schema.tables", "information_schema"),
    (find_foreign_source, "select a from other.recon.two", "other.recon.two"),
    (find_foreign_source, "select a from two", "two"),
    (find_own_name, "select a from recon.one", "it reads itself"),
]
FAULTLESS: list[tuple[Rule, str]] = [
    (find_clock, "select as_of as today from reference.run_parameters"),
    (find_star, "with a as (select 1 as n) select * from a"),
    (find_star, "select * from recon.two union all select * from recon.three"),
    (find_star, "select * from recon.two where a = 1"),
    (find_star, "select count(*) as n from recon.two"),
    (find_unordered, "select a from recon.two order by a limit 1"),
    (find_unordered, "select string_agg(a, ',' order by a) as a from recon.two"),
    (find_unordered, "select first(a order by a) as a from recon.two"),
    (find_unordered, "select row_number() over (order by a) as n from recon.two"),
    (find_unordered, "select max(a) over () as a from recon.two"),
    (find_unordered, "select a from recon.two union select a from recon.three"),
    (find_foreign_source, "select n from range(3) as numbers (n)"),
    (find_foreign_source, "with a as (select b from recon.two) select b from a"),
    (find_own_name, "with one as (select a from recon.two) select a from one"),
    (find_foreign_source, "select n from recon.two, unnest(two.numbers) as each_one (n)"),
]


def describe(part: object) -> str:
    return part if isinstance(part, str) else getattr(part, "__name__", "")


@pytest.mark.parametrize("view", FILES, ids=lambda view: view.source)
def test_no_view_offends_a_house_rule(view: View) -> None:
    assert lint_view(view) == []


@pytest.mark.parametrize(("rule", "query", "said"), OFFENDERS, ids=describe)
def test_what_offends_a_rule_is_found(rule: Rule, query: str, said: str) -> None:
    found = list(rule(sqlglot.parse_one(HEAD + query, read="duckdb")))
    assert len(found) == 1
    assert said in found[0]
    assert found == lint_view(View(Path("one.sql"), HEAD + query), (rule,))


@pytest.mark.parametrize(("rule", "query"), FAULTLESS, ids=describe)
def test_what_is_like_it_and_does_not_offend_is_left_alone(rule: Rule, query: str) -> None:
    assert list(rule(sqlglot.parse_one(HEAD + query, read="duckdb"))) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "select 1",
        HEAD + "select 1;\n" + HEAD + "select 2;",
        HEAD + "select 1; drop view recon.two;",
        "create or replace table recon.one as select 1;",
    ],
)
def test_a_file_of_anything_but_one_view_is_found(text: str) -> None:
    assert len(list(find_second_statement(text))) == 1
    assert list(find_second_statement(HEAD + "select 1;")) == []
