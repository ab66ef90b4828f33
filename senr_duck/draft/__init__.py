"""A first senr.toml from the extracts at hand."""
