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
    plain_text,
    question_of,
    row,
    section,
    text_field,
)
from bot.chat.answer_fields import AnswerRoom, answer_form, editable_alone, too_long
from bot.chat.entries import ShownEntry
from bot.core.fields import QUESTION_LIMIT
from bot.core.wording.cards import about_entry
from bot.core.wording.edits import not_in_a_dialog
from bot.core.wording.labels import TELLING, Label, Words
from bot.errors import EntryUnchangedError
from bot.service.drafts import DraftKind

ANSWERS = (
    SlackField.ANSWER,
    SlackField.ANSWER_2,
    SlackField.ANSWER_3,
    SlackField.ANSWER_4,
    SlackField.ANSWER_5,
    SlackField.ANSWER_6,
    SlackField.ANSWER_7,
    SlackField.ANSWER_8,
)
"""The fields of one answer, in order."""

ROOM = AnswerRoom(units=parts.INPUT, fields=len(ANSWERS), beside_question=len(ANSWERS))
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
    alone = editable_alone(entry, ROOM)
    notes = not_in_a_dialog(entry, too_long(entry, ROOM), all_listed=len(alone) <= parts.OPTIONS)
    answers: dict[str, Words] = {str(number): text for number, text in alone.items()}
    others = {each.entry_id: each.label for each in shown.others}
    blocks = [
        context(mrkdwn(about_entry(entry), _LINE)),
        plain_section(entry.question),
        section(mrkdwn(entry.answer, parts.SECTION)),
        *(context(mrkdwn(f"{Label.QUESTION}: {text}", _LINE)) for text in filter(None, [shown.asked])),
        *(context(mrkdwn(note, _LINE)) for note in notes),
        *([row([menu(others, action=SlackAction.OTHER_ENTRY, chosen=entry.id)])] if others else []),
        row([button(*_NAMES[kind], entry.id) for kind in shown.changes]),
        *([row([_menu_of(answers)])] if answers else []),
    ]
    return shown_dialog(Label.FAQ_ENTRY, blocks, about=about)


def _menu_of(answers: Mapping[str, Words]) -> Part:
    placeholder = plain_text(Label.OTHER_ANSWER, parts.PLACEHOLDER)
    return menu(answers, action=SlackAction.EDIT_ANSWER) | {"placeholder": placeholder}


def change_dialog(  # noqa: PLR0913  # what a dialog shows
    kind: DraftKind,
    shown: ShownEntry,
    *,
    about: Mapping[str, str],
    typed: Mapping[SlackField, str] | None = None,
    right: tuple[str, str] | None = None,
    replay: str | None = None,
    of: int | None = None,
) -> Part:
    """Return the dialog to change an entry, with what stands in it or was typed; the effects come below.

    `right` is the question and the id of the entry that was chosen in the place of a wrong one, and `of` the number of
    the answer that is edited alone.
    """
    given = typed or {}
    match kind:
        case DraftKind.CORRECT:
            fields = _correction(shown, given, right)
        case DraftKind.EDIT:
            fields = _texts(shown, of, typed)
        case _:
            fields = _fields(kind, shown, given)
    blocks = [plain_section(shown.entry.question), *fields, *replayed(replay)]
    submit = Label.REPLAY if replay is None else Label.SAVE
    return dialog(Dialog.CHANGE, _NAMES[kind][0], blocks, about=about, submit=submit)


def _texts(shown: ShownEntry, of: int | None, typed: Mapping[SlackField, str] | None) -> list[Part]:
    """Return the fields of a question and an answer; where something was typed, an empty one stays so."""
    form = answer_form(shown.entry, of, ROOM)
    if form is None:  # the answer is gone meanwhile
        raise EntryUnchangedError(shown.entry.id)
    given = typed or {}
    fields = [] if form.label is None else [plain_section(form.label)]
    if form.question is not None:
        question = text_field(given.get(SlackField.QUESTION, form.question), longest=QUESTION_LIMIT)
        fields.append(question_of(SlackField.QUESTION, Label.QUESTION, question))
    for name, piece in zip(ANSWERS, form.pieces, strict=False):
        field = text_field(piece if typed is None else given.get(name, ""), multiline=True)
        fields.append(question_of(name, Label.ANSWER_TEXT, field, optional=len(form.pieces) > 1))
    return [*fields, _telling(given), _why(given, optional=True)]


def _fields(kind: DraftKind, shown: ShownEntry, typed: Mapping[SlackField, str]) -> list[Part]:
    match kind:
        case DraftKind.ADD_PHRASING:
            asked = text_field(typed.get(SlackField.PHRASING, shown.asked or ""), longest=QUESTION_LIMIT)
            return [question_of(SlackField.PHRASING, Label.PHRASING, asked)]
        case DraftKind.REMOVE_PHRASING:
            return _phrasings(shown.entry.aliases, typed)
    return [_why(typed, optional=False), _telling(typed)]


def _why(typed: Mapping[SlackField, str], *, optional: bool) -> Part:
    why = text_field(typed.get(SlackField.REASON, ""), multiline=True, longest=_REASON)
    return question_of(SlackField.REASON, Label.REASON, why, optional=optional)


def _telling(typed: Mapping[SlackField, str]) -> Part:
    return question_of(SlackField.TELL, Label.TELL, menu(TELLING, chosen=typed.get(SlackField.TELL, "no")))


def _correction(shown: ShownEntry, typed: Mapping[SlackField, str], right: tuple[str, str] | None) -> list[Part]:
    chosen = entry_menu(Label.SEARCH, chosen=right)
    return [
        plain_section(f"{Label.QUESTION}: {shown.asked}"),
        question_of(SlackField.ENTRY, Label.RIGHT_ENTRY, chosen, optional=True),
        _why(typed, optional=True),
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
