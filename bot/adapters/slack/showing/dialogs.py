"""Show dialogs in Slack, in which members give reasons and moderators do their work, and read what was typed."""

import json
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot.adapters.slack.showing import parts
from bot.adapters.slack.showing.ids import Dialog, SlackField
from bot.adapters.slack.showing.parts import (
    Part,
    divider,
    entry_menu,
    long_menu,
    many_menu,
    menu,
    mrkdwn,
    plain_section,
    plain_text,
    question_of,
    section,
    text_field,
)
from bot.chat.markdown import cut
from bot.core.models import Audience
from bot.core.review import HeldReply, ReviewItem
from bot.core.talk.titles import title_of
from bot.core.wording.accepting import PICK
from bot.core.wording.labels import AUDIENCES, REASONS, SNOOZES, Label, Words
from bot.core.wording.languages import spoken
from bot.core.wording.replies import Choice

_REASON = 500
_QUESTION = 300
_CATEGORY = 100
_TITLES = {
    Dialog.ANSWER: Label.ANSWER,
    Dialog.LINK: Label.LINK,
    Dialog.MERGE: Label.MERGE,
    Dialog.DISMISS: Label.DISMISS,
    Dialog.SNOOZE: Label.SNOOZE,
}
_ERROR = 300
LANGUAGE = "language"
"""The key in a dialog's metadata of the language that it was opened in."""


def reason_dialog(about: Mapping[str, str]) -> Part:
    """Return the dialog to say what somebody meant whom an answer did not help; the text is optional."""
    field = text_field(multiline=True, longest=_REASON)
    blocks = [question_of(SlackField.REASON, Label.WHY_NOT_THIS, field, optional=True)]
    return dialog(Dialog.REASON, Label.NOT_THIS, blocks, about=about, submit=Label.SEND)


def answer_dialog(  # noqa: PLR0913  # the fields
    item: ReviewItem,
    *,
    about: Mapping[str, str],
    question: str | None = None,
    answer: str = "",
    category: str = "",
    by: str | None = None,
    replay: str | None = None,
) -> Part:
    """Return the dialog to answer an item; after a replay, the effects on other questions stand below.

    `by` is who suggested the answer that stands there already.
    """
    blocks = [
        plain_section(item.text),
        question_of(
            SlackField.QUESTION, Label.QUESTION, text_field(question or title_of(item.text), longest=_QUESTION)
        ),
        question_of(SlackField.ANSWER, Label.ANSWER_TEXT, text_field(answer, multiline=True), hint=_suggested(by)),
        question_of(SlackField.CATEGORY, Label.CATEGORY, text_field(category, longest=_CATEGORY), optional=True),
        *replayed(replay),
    ]
    return _of_item(Dialog.ANSWER, item, blocks, about, replayed=replay is not None)


def held_dialog(held: HeldReply, *, about: Mapping[str, str]) -> Part:
    """Return the dialog to send other words than those of a held reply, which stand there already."""
    answer = question_of(SlackField.ANSWER, Label.ANSWER_TEXT, text_field(held.answer, multiline=True))
    seen = {**about, "question": held.question_id, "version": str(held.version)}
    return dialog(Dialog.HELD, Label.EDIT, [plain_section(held.text), answer], about=seen, submit=Label.SEND)


def link_dialog(
    item: ReviewItem,
    *,
    about: Mapping[str, str],
    chosen: tuple[str, str] | None = None,
    by: str | None = None,
    replay: str | None = None,
) -> Part:
    """Return the dialog to link an item to an entry, found by typing; `chosen` is its question and its id.

    `by` is who suggested it.
    """
    nearest = (item.nearest[0].phrase, item.nearest[0].entry_id) if item.nearest else None
    found = entry_menu(Label.SEARCH, chosen=chosen or nearest)
    field = question_of(SlackField.ENTRY, Label.ENTRY, found, hint=_suggested(by))
    blocks = [plain_section(item.text), field, *replayed(replay)]
    return _of_item(Dialog.LINK, item, blocks, about, replayed=replay is not None)


def merge_dialog(item: ReviewItem, others: Sequence[ReviewItem], *, about: Mapping[str, str]) -> Part:
    """Return the dialog to merge an item into one of the others."""
    lines = {other.id: f"{other.id} {other.text}" for other in others if other.id != item.id}
    if not lines:
        return dialog(Dialog.MERGE, Label.MERGE, [section(str(Label.NOTHING_ELSE))], about=about, submit=None)
    blocks = [plain_section(item.text), question_of(SlackField.ITEM, Label.ITEM, menu(lines))]
    return _of_item(Dialog.MERGE, item, blocks, about)


def dismiss_dialog(item: ReviewItem, *, about: Mapping[str, str]) -> Part:
    """Return the dialog to dismiss an item with a reason."""
    note = text_field(multiline=True, longest=_REASON)
    blocks = [
        plain_section(item.text),
        question_of(SlackField.REASON, Label.REASON, menu(REASONS)),
        question_of(SlackField.NOTE, Label.COMMENT, note, optional=True),
    ]
    return _of_item(Dialog.DISMISS, item, blocks, about)


def snooze_dialog(item: ReviewItem, *, about: Mapping[str, str]) -> Part:
    """Return the dialog to snooze an item."""
    hours = {str(hours): words for hours, words in SNOOZES.items()}
    blocks = [plain_section(item.text), question_of(SlackField.HOURS, Label.SNOOZE_FOR, menu(hours))]
    return _of_item(Dialog.SNOOZE, item, blocks, about)


def accept_dialog(
    offered: Mapping[str, str], *, about: Mapping[str, str], chosen: Collection[str] = (), replay: str | None = None
) -> Part:
    """Return the dialog to pick suggestions; each is a line, which the menu may have to cut, by its name."""
    field = question_of(SlackField.PICKED, Label.SUGGESTED, many_menu(offered, chosen=chosen))
    blocks = [section(str(PICK)), *[plain_section(each) for each in offered.values()], field, *replayed(replay)]
    submit = Label.REPLAY if replay is None else Label.ACCEPT
    return dialog(Dialog.ACCEPT, Label.ACCEPT_SEVERAL, blocks, about=about, submit=submit)


def draft_dialog(*, question: str, answer: str, audience: Audience, about: Mapping[str, str]) -> Part:
    """Return the dialog to make an entry of a reply, with question and answer filled in."""
    blocks = [
        question_of(SlackField.QUESTION, Label.QUESTION, text_field(question, longest=_QUESTION)),
        question_of(SlackField.ANSWER, Label.ANSWER_TEXT, text_field(answer, multiline=True)),
        question_of(SlackField.STAFF_NOTE, Label.NOTE_TEXT, text_field(multiline=True), optional=True),
        question_of(SlackField.CATEGORY, Label.CATEGORY, text_field(longest=_CATEGORY), optional=True),
        question_of(SlackField.AUDIENCE, Label.AUDIENCE, menu(AUDIENCES, chosen=audience)),
    ]
    return dialog(Dialog.DRAFT, Label.ADD_TO_FAQ, blocks, about=about, submit=Label.SAVE)


def search_dialog(*, about: Mapping[str, str]) -> Part:
    """Return the dialog to search the entries by typing."""
    blocks = [question_of(SlackField.ENTRY, Label.ENTRY, entry_menu(Label.SEARCH))]
    return dialog(Dialog.SEARCH, Label.SEARCH, blocks, about=about, submit=Label.SHOW)


def browse_dialog(categories: Sequence[str], *, about: Mapping[str, str]) -> Part:
    """Return the dialog to choose a category."""
    names = long_menu({each: each for each in categories})
    blocks = [question_of(SlackField.CATEGORY, Label.CATEGORY, names)]
    return dialog(Dialog.BROWSE, Label.CATEGORY, blocks, about=about, submit=Label.SHOW)


def shelf_dialog(entries: Sequence[Choice], *, about: Mapping[str, str]) -> Part:
    """Return the dialog to choose a question of a category."""
    questions = long_menu({each.entry_id: each.label for each in entries})
    blocks = [question_of(SlackField.ENTRY, Label.QUESTION, questions)]
    return dialog(Dialog.SEARCH, Label.CATEGORY, blocks, about=about, submit=Label.SHOW)


def shown_dialog(title: Words, blocks: Sequence[Part], *, about: Mapping[str, str] = MappingProxyType({})) -> Part:
    """Show something that there is nothing to type about."""
    return dialog(Dialog.SEARCH, title, list(blocks), about=about, submit=None)


def _of_item(
    kind: Dialog, item: ReviewItem, blocks: list[Part], about: Mapping[str, str], *, replayed: bool = True
) -> Part:
    """Return a dialog about an item in the version that the moderator saw."""
    seen = {"item": item.id, "version": str(item.version), **about}
    return dialog(kind, _TITLES[kind], blocks, about=seen, submit=Label.SAVE if replayed else Label.REPLAY)


def _suggested(by: str | None) -> str | None:
    return None if by is None else f"{Label.SUGGESTED_BY} {by}"


def replayed(replay: str | None) -> list[Part]:
    """Return what a change would do, under a rule; nothing before that is known."""
    return [] if replay is None else [divider(), section(f"*{Label.REPLAY}*\n{mrkdwn(replay, parts.SECTION - 50)}")]


def dialog(kind: Dialog, title: Words, blocks: list[Part], *, about: Mapping[str, str], submit: Words | None) -> Part:
    """Return a dialog; `about` comes back with what was typed, and holds ids and versions only."""
    view: Part = {
        "type": "modal",
        "callback_id": kind,
        "title": plain_text(title, parts.TITLE),
        "close": plain_text(Label.CLOSE if submit is None else Label.CANCEL, parts.TITLE),
        "blocks": blocks[: parts.VIEW_BLOCKS],
        "private_metadata": packed({**about, LANGUAGE: spoken()}),
    }
    return view if submit is None else view | {"submit": plain_text(submit, parts.TITLE)}


def packed(about: Mapping[str, str]) -> str:
    """Return what a dialog is about, as a text that Slack keeps for it."""
    text = json.dumps(dict(about), separators=(",", ":"))
    if len(text) > parts.METADATA:
        message = f"a dialog keeps at most {parts.METADATA} characters, not {len(text)}"
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


def errors(problems: Mapping[SlackField, str]) -> dict[str, str]:
    """Return what to say at which field, for a dialog that stays open."""
    return {field.value: cut(words, _ERROR) for field, words in problems.items()}


def typed(state: Mapping[str, Any]) -> dict[SlackField, str]:
    """Return what was typed and chosen in the fields of a dialog, without those that were left empty."""
    fields = {field.value: field for field in SlackField}
    found = {}
    for name, elements in state.get("values", {}).items():
        for element in elements.values():
            value = (element.get("selected_option") or element).get("value")
            if "selected_options" in element:
                value = " ".join(each["value"] for each in element["selected_options"])
            if name in fields and isinstance(value, str) and value.strip():
                found[fields[name]] = value.strip()
    return found
