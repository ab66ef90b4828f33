"""Every test here runs the command once on some hundred students."""

import pytest

from tests.support.few_students import configure_for_few


@pytest.fixture(autouse=True)
def plan_in_less_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plan the run's statements in less time."""
    monkeypatch.setattr("senr_duck.run.reconcile.configure", configure_for_few)
