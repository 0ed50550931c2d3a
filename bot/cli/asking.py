"""Ask one question from the command line."""

from typing import Annotated
from uuid import uuid4

import typer
from rich.console import Console

from bot.cli.encoding import encode_all
from bot.cli.explaining import show_explanation
from bot.cli.replying import show_reply
from bot.cli.running import run, user_name
from bot.cli.terminal import Terminal, note
from bot.core.models import Audience, MessageRef, Question, Surface, Unanswered
from bot.errors import NoEntriesError
from bot.service.app import App
from bot.service.questions import Asked


def ask(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="QUESTION", help="The question, in quotes or without.")],
    *,
    audience: Annotated[Audience, typer.Option(help="Who asks; staff may read internal entries.")] = Audience.PUBLIC,
    why: Annotated[bool, typer.Option("--why", help="Show how the reply came about.")] = False,
) -> None:
    """Ask a question. It is logged as the bots do; what has no answer is put up for review."""
    text = " ".join(words)

    async def use(app: App) -> None:
        await refuse_empty(app, audience=audience, about=text)
        terminal = Terminal()
        show_asked(terminal, await app.ask.ask(question(text, audience=audience)))
        if why:
            show_explanation(terminal, await app.ask.explain(text, audience=audience, surface=Surface.CONSOLE))

    run(context, use)


def question(text: str, *, audience: Audience, author: str | None = None) -> Question:
    """Return what was typed as a question of its own, by default by the user who runs the command."""
    return Question(
        text=text,
        ref=MessageRef(platform="console", message_id=uuid4().hex),
        author_id=author or user_name(),
        surface=Surface.CONSOLE,
        audience=audience,
    )


async def refuse_empty(app: App, *, audience: Audience, about: str | None = None) -> None:
    """Raise an error when there is nothing to answer from, which no question should be logged for.

    What entries say is encoded first, where it is not yet: nobody waits for another here.
    """
    await encode_all(app, audience=audience, about=about)
    if not len((await app.knowledge.index(audience)).entries):
        raise NoEntriesError(app.database.place)


def show_asked(terminal: Console, asked: Asked) -> None:
    """Print the reply, and how to answer what had none."""
    if asked.reply is not None:
        show_reply(terminal, asked.reply)
    if isinstance(asked.decision, Unanswered):
        note(f'Logged as {asked.question_id}. Moderators answer it with: faqbot review answer {asked.question_id} "…"')
