"""A report that several tests read."""

from pathlib import Path

import pytest

from tests.support.extracts import ADAMS, BAKER, YEAR, closed, record
from tests.support.once import make_once
from tests.support.report_page import publish


@pytest.fixture(scope="session")
def five_thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report of 5,000 students, each with an exit to send and two years before it."""

    def make(folder: Path) -> None:
        ods, sis = [], []
        for number in range(5_000):
            ssid = f"2{number:09}"
            history = [
                closed(record(ssid, ADAMS, "20230817", grade_level_code="03"), "20240606", "E155"),
                closed(record(ssid, ADAMS, "20240815", grade_level_code="04"), "20250606", "E155"),
            ]
            now = record(ssid, BAKER if number % 3 else ADAMS, YEAR)
            ods += [*history, now]
            sis += [*history, closed(now, "20251201", "T160")]
        publish(folder, ods, sis)

    (path,) = make_once(tmp_path_factory, "five_thousand", make).glob("out/*/report.html")
    return path
