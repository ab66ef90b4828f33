"""The senr.toml of each vendor, as the page has it, reads an export with that vendor's headings."""

import csv
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.support.archives import read_zip
from tests.support.command_line import AS_OF, senr_duck
from tests.support.extracts import ADAMS, BAKER, YEAR, Record, closed, record, write_ods, write_sis
from tests.support.places import ROOT

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs" / "other-systems.md").read_text(encoding="utf-8")
RUN = ("run", "--ods", "ods.txt", "--max-held-share", "1", *AS_OF)


@dataclass(frozen=True)
class Vendor:
    """How a vendor's export differs from CALPADS's layout, apart from its headings.

    ``others`` are columns that it has under CALPADS's names; ``ignored`` are columns that mean no
    field.
    """

    date_form: str
    others: Mapping[str, str]
    ignored: tuple[str, ...]
    days_later: int = 0


STATUS = {"Enrollment Status Code": "enrollment_status_code"}
COUNTRY = {"Student Birth Country Code": "student_birth_country_code"}
VENDORS = {
    "PowerSchool": Vendor("%m/%d/%Y", STATUS | COUNTRY, ("EntryCode", "SchoolName", "YearID"), 1),
    "Infinite Campus": Vendor("%m/%d/%Y", COUNTRY, ("startStatus", "personID")),
    "Synergy": Vendor("%m/%d/%Y", STATUS | COUNTRY, ("Enter Code", "Last Activity Date")),
}


def make_sides() -> tuple[list[Record], list[Record]]:
    """Return both sides: what agrees, an exit, a change, two that arrive, one who never came."""
    agrees = record("1000000001", ADAMS, YEAR)
    left = closed(record("1000000002", ADAMS, YEAR), "20251219", "T160")
    leaves = record("1000000003", BAKER, YEAR)
    regraded = record("1000000004", BAKER, YEAR, grade_level_code="04")
    child = {"grade_level_code": "KN", "student_birth_date": "20200310"}
    arrives = record("1000000005", ADAMS, "20260112", **child)
    second = record("1000000006", ADAMS, YEAR, grade_level_code="10")
    never_came = record("1000000007", ADAMS, YEAR, grade_level_code="01")
    ods = [agrees, left, leaves, {**regraded, "grade_level_code": "03"}, never_came]
    sis = [agrees, left, closed(leaves, "20260130", "T160"), regraded, arrives, second]
    return ods, [*sis, closed(never_came, YEAR, "N470")]


def read_toml(vendor: str) -> str:
    (text,) = re.findall(rf"^## {vendor}\n.*?```toml\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE)
    return str(text).partition("\n## ")[0]


def write_export(path: Path, vendor: str, sis: Iterable[Record]) -> None:
    """Write a SIS side as the vendor's export: its headings, its codes, its dates."""
    settings = tomllib.loads(read_toml(vendor))
    how = VENDORS[vendor]
    columns = {**settings["columns"], **how.others}
    local = {
        column: {code: name for name, code in codes.items()}
        for column, codes in settings["translate"].items()
    }

    def write(one: Record, column: str) -> str:
        value = one.get(column, "")
        if not value or not column.endswith("_date"):
            return local.get(column, {}).get(value, value)
        day = date(int(value[:4]), int(value[4:6]), int(value[6:]))
        if column == "enrollment_exit_date" and one["student_exit_reason_code"] != "N470":
            day += timedelta(how.days_later)
        return day.strftime(how.date_form)

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*columns, *how.ignored])
        for one in sis:
            writer.writerow([*(write(one, of) for of in columns.values()), *how.ignored])


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """Return the files of a run with the SIS side in CALPADS's own layout."""
    folder = tmp_path_factory.mktemp("own")
    ods, sis = make_sides()
    write_ods(folder / "ods.txt", ods)
    write_sis(folder / "sis.txt", sis)
    done = senr_duck(folder, *RUN, "--sis", "sis.txt")
    assert done.returncode == 0, done.stderr
    return read_zip(folder)


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_vendors_export_gives_the_files_of_calpads_own_layout(
    tmp_path: Path, vendor: str, expected: dict[str, list[list[str]]]
) -> None:
    ods, sis = make_sides()
    write_ods(tmp_path / "ods.txt", ods)
    write_export(tmp_path / "export.csv", vendor, sis)
    (tmp_path / "senr.toml").write_text(read_toml(vendor), encoding="utf-8")
    done = senr_duck(tmp_path, *RUN, "--sis", "export.csv")
    assert done.returncode == 0, done.stderr
    assert read_zip(tmp_path) == expected
    assert sum(map(len, expected.values())) == 5
    ignored = ", ".join(VENDORS[vendor].ignored)
    assert f"export.csv: unknown columns are ignored: {ignored}" in done.stderr
    assert ("2 exits of the SIS extract are moved back by one day" in done.stderr) == (
        vendor == "PowerSchool"
    )


def test_the_page_has_a_configuration_for_each_vendor() -> None:
    assert re.findall(r"^## (.*)$", PAGE, re.MULTILINE) == list(VENDORS)
    assert PAGE.count("```toml") == len(VENDORS)
