"""Build dialogs, and take out what somebody typed into one."""

import json
from collections.abc import Mapping
from typing import Any

from bot.adapters.slack.showing import limits
from bot.adapters.slack.showing.ids import Dialog, Field
from bot.adapters.slack.showing.parts import Part, plain_text
from bot.chat.truncation import cut
from bot.core.wording.labels import Label

_ERROR = 300


def dialog(kind: Dialog, title: str, blocks: list[Part], *, about: Mapping[str, str], submit: str | None) -> Part:
    """Return a dialog; `about` comes back with what was typed, and holds ids and versions only."""
    view: Part = {
        "type": "modal",
        "callback_id": kind,
        "title": plain_text(title, limits.TITLE),
        "close": plain_text(Label.CLOSE if submit is None else Label.CANCEL, limits.TITLE),
        "blocks": blocks[: limits.VIEW_BLOCKS],
        "private_metadata": packed(about),
    }
    return view if submit is None else view | {"submit": plain_text(submit, limits.TITLE)}


def packed(about: Mapping[str, str]) -> str:
    """Return what a dialog is about, as a text that Slack keeps for it."""
    text = json.dumps(dict(about), separators=(",", ":"))
    if len(text) > limits.METADATA:
        message = f"a dialog keeps at most {limits.METADATA} characters, not {len(text)}"
        raise ValueError(message)
    return text


def unpacked(text: str) -> dict[str, str]:
    """Return what a dialog is about; nothing where that cannot be read."""
    try:
        about = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(about, dict):
        return {}
    return {name: value for name, value in about.items() if isinstance(value, str)}


def errors(problems: Mapping[Field, str]) -> dict[str, str]:
    """Return what to say at which field, for a dialog that stays open."""
    return {field.value: cut(words, _ERROR) for field, words in problems.items()}


def typed(state: Mapping[str, Any]) -> dict[Field, str]:
    """Return what was typed and chosen in the fields of a dialog, without those that were left empty."""
    fields = {field.value: field for field in Field}
    found = {}
    for name, elements in state.get("values", {}).items():
        for element in elements.values():
            value = (element.get("selected_option") or element).get("value")
            if name in fields and isinstance(value, str) and value.strip():
                found[fields[name]] = value.strip()
    return found
