"""Propose questions when somebody opens the bot."""

from collections.abc import Iterable

from bot.adapters.slack.showing import limits
from bot.chat.truncation import cut
from bot.core.wording.visible import visible_line

MOST_PROMPTS = 4
_MESSAGE = 300


def prompts(questions: Iterable[str]) -> list[dict[str, str]]:
    """Return the most asked questions as prompts: each once, as many as Slack shows."""
    lines = dict.fromkeys(filter(None, map(visible_line, questions)))
    return [{"title": cut(line, limits.BUTTON), "message": cut(line, _MESSAGE)} for line in lines][:MOST_PROMPTS]
