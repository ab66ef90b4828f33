"""Two runs that most rows share: as of October 15, without and with the school list."""

from importlib import import_module

import pytest

from tests.real_cases.command import CALENDAR, Done, reconcile
from tests.real_cases.notation import Case
from tests.real_cases.schools import LISTED, write_school_list

# The modules whose CASES are students of that run, and of the one with the school list.
OCTOBER = (
    *("no_shows", "exits", "mid_year", "graduates", "short_term", "ssids", "transaction_codes"),
    *("rules", "names", "rejected"),
)
OCTOBER_LISTED = ("short_term", "rules")
TRANSLATED = """
[translate.grade_level_code]
"12A" = "12"
"12B" = "12"
"""


def collect(modules: tuple[str, ...], name: str) -> list[Case]:
    found = [getattr(import_module(f"tests.real_cases.test_{one}"), name) for one in modules]
    return [case for cases in found for case in cases]


@pytest.fixture(scope="session")
def october(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Give the run of all these cases; so many are held that the guard would stop it."""
    cases = collect(OCTOBER, "CASES")
    folder = tmp_path_factory.mktemp("october")
    return reconcile(folder, cases, "--max-held-share", "0.9")


@pytest.fixture(scope="session")
def october_listed(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Give the run with the school list, in which local grades are translated."""
    cases = collect(OCTOBER_LISTED, "AT_LISTED_SCHOOLS")
    folder = write_school_list(tmp_path_factory.mktemp("listed"))
    return reconcile(folder, cases, config=CALENDAR + LISTED + TRANSLATED)
