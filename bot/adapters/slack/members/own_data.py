"""Show people what is kept of them."""

import json
import unicodedata
from collections.abc import Mapping

from bot.adapters.slack.showing import limits
from bot.adapters.slack.showing.dialogs import shown_dialog
from bot.adapters.slack.showing.markup import mrkdwn
from bot.adapters.slack.showing.parts import Part, context, section
from bot.core.wording.labels import Label

# Nobody can copy more than so much out of a dialog.
_MOST = 60
# Leaves room for characters that take two units, and for what keeps names from pinging.
_CHUNK = 1_300
_MORE = "There is more than a dialog can show. Whoever runs this bot can send you all of it."
# Slack writes these in four or five characters, and a backtick would end the block.
_MARKUP = frozenset("&<>`")
# Control, format, unassigned and private characters, and separators of lines and paragraphs.
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def kept_dialog(kept: Mapping[str, object]) -> Part:
    """Show everything that is kept of a person, as JSON."""
    text = "".join(map(_written, json.dumps(kept, ensure_ascii=False, indent=1)))
    chunks = [text[begin : begin + _CHUNK] for begin in range(0, len(text), _CHUNK)]
    shown = [section(f"```{mrkdwn(chunk, limits.SECTION - 6)}```") for chunk in chunks[:_MOST]]
    return shown_dialog(Label.MY_DATA, [*shown, *([context(_MORE)] if chunks[_MOST:] else [])])


def _written(character: str) -> str:
    """Return a character as it is, or in the other way that JSON has, where Slack would not show it as it is."""
    if character in _MARKUP:
        return f"\\u{ord(character):04x}"
    is_hidden = unicodedata.category(character) in _HIDDEN and character != "\n"
    return json.dumps(character)[1:-1] if is_hidden else character
