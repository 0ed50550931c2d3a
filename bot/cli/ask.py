"""Ask one question, or talk with the bot as a member does."""

import sys
from dataclasses import replace
from typing import Annotated
from uuid import uuid4

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli.replies import show_explanation, show_reply
from bot.cli.session import Session, opened, run, settings_of, user_name
from bot.cli.terminal import Terminal, interactive, note
from bot.core.models import Audience, IgnoreReason, MessageRef, Question, Rating, Surface, Unanswered
from bot.core.talk.said_back import SaidBack, chosen, said_back
from bot.core.wording.replies import Reply, ReplyKind, said_to
from bot.errors import NoEntriesError
from bot.service.app import App
from bot.service.explanations import Explanation
from bot.service.privacy import Person
from bot.service.questions import Asked

_COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())

PROMPT = "you> "
QUIT = "/quit"


async def encode_all(app: App, *, audience: Audience = Audience.INTERNAL, about: str | None = None) -> None:
    """Encode what is new in the entries, so that questions find what they mean, and the question to ask next."""
    progress = Terminal(stderr=True)
    with Progress(*_COLUMNS, console=progress, disable=not progress.is_terminal, transient=True) as bar:
        task = bar.add_task("Reading what the entries mean", visible=False)
        await app.knowledge.encode_all(
            audience,
            about=about,
            advance=lambda done, total: bar.update(task, completed=done, total=total, visible=done < total),
        )


def ask(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="QUESTION", help="The question, in quotes or without.")],
    *,
    audience: Annotated[Audience, typer.Option(help="Who asks; staff may read internal entries.")] = Audience.PUBLIC,
    why: Annotated[bool, typer.Option("--why", help="Show how the reply came about.")] = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="Answer as if drafts were published, and log nothing.")
    ] = False,
) -> None:
    """Ask a question. It is logged as the bots do; what has no answer is put up for review."""
    text = " ".join(words)

    async def use(app: App) -> None:
        terminal = Terminal()
        if draft:
            previewed = await app.ask.preview(text, audience=audience, surface=Surface.CONSOLE)
            show_preview(terminal, previewed, why=why)
            return
        await refuse_empty(app, audience=audience, about=text)
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


def show_preview(terminal: Console, found: Explanation, *, why: bool) -> None:
    """Print the reply that a question would get."""
    if found.reply is None:
        note("Nothing would be said.")
    else:
        show_reply(terminal, found.reply)
    if why:
        show_explanation(terminal, found)


def show_asked(terminal: Console, asked: Asked) -> None:
    """Print the reply, and how to answer what had none."""
    if asked.reply is not None:
        show_reply(terminal, asked.reply)
    if isinstance(asked.decision, Unanswered):
        note(f'Logged as {asked.question_id}. Moderators answer it with: faqbot review answer {asked.question_id} "…"')


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
    """Answer what is typed, line by line; a choice can be named, and what is said back counts as a button does."""
    terminal = Terminal()
    if interactive():
        import readline  # noqa: F401, PLC0415  # gives the prompt arrow keys and a history; prints codes into pipes

        note(f"Ask a question; choose by number or by name; {QUIT} or Ctrl-D ends.")
    before: Asked | None = None
    while (line := _read_line(terminal)) is not None and line != QUIT:
        choices = before.reply.choices if before is not None and before.reply is not None else ()
        place = chosen(line, [each.label for each in choices]) if choices else None
        if before is not None and place is not None:
            taken = session.app.feedback.choose(before.question_id, choices[place].entry_id, _typist())
            _show(terminal, session.run(taken))
        elif choices and line.isdecimal():
            note(f"Choose a number from 1 to {len(choices)}, or ask another question.")
        elif before is not None and (rating := _rating(line, before)) is not None:
            reply = session.run(session.app.feedback.rate(before.question_id, _typist(), rating))
            _show(terminal, reply or said_to(IgnoreReason.THANKS))
            before = replace(before, reply=reply)
        elif line:
            before = session.run(session.app.ask.ask(question(line, audience=audience)))
            show_asked(terminal, before)
            terminal.print()


def _rating(line: str, before: Asked) -> Rating | None:
    """Return which rating of the reply before a line amounts to, None where it is none."""
    if before.reply is None or before.reply.kind not in {ReplyKind.ANSWER, ReplyKind.CHOICES}:
        return None
    match said_back(line, loosely=True):
        case SaidBack.SOLVED:
            return Rating.HELPFUL
        case SaidBack.NOT_HELPED | SaidBack.NO:
            return Rating.WRONG
        case _:
            return None


def _typist() -> Person:
    return Person("console", user_name())


def _show(terminal: Console, reply: Reply | None) -> None:
    if reply is not None:
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
