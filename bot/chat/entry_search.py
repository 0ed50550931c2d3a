"""Find entries while somebody types."""

from bot.core.models import Audience, Status, Surface
from bot.core.wording.replies import Choice
from bot.service.app import App
from bot.service.catalogue import EntryFilter


async def found(app: App, typed: str, *, audience: Audience, limit: int) -> tuple[Choice, ...]:
    """Return the published entries that hold what was typed, and then those that come near it."""
    wanted = EntryFilter(status=Status.PUBLISHED, text=typed.strip() or None)
    held = await app.catalogue.list(wanted, audience=audience)
    choices = {stored.entry.id: stored.entry.question for stored in held[:limit]}
    if typed.strip() and len(choices) < limit:
        near = await app.ask.explain(typed, audience=audience, surface=Surface.COMMAND)
        choices |= {
            match.entry_id: (await app.catalogue.show(match.entry_id, audience=audience)).entry.question
            for match in near.ranking.matches[: limit - len(choices)]
            if match.entry_id not in choices
        }
    return tuple(Choice(entry_id, question) for entry_id, question in choices.items())
