"""Encode what entries say, with a bar that shows how far it is."""

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli.terminal import Terminal
from bot.core.models import Audience
from bot.service.app import App

_COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


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
