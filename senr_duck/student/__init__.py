"""One student in the published database: find, explain, spot-check, draw."""
