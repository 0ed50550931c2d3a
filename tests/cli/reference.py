"""Write docs/commands.md from the help of the commands: `python -m tests.cli.reference`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from bot.cli.app import NAME, app

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
OPEN, CLOSE = "<!-- commands -->", "<!-- /commands -->"
_WIDTH = 100


def reference() -> str:
    """Return the part of the page that is made from the code."""
    root = typer.main.get_command(app)
    context = typer.Context(root, info_name=NAME, terminal_width=_WIDTH)
    return "\n".join([*_section(root, context, level=2), *_commands(root, context, level=2)]).strip()


def _commands(group: Any, context: typer.Context, *, level: int) -> Iterator[str]:  # noqa: ANN401  # typer exports no type
    """Yield the lines of all commands in a group; commands come before groups, as in the help."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        inner = typer.Context(command, info_name=name, parent=context, terminal_width=_WIDTH)
        yield from _section(command, inner, level=level)
        if hasattr(command, "list_commands"):
            yield from _commands(command, inner, level=level + 1)


def _section(command: Any, context: typer.Context, *, level: int) -> Iterator[str]:  # noqa: ANN401  # as above
    yield f"{'#' * level} {context.command_path}"
    yield ""
    yield "```text"
    yield from (line.rstrip() for line in command.get_help(context).strip().splitlines())
    yield "```"
    yield ""


def parts() -> tuple[str, str, str]:
    """Return the page before, between and after the marks."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(OPEN)
    between, _, after = rest.partition(CLOSE)
    return before, between.strip(), after


def main() -> None:
    """Put what the code says between the marks."""
    before, _, after = parts()
    PAGE.write_text(f"{before}{OPEN}\n{reference()}\n{CLOSE}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
