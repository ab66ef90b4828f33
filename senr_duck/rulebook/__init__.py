"""For whoever changes rules: diff, lineage, try, index."""
