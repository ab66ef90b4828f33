"""The district's school list, in the form in which the state publishes it."""

from pathlib import Path

LISTED = """
[schools]
list = "schools.csv"
"""
_COLUMNS = (
    "CDSCode,StatusType,County,District,School,OpenDate,ClosedDate,Charter,DOCType,SOCType,"
    "GSoffered"
)
_DISTRICT = "Los Angeles,Los Angeles Unified"
_TYPE = "Unified School District"
_SCHOOLS = (
    ("6015986", "Active", "First Street Elementary", "", "Elementary Schools (Public)", "K-5"),
    ("6016018", "Active", "Second Street Elementary", "", "Elementary Schools (Public)", "K-5"),
    ("6057913", "Active", "Third Street Middle", "", "Intermediate/Middle Schools", "6-8"),
    ("1930650", "Active", "Fourth Street High", "", "High Schools (Public)", "9-12"),
    ("1931476", "Active", "Fifth Street High", "", "Continuation High Schools", "9-12"),
    ("6016034", "Closed", "Old Elementary", "08/29/2025", "Elementary Schools (Public)", "K-5"),
    ("1933746", "Active", "Sixth Street Charter", "", "High Schools (Public)", "9-12"),
)


def write_school_list(folder: Path) -> Path:
    """Write schools.csv: five open schools, one that closed on August 29, and a charter."""
    lines = [_COLUMNS]
    for code, status, name, closed, kind, grades in _SCHOOLS:
        charter = "Y" if "Charter" in name else "N"
        dates = f"07/01/1980,{closed or 'No Data'}"
        lines.append(
            f"1964733{code},{status},{_DISTRICT},{name},{dates},{charter},{_TYPE},{kind},{grades}"
        )
    text = "".join(f"{line}\n" for line in lines)
    (folder / "schools.csv").write_text(text, encoding="utf-8")
    return folder
