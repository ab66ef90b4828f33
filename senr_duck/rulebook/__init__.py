"""Tools for people who change rules: diff, lineage, trial run, index."""
