"""Run the command line as ``python -m senr_duck``."""

from senr_duck.cli import main

if __name__ == "__main__":
    main()
