"""Read an extract into staging tables: find its format, check every line, load it."""
