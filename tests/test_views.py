"""The contract of every SQL file: header, dependencies, keys, form."""

import json
import re
from pathlib import Path

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from senr_duck.errors import InputError
from senr_duck.resources import resource
from senr_duck.views import (
    View,
    format_index,
    order_views,
    parse_reads,
    read_dependencies,
    read_views,
)
from tests.command_line import senr_duck

VIEWS = read_views("v1")
SAMPLE = resource("data", "sample")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """Return the published database of a run on the committed sample."""
    folder = tmp_path_factory.mktemp("sample")
    done = senr_duck(
        folder,
        *("run", "--ods", str(SAMPLE / "ods.txt"), "--sis", str(SAMPLE / "sis.csv")),
        *("--config", str(SAMPLE / "senr.toml"), "--as-of", "2026-10-30", "--allow-other-year"),
    )
    assert done.returncode == 0, done.stderr
    return duckdb.connect(str(folder / "senr.duckdb"), read_only=True)


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_a_file_holds_one_view_of_its_own_name_with_a_whole_header(name: str) -> None:
    view = VIEWS[name]
    assert view.path.stem == view.name
    assert view.text.startswith(f"-- {view.name}: ")
    assert {"grain", "key", "reads", "stored"} <= set(view.header)
    assert view.header["stored"] in ("yes", "no")
    assert len(sqlglot.parse(view.text, read="duckdb")) == 1
    assert len(view.text.splitlines()) <= 200


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_the_header_names_exactly_what_the_body_reads(name: str) -> None:
    view = VIEWS[name]
    named = sorted(part.strip() for part in view.header["reads"].split(","))
    assert named == sorted(read.split(".")[1] for read in parse_reads(view))


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_a_view_has_no_clock_and_stars_only_of_its_own_parts(name: str) -> None:
    tree = sqlglot.parse_one(VIEWS[name].text, read="duckdb")
    assert not list(tree.find_all(exp.CurrentDate, exp.CurrentTimestamp, exp.CurrentTime))
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    for select in tree.find_all(exp.Select):
        if any(isinstance(column, exp.Star) for column in select.expressions):
            source = select.args["from_" if "from_" in select.args else "from"].this
            assert source.name in own or source.db == "recon"
        for column in select.find_all(exp.Column):
            assert not isinstance(column.this, exp.Star) or column.table in own


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_the_key_is_unique_on_the_sample(name: str, database: duckdb.DuckDBPyConnection) -> None:
    key = VIEWS[name].header["key"]
    twice = database.execute(f"select {key} from {name} group by all having count(*) > 1 limit 1")
    assert twice.fetchall() == []


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_the_published_view_carries_its_comment(
    name: str, database: duckdb.DuckDBPyConnection
) -> None:
    view = VIEWS[name]
    comments = database.execute(
        """
        select comment from duckdb_views() where schema_name = $1 and view_name = $2
        union all
        select comment from duckdb_tables() where schema_name = $1 and table_name = $2
        """,
        [view.schema, view.name],
    ).fetchall()
    assert len(comments) == 1
    assert comments[0][0].startswith(view.header["comment"])
    assert view.header["grain"] in comments[0][0]


def test_every_view_comes_after_all_that_it_reads() -> None:
    seen: set[str] = set()
    reads = read_dependencies("v1", VIEWS)
    for view in order_views("v1"):
        assert {read for read in reads[view.qualified_name] if read in VIEWS} <= seen
        seen.add(view.qualified_name)
    assert seen == set(VIEWS)


def test_the_kept_dependencies_are_those_that_sqlglot_reads_today() -> None:
    kept = read_dependencies("v1", VIEWS)
    assert kept == {name: parse_reads(view) for name, view in VIEWS.items()}
    lock = json.loads(resource("sql", "v1", "views.lock.json").read_text(encoding="utf-8"))
    assert {name: entry["sha256"] for name, entry in lock.items()} == {
        name: view.sha256 for name, view in VIEWS.items()
    }


def test_views_that_read_each_other_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def circle(name: str, reads: str) -> View:
        text = (
            f"-- {name}: x\ncreate or replace view recon.{name} as\nselect 1 from recon.{reads};\n"
        )
        return View(Path(f"{name}.sql"), text)

    views = {"recon.one": circle("one", "two"), "recon.two": circle("two", "one")}
    monkeypatch.setattr("senr_duck.views.read_views", lambda _: views)
    with pytest.raises(InputError, match=r"in a circle: recon\.(one|two) -> recon\.(two|one) -> "):
        order_views("v1")


def test_every_rule_that_a_view_names_is_in_the_catalogue() -> None:
    catalogue = resource("data", "reference", "rules.csv").read_text(encoding="utf-8")
    codes = set(re.findall(r"^([A-Z0-9-]+),", catalogue, re.MULTILINE))
    for view in VIEWS.values():
        if rules := view.header.get("rule"):
            assert {rule.strip() for rule in rules.split(",")} <= codes, view.name


def test_no_student_of_the_sample_is_twice_in_a_file(
    database: duckdb.DuckDBPyConnection,
) -> None:
    counts = database.execute(
        "select max(records) from (select count(*) as records from recon.planned_record "
        "group by category, file_number, student_key)"
    ).fetchall()
    assert counts == [(1,)]


def test_nothing_that_was_the_same_on_both_sides_is_sent(
    database: duckdb.DuckDBPyConnection,
) -> None:
    sent = database.execute(
        "select count(*) from recon.planned_record as planned "
        "inner join recon.ods_class as ods on planned.ods_line = ods.ods_line "
        "where ods.class in ('same', 'kept', 'held', 'out_of_scope')"
    ).fetchall()
    assert sent == [(0,)]


def test_the_index_of_the_views_is_not_stale() -> None:
    assert resource("sql", "README.md").read_text(encoding="utf-8") == format_index("v1")
