"""Propose questions to whoever opens the bot, and entries to whoever types."""

from collections.abc import Iterable

from bot.adapters.cutting import cut
from bot.adapters.slack.showing import limits
from bot.adapters.slack.showing.parts import Part, options
from bot.core.visible import visible_line

MOST_PROMPTS = 4
_MESSAGE = 300


def prompts(questions: Iterable[str]) -> list[dict[str, str]]:
    """Return the most asked questions as prompts: each once, as many as Slack shows."""
    lines = dict.fromkeys(filter(None, map(visible_line, questions)))
    return [{"title": cut(line, limits.BUTTON), "message": cut(line, _MESSAGE)} for line in lines][:MOST_PROMPTS]


def entry_options(entries: Iterable[tuple[str, str]]) -> dict[str, list[Part]]:
    """Return the entries that fit what was typed, given as question and id, as the answer to a menu."""
    return {"options": options(entries)}
