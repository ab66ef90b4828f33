"""The names of districts, from California's public school list of 2023-24."""

from collections.abc import Iterable
from functools import cache

from senr_duck.reference.resources import read_reference

DISTRICT_FIELD = "district_of_geographic_residence_code"  # the only field with districts as values


def read_district_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the name of each of the codes that the list has, in the order of codes.

    A code is a county-district code of 7 digits, or the school code of a charter school, which may
    report on its own.
    """
    names = _read_names()
    return {code: names[code] for code in sorted(set(codes)) if code in names}


@cache
def _read_names() -> dict[str, str]:
    rows = read_reference("ca_schools_2023_24.csv")
    charters = {row["school_code"]: row["school"] for row in rows if row["charter"] == "Yes"}
    return charters | {row["county_code"] + row["district_code"]: row["district"] for row in rows}
