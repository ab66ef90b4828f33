"""Read, sort, lint, overlay, and create the views in the SQL files."""
