"""Talk with the bot as a member does."""

import sys
from itertools import count
from typing import Annotated

import typer
from rich.console import Console

from bot.cli.asking import question, refuse_empty, show_asked
from bot.cli.replying import show_reply
from bot.cli.running import Session, opened, settings_of
from bot.cli.terminal import Terminal, interactive, note
from bot.core.models import Audience
from bot.core.wording.replies import Choice
from bot.service.app import App

PROMPT = "you> "
QUIT = "/quit"


def chat(
    context: typer.Context,
    *,
    audience: Annotated[Audience, typer.Option(help="Who asks; staff may read internal entries.")] = Audience.PUBLIC,
) -> None:
    """Talk with the bot as a member does. End with /quit or Ctrl-D."""
    with opened(settings_of(context)) as session:
        session.run(refuse_empty(session.app, audience=audience))
        converse(session, audience=audience)


def converse(session: Session, *, audience: Audience = Audience.PUBLIC) -> None:
    """Answer what is typed, line by line; a number takes one of the choices that were offered last."""
    terminal = Terminal()
    if interactive():
        import readline  # noqa: F401, PLC0415  # gives the prompt arrow keys and a history; prints codes into pipes

        note(f"Ask a question; choose by number; {QUIT} or Ctrl-D ends.")
    choices: tuple[Choice, ...] = ()
    while (line := _read_line(terminal)) is not None and line != QUIT:
        if chosen := dict(zip(map(str, count(1)), choices, strict=False)).get(line):
            session.run(_show_choice(session.app, terminal, chosen, audience=audience))
        elif choices and line.isdecimal():
            note(f"Choose a number from 1 to {len(choices)}, or ask another question.")
        elif line:
            asked = session.run(session.app.ask.ask(question(line, audience=audience)))
            show_asked(terminal, asked)
            terminal.print()
            choices = asked.reply.choices if asked.reply else ()


async def _show_choice(app: App, terminal: Console, choice: Choice, *, audience: Audience) -> None:
    reply = await app.ask.choose(choice.entry_id, audience=audience)
    if reply is None:
        note("That entry is gone; ask again.")
    else:
        show_reply(terminal, reply)
        terminal.print()


def _read_line(terminal: Console) -> str | None:
    """Return the next line, None at the end of the input."""
    if not interactive():
        line = sys.stdin.readline()
        return line.strip() if line else None
    try:
        return input(PROMPT).strip()
    except (EOFError, KeyboardInterrupt) as end:
        terminal.print()  # leave the line of the prompt
        if isinstance(end, KeyboardInterrupt):
            raise
        return None
