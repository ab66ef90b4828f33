"""Upload files and their names, the zip, exceptions.csv."""
