"""What CALPADS rejected comes back: find the record, and say what to do."""

import json
import zipfile
from dataclasses import dataclass
from typing import Any

import pytest

from tests.real_cases.command import Done
from tests.real_cases.notation import Case
from tests.support.command_line import tell

# Students whose records are sent, and the code with which each comes back.
BACK = (
    (Case("82", "an overlap", sis="E1 250811-"), "SENR0027"),
    (Case("82a", "an overlap at the same school", sis="E2 250811-"), "SENR0178"),
    (Case("82b", "a code that is not valid", sis="H1 250811-"), "GERR0007"),
    (Case("82c", "a missing field", sis="M1 250811-"), "GERR0001"),
    (Case("82d", "another birth year", sis="H2 250811-"), "SENR0035"),
    (Case("82e", "a kindergartner's age", sis="E1 250811- grKN", born="200601"), "SENR0262"),
)
SENT = (
    (
        Case(
            "84",
            "a short-term stay that nothing held",
            ods="H1 250811-",
            sis="H1 250811-; H2 250901-250930 T160 st30",
        ),
        "SENR0187",
    ),
    (
        Case(
            "84a",
            "a mid-year change that was sent with a warning",
            ods="E1 250811-",
            sis="E1 250811-250919 E150; E1 250922-",
        ),
        "SENR0286",
    ),
)
CASES = tuple(case for case, _ in (*BACK, *SENT))


@dataclass(frozen=True)
class Returned:
    """The first upload line of each SSID, and what the command says of its rejection."""

    lines: dict[str, str]
    rejected: dict[str, dict[str, Any]]


def reject(october: Done, surplus: str = "") -> Returned:
    """Let all these records come back with a fatal error, then forget the file again."""
    assert october.status == 0, october.words
    lines: dict[str, str] = {}
    with zipfile.ZipFile(october.folder / october.summary["zip"]) as archive:
        for name in archive.namelist():
            for line in archive.read(name).decode().splitlines():
                lines.setdefault(line.split("^")[7], line)
    back = []
    for case, code in (*BACK, *SENT):
        fields = lines[case.ssid].split("^")[2:]
        error = [code, "Fatal", "Described by CALPADS", "1.22", "x"]
        back.append("^".join(["SENR-E", "", *fields, *error]) + surplus)
    path = october.folder / "rejected.txt"
    path.write_text("".join(f"{line}\r\n" for line in back), encoding="utf-8", newline="")
    told = json.loads(tell(october.folder, "rejected", path.name, "--json"))["rejected"]
    tell(october.folder, "rejected", path.name, "--undo")
    return Returned(lines, {one["error"]["ssid"]: one for one in told})


@pytest.fixture(scope="module")
def returned(october: Done) -> Returned:
    return reject(october)


@pytest.mark.parametrize(("case", "code"), BACK, ids=str)
def test_case_82_the_record_is_found_and_the_advice_given(
    case: Case, code: str, returned: Returned
) -> None:
    found = returned.rejected[case.ssid]
    assert found["action_id"] == returned.lines[case.ssid].split("^")[2]
    assert found["file_name"].startswith("003_Updates")
    assert found["error"]["code"] == code
    assert found["meaning"]
    assert "run again" in found["fix"]


def test_case_83_surplus_columns_at_the_end_are_passed_over(october: Done) -> None:
    """The page that documents the file says six error fields and lists five."""
    returned = reject(october, surplus="^")
    case, code = BACK[0]
    found = returned.rejected[case.ssid]
    assert found["action_id"] == returned.lines[case.ssid].split("^")[2]
    assert (found["error"]["code"], found["error"]["severity"]) == (code, "fatal")


@pytest.mark.parametrize(("case", "code"), SENT, ids=str)
def test_case_84_what_was_sent_was_not_foreseen(case: Case, code: str, returned: Returned) -> None:
    """A rejection was foreseen only if the student was held: a warning foresees none."""
    assert returned.rejected[case.ssid]["was_foreseen"] == "no"
