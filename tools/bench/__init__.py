"""Measures a run next to the bare floor and other tools, and writes docs/performance.md."""
