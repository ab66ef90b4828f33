"""Short-term and secondary enrollments."""

import pytest

from tests.real_cases.command import Done
from tests.real_cases.notation import Case

CASES = (
    Case(
        "25",
        "primary and secondary at one school",
        ods="H1 250811-",
        sis="H1 250811-; H1 250901- st20",
        held=("SENR0178",),
    ),
    Case(
        "26",
        "a short-term stay of 45 days, still open, and nothing else",
        sis="H2 250901- st30",
        held=("SENR0187",),
        warned=("SENR0185",),
    ),
    Case(
        "26a",
        "open since 31 days, today counted",
        sis="H2 250915- st30",
        held=("SENR0187",),
        warned=("SENR0185",),
    ),
    Case(
        "26b",
        "open since 30 days, today counted",
        sis="H2 250916- st30",
        sent=("003_Updates: H2 250916- st30",),
        warned=("SENR0185",),
    ),
    Case(
        "27",
        "a short-term stay of 31 days, both ends counted",
        sis="H2 250901-251001 T160 st30",
        held=("SENR0187",),
    ),
    Case(
        "27a",
        "a short-term stay of 30 days, both ends counted",
        sis="H2 250901-250930 T160 st30",
        sent=("003_Updates: H2 250901-250930 T160 st30",),
    ),
    Case(
        "29",
        "30 days next to a primary enrollment",
        ods="H1 250811-",
        sis="H1 250811-; H2 250901-250930 T160 st30",
        sent=("003_Updates: H2 250901-250930 T160 st30",),
    ),
    Case(
        "31",
        "45 days next to a primary enrollment",
        ods="H1 250811-",
        sis="H1 250811-; H2 250825-251008 T160 st30",
        held=("SENR0027", "SENR0187"),
    ),
    Case(
        "31a",
        "E170 on a short-term enrollment",
        ods="H1 250811-",
        sis="H1 250811-; H2 250901-250919 E170 st30",
        held=("SENR0523",),
    ),
)

AT_LISTED_SCHOOLS = (
    Case(
        "32",
        "a short-term stay at a regular high school, open for two months",
        sis="H1 250811- st30",
        held=("SENR0187",),
        warned=("SENR0185", "SENR0189"),
    ),
    Case(
        "32a",
        "a short-term stay of three weeks at a regular high school: a warning",
        ods="H2 250811-",
        sis="H2 250811-; H1 250901-250919 T160 st30",
        sent=("003_Updates: H1 250901-250919 T160 st30",),
        warned=("SENR0189",),
    ),
    Case(
        "32b",
        "a short-term stay of three weeks at a continuation school",
        ods="H1 250811-",
        sis="H1 250811-; H2 250901-250919 T160 st30",
        sent=("003_Updates: H2 250901-250919 T160 st30",),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_short_term(case: Case, october: Done) -> None:
    october.check(case)


@pytest.mark.parametrize("case", AT_LISTED_SCHOOLS, ids=str)
def test_short_term_with_a_school_list(case: Case, october_listed: Done) -> None:
    october_listed.check(case)
