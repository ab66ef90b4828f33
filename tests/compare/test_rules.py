"""What a broken rule of CALPADS does to the class of a record."""

import re

import pytest

from senr_duck.reference.compared_tables import list_compared
from senr_duck.reference.resources import read_reference
from senr_duck.views.read import read_views
from tests.support.compared import classify, open_compared
from tests.support.other_files import Record, number

# Program 122 needs a service (SPRG0081).
BROKEN = {
    "ssid": number(1),
    "education_program_code": "122",
    "education_program_membership_start_date": "20250815",
    "education_service_academic_year": "2025-2026",
}
OTHER = {**BROKEN, "ssid": number(2), "education_service_code": "05"}


def test_a_record_that_breaks_a_rule_cannot_be_sent() -> None:
    found = classify("SPRG", [OTHER], [OTHER, BROKEN])
    assert found[-1] == ("sis", "not_sendable", "RULE-BROKEN")
    assert classify("SPRG", [OTHER], [OTHER, {**BROKEN, "education_service_code": "05"}])[-1] == (
        *("sis", "add", "ADD-UNCHECKED"),
    )


@pytest.mark.parametrize(
    ("ods", "missing", "remark"),
    [
        # another record of CALPADS breaks it, so the rule cannot be quite as it was read
        ([{**BROKEN, "ssid": number(3)}], [], "SPRG0081 Service missing (warning)"),
        ([], ["education_service_code"], None),
    ],
)
def test_a_rule_that_may_be_wrong_holds_nothing(
    ods: list[Record], missing: list[str], remark: str | None
) -> None:
    with open_compared("SPRG", [OTHER, *ods], [OTHER, *ods, BROKEN], missing=missing) as con:
        found = con.execute(
            "select class, reason, remark from sprg.listed where ssid = ?", [number(1)]
        ).fetchall()
    assert found == [("add", "ADD-UNCHECKED", remark)]


def test_only_sure_rules_at_the_record_stage_hold_a_record() -> None:
    rules = [row for row in read_reference("compared_rules.csv") if row["tried_as"] == "fatal"]
    assert len(rules) == 13
    for row in rules:
        assert (row["severity"], row["stage"]) == ("fatal", "record"), row["code"]
        assert row["confidence"] in ("stated", "stated in part"), row["code"]


def test_the_rules_that_are_tried_are_those_of_the_catalog() -> None:
    tried = set()
    for file_type in list_compared():
        text = read_views(file_type.lower())["compare.rule_test"].text
        tried |= set(re.findall(r"when\s+'([A-Z0-9-]+)'", text))
    listed = {row["code"] for row in read_reference("compared_rules.csv") if row["tried_as"]}
    assert tried == listed
