"""What writes the generated documents; no part of the installed command."""
