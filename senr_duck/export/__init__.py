"""The upload files and their names, the zip, and exceptions.csv."""
