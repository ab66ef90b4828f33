"""The contract of every SQL file: header, dependencies, keys, form."""

import re
from pathlib import Path

import duckdb
import pytest

from senr_duck.errors import InputError
from senr_duck.reference.resources import resource
from senr_duck.rulebook.index import format_index
from senr_duck.run.engine import attach_database
from senr_duck.versions.lock import read_lock
from senr_duck.versions.ruleset import list_versions, newest_version
from senr_duck.views.create import create_views
from senr_duck.views.empty_database import (
    create_in_order,
    open_empty_database,
    read_columns,
    read_view_columns,
)
from senr_duck.views.order import order_views
from senr_duck.views.read import parse_reads, read_dependencies, read_own_views, read_views
from senr_duck.views.view import LAYERS, View
from tests.support.command_line import senr_duck

NEWEST = newest_version()
VIEWS = read_views(NEWEST)
# a file by its place under sql/, of every version
FILES = {
    view.source: view for version in list_versions() for view in read_own_views(version).values()
}
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


@pytest.mark.parametrize("source", sorted(FILES))
def test_a_file_holds_one_view_of_its_own_name_with_a_whole_header(source: str) -> None:
    view = FILES[source]
    assert view.path.stem == view.name
    assert view.text.startswith(f"-- {view.name}: ")
    assert {"grain", "key", "reads", "stored"} <= set(view.header)
    assert view.header["stored"] in ("yes", "no")
    assert len(view.text.splitlines()) <= 200


@pytest.mark.parametrize("source", sorted(FILES))
def test_the_header_names_exactly_what_the_body_reads(source: str) -> None:
    view = FILES[source]
    named = sorted(part.strip() for part in view.header["reads"].split(","))
    assert named == sorted(read.split(".")[1] for read in parse_reads(view))


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
    reads = read_dependencies(NEWEST, VIEWS)
    for view in order_views(NEWEST):
        assert {read for read in reads[view.qualified_name] if read in VIEWS} <= seen
        seen.add(view.qualified_name)
    assert seen == set(VIEWS)


def test_no_view_reads_a_view_of_a_later_layer() -> None:
    for version in list_versions():
        views = read_views(version)
        for name, reads in read_dependencies(version, views).items():
            number = _read_number(views[name])
            later = [read for read in reads if read in views and _read_number(views[read]) > number]
            assert later == [], f"{version} {name}"


def _read_number(view: View) -> int:
    """Return the number of a view's layer, which begins the name of its folder."""
    return int(view.layer.partition("_")[0])


def test_every_folder_is_a_layer_that_says_what_it_holds_and_every_layer_has_views() -> None:
    for version in list_versions():
        assert {view.folder for view in read_own_views(version).values()} <= set(LAYERS)
    assert {view.folder for view in VIEWS.values()} == set(LAYERS)
    assert sorted(LAYERS) == list(LAYERS)
    assert all(LAYERS.values())


def test_a_check_names_its_rule_first() -> None:
    """The name of a view cannot begin with a digit; some checks find the offenses of many rules."""
    several = {
        "comparison_leaves_or_holds_record",
        "lea_school_or_start_unreadable",
        "sis_exit_not_settled",
        "status_480_receiver_school_missing",
    }
    for view in VIEWS.values():
        if view.is_check and view.name not in several:
            rule = view.header["rule"].partition(",")[0].lower().replace("-", "_")
            assert view.name.startswith(f"{rule}_"), view.name
            assert len(view.name) <= 45
    assert several <= {view.name for view in VIEWS.values() if view.is_check}


def test_the_kept_dependencies_are_those_that_sqlglot_reads_today() -> None:
    kept = read_dependencies(NEWEST, VIEWS)
    assert kept == {name: parse_reads(view) for name, view in VIEWS.items()}
    for version in list_versions():
        assert {file.view: list(file.reads) for file in read_lock(version).files.values()} == {
            name: parse_reads(view) for name, view in read_own_views(version).items()
        }


def test_the_kept_columns_are_those_that_the_views_have_today() -> None:
    for version in list_versions():
        with open_empty_database() as con:
            create_in_order(con, order_views(version))
            columns = read_columns(con)
        assert read_view_columns(version) == {name: columns[name] for name in read_views(version)}


def test_views_that_read_each_other_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def circle(name: str, reads: str) -> View:
        text = (
            f"-- {name}: x\ncreate or replace view recon.{name} as\nselect 1 from recon.{reads};\n"
        )
        return View(Path(f"{name}.sql"), text)

    views = {"recon.one": circle("one", "two"), "recon.two": circle("two", "one")}
    monkeypatch.setattr("senr_duck.views.order.read_views", lambda _: views)
    with pytest.raises(InputError, match=r"in a circle: recon\.(one|two) -> recon\.(two|one) -> "):
        order_views(NEWEST)


def test_every_rule_named_in_a_view_is_in_the_catalog() -> None:
    catalog = resource("data", "reference", "rules.csv").read_text(encoding="utf-8")
    codes = set(re.findall(r"^([A-Z0-9-]+),", catalog, re.MULTILINE))
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
    assert resource("sql", "README.md").read_text(encoding="utf-8") == format_index()


def test_what_is_made_after_the_views_keeps_its_order(tmp_path: Path) -> None:
    """The report's tables are read in the order in which they were filled."""
    with duckdb.connect() as con:
        attach_database(con, tmp_path / "senr.duckdb")
        create_views(con, [], NEWEST)
        [(kept,)] = con.execute("select current_setting('preserve_insertion_order')").fetchall()
        assert kept is True
