"""Find the entry that somebody wants to change where they see it, and make of it what they filled in.

The values of a draft are named as the fields of an entry; of a phrasing that goes, by its place among the aliases.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.chat.answer_fields import ANSWER, OF, QUESTION, AnswerRoom, answer_form, filled_in, same_as_shown
from bot.core.local_answers import LocalAnswer
from bot.core.models import Audience, Entry, MessageRef, Status
from bot.core.redaction import redact
from bot.core.review import ReviewItem
from bot.core.wording.expected import NO_SECRETS, OF_ENTRY, ONE_OF_ITS_OWN
from bot.core.wording.outcomes import entry_changed, entry_retired
from bot.core.wording.replies import Choice
from bot.errors import EntryFieldError, EntryNotFoundError, EntryUnchangedError
from bot.service.app import App
from bot.service.catalogue import StoredEntry
from bot.service.drafts import DraftKind, ModeratorDraft
from bot.service.entry_changes import with_alias, with_changes, without_alias

CHANGES = (DraftKind.EDIT, DraftKind.CORRECT, DraftKind.ADD_PHRASING, DraftKind.REMOVE_PHRASING, DraftKind.RETIRE)
"""What can be done about an entry where it was answered with."""

_ALIASES = "aliases"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry:
    """An entry as it is now, and the question that it was given for, if there is one; `asked` is its redacted text.

    `others` are the entries that the same message offers.
    """

    stored: StoredEntry
    question_id: str | None = None
    asked: str | None = None
    others: tuple[Choice, ...] = ()

    @property
    def entry(self) -> Entry:
        """Return the entry."""
        return self.stored.entry

    @property
    def changes(self) -> tuple[DraftKind, ...]:
        """Return what can be done about it."""
        senseless = {
            DraftKind.CORRECT: self.asked is None,
            DraftKind.RETIRE: self.entry.status is Status.RETIRED,
            DraftKind.REMOVE_PHRASING: not self.entry.aliases,
        }
        return tuple(kind for kind in CHANGES if not senseless.get(kind))


async def entry_at(app: App, ref: MessageRef, *, audience: Audience, wanted: str | None = None) -> ShownEntry | None:
    """Return the entry that a message shows or is answered with; None where nobody here may know of one.

    The message is the question, or what the bot said about it; of several entries that it offers it is the `wanted`
    one, else the first.
    """
    found = await app.conversations.given_at(ref)
    if found is None or not audience.sees(found[0].question.audience):
        return None
    asked, entry_ids = found
    return await _one_of(app, entry_ids, asked.question.id, audience=audience, wanted=wanted)


async def entry_of_item(app: App, item: ReviewItem, *, audience: Audience) -> ShownEntry | None:
    """Return the entry that an item is about, with the last question that it was given for."""
    given = [question.id for question in item.questions if question.answered_with == item.entry_id]
    wanted = () if item.entry_id is None else (item.entry_id,)
    return await _one_of(app, wanted, given[-1] if given else None, audience=audience)


async def shown_entry(app: App, entry_id: str, question_id: str | None, *, audience: Audience) -> ShownEntry:
    """Return an entry of any status, and the question that it was given for where those who are here may read that."""
    stored = await app.catalogue.show(entry_id, audience=audience)
    if question_id is None:
        return ShownEntry(stored=stored)
    question = await app.conversations.question(question_id)
    if not audience.sees(question.audience):
        return ShownEntry(stored=stored)
    text = None if question.outcome is None else question.outcome.text
    return ShownEntry(stored=stored, question_id=question_id, asked=text)


async def _one_of(
    app: App, entry_ids: Iterable[str], question_id: str | None, *, audience: Audience, wanted: str | None = None
) -> ShownEntry | None:
    found = []
    for entry_id in dict.fromkeys(entry_ids):
        try:
            found.append(await shown_entry(app, entry_id, question_id, audience=audience))
        except EntryNotFoundError:  # it is gone, or for staff only
            continue
    if not found:
        return None
    others = tuple(Choice(each.entry.id, each.entry.question) for each in found) if len(found) > 1 else ()
    return replace(next((each for each in found if each.entry.id == wanted), found[0]), others=others)


async def revised(app: App, draft: ModeratorDraft, *, actor: str, dry_run: bool = False) -> StoredEntry:
    """Store what a draft makes of its entry in the version that its author saw; a dry run keeps nothing."""
    reason = draft.values.get("reason") or draft.question_id
    return await app.catalogue.revise(
        draft.entry_id,
        _change(draft),
        actor=actor,
        reason=reason,
        seen=draft.seen,
        correct=draft.values.get("tell") == "yes",
        dry_run=dry_run,
    )


def edited_values(
    stored: StoredEntry, of: int | None, typed: Mapping[str, str], *, room: AnswerRoom, names: Sequence[str]
) -> dict[str, str]:
    """Return what a draft holds of what was typed into a dialog to edit an entry, or one of its answers alone.

    `names` are the fields of the answer, in order. The answer may have gone with another version than was seen.
    """
    form = answer_form(stored.entry, of, room)
    if form is None:
        raise EntryUnchangedError(stored.entry.id)
    others = {name: text for name, text in typed.items() if name not in {QUESTION, *names}}
    return {**others, **filled_in(form, typed, names), **({} if of is None else {OF: str(of)})}


def _change(draft: ModeratorDraft) -> Callable[[Entry], Entry]:
    values = draft.values
    match draft.kind:
        case DraftKind.RETIRE:
            return partial(with_changes, changes={"status": Status.RETIRED})
        case DraftKind.ADD_PHRASING:
            return partial(with_alias, text=_kept(_ALIASES, values.get("phrasing")))
        case DraftKind.REMOVE_PHRASING:
            return partial(_without, values=values)
    return partial(_edited, values=values)


def _edited(entry: Entry, values: Mapping[str, str]) -> Entry:
    """Return the entry with what somebody changed in a dialog, of its question and answer or of those of one locale."""
    given = {name: _kept(name, values[name]) for name in (QUESTION, ANSWER) if name in values}
    of = int(values.get(OF, 0))
    if of == 0:
        return with_changes(entry, _changed(entry, given))
    one = entry.answers[of - 1]
    texts = _changed(one, given)
    changed = replace(one, question=texts.get(QUESTION, one.question), answer=texts.get(ANSWER, one.answer))
    return replace(entry, answers=(*entry.answers[: of - 1], changed, *entry.answers[of:]))


def _changed(was: Entry | LocalAnswer, given: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that read otherwise than before; a dialog shows nothing that is not visible."""
    return {name: text for name, text in given.items() if not same_as_shown(text, getattr(was, name))}


def _without(entry: Entry, values: Mapping[str, str]) -> Entry:
    """Return the entry without the alias that was chosen, or typed where there are more than a menu shows."""
    typed, place = values.get("typed"), values.get("phrasing", "")
    if typed is None and place.isascii() and place.isdecimal() and int(place) < len(entry.aliases):
        typed = entry.aliases[int(place)]
    if typed is None or (left := without_alias(entry, typed)) == entry:
        raise EntryFieldError(_ALIASES, typed or "", str(ONE_OF_ITS_OWN))
    return left


def _kept(field: str, text: str | None) -> str:
    """Return what was typed into a field, unless nobody may keep it."""
    if not text:
        raise EntryFieldError(field, "", str(OF_ENTRY[field]))
    if redact(text).secret:
        raise EntryFieldError(field, "", str(NO_SECRETS))
    return text


def told_of_change(stored: StoredEntry) -> str:
    """Return what became of an entry that was changed, in words."""
    entry = stored.entry
    return entry_retired(entry.id) if entry.status is Status.RETIRED else entry_changed(entry.id, stored.version)
