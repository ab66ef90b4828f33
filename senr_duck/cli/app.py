"""The application that every command joins."""

from collections import Counter
from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from senr_duck import __version__
from senr_duck.errors import InputError


class _Command(TyperCommand):
    """A command that refuses an option of one value if it is given twice; typer uses the last."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if ctx.resilient_parsing:  # a shell asks how to complete a line that is being typed
            return super().parse_args(ctx, args)
        parser: Any = self.make_parser(ctx)
        _, _, given = parser.parse_args(args=list(args))
        for option, times in Counter(given).items():
            is_of_one_value = (
                option.param_type_name == "option" and not option.multiple and not option.is_flag
            )
            if is_of_one_value and times > 1:
                raise InputError(
                    f"{option.opts[0]}: given {'twice' if times == 2 else f'{times} times'}, "
                    "expected once",
                    "leave out all but one",
                )
        return super().parse_args(ctx, args)


class CommandGroup(typer.Typer):
    """Commands of which each refuses an option of one value that is given twice."""

    def command(self, name: str | None = None, **options: Any) -> Callable[..., Any]:
        """Add a command, as typer's own method does."""
        return super().command(name, cls=_Command, **options)


app = CommandGroup(
    name="senr-duck",
    help="Reconcile CALPADS student enrollment (SENR) with a student information system.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},  # of every command
    pretty_exceptions_enable=False,  # its tracebacks show locals, which hold student data
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"senr-duck {__version__}")
        raise typer.Exit


@app.callback()
def _main_options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    pass
