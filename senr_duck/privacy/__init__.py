"""What may be shown of values and tracebacks, and what is safe in a spreadsheet cell."""
