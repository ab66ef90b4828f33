"""The names of districts, from California's public school list of 2023-24."""

from collections.abc import Collection

from senr_duck.reference.resources import read_reference

DISTRICT_FIELD = "district_of_geographic_residence_code"  # the only field with districts as values


def read_district_names(codes: Collection[str]) -> dict[str, str]:
    """Return the name of each of the codes that the list has, in the order of codes.

    A code is a county-district code of 7 digits, or the school code of a charter school, which may
    report on its own.
    """
    wanted = set(codes)
    names: dict[str, str] = {}
    charters: dict[str, str] = {}
    for row in read_reference("ca_schools_2023_24.csv") if wanted else ():
        district = row["county_code"] + row["district_code"]
        if district in wanted:
            names[district] = row["district"]
        if row["school_code"] in wanted and row["charter"] == "Yes":
            charters[row["school_code"]] = row["school"]
    return dict(sorted((charters | names).items()))
