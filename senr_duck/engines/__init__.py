"""The same views on another engine than DuckDB."""
