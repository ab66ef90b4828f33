"""Writes the generated documents and runs the bench; not part of the installed command."""
