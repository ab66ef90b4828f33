"""An extract becomes staging lines: find its format, prove its lines, load them."""
