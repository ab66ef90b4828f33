"""The database files that we write: which DuckDB can open them."""

# Every DuckDB from this version on can open the files. The tools that people have (DBeaver, R,
# ODBC) often bring an older DuckDB than ours, which cannot read the default format of ours.
STORAGE_VERSION = "v1.2.0"
