"""Run the same views on another engine than DuckDB."""
