"""Show moderators where somebody posted a seed phrase or a private key; nothing of the text is in it."""

from collections.abc import Collection

from bot.adapters.slack.showing.markup import link, mrkdwn
from bot.adapters.slack.showing.messages import Message
from bot.adapters.slack.showing.parts import section
from bot.core.wording.labels import Label
from bot.core.wording.replies import LEAKED

_NAME = 100


def notice_message(author: str, *, url: str | None, domains: Collection[str]) -> Message:
    """Return the notice: who posted it, by name so that nobody is pinged, and where."""
    where = link(url, Label.MESSAGE, domains)
    return Message((section(f"{LEAKED[False]}\n{mrkdwn(author, _NAME)} · {where}"),), LEAKED[False])
