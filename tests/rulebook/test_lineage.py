"""The way back from every uploaded column ends at the inputs of the run, and can be shown."""

import re
from pathlib import Path

import pytest

from senr_duck.errors import InputError
from senr_duck.rulebook.lineage import LineageReader, list_ends
from senr_duck.rulebook.lineage_mermaid import format_flowchart
from senr_duck.rulebook.lineage_text import format_lineage
from senr_duck.rulebook.parsed_view import ParsedView
from senr_duck.versions.ruleset import newest_version
from senr_duck.views.read import read_views
from senr_duck.views.view import View
from tests.support.command_line import senr_duck

UPLOADS = ("recon.removals", "recon.exits", "recon.updates")
COLUMNS = {
    "recon.two": [("a", "VARCHAR"), ("b", "VARCHAR"), ("c", "VARCHAR")],
    "recon.three": [("a", "VARCHAR"), ("d", "VARCHAR")],
}


@pytest.fixture(scope="module")
def reader() -> LineageReader:
    return LineageReader(newest_version())


def find(query: str, column: str) -> tuple[list[str], list[str]]:
    """Return what gives a column of a query its value, and what decides."""
    text = f"create or replace view recon.one as\n{query};\n"
    found = set(ParsedView(View(Path("one.sql"), text), COLUMNS).find_sources(column))
    values = sorted(str(place) for place, decides in found if not decides)
    return values, sorted({str(place) for place, decides in found if decides} - set(values))


@pytest.mark.parametrize(
    ("query", "values", "deciders"),
    [
        ("select a as x from recon.two", ["recon.two.a"], []),
        ("select t.a || t.b as x from recon.two as t", ["recon.two.a", "recon.two.b"], []),
        (
            "select case when a = 'Y' then b else c end as x from recon.two",
            ["recon.two.b", "recon.two.c"],
            ["recon.two.a"],
        ),
        ("select case a when 'Y' then b end as x from recon.two", ["recon.two.b"], ["recon.two.a"]),
        (
            "select row_number() over (partition by a order by b) as x from recon.two",
            [],
            ["recon.two.a", "recon.two.b"],
        ),
        ("select sum(a) over (order by b) as x from recon.two", ["recon.two.a"], ["recon.two.b"]),
        (
            "with part as (select a as y from recon.two) select y as x from part",
            ["recon.two.a"],
            [],
        ),
        (
            "select a as x from recon.two union all select d as z from recon.three",
            ["recon.three.d", "recon.two.a"],
            [],
        ),
        ("select (select d from recon.three) as x from recon.two", ["recon.three.d"], []),
        ("select 'x' as x from recon.two where b = 'Y'", [], ["recon.two.b"]),
        (
            "select 'x' as x from recon.two inner join recon.three on two.a = three.a",
            [],
            ["recon.three.a", "recon.two.a"],
        ),
        ("select 'x' as x from recon.two", [], ["recon.two.*"]),
        (
            "with part as (select 'x' as x, a from recon.two where b = 'Y') select x from part",
            [],
            ["recon.two.b"],
        ),
        (
            "with recursive chain as (select a as x from recon.two "
            "union all select chain.x from chain inner join recon.three on chain.x = three.d) "
            "select x from chain",
            ["recon.two.a"],
            [],
        ),
    ],
)
def test_a_column_comes_from_its_values_and_from_what_decides(
    query: str, values: list[str], deciders: list[str]
) -> None:
    assert find(query, "x") == (values, deciders)


@pytest.mark.parametrize("view", UPLOADS)
def test_every_uploaded_column_leads_back_to_the_inputs_of_the_run(
    view: str, reader: LineageReader
) -> None:
    views = read_views(newest_version())
    columns = reader.list_columns(view)
    assert len(columns) > 40
    for column in columns:
        ends = list_ends(reader.trace(f"{view}.{column}"))
        assert ends, column
        for end in ends:
            assert end.table not in views, (column, str(end))
            assert end.table.partition(".")[0] in ("staging", "reference"), (column, str(end))


@pytest.mark.parametrize(
    ("column", "ends"),
    [
        ("recon.exits.ssid", ["staging.ods_raw.ssid", "staging.sis_raw.ssid"]),
        ("recon.updates.ods_line", ["staging.ods_raw.source_line"]),
        (
            "recon.exits.enrollment_exit_date",
            [
                "reference.calendar.last_day",
                "staging.ods_raw.enrollment_exit_date",
                "staging.ods_raw.enrollment_start_date",
                "staging.sis_raw.enrollment_exit_date",
            ],
        ),
    ],
)
def test_a_way_ends_where_it_must(column: str, ends: list[str], reader: LineageReader) -> None:
    assert [str(end) for end in list_ends(reader.trace(column))] == ends


def test_the_lines_show_each_place_under_what_comes_from_it(reader: LineageReader) -> None:
    lines = list(format_lineage(reader.trace("recon.exits.enrollment_exit_date")))
    assert lines[:3] == [
        "recon.exits.enrollment_exit_date",
        "  recon.upload_record.enrollment_exit_date",
        "    recon.proposed_record.enrollment_exit_date_text",
    ]
    assert (
        "        recon.no_show_exit.enrollment_exit_date, decided by "
        "recon.ods_to_compare.student_key, recon.sis_to_compare.student_key, "
        "reference.run_parameters.no_show_exit_date"
    ) in lines
    assert "                      staging.ods_enrollment.enrollment_exit_date (as above)" in lines


@pytest.mark.parametrize(
    "column",
    [
        "recon.exits.enrollment_exit_date",
        "recon.sis_class.class",
        "recon.order_cycle_each_before_the_other.field",
    ],
)
def test_the_flowchart_has_every_place_and_every_step_once(
    column: str, reader: LineageReader
) -> None:
    lineage = reader.trace(column)
    first, *lines = format_flowchart(lineage)
    assert first == "flowchart TB"
    label_of: dict[str, list[str]] = {}
    arrows: list[tuple[str, str, str]] = []
    for line in lines:
        if node := re.fullmatch(r' {4}(p\d+)[(\[]+"([^"*]+)"[)\]]+', line):
            assert node[1] not in label_of
            label_of[node[1]] = node[2].replace("#42;", "*").split("<br/>")
        else:
            arrow = re.fullmatch(r" {4}(p\d+) (-->|-\.->) (p\d+)", line)
            assert arrow, line
            arrows.append((arrow[1], arrow[2], arrow[3]))
    name_of = {".".join(label[:2]): name for name, label in label_of.items()}
    assert len(name_of) == len(label_of)
    assert set(name_of) == {str(place) for place in lineage}
    for place, step in lineage.items():
        both = [str(d) for d in step.deciders] if step.values else []
        decided = ["decided by", *both] if both else []
        assert label_of[name_of[str(place)]][2:] == decided
    assert sorted(arrows) == sorted(
        (name_of[str(source)], "-->" if step.values else "-.->", name_of[str(place)])
        for place, step in lineage.items()
        for source in step.sources
    )


@pytest.mark.parametrize("column", ["exits.ssid", "recon.exit.ssid", "recon.exits.sid", "ssid"])
def test_a_column_that_no_view_has_is_refused(column: str, reader: LineageReader) -> None:
    with pytest.raises(InputError, match="expected") as caught:
        reader.trace(column)
    assert caught.value.hint


def test_the_command_prints_lines_or_a_flowchart(tmp_path: Path) -> None:
    printed = senr_duck(tmp_path, "rules", "lineage", "recon.removals.ssid")
    assert printed.returncode == 0, printed.stderr
    assert printed.stdout.startswith("recon.removals.ssid\n  recon.upload_record.ssid\n")
    chart = senr_duck(tmp_path, "rules", "lineage", "recon.removals.ssid", "--mermaid")
    assert chart.returncode == 0, chart.stderr
    assert chart.stdout.startswith(
        'flowchart TB\n    p1[["recon.removals<br/>ssid"]]\n'
        '    p2["recon.upload_record<br/>ssid"]\n'
    )
    assert '(["staging.ods_raw<br/>ssid"])\n' in chart.stdout
    assert "\n    p2 --> p1\n" in chart.stdout
