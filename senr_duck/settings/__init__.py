"""senr.toml and the options of a command become one frozen Settings; keep list and school list."""
