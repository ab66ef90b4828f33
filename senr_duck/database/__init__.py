"""The published database: open it, query it, print the result, list its views."""
