"""Show an entry that a moderator wants to change in Slack, what can be done about it, and the dialogs for that."""

from collections.abc import Mapping

from bot.adapters.slack.showing import parts
from bot.adapters.slack.showing.dialogs import dialog, replayed, shown_dialog
from bot.adapters.slack.showing.ids import Dialog, SlackAction, SlackField
from bot.adapters.slack.showing.parts import (
    Part,
    button,
    context,
    entry_menu,
    menu,
    mrkdwn,
    plain_section,
    question_of,
    row,
    section,
    text_field,
)
from bot.chat.entries import ShownEntry, is_editable
from bot.core.fields import QUESTION_LIMIT
from bot.core.wording.cards import about_entry, not_in_a_dialog
from bot.core.wording.labels import TELLING, Label, Words
from bot.service.drafts import DraftKind

_LINE = 300
_REASON = 500
_NAMES: Mapping[DraftKind, tuple[Label, SlackAction]] = {
    DraftKind.EDIT: (Label.EDIT, SlackAction.EDIT),
    DraftKind.CORRECT: (Label.CORRECT, SlackAction.CORRECT),
    DraftKind.ADD_PHRASING: (Label.ADD_PHRASING, SlackAction.ADD_PHRASING),
    DraftKind.REMOVE_PHRASING: (Label.REMOVE_PHRASING, SlackAction.REMOVE_PHRASING),
    DraftKind.RETIRE: (Label.RETIRE, SlackAction.RETIRE),
}


def entry_view(shown: ShownEntry, *, about: Mapping[str, str]) -> Part:
    """Return an entry with a button for each thing to do about it, and the other entries that were offered."""
    entry = shown.entry
    notes = not_in_a_dialog(entry, too_long=not is_editable(entry.answer))
    others = {each.entry_id: each.label for each in shown.others}
    blocks = [
        context(mrkdwn(about_entry(entry), _LINE)),
        plain_section(entry.question),
        section(mrkdwn(entry.answer, parts.SECTION)),
        *(context(mrkdwn(f"{Label.QUESTION}: {text}", _LINE)) for text in filter(None, [shown.asked])),
        *(context(mrkdwn(note, _LINE)) for note in notes),
        *([row([menu(others, action=SlackAction.OTHER_ENTRY, chosen=entry.id)])] if others else []),
        row([button(*_NAMES[kind], entry.id) for kind in shown.changes]),
    ]
    return shown_dialog(Label.FAQ_ENTRY, blocks, about=about)


def change_dialog(  # noqa: PLR0913  # what a dialog shows
    kind: DraftKind,
    shown: ShownEntry,
    *,
    about: Mapping[str, str],
    typed: Mapping[SlackField, str] | None = None,
    right: tuple[str, str] | None = None,
    replay: str | None = None,
) -> Part:
    """Return the dialog to change an entry, with what stands in it or was typed; the effects come below.

    `right` is the question and the id of the entry that was chosen in the place of a wrong one.
    """
    given = typed or {}
    fields = _correction(shown, given, right) if kind is DraftKind.CORRECT else _fields(kind, shown, given)
    blocks = [plain_section(shown.entry.question), *fields, *replayed(replay)]
    submit = Label.REPLAY if replay is None else Label.SAVE
    return dialog(Dialog.CHANGE, _NAMES[kind][0], blocks, about=about, submit=submit)


def _fields(kind: DraftKind, shown: ShownEntry, typed: Mapping[SlackField, str]) -> list[Part]:
    entry = shown.entry
    why = text_field(typed.get(SlackField.REASON, ""), multiline=True, longest=_REASON)
    reason = question_of(SlackField.REASON, Label.REASON, why, optional=kind is not DraftKind.RETIRE)
    tell = question_of(SlackField.TELL, Label.TELL, menu(TELLING, chosen=typed.get(SlackField.TELL, "no")))
    match kind:
        case DraftKind.EDIT:
            question = text_field(typed.get(SlackField.QUESTION, entry.question), longest=QUESTION_LIMIT)
            answer = text_field(typed.get(SlackField.ANSWER, entry.answer), multiline=True)
            answers = [question_of(SlackField.ANSWER, Label.ANSWER_TEXT, answer)] if is_editable(entry.answer) else []
            return [question_of(SlackField.QUESTION, Label.QUESTION, question), *answers, tell, reason]
        case DraftKind.ADD_PHRASING:
            asked = text_field(typed.get(SlackField.PHRASING, shown.asked or ""), longest=QUESTION_LIMIT)
            return [question_of(SlackField.PHRASING, Label.PHRASING, asked)]
        case DraftKind.REMOVE_PHRASING:
            return _phrasings(entry.aliases, typed)
    return [reason, tell]


def _correction(shown: ShownEntry, typed: Mapping[SlackField, str], right: tuple[str, str] | None) -> list[Part]:
    why = text_field(typed.get(SlackField.REASON, ""), multiline=True, longest=_REASON)
    chosen = entry_menu(Label.SEARCH, chosen=right)
    return [
        plain_section(f"{Label.QUESTION}: {shown.asked}"),
        question_of(SlackField.ENTRY, Label.RIGHT_ENTRY, chosen, optional=True),
        question_of(SlackField.REASON, Label.REASON, why, optional=True),
    ]


def _phrasings(aliases: tuple[str, ...], typed: Mapping[SlackField, str]) -> list[Part]:
    """Return a menu of phrasings by their places, and a field to type one that it has no room for."""
    lines: dict[str, Words] = {str(place): alias for place, alias in enumerate(aliases[: parts.OPTIONS])}
    chosen = menu(lines, chosen=typed.get(SlackField.PHRASING))
    is_whole = len(aliases) <= parts.OPTIONS
    field = question_of(SlackField.PHRASING, Label.PHRASING, chosen, optional=not is_whole)
    if is_whole:
        return [field]
    other = text_field(typed.get(SlackField.TYPED, ""), longest=QUESTION_LIMIT)
    return [field, question_of(SlackField.TYPED, Label.PHRASING, other, optional=True)]
