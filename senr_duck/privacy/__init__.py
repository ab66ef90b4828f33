"""What may be shown of a value, of a traceback, and in a spreadsheet cell."""
