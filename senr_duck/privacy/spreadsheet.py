"""Keep a spreadsheet that opens a CSV file from running what stands in its cells."""

# A spreadsheet takes text that begins so for a formula, and runs it; the last four are the
# full-width forms of the first four.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def disarm(text: str) -> str:
    """Return the text, with an apostrophe before it if a spreadsheet would take it for a formula.

    Of a value that is a number, not text, there is nothing to disarm: do not ask for it.
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
