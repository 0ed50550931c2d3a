"""Find entries while somebody types, or by their categories."""

from itertools import groupby

from bot.core.models import Audience, ChannelRef, Entry, Surface
from bot.core.wording.labels import Label
from bot.core.wording.replies import Choice
from bot.service.app import App


async def found(
    app: App, typed: str, *, audience: Audience, limit: int, place: ChannelRef | None = None
) -> tuple[Choice, ...]:
    """Return the published entries that hold what was typed, and then those that come near it."""
    held = await app.catalogue.given(audience=audience, text=typed.strip() or None, place=place)
    choices = {stored.entry.id: stored.entry.question for stored in held[:limit]}
    if typed.strip() and len(choices) < limit:
        near = await app.ask.explain(typed, audience=audience, surface=Surface.COMMAND)
        beside = [match.entry_id for match in near.ranking.matches if match.entry_id not in choices]
        entries = [(await app.catalogue.show(entry_id, audience=audience)).entry for entry_id in beside]
        given = [entry for entry in entries if app.catalogue.gives(entry, place)]
        choices |= {entry.id: entry.question for entry in given[: limit - len(choices)]}
    return tuple(Choice(entry_id, question) for entry_id, question in choices.items())


async def shelves(app: App, *, audience: Audience, place: ChannelRef | None = None) -> dict[str, list[Choice]]:
    """Return what may be looked up in a place by category, in alphabetical order; what has none comes last."""
    stored = await app.catalogue.given(audience=audience, place=place)
    by_category = groupby(sorted((each.entry for each in stored), key=_order), _category)
    return {name: [Choice(entry.id, entry.question) for entry in shelf] for name, shelf in by_category}


def _category(entry: Entry) -> str:
    return entry.category or str(Label.NO_CATEGORY)


def _order(entry: Entry) -> tuple[bool, str, str]:
    return entry.category is None, _category(entry), entry.question
