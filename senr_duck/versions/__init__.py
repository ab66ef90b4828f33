"""Which versions of the rules exist, which one is in force, and their checksums."""
