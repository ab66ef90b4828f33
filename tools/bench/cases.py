"""Tiny extracts that a comparison easily gets wrong, with counts written by hand."""

import csv
from dataclasses import dataclass
from pathlib import Path

from senr_duck.reference.layout import layout_on
from senr_duck.sample import AS_OF
from tools.bench.counts import Counts
from tools.bench.inputs import Inputs

Record = dict[str, str]

_CONFIG = 'lea = "1964733"\n'


@dataclass(frozen=True)
class Case:
    """Two sides of a few records; ``expected`` counts a key once, however often it occurs.

    ``quotes_all``: the SIS writes quotes around every value, including blank ones.
    """

    name: str
    says: str
    ods: tuple[Record, ...]
    sis: tuple[Record, ...]
    expected: Counts
    quotes_all: bool = False


def _record(ssid: str, **fields: str) -> Record:
    """Return an open enrollment of this school year; the given fields replace default values."""
    return {
        "record_type_code": "SENR-R",
        "reporting_lea": "1964733",
        "school_of_attendance": "1930650",
        "academic_year_id": "2026-2027",
        "ssid": ssid,
        "local_student_id": f"L{ssid[-4:]}",
        "student_legal_first_name": "Ana",
        "student_legal_last_name": "Luna",
        "student_birth_date": "20130310",
        "student_gender_code": "F",
        "student_birth_country_code": "US",
        "enrollment_start_date": "20260813",
        "enrollment_status_code": "10",
        "grade_level_code": "08",
        "upload_date": "20260901",
        "last_date_updated": "20260901",
        **fields,
    }


_PLAIN = _record("1000000009")

CASES = (
    Case(
        name="zeros on both sides",
        says="School `0101329` on both sides; one of two records has grade `07` in the ODS and "
        "`08` in the SIS.",
        ods=(
            _record("1000000001", school_of_attendance="0101329"),
            _record("1000000002", school_of_attendance="0101329", grade_level_code="07"),
        ),
        sis=(
            _record("1000000001", school_of_attendance="0101329"),
            _record("1000000002", school_of_attendance="0101329"),
        ),
        expected=Counts(removed=0, added=0, changed=1),
    ),
    Case(
        name="a key's lost zero",
        says="The ODS has school `0101329`, and the SIS has `101329`: two keys.",
        ods=(_record("1000000001", school_of_attendance="0101329"), _PLAIN),
        sis=(_record("1000000001", school_of_attendance="101329"), _PLAIN),
        expected=Counts(removed=1, added=1, changed=0),
    ),
    Case(
        name="`01` and `1`",
        says="The ODS has grade `01`, and the SIS has `1`, which lost its zero: the same grade.",
        ods=(_record("1000000001", grade_level_code="01"), _PLAIN),
        sis=(_record("1000000001", grade_level_code="1"), _PLAIN),
        expected=Counts(removed=0, added=0, changed=0),
    ),
    Case(
        name="letters on one side",
        says="The ODS has the grades `KN` and `08`, and the SIS has `01` and `08`.",
        ods=(_record("1000000001", grade_level_code="KN", student_birth_date="20200310"), _PLAIN),
        sis=(_record("1000000001", grade_level_code="01", student_birth_date="20200310"), _PLAIN),
        expected=Counts(removed=0, added=0, changed=1),
    ),
    Case(
        name="blank and missing",
        says='Blank in the ODS, and `""` or spaces in the SIS: no difference. A residence code '
        "that only the ODS has: a change.",
        ods=(
            _record("1000000001"),
            _record("1000000002"),
            _record("1000000003", district_of_geographic_residence_code="1964733"),
        ),
        sis=(
            _record("1000000001"),
            _record("1000000002", district_of_geographic_residence_code="  "),
            _record("1000000003"),
        ),
        expected=Counts(removed=0, added=0, changed=1),
        quotes_all=True,
    ),
    Case(
        name="twins",
        says="A key twice in the ODS with the same values, and once in the SIS: nothing differs.",
        ods=(_record("1000000001"), _record("1000000001"), _PLAIN),
        sis=(_record("1000000001"), _PLAIN),
        expected=Counts(removed=0, added=0, changed=0),
    ),
    Case(
        name="a repeated key",
        says="A key twice in the ODS, with grades `08` and `07`, and once in the SIS, with `08`: "
        "on both sides, with a difference.",
        ods=(_record("1000000001"), _record("1000000001", grade_level_code="07"), _PLAIN),
        sis=(_record("1000000001"), _PLAIN),
        expected=Counts(removed=0, added=0, changed=1),
    ),
    Case(
        name="no SSID",
        says="Two new students in the SIS without an SSID, same school, same day: two records.",
        ods=(_PLAIN,),
        sis=(
            _record("", local_student_id="L1"),
            _record("", local_student_id="L2", student_legal_first_name="Bea"),
            _PLAIN,
        ),
        expected=Counts(removed=0, added=2, changed=0),
    ),
    Case(
        name="quotes in names",
        says="Names with quotes, one of them without a closing quote; CSV doubles quotes, the ODS "
        "extract does not. One grade differs.",
        ods=(
            _record("1000000001", student_legal_first_name='"Bo" Ann'),
            _record("1000000002", student_alias_first_name='"Ace'),
            _record("1000000003", student_alias_first_name='"Ace', grade_level_code="07"),
            _record("1000000004", student_legal_last_name='O"Neil, Jr.'),
        ),
        sis=(
            _record("1000000001", student_legal_first_name='"Bo" Ann'),
            _record("1000000002", student_alias_first_name='"Ace'),
            _record("1000000003", student_alias_first_name='"Ace'),
            _record("1000000004", student_legal_last_name='O"Neil, Jr.'),
        ),
        expected=Counts(removed=0, added=0, changed=1),
    ),
)


def write_case(case: Case, folder: Path) -> Inputs:
    """Write a case's extracts with a configuration into a folder."""
    inputs = Inputs(folder / "ods.txt", folder / "sis.csv", folder / "senr.toml")
    folder.mkdir(parents=True, exist_ok=True)
    layout = layout_on(AS_OF)
    carets = (
        "^".join(one.get(field.column, "") for field in layout.extract) + "\n" for one in case.ods
    )
    inputs.ods.write_text("".join(carets), encoding="utf-8", newline="")
    columns = [f.column for f in layout.upload if f.role not in ("bookkeeping", "derived")]
    with inputs.sis.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file,
            columns,
            extrasaction="ignore",
            restval="",
            quoting=csv.QUOTE_ALL if case.quotes_all else csv.QUOTE_MINIMAL,
            lineterminator="\n",
        )
        writer.writeheader()
        writer.writerows(case.sis)
    inputs.config.write_text(_CONFIG, encoding="utf-8", newline="\n")
    return inputs
