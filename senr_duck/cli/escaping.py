"""Escape what a terminal would obey in everything that a console of rich prints."""

from dataclasses import dataclass

from rich.console import (
    Console,
    ConsoleOptions,
    ConsoleRenderable,
    RenderHook,
    RenderResult,
)
from rich.segment import Segment

from senr_duck.privacy.shown_value import escape_text


@dataclass(frozen=True)
class _Escaped:
    """A renderable whose text is escaped after its layout; colors are not text."""

    inner: ConsoleRenderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self.inner, options):
            if segment.control:
                yield segment
            else:
                yield Segment(escape_text(segment.text), segment.style)


class EscapingHook(RenderHook):
    """Escapes all that is printed on a console."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """Return the renderables with escapes instead of control characters."""
        return [_Escaped(one) for one in renderables]
