"""The views as scripts for other engines: order, headers, and what is refused."""

import re
import sys
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from senr_duck.engines.dialects import DIALECTS
from senr_duck.engines.patterns import check_pattern
from senr_duck.engines.refused import Refused
from senr_duck.engines.relations import Relations, describe_relations
from senr_duck.engines.spark_session import open_spark
from senr_duck.engines.translate import select_translated, translate_view, write_query
from senr_duck.errors import InputError
from senr_duck.versions.ruleset import list_comparisons, newest_version
from senr_duck.views.order import order_views
from senr_duck.views.read import parse_reads, read_views
from senr_duck.views.view import View
from tests.support.command_line import senr_duck

pytestmark = pytest.mark.slow

RULES = newest_version()
VIEWS = read_views(RULES)
TRANSLATED = {name for name, view in VIEWS.items() if view.layer not in ("10_posted", "20_stage")}


@pytest.fixture(scope="module")
def relations() -> Relations:
    return describe_relations(order_views(RULES))


@pytest.fixture(scope="module", params=sorted(DIALECTS))
def scripts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the scripts for an engine, in the order of their names."""
    folder = tmp_path_factory.mktemp("scripts")
    done = senr_duck(folder, "rules", "transpile", "--to", request.param, "--out", request.param)
    assert done.returncode == 0, done.stderr
    return sorted((folder / request.param).iterdir())


def name_of(script: Path) -> str:
    return f"recon.{script.stem.partition('_')[2]}"


def of_views(scripts: list[Path]) -> list[Path]:
    return [script for script in scripts if name_of(script) in VIEWS]


def test_every_view_of_the_schema_recon_has_one_script(scripts: list[Path]) -> None:
    assert sorted(map(name_of, of_views(scripts))) == sorted(TRANSLATED)


def test_a_script_comes_after_those_that_it_reads(scripts: list[Path]) -> None:
    made: set[str] = set()
    for script in of_views(scripts):
        view = VIEWS[name_of(script)]
        assert {read for read in parse_reads(view) if read in TRANSLATED} <= made
        made.add(view.qualified_name)


def test_a_header_says_which_view_of_which_rules_the_script_is_from(scripts: list[Path]) -> None:
    for script in of_views(scripts):
        view = VIEWS[name_of(script)]
        text = script.read_text(encoding="utf-8")
        assert text.startswith(f"-- {view.qualified_name} for ")
        assert f"\n-- from:   {view.source}, translated by senr-duck " in text
        assert f"\n-- sha256: {view.sha256}\n" in text


def test_a_stored_view_is_a_table(scripts: list[Path]) -> None:
    for script in of_views(scripts):
        view = VIEWS[name_of(script)]
        text = script.read_text(encoding="utf-8").lower()
        table = f"create table {view.qualified_name}"
        assert (table in text.replace("\n", " ")) == view.is_stored, script.name


def test_an_engines_query_reads_back_with_the_views_columns_and_tables(
    relations: Relations, scripts: list[Path]
) -> None:
    engine = scripts[0].parent.name
    for script in of_views(scripts):
        name, text = name_of(script), script.read_text(encoding="utf-8")
        (query,) = re.findall(
            r"^create [^\n]* as\n(.*?);\n(?:\nanalyze [^\n]*;\n)?\Z", text, re.DOTALL | re.MULTILINE
        )
        (tree,) = sqlglot.parse(query, read=engine, error_level=sqlglot.ErrorLevel.RAISE)
        assert isinstance(tree, exp.Query)
        assert tree.named_selects == list(relations[name])
        tables = {f"{table.db}.{table.name}" for table in tree.find_all(exp.Table) if table.db}
        assert sorted(tables) == parse_reads(VIEWS[name])


@pytest.mark.parametrize(
    ("select", "found"),
    [
        ("try_strptime(ssid, '%Y%m%d') as day", "try_strptime"),
        ("list_sort([1, 2]) as numbers", "listsort|sortarray|array|list"),
        ("max(ssid = '1') as any_one", "the least or greatest of conditions"),
        ("bool_and(ssid = '1') as all_one", "logicaland"),
        ("count(*) filter (where ssid = '1') as some", "filter"),
        ("ods_line / 2 as half", "div"),
        ("ods_line // 2 as half", "div"),
        ("arg_max(ssid, ods_line) as last_ssid", "argmax"),
        ("hash(ssid) as hashed", "hash"),
        ("regexp_replace(ssid, '1', '2') as other", "regexpreplace"),
        (
            "replace(ssid, school_of_attendance, '') as other",
            "a replacement of text that is not a constant",
        ),
        ("replace(ssid, '', '1') as other", "a replacement of text that is not a constant"),
        (
            "split_part(ssid, school_of_attendance, 1) as first",
            "a part of a text whose separator is not a constant",
        ),
        ("chr(cast(ods_line as integer)) as letter", "a character whose number is not a constant"),
        ("least(ods_line, 3) as low", "least"),
        ("cast(ssid as boolean) as is_one", "a cast"),
        ("cast(is_key_twice as varchar) as twice", "a condition as a text"),
        ("'twice: ' || is_key_twice as twice", "a condition as a text"),
        ("concat_ws(' ', ssid, is_key_twice) as twice", "a condition as a text"),
        ("cast(enrollment_start_date + interval 1 month as varchar) as later", "interval"),
        ("strftime(enrollment_start_date, '%d.%m.%Y') as day", "a date format other than"),
        ("string_agg(ssid, ' ') as ssids", "string_agg without an order"),
        ("sum(ods_line) over (order by ods_line rows 1 preceding) as two", "frame|windowspec"),
        ("cast(ssid as double) as number", "a cast"),
        ("regexp_full_match(ssid, '(a|b)+')", "the regular expression"),
    ],
)
def test_what_is_not_known_to_carry_over_is_refused_with_the_views_name(
    relations: Relations, select: str, found: str
) -> None:
    refuse(relations, f"select {select} from recon.ods_record", found)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("select ssid from recon.ods_record except select '1' as ssid", "except"),
        ("select ssid from recon.ods_record qualify row_number() over () = 1", "qualify"),
        ("select ssid from recon.ods_record where ssid = 3", "a comparison of two types"),
        ("select ssid from recon.ods_record where is_key_twice = 'Y'", "a comparison of two types"),
        ("select ssid from recon.ods_record union all select 3 as ssid", "two types in one column"),
        ("select ssid from recon.ods_record where ssid like 'a[bc]'", "a pattern of like"),
        (
            "with recursive a as (select 1 as n union select n + 1 as n from a where n < 3)"
            " select n from a",
            "a recursion with union",
        ),
        ("select ssid from recon.ods_record order by ssid limit 1", "limit"),
    ],
)
def test_a_query_that_is_not_known_to_carry_over_is_refused(
    relations: Relations, query: str, found: str
) -> None:
    refuse(relations, query, found)


def refuse(relations: Relations, query: str, found: str) -> None:
    """Expect that no dialect takes a view of a query, and that the error says why."""
    odd = make_view(query)
    for dialect in DIALECTS.values():
        with pytest.raises(InputError, match=rf"^recon\.odd cannot .*{dialect.title}") as refused:
            translate_view(odd, relations, dialect)
        assert re.search(found, str(refused.value)), str(refused.value)


def make_view(query: str) -> View:
    path = VIEWS["recon.ods_record"].path.with_name("odd.sql")
    return View(path, f"-- odd: one.\n\ncreate or replace view recon.odd as\n\n{query};\n")


def test_a_name_that_an_engine_would_cut_is_refused(relations: Relations) -> None:
    name = "a_name_of_a_column_that_postgresql_would_silently_cut_to_63_bytes"
    odd = make_view(f"select ssid as {name} from recon.ods_record")
    with pytest.raises(InputError, match="longer than 63 bytes"):
        translate_view(odd, relations, DIALECTS["postgres"])
    spark = DIALECTS["spark"]
    assert f" AS {name}\n" in write_query(translate_view(odd, relations, spark), spark)


@pytest.mark.parametrize(
    ("to", "query", "expected"),
    [
        ("spark", "enrollment_exit_date - enrollment_start_date", "DATEDIFF("),
        ("spark", "'line ' || ods_line", "'line ' || CAST(ods_record.ods_line AS STRING)"),
        ("spark", "md5(ssid)", "MD5(ods_record.ssid)"),
        ("postgres", "year(enrollment_start_date)", "CAST(EXTRACT(YEAR FROM"),
        ("postgres", "upper(ssid)", 'UPPER(ods_record.ssid COLLATE "und-x-icu")'),
        ("spark", "enrollment_start_date - 3", "DATE_SUB("),
    ],
)
def test_what_sqlglot_would_leave_as_it_is_is_put_in_the_engines_words(
    relations: Relations, to: str, query: str, expected: str
) -> None:
    odd = make_view(f"select {query} as one from recon.ods_record")
    text = write_query(translate_view(odd, relations, DIALECTS[to]), DIALECTS[to])
    assert expected in " ".join(text.split()).replace("( ", "(")


@pytest.mark.parametrize(
    "pattern", ["[0-9]{2}-x", "[A-Z]*", r"[\^\x00-\x1F]", "a_", "x[0-9]*", r"[a\-z]", "x{3}", ""]
)
def test_a_pattern_of_counted_characters_and_classes_is_carried_as_it_is(pattern: str) -> None:
    assert check_pattern(pattern) == pattern


@pytest.mark.parametrize(
    "pattern",
    ["a+", "(a)", "[^a]", "a|b", r"\d", r"[\d]", "a.b", "[a", "a{1,2}", "a**", "^a", "a$"],
)
def test_a_pattern_that_the_engines_read_otherwise_is_refused(pattern: str) -> None:
    with pytest.raises(Refused):
        check_pattern(pattern)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "old.sql").write_text("old", encoding="utf-8")
    done = senr_duck(tmp_path, "rules", "transpile", "--to", "spark", "--out", ".")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--out: . is not an empty folder" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["old.sql"]


def test_an_unknown_engine_is_named_with_those_that_are_known(tmp_path: Path) -> None:
    done = senr_duck(tmp_path, "rules", "transpile", "--to", "oracle", "--out", "scripts")
    assert done.returncode == 2
    assert "--to: found 'oracle', expected postgres or spark" in done.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--engine", "oracle"), "--engine: found 'oracle', expected duckdb or spark"),
        (("--master", "local"), "--master: found without --engine spark"),
    ],
)
def test_an_engine_that_is_not_known_or_not_meant_ends_the_command(
    tmp_path: Path, options: tuple[str, ...], message: str
) -> None:
    done = senr_duck(tmp_path, "run", "--ods", "ods.txt", "--sis", "sis.txt", *options)
    assert done.returncode == 2
    assert message in done.stderr


def test_without_pyspark_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with (
        pytest.raises(InputError, match="PySpark is not installed") as error,
        open_spark("local[1]", tmp_path),
    ):
        pytest.fail("no session without PySpark")
    assert error.value.hint == "pip install 'senr-duck[spark]'"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("to", sorted(DIALECTS))
@pytest.mark.parametrize("comparison", list_comparisons())
def test_the_views_of_a_comparison_can_be_translated_too(comparison: str, to: str) -> None:
    ordered = order_views(comparison)
    described = describe_relations(ordered)
    translated = select_translated(ordered)
    assert len(translated) >= 11
    for view in translated:
        text = write_query(translate_view(view, described, DIALECTS[to]), DIALECTS[to])
        (tree,) = sqlglot.parse(text, read=to, error_level=sqlglot.ErrorLevel.RAISE)
        assert isinstance(tree, exp.Query)
        assert tree.named_selects == list(described[view.qualified_name])
        tables = {f"{table.db}.{table.name}" for table in tree.find_all(exp.Table) if table.db}
        assert sorted(tables) == parse_reads(view)
