"""The SQL files: read, order, lint, overlay, create."""
