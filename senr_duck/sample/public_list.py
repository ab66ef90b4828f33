"""Find the districts of a place in California's public school list."""

from collections.abc import Iterable

from senr_duck.errors import InputError
from senr_duck.reference.resources import read_reference
from senr_duck.sample.district import Row
from senr_duck.sample.district_builder import DistrictBuilder, has_students, lea_of
from senr_duck.sample.place import Place
from senr_duck.settings.nearest_name import find_nearest


def find_place(district: str | None, county: str | None, statewide: bool) -> Place:
    """Return the place of a district's name, of a county's name, or all of California.

    Upper and lower case are the same; a district's name may have its county after it in
    parentheses. Districts without a school with students and a span of grades are left out. Raises
    InputError unless exactly one place is given, if no district or county has the name, if
    districts of two counties have it, and if nothing is left.
    """
    if [district is not None, county is not None, statewide].count(True) != 1:
        raise InputError(
            "exactly one of --district, --county, and --statewide is needed",
            "use --district NAME, --county NAME, or --statewide",
        )
    everywhere = read_reference("ca_schools_2023_24.csv")
    if district is not None:
        name, rows = _find_district(district, everywhere)
    elif county is not None:
        name, rows = _find_county(county, everywhere)
    else:
        name, rows = "California", everywhere
    by_lea: dict[str, list[Row]] = {}
    for row in rows:
        by_lea.setdefault(lea_of(row), []).append(row)
    builder = DistrictBuilder(everywhere)
    districts = tuple(
        builder.build(own) for _, own in sorted(by_lea.items()) if any(map(has_students, own))
    )
    if not districts:
        raise InputError(
            f"{name} has no school with students and a span of grades",
            "choose a district with its own schools",
        )
    return Place(name, districts)


def _find_district(name: str, everywhere: list[Row]) -> tuple[str, list[Row]]:
    wanted = _fold(name)
    found = sorted(
        {
            _with_county(row)
            for row in everywhere
            if wanted in (row["district"].casefold(), _with_county(row).casefold())
        }
    )
    if not found:
        names = (row["district"] for row in everywhere)
        raise InputError(f"no district is named {name!r}", _suggest(wanted, "district", names))
    if len(found) > 1:
        raise InputError(
            f"{len(found)} districts are named {name!r}", f"name the county: {' or '.join(found)}"
        )
    rows = [row for row in everywhere if _with_county(row) == found[0]]
    return rows[0]["district"], rows


def _find_county(name: str, everywhere: list[Row]) -> tuple[str, list[Row]]:
    wanted = _fold(name).removesuffix(" county")
    rows = [row for row in everywhere if row["county"].casefold() == wanted]
    if not rows:
        names = (row["county"] for row in everywhere)
        raise InputError(f"no county is named {name!r}", _suggest(wanted, "county", names))
    return f"{rows[0]['county']} County", rows


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()


def _with_county(row: Row) -> str:
    return f"{row['district']} ({row['county']})"


def _suggest(wanted: str, kind: str, names: Iterable[str]) -> str:
    near = find_nearest(wanted, names, most=4)
    if not near:
        return f"use a {kind}'s name as in California's public school list"
    return f"similar names: {', '.join(near)}"
