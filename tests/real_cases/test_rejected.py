"""What CALPADS rejected comes back: find the record, and say what to do."""

import json
import zipfile
from dataclasses import dataclass
from typing import Any

import pytest

from tests.real_cases.command import Done, reconcile
from tests.real_cases.notation import Case
from tests.support.command_line import tell

# A student whose record CALPADS may reject, and the code for which it does.
CASES = (
    (Case("82", "an overlap", sis="E1 250811-"), "SENR0027"),
    (Case("82a", "an overlap at the same school", sis="E2 250811-"), "SENR0178"),
    (Case("82b", "a code that is not valid", sis="H1 250811-"), "GERR0007"),
    (Case("82c", "a missing field", sis="M1 250811-"), "GERR0001"),
    (Case("82d", "another birth year", sis="H2 250811-"), "SENR0035"),
    (Case("82e", "a kindergartner's age", sis="E1 250811- grKN", born="200601"), "SENR0262"),
)
SHORT_TERM = Case(
    "84",
    "a short-term stay that nothing held",
    sis="H1 250811-; H2 250901-250930 T160 st30",
    ods="H1 250811-",
)
MID_YEAR = Case(
    "84a",
    "a mid-year change with a warning",
    ods="E1 250811-",
    sis="E1 250811-250919 E150; E1 250922-",
)


@dataclass(frozen=True)
class Posted:
    """The run, and the first upload line of each SSID."""

    done: Done
    lines: dict[str, str]

    def reject(self, case: Case, code: str, surplus: str = "") -> dict[str, Any]:
        """Return what the command says of a fatal error in the case's record."""
        fields = self.lines[case.ssid].split("^")[2:]
        error = [code, "Fatal", "Described by CALPADS", "1.22", "x"]
        path = self.done.folder / "rejected.txt"
        path.write_text("^".join(["SENR-E", "", *fields, *error]) + f"{surplus}\r\n")
        (one,) = json.loads(tell(self.done.folder, "rejected", path.name, "--json"))["rejected"]
        tell(self.done.folder, "rejected", path.name, "--undo")
        assert isinstance(one, dict)
        return one


@pytest.fixture(scope="module")
def posted(tmp_path_factory: pytest.TempPathFactory) -> Posted:
    cases = [*(case for case, _ in CASES), SHORT_TERM, MID_YEAR]
    done = reconcile(tmp_path_factory.mktemp("rejected"), cases)
    assert done.status == 0, done.words
    lines: dict[str, str] = {}
    with zipfile.ZipFile(done.folder / done.summary["zip"]) as archive:
        for name in archive.namelist():
            for line in archive.read(name).decode().splitlines():
                lines.setdefault(line.split("^")[7], line)
    return Posted(done, lines)


@pytest.mark.parametrize(("case", "code"), CASES, ids=str)
def test_case_82_the_record_is_found_and_the_advice_given(
    case: Case, code: str, posted: Posted
) -> None:
    found = posted.reject(case, code)
    assert found["action_id"] == posted.lines[case.ssid].split("^")[2]
    assert found["file_name"].startswith("003_Updates")
    assert (found["error"]["code"], found["error"]["ssid"]) == (code, case.ssid)
    assert found["meaning"]
    assert "run again" in found["fix"]


def test_case_83_surplus_columns_at_the_end_are_passed_over(posted: Posted) -> None:
    """The page that documents the file says six error fields and lists five."""
    case, code = CASES[0]
    found = posted.reject(case, code, surplus="^")
    assert found["action_id"] == posted.lines[case.ssid].split("^")[2]
    assert (found["error"]["code"], found["error"]["severity"]) == (code, "fatal")


@pytest.mark.parametrize(
    ("case", "code"), [(SHORT_TERM, "SENR0187"), (MID_YEAR, "SENR0286")], ids=str
)
def test_case_84_what_was_sent_was_not_foreseen(case: Case, code: str, posted: Posted) -> None:
    """A rejection was foreseen only if the student was held: a warning foresees none."""
    assert posted.reject(case, code)["was_foreseen"] == "no"
