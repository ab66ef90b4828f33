"""One file defines the classes: the views, the report, and the documents have the same ones."""

import re

import sqlglot
from sqlglot import exp

from senr_duck.reference.classes import (
    classes_by_code,
    classes_in_accounting,
    record_classes,
    sent_classes,
    spot_check_classes,
)
from senr_duck.reference.resources import resource
from senr_duck.versions.ruleset import newest_version
from senr_duck.views.read import read_views

CODES = [one.code for one in record_classes()]


def find_classes(view: str) -> set[str]:
    """Return the classes that a view can give."""
    tree = sqlglot.parse_one(read_views(newest_version())[f"recon.{view}"].text, read="duckdb")
    cases = [
        case
        for alias in tree.find_all(exp.Alias)
        if alias.alias == "class"
        for case in alias.find_all(exp.Case)
    ]
    results = [branch.args["true"] for case in cases for branch in case.args["ifs"]]
    results += [case.args.get("default") for case in cases]
    return {one.this for one in results if isinstance(one, exp.Literal)}


def test_the_classes_that_the_views_can_give_are_those_of_the_file() -> None:
    given = set().union(
        *(find_classes(view) for view in ("record_class", "ods_class", "sis_class"))
    )
    assert given == set(CODES)


def test_what_is_sent_is_listed_in_upload_order() -> None:
    assert sent_classes() == ("remove", "no_show", "exit", "update", "add")
    assert CODES[: len(sent_classes())] == list(sent_classes())


def test_the_accounting_and_the_spot_check_have_an_order_of_their_own() -> None:
    assert [one.code for one in classes_in_accounting()] == [
        *("same", "exit", "update", "add", "remove"),
        *("no_show", "kept", "not_sent", "held", "out_of_scope"),
    ]
    assert spot_check_classes() == ("remove", "no_show", "held", "exit", "update", "add")


def test_a_class_that_is_sent_says_where_and_how_and_no_other_does() -> None:
    for one in record_classes():
        assert bool(one.files) == bool(one.action) == one.is_sent, one.code
        assert one.name and one.summary and one.meaning.endswith("."), one.code
        assert one.is_in_ods or one.is_in_sis, one.code
    assert classes_by_code()["no_show"].action.format(number=3) == (
        "turns enrollment 3 into a no-show"
    )


def test_the_reports_script_style_and_marks_know_the_classes() -> None:
    folder = resource("report")
    script = (folder / "data.js").read_text(encoding="utf-8")
    (sent,) = re.findall(r"const SENT = \[(.*)\];", script)
    assert tuple(re.findall(r'"(\w+)"', sent)) == sent_classes()
    style = (folder / "report.css").read_text(encoding="utf-8")
    icons = (folder / "templates" / "icons.html").read_text(encoding="utf-8")
    for code in CODES:
        assert f".k-{code} " in style, code
        assert f'id="i-{code}"' in icons, code


def test_the_document_of_the_reconciliation_lists_every_class() -> None:
    page = resource("docs", "reconciliation.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) >= set(CODES)
