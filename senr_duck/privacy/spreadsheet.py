"""Keep a spreadsheet that opens a CSV file from running the text in its cells."""

# A spreadsheet runs text that begins with one of these as a formula; the last four are the
# full-width forms of the first four.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def make_safe(cell: object) -> object:
    """Return a cell's value, with an apostrophe in front of text that would run as a formula.

    Numbers and null are returned unchanged.
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
