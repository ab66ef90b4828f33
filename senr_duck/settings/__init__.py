"""Read senr.toml and a command's options into one frozen Settings; keep list, school list."""
