"""Start the command line, as ``senr-duck`` or ``python -m senr_duck``."""

from senr_duck.files.signals import catch_signals


def main() -> None:
    """Run the command line; a signal ends it quietly while the program is still being imported."""
    catch_signals()
    from senr_duck.cli import main as run_command

    run_command()


if __name__ == "__main__":
    main()
