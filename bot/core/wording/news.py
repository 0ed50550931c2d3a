"""Word what a channel is told each month, in Markdown."""

from collections.abc import Sequence

from bot.core.wording.languages import Message

NEW = Message("**New in the FAQ**")
MOST_ASKED = Message("**Asked most often**")
MORE = Message("- and {count} more")


def news(new: Sequence[str], more: int, asked: Sequence[str]) -> str:
    """Return the questions of new entries, of which there are so many more, and of those that were asked for most."""
    lines = [str(NEW), *(f"- {each}" for each in new), *([MORE.format(count=more)] if more else [])]
    return "\n".join([*lines, *(["", str(MOST_ASKED)] if asked else []), *(f"- {each}" for each in asked)])
