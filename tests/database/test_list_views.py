"""The list of the views and the single view, as the command line shows them; no database needed."""

import io
import re
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from senr_duck.database.list_views import print_view, print_views
from senr_duck.errors import InputError
from senr_duck.reference.tables import create_reference_tables, describe_tables
from senr_duck.versions.ruleset import newest_version
from senr_duck.views.read import read_views
from tests.support.command_line import senr_duck
from tests.support.other_files import compare, number, write_pair

VIEWS = read_views(newest_version())


def show(name: str | None, *, terminal_width: int | None = None, colors: bool = False) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        force_terminal=terminal_width is not None,
        width=terminal_width or 80,
        color_system="standard" if colors else None,
    )
    if name is None:
        print_views(console, newest_version())
    else:
        print_view(name, console, newest_version())
    return out.getvalue()


def test_every_view_is_listed_with_its_sentence_its_grain_and_its_key(tmp_path: Path) -> None:
    done = senr_duck(tmp_path, "views")
    assert (done.returncode, done.stderr) == (0, "")
    rows = [[cell.strip() for cell in line.split(" | ")] for line in done.stdout.splitlines()]
    listed = {row[0]: row[1:] for row in rows if row[0] in VIEWS}
    assert set(listed) == set(VIEWS)
    for name, (sentence, grain, key) in listed.items():
        header = VIEWS[name].header
        assert (grain, key) == (header["grain"], header["key"])
        assert header["comment"].startswith(sentence)
        assert sentence
    assert listed["recon.held_student"][0] == (
        "students we send nothing for, because one of their records has a fatal error"
    )


def test_the_list_names_schemas_folders_and_tables() -> None:
    printed = show(None)
    for schema in ("staging", "reference", "recon"):
        assert f"\n{schema}: " in f"\n{printed}"
    assert "\n70_check/school: checks of a record to be sent with the school list" in printed
    for table, (held, _) in describe_tables().items():
        assert re.search(rf"^{re.escape(table)} +\| {re.escape(held)}$", printed, re.MULTILINE)


@pytest.mark.parametrize("terminal_width", [60, 120, 200])
def test_a_terminal_shows_every_name_unbroken(terminal_width: int) -> None:
    printed = show(None, terminal_width=terminal_width)
    for name in VIEWS:
        assert re.search(rf"\b{re.escape(name)}\b", printed)


@pytest.mark.parametrize("name", ["recon.finding", "finding", "FINDING"])
def test_a_view_is_shown_exactly_like_its_file(tmp_path: Path, name: str) -> None:
    done = senr_duck(tmp_path, "views", name)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == VIEWS["recon.finding"].text


def test_colors_are_for_a_terminal_and_change_no_word() -> None:
    text = VIEWS["recon.accounting"].text
    colored = show("accounting", terminal_width=120, colors=True)
    assert "\x1b[" in colored
    plain = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert [line.rstrip() for line in plain.splitlines()] == text.splitlines()
    assert "\x1b[" not in show("accounting")


def test_a_table_is_shown_with_its_columns() -> None:
    printed = show("reference.calendar").splitlines()
    assert printed == [
        "-- last school days: one row per school year, and one per school with a day of its own",
        "",
        "school_year_start date",
        "school_of_attendance varchar",
        "last_day date",
    ]


def test_the_tables_of_the_list_are_those_that_a_run_creates() -> None:
    import duckdb

    con = duckdb.connect()
    create_reference_tables(con)
    created = con.execute(
        "select schema_name || '.' || table_name, column_name from duckdb_columns() "
        "where schema_name in ('staging', 'reference', 'recon') order by all"
    ).fetchall()
    described = [
        (table, column.partition(" ")[0])
        for table, (_, columns) in describe_tables().items()
        for column in columns
    ]
    assert sorted(described) == created


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        ("accountng", "did you mean recon.accounting?"),
        ("recon.holdstudent", "did you mean recon.held_student?"),
        ("zzzzzz", "`senr-duck views` lists them all"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_ones(name: str, suggested: str) -> None:
    with pytest.raises(InputError, match=f"^found no view named {name}, ") as caught:
        show(name)
    assert suggested in caught.value.hint


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (
            "senr058",
            ["recon.senr0586_exit_after_graduation", "recon.senr0587_open_after_graduation"],
        ),
        ("HELD_*", ["recon.held_student", "recon.held_rule", "recon.held_by_another"]),
        ("staging.?is_enrollment", ["staging.sis_enrollment"]),
        ("last school days", ["reference.calendar"]),
    ],
)
def test_a_part_of_a_name_or_of_the_content_lists_what_it_finds(
    pattern: str, found: list[str]
) -> None:
    listed = [line.partition(" ")[0] for line in show(pattern).splitlines()[2:]]
    assert listed == found


def test_an_unknown_name_ends_with_status_2(tmp_path: Path) -> None:
    done = senr_duck(tmp_path, "views", "accountng")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: found no view named accountng, expected one listed by `senr-duck views`\n\n"
        "hint: did you mean recon.accounting?\n"
    )


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compared")
    write_pair(folder, "SELA", [{"ssid": number(1)}], [{"ssid": number(1)}])
    assert compare(folder, "SELA", "--quiet").returncode == 0
    return folder


def test_the_views_of_a_comparison_are_in_the_schema_of_its_file(compared: Path) -> None:
    done = senr_duck(compared, "views", "--db", "compare_sela.duckdb")
    assert (done.returncode, done.stderr) == (0, "")
    names = {line.split(" | ")[0].strip() for line in done.stdout.splitlines()}
    with duckdb.connect(str(compared / "compare_sela.duckdb"), read_only=True) as con:
        made = con.execute(
            "select 'sela.' || table_name from duckdb_tables() where schema_name = 'sela'"
            " union all select 'sela.' || view_name from duckdb_views() where schema_name = 'sela'"
        ).fetchall()
    assert {name for name in names if name.startswith("sela.")} == {name for (name,) in made}
    assert "reference.class_reason" in names
    assert done.stdout.startswith("comparison of SELA\n")


@pytest.mark.parametrize("pattern", ["pair_class", "sela.pair_class"])
def test_a_view_of_a_comparison_is_shown_as_its_database_has_it(
    compared: Path, pattern: str
) -> None:
    done = senr_duck(compared, "views", pattern, "--db", "compare_sela.duckdb")
    assert "create or replace view sela.pair_class as" in done.stdout
    assert "compare." not in done.stdout


def test_the_views_of_a_run_are_those_of_its_rules(every_class_run: Path) -> None:
    done = senr_duck(every_class_run, "views", "--db", "senr.duckdb")
    assert done.stdout == senr_duck(every_class_run, "views", "--rules", "v2").stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--db", "none.duckdb"), "none.duckdb: found no such file"),
        (("--db", "none.duckdb", "--rules", "v2"), "--rules and --db: found both"),
        (("--db", "compare_sela.duckdb", "x_y_z"), "found no view named x_y_z"),
    ],
)
def test_a_database_that_has_no_views_is_refused(
    compared: Path, options: tuple[str, ...], said: str
) -> None:
    done = senr_duck(compared, "views", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"error: {said}" in done.stderr
