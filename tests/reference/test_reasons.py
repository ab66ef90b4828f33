"""The catalog of reasons has exactly the reasons that the views can give."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from senr_duck.reference.resources import read_reference, resource
from senr_duck.versions.ruleset import newest_version
from senr_duck.views.read import read_views
from senr_duck.views.view import View
from tests.conftest import ViewBench
from tests.support.command_line import run
from tests.support.extracts import (
    ADAMS,
    BAKER,
    YEAR,
    closed,
    record,
    write_ods,
    write_sis,
)
from tools.reasons_page import format_reasons, read_reasons

CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)+|SENR\d+")
ALL_VIEWS = read_views(newest_version())
VIEWS = [view for view in ALL_VIEWS.values() if "reason" in view.header]
SENTENCES = {row["code"]: row["sentence"] for row in read_reference("sentences.csv")}


def list_codes(view: View) -> set[str]:
    """Return the codes of a view's header."""
    return {code.strip() for code in view.header["reason"].split(",")}


def find_results(view: View) -> set[str]:
    """Return the codes that a view's CASE expressions can give or test."""
    tree = sqlglot.parse_one(view.text, read="duckdb")
    found: set[str] = set()
    for case in tree.find_all(exp.Case):
        if is_of_a_sentence(case):
            continue
        told = [branch.args["true"] for branch in case.args["ifs"]] + [case.args.get("default")]
        if isinstance(case.this, exp.Column) and case.this.name == "reason":
            told += [branch.this for branch in case.args["ifs"]]
        found |= {one.this for one in told if isinstance(one, exp.Literal) and one.is_string}
    if any(alias.this.name == "reason" for alias in tree.find_all(exp.Alias) if is_code(alias)):
        found |= find_sentences_of_reasons()
    return {code for code in found if CODE.fullmatch(code)}


def is_of_a_sentence(part: exp.Expression) -> bool:
    """Return whether a part of a view is of a column with the code of a sentence."""
    column = part.find_ancestor(exp.Alias)
    return column is not None and is_code(column)


def is_code(column: exp.Alias) -> bool:
    """Return whether a column has the code of a sentence."""
    return column.alias.endswith("_sentence")


def find_sentences(view: View) -> set[str]:
    """Return the codes of the sentences that a view gives; combined codes are complete."""
    tree = sqlglot.parse_one(view.text, read="duckdb")
    found: set[str] = set()
    for case in filter(is_of_a_sentence, tree.find_all(exp.Case)):
        given = [branch.args["true"] for branch in case.args["ifs"]] + [case.args.get("default")]
        for one in given:
            if isinstance(one, exp.Coalesce):
                one = one.expressions[0]
            if isinstance(one, exp.Literal) and one.is_string:
                found.add(one.this)
    beginnings = tuple(code for code in found if code.endswith("-"))
    endings = tuple(code for code in found if code.startswith("-"))
    whole = {
        code
        for code in SENTENCES
        if code.startswith(beginnings)
        or any(code.removesuffix(ending) in found - {code} for ending in endings)
    }
    return found - {*beginnings, *endings} | whole


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_views_header_lists_the_reasons_that_it_gives(view: View) -> None:
    assert find_results(view) == list_codes(view)


def test_every_reason_that_the_views_can_give_is_in_the_catalog_and_vice_versa() -> None:
    given = set().union(*(list_codes(view) for view in VIEWS))
    rules = {row["code"] for row in read_reference("rules.csv")}
    catalog = {row["code"] for row in read_reference("reasons.csv")}
    assert {"START-CHANGED", "EXIT-ADDED", "KEEP-LIST", "OTHER-LEA"} <= given
    assert catalog - given == {"AGREES"}  # what ods_class and sis_class say of a pair that agrees
    assert given - catalog <= rules


def find_sentences_of_reasons() -> set[str]:
    """Return the sentences that no view names: those of a record left alone, by its reason."""
    return set(SENTENCES).difference(*(find_sentences(view) for view in ALL_VIEWS.values()))


def test_every_sentence_that_the_views_can_give_is_in_the_catalog() -> None:
    given = set().union(*(find_sentences(view) for view in ALL_VIEWS.values()))
    assert {"SIS-CLOSES", "ONLY-SIS", "YEAR-END-E155", "NO-SSID"} <= given
    # the second half of a combined code
    assert given - set(SENTENCES) == {"E450", ""}


def test_every_value_of_a_sentence_is_filled_in_by_a_view() -> None:
    names = {
        name: set(re.findall(r"'{(\w+)}'", ALL_VIEWS[f"recon.{name}"].text))
        for name in ("nearest_record", "record_reason")
    }
    wanted = {code: set(re.findall(r"{(\w+)}", text)) for code, text in SENTENCES.items()}
    for code, values in wanted.items():
        assert any(values <= filled for filled in names.values()), code
    assert set().union(*names.values()) == set().union(*wanted.values())


def test_the_catalog_says_each_thing_once() -> None:
    codes = [row["code"] for row in read_reference("sentences.csv")]
    assert len(codes) == len(SENTENCES) == len(set(SENTENCES.values()))
    rules = {row["code"] for row in read_reference("rules.csv")}
    for row in read_reference("reasons.csv"):
        assert bool(row["name"]) == bool(row["meaning"]) == (row["code"] not in rules), row
    keys = [(reason.code, reason.record_class) for reason in read_reasons()]
    assert len(set(keys)) == len(keys)
    assert {code for code, _ in keys} >= rules
    assert all(reason.name and reason.meaning for reason in read_reasons())


@pytest.mark.parametrize(
    ("code", "record_class"),
    [(r.code, r.record_class) for r in read_reasons() if r.record_class in ("kept", "not_sent")],
)
def test_a_reason_to_leave_a_record_gives_it_the_class_of_the_catalog(
    view_bench: ViewBench, code: str, record_class: str
) -> None:
    given = {"enrollment_match": [{"sis_line": 1, "match_result": code}]}
    (row,) = view_bench.run_view("record_class", given)
    assert (row["class"], row["outcome"]) == (record_class, code)


def test_the_page_of_reasons_is_not_stale() -> None:
    assert resource("docs", "reasons.md").read_text(encoding="utf-8") == format_reasons()


@pytest.fixture(scope="module", params=["sample_run", "every_class_run"])
def published(request: pytest.FixtureRequest) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = request.getfixturevalue(request.param)
    with duckdb.connect(folder / "senr.duckdb", read_only=True) as con:
        yield con


@pytest.mark.parametrize(
    "view", ["planned_record", "record_reason", "ods_class", "sis_class"], ids=str
)
def test_every_record_has_a_reason_of_its_class(
    published: duckdb.DuckDBPyConnection, view: str
) -> None:
    records = published.execute(f"select count(*) from recon.{view}").fetchone()
    assert records is not None and records[0] >= 4
    strangers = published.execute(
        f"select distinct class, reason from recon.{view} except "
        "select class, code from reference.reason"
    ).fetchall()
    assert strangers == []


def test_every_sentence_is_whole(published: duckdb.DuckDBPyConnection) -> None:
    sentences = published.execute("select explanation from recon.planned_record").fetchall()
    for (sentence,) in sentences:
        assert re.fullmatch(r"[A-Z][^{}]*[a-zA-Z0-9)]\.", sentence), sentence


def test_no_name_or_birth_date_is_in_a_sentence(published: duckdb.DuckDBPyConnection) -> None:
    told = published.execute(
        """
        select student_key, explanation as sentence from recon.record_reason
        union all
        select student_key, message from recon.exception
        """
    ).fetchall()
    private: dict[str, set[str]] = {}
    for side in ("ods", "sis"):
        for key, *words in published.execute(
            f"""
            select record.student_key, raw.student_legal_first_name, raw.student_legal_last_name,
                raw.student_alias_first_name, raw.student_birth_city,
                cast(raw.student_birth_date as varchar), raw.student_birth_date_text
            from recon.{side}_record as record
            inner join staging.{side}_enrollment as raw on record.{side}_line = raw.source_line
            """
        ).fetchall():
            private.setdefault(key, set()).update(filter(None, words))
    assert told and all(private[key] for key, _ in told)
    for key, sentence in told:
        for word in private[key]:
            assert not re.search(rf"\b{re.escape(word)}\b", sentence), "a name or birth date"


def test_the_action_id_does_not_change_with_the_words() -> None:
    proposed = read_views(newest_version())["recon.proposed_record"]
    assert "reason" not in re.sub(r"\w*exit_reason\w*", "", proposed.text)
    assert "explanation" not in proposed.text


def test_a_changed_start_date_and_its_counterpart_tell_of_each_other(tmp_path: Path) -> None:
    stays = closed(record("1000000001", BAKER, "20240815"), "20250606", "E155")
    write_ods(tmp_path / "ods.txt", [record("1000000001", ADAMS, YEAR), stays])
    write_sis(tmp_path / "sis.txt", [record("1000000001", ADAMS, "20250820"), stays])
    assert run(tmp_path).returncode == 0
    with duckdb.connect(str(tmp_path / "senr.duckdb"), read_only=True) as con:
        told = dict(con.execute("select class, explanation from recon.planned_record").fetchall())
    key = "The start date is part of the key, so the old key is deleted and the new one is added."
    assert told == {
        "remove": "Only CALPADS has this enrollment at 1930650 from 2025-08-14, open; the SIS has "
        f"the student instead at 1930650 from 2025-08-20, open. {key}",
        "add": "Only the SIS has this enrollment at 1930650 from 2025-08-20, open; CALPADS has the "
        f"student instead at 1930650 from 2025-08-14, open. {key}",
    }
