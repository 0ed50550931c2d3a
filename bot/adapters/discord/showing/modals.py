"""Show the dialogs in which members give reasons and moderators do their work."""

from collections.abc import Mapping, Sequence
from typing import Any

from discord import ui

from bot.adapters.discord.showing import limits
from bot.adapters.discord.showing.forms import Field, Form, FormModal, choice_field, menu_field, text_field
from bot.core.models import Audience
from bot.core.modes import ChannelSettings
from bot.core.review import ReviewItem
from bot.core.wording.cards import nearest
from bot.core.wording.labels import AUDIENCES, MODES, REASONS, SNOOZES, Label

_REASON = 500
_NO_ANSWER = 500
_QUESTION = 300
_SHORT = 100
_SECONDS = 3  # ten minutes at most, in digits
_ENTRY_ID = 80


def reason_modal(question_id: str) -> FormModal:
    """Return the dialog to say what somebody meant whom an answer did not help; the text is optional."""
    field = text_field(Field.REASON, Label.WHY_NOT_THIS, longest=_REASON, multiline=True, required=False)
    return FormModal(Form.REASON, question_id, title=Label.NOT_THIS, fields=[field])


def answer_modal(item: ReviewItem, *, answer: str = "") -> FormModal:
    """Return the dialog to answer an item, for the audience that asked."""
    return _of_item(Form.ANSWER, Label.ANSWER, item, _entry_fields(item.text, answer))


def link_modal(item: ReviewItem) -> FormModal:
    """Return the dialog to link an item to an entry: one of the nearest, or any by its id."""
    near = {each.entry_id: each.phrase for each in nearest(item)}
    fields = [menu_field(Field.ENTRY, Label.NEAREST, near, required=False)] if near else []
    by_id = text_field(Field.ENTRY_ID, Label.ENTRY, longest=_ENTRY_ID, required=not near)
    return _of_item(Form.LINK, Label.LINK, item, [*fields, by_id])


def merge_modal(item: ReviewItem, others: Sequence[ReviewItem]) -> FormModal | None:
    """Return the dialog to merge an item into one of the others; None when there are no others."""
    lines = {other.id: f"{other.id} {other.text}" for other in others if other.id != item.id}
    return _of_item(Form.MERGE, Label.MERGE, item, [menu_field(Field.ITEM, Label.ITEM, lines)]) if lines else None


def dismiss_modal(item: ReviewItem) -> FormModal:
    """Return the dialog to dismiss an item with a reason."""
    note = text_field(Field.NOTE, Label.COMMENT, longest=_REASON, multiline=True, required=False)
    return _of_item(
        Form.DISMISS, Label.DISMISS, item, [choice_field(Field.REASON, Label.REASON, _by_value(REASONS)), note]
    )


def snooze_modal(item: ReviewItem) -> FormModal:
    """Return the dialog to snooze an item for some hours."""
    hours = {str(each): words for each, words in SNOOZES.items()}
    return _of_item(Form.SNOOZE, Label.SNOOZE, item, [choice_field(Field.HOURS, Label.SNOOZE_FOR, hours)])


def draft_modal(message_id: str, *, question: str, answer: str, audience: Audience = Audience.PUBLIC) -> FormModal:
    """Return the dialog to make an entry of what somebody answered to a member."""
    fields = [
        *_entry_fields(question, answer),
        text_field(Field.STAFF_NOTE, Label.NOTE_TEXT, multiline=True, required=False),
        choice_field(Field.AUDIENCE, Label.AUDIENCE, _by_value(AUDIENCES), default=audience),
    ]
    return FormModal(Form.DRAFT, message_id, title=Label.ADD_TO_FAQ, fields=fields)


def settings_modal(channel_id: str, settings: ChannelSettings) -> FormModal:
    """Return the dialog to set how the bot behaves in a channel."""
    no_answer, wait = settings.no_answer or "", str(settings.wait_seconds)
    fields = [
        choice_field(Field.MODE, Label.MODE, _by_value(MODES), default=settings.mode),
        choice_field(Field.AUDIENCE, Label.AUDIENCE, _by_value(AUDIENCES), default=settings.audience),
        text_field(
            Field.NO_ANSWER, Label.NO_ANSWER, longest=_NO_ANSWER, default=no_answer, multiline=True, required=False
        ),
        text_field(Field.WAIT, Label.WAIT, longest=_SECONDS, default=wait, required=False),
    ]
    return FormModal(Form.SETTINGS, channel_id, title=Label.SETTINGS, fields=fields)


def _entry_fields(question: str, answer: str) -> list[ui.Item[Any]]:
    return [
        text_field(Field.QUESTION, Label.QUESTION, longest=_QUESTION, default=question),
        text_field(Field.ANSWER, Label.ANSWER_TEXT, longest=limits.TEXT_INPUT, default=answer, multiline=True),
        text_field(Field.CATEGORY, Label.CATEGORY, longest=_SHORT, required=False),
    ]


def _of_item(form: Form, title: str, item: ReviewItem, fields: Sequence[ui.Item[Any]]) -> FormModal:
    return FormModal(form, item.id, str(item.version), title=f"{title}: {item.id}", fields=fields)


def _by_value(words: Mapping[Any, str]) -> dict[str, str]:
    return {str(value): text for value, text in words.items()}
