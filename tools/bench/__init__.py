"""Measures a run beside the bare floor and other tools, and writes docs/performance.md."""
