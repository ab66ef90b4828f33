"""Every view does what its cases say.

``tests/cases/<folder>/<view>.toml``, the folder being the view's, holds a list of ``[[case]]``;
the cases of a comparison's views are in a folder of its name:

- ``kind``, in the cases of a check and only there: a ``hit`` is found; a ``near miss`` comes
  close and is not; in a ``blank`` case a field that the rule asks about is blank;
- ``claim``: a sentence, the test's name;
- ``given.<table>``: rows of a table or view that the view reads, only the columns that matter;
- ``expect``: the rows that the view must have, in any order, only the columns that matter;
- ``columns``, where it is needed: the columns to compare, if they are not those that ``expect``
  names. TOML has no null: a column to compare that an expected row lacks must be null;
- ``rules``, where versions of the rules differ: those in which the case holds, else all that hold
  a file of the view.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from senr_duck.reference.resources import read_reference
from senr_duck.versions.ruleset import list_comparisons, list_versions
from senr_duck.views.read import read_own_views
from senr_duck.views.view import View
from tests.conftest import CaseFault, ViewBench, compare_rows
from tests.support.places import CASES

FILES = sorted(CASES.rglob("*.toml"))
FOLDERS = [*list_versions(), *list_comparisons()]
VIEWS = [view for version in FOLDERS for view in read_own_views(version).values()]
CHECKS = [view for view in VIEWS if view.is_check]
SENR0018 = "senr0018_exit_does_not_fit_start"
KEYS = {"kind", "claim", "given", "expect", "columns", "rules"}
KINDS = {"hit", "near miss", "blank"}


@cache
def read_cases(path: Path) -> list[dict[str, Any]]:
    cases = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    assert isinstance(cases, list)
    return cases


def _rules_of(view: View) -> list[str]:
    return [rule.strip() for rule in view.header["rule"].split(",")]


def _find_case_file(view: View) -> Path:
    of_comparison = view.version if view.version in list_comparisons() else ""
    return CASES / of_comparison / view.folder / f"{view.path.stem}.toml"


# The versions of the rules that hold a file of a view, by its case file.
HOLDERS: dict[Path, list[str]] = {}
for _view in VIEWS:
    HOLDERS.setdefault(_find_case_file(_view), []).append(_view.version)


def list_rules(path: Path, case: dict[str, Any]) -> list[str]:
    """Return the versions of the rules for which a case applies: all with a file of the view."""
    found = case.get("rules", HOLDERS.get(path, []))
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("path", "version", "case"),
    [
        pytest.param(path, version, case, id=f"{path.stem} {version}: {case.get('claim')}")
        for path in FILES
        for case in read_cases(path)
        for version in list_rules(path, case)
    ],
)
def test_the_view_does_what_the_case_says(
    view_bench: ViewBench, path: Path, version: str, case: dict[str, Any]
) -> None:
    assert set(case) <= KEYS, f"a case has the keys {sorted(KEYS)}"
    found = view_bench.run_view(path.stem, case["given"], version)
    expected = case["expect"]
    columns = case.get("columns") or sorted({column for row in expected for column in row})
    known = view_bench.list_columns(path.stem)
    assert set(columns) <= set(known), f"{path.stem} has only the columns {known}"
    assert all(set(row) <= set(columns) for row in expected), f"compared are only {columns}"
    assert columns or not any(expected), "expected rows name the columns that matter"
    difference = compare_rows(expected, found, columns)
    if difference:
        pytest.fail(f"{path.stem}: {case['claim']}\n{difference}", pytrace=False)


def test_duckdb_accepts_every_view(view_bench: ViewBench) -> None:
    assert view_bench.broken == {}


def test_every_view_has_a_case_file() -> None:
    assert [view.name for view in VIEWS if not _find_case_file(view).is_file()] == []


def test_every_version_of_a_view_has_a_case() -> None:
    for path in FILES:
        tried = {v for case in read_cases(path) for v in list_rules(path, case)}
        assert tried == set(list_rules(path, {})), path.stem


def test_every_case_file_is_in_the_folder_of_its_view() -> None:
    assert set(FILES) <= {_find_case_file(view) for view in VIEWS}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_two_cases_of_a_file_make_one_claim(path: Path) -> None:
    claims = [case["claim"] for case in read_cases(path)]
    assert sorted(set(claims)) == sorted(claims)


@pytest.mark.parametrize("view", CHECKS, ids=lambda view: view.name)
def test_every_check_has_cases_marked_hit_near_miss_and_blank(view: View) -> None:
    cases = read_cases(_find_case_file(view))
    assert {case.get("kind") for case in cases} == KINDS
    for case in cases:
        expected = {"hit": [True], "near miss": [False], "blank": [True, False]}[case["kind"]]
        assert bool(case["expect"]) in expected, case["claim"]


def test_only_the_cases_of_checks_have_a_kind() -> None:
    files = {_find_case_file(view) for view in CHECKS}
    assert {path for path in FILES for case in read_cases(path) if "kind" in case} == files


@pytest.mark.parametrize(
    ("view", "rule"),
    [
        pytest.param(view, rule, id=f"{rule} in {view.name}")
        for view in CHECKS
        for rule in _rules_of(view)
    ],
)
def test_every_rule_has_a_hit_a_near_miss_and_a_blank(view: View, rule: str) -> None:
    """If one value of a hit is changed or blanked, nothing is found."""
    hits, others = [], []
    for case in read_cases(_find_case_file(view)):
        rules = {row.get("rule", _rules_of(view)[0]) for row in case["expect"]}
        (hits if rule in rules else others).append(case["given"])
    assert hits, "no case is a hit"
    steps = {_find_step(hit, other) for hit in hits for other in others}
    assert steps & {"another value", "a value more"}, "no case is a near miss of a hit"
    assert steps & {"a blank", "a value more"}, "no case shows what a blank does"


def _find_step(hit: dict[str, Any], other: dict[str, Any]) -> str | None:
    """Return how the given rows of a case differ from a hit's, if in one value alone."""
    steps = []
    for table in hit.keys() | other.keys():
        if len(hit.get(table, ())) != len(other.get(table, ())):
            return None
        for one, another in zip(hit.get(table, ()), other.get(table, ()), strict=True):
            cells, other_cells = _list_cells(one), _list_cells(another)
            for column in cells.keys() | other_cells.keys():
                if column not in other_cells:
                    steps.append("a blank")
                elif column not in cells:
                    steps.append("a value more")
                elif cells[column] != other_cells[column]:
                    steps.append("another value")
    return steps[0] if len(steps) == 1 else None


def _list_cells(row: dict[str, Any]) -> dict[str, Any]:
    """Return what a rule looks at: no line, a date and its text once, one class of what is sent."""
    cells = {
        column: value
        for column, value in row.items()
        if column not in {"student_key", "ods_line", "sis_line", "action_id"}
        and column.removesuffix("_text") not in row.keys() - {column}
    }
    if cells.get("class") in {"exit", "update"}:
        cells["class"] = "add"
    return {column.removesuffix("_text"): value for column, value in cells.items()}


def test_a_case_that_names_a_table_the_view_does_not_read_is_refused(
    view_bench: ViewBench,
) -> None:
    with pytest.raises(CaseFault, match="does not read"):
        view_bench.run_view(SENR0018, {"keep_list": []})


def test_a_case_that_names_an_unknown_column_is_refused(view_bench: ViewBench) -> None:
    with pytest.raises(CaseFault, match="has no column"):
        view_bench.run_view(SENR0018, {"record_to_check": [{"exit_date": "20260301"}]})


def test_a_case_that_gives_a_number_for_a_text_is_refused(view_bench: ViewBench) -> None:
    with pytest.raises(CaseFault, match="is text"):
        view_bench.run_view(SENR0018, {"record_to_check": [{"grade_level_code": 7}]})


def test_rows_are_compared_by_count_and_by_value() -> None:
    one, other = {"a": 1, "b": 1}, {"a": 1, "b": 2}
    assert compare_rows([one, other], [other, one], ["a", "b"]) is None
    assert compare_rows([one], [one, one], ["a"]) is not None
    assert compare_rows([one], [other], ["b"]) is not None
    assert compare_rows([{"a": 1}], [one], ["a", "b"]) is not None


def test_every_rule_is_found_by_a_check_or_its_reason_is_given() -> None:
    checked = [rule for view in CHECKS for rule in _rules_of(view)]
    not_checked = [row["code"] for row in read_reference("rules_not_checked.csv")]
    catalog = [row["code"] for row in read_reference("rules.csv")]
    assert sorted({*checked, *not_checked}) == sorted(catalog)
    assert not set(checked) & set(not_checked)


def test_every_rule_says_what_is_wrong_and_what_to_do() -> None:
    for row in read_reference("rules.csv"):
        assert row["message"] and row["fix"], row["code"]
        assert row["message"][0] == row["message"][0].lower() or row["message"][:3].isupper()
        assert row["severity"] in {"fatal", "warning", "notice"}
