"""The command line: options in, one function called, errors printed."""

import sys

from senr_duck.cli import job, look, made, posted  # noqa: F401 - each adds its commands to the app
from senr_duck.cli.app import app
from senr_duck.errors import SenrError

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line; a SenrError is printed, everything else keeps its traceback."""
    try:
        app()
    except SenrError as error:
        print(f"error: {error}\n\nhint: {error.hint}", file=sys.stderr)
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        sys.exit(130)
    except RuntimeError as error:
        if str(error) != "Query interrupted":  # DuckDB's word for Ctrl-C within a statement
            raise
        sys.exit(130)
