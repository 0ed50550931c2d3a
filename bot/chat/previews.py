"""Show a moderator what a change would do to past questions, before it is saved."""

from dataclasses import replace

from bot.core.deciding.replays import Redecided, Replay
from bot.core.models import Audience, Entry
from bot.core.wording.replay import NEW_ENTRY, told
from bot.service.app import App


async def preview(app: App, entry: Entry, *, audience: Audience) -> tuple[str, ...]:
    """Return in lines what an entry would change, told to those who can read a place; the lines quote members."""
    named = entry if entry.id else replace(entry, id=NEW_ENTRY)
    return told(_seen_by(await app.replays.replay([named]), audience))


def _seen_by(found: Replay, audience: Audience) -> Replay:
    def seen(questions: tuple[Redecided, ...]) -> tuple[Redecided, ...]:
        return tuple(each for each in questions if audience.sees(each.past.audience))

    return replace(found, changed=seen(found.changed), lost=seen(found.lost), won=seen(found.won))
