"""Keep a spreadsheet that opens a CSV file from running what stands in its cells."""

# A spreadsheet takes text that begins so for a formula, and runs it; the last four are the
# full-width forms of the first four.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def make_safe(cell: object) -> object:
    """Return a cell's value, with an apostrophe before text that would be taken for a formula.

    A number stays a number, and null stays blank.
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
