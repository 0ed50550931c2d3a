"""Find the entry that somebody wants to change where they see it, and make of it what they filled in.

The values of a draft are named as the fields of an entry; of a phrasing that goes, by its place among the aliases.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from bot.chat.markdown import width
from bot.core.models import Audience, Entry, MessageRef, Status
from bot.core.redaction import redact
from bot.core.review import ReviewItem
from bot.core.wording.expected import NO_SECRETS, OF_ENTRY, ONE_OF_ITS_OWN
from bot.core.wording.outcomes import entry_changed, entry_retired
from bot.core.wording.replies import Choice
from bot.core.wording.visible import visible
from bot.errors import EntryFieldError, EntryNotFoundError
from bot.service.app import App
from bot.service.catalogue import StoredEntry
from bot.service.drafts import DraftKind, ModeratorDraft
from bot.service.entry_changes import with_alias, with_changes, without_alias

CHANGES = (DraftKind.EDIT, DraftKind.CORRECT, DraftKind.ADD_PHRASING, DraftKind.REMOVE_PHRASING, DraftKind.RETIRE)
"""What can be done about an entry where it was answered with."""

LONGEST_ANSWER = 3_000
"""In UTF-16 units; a field in Slack takes no more."""

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
    """Return the entry with what somebody changed in a dialog, which shows nothing that is not visible."""
    given = {"question": _kept("question", values.get("question"))}
    if is_editable(entry.answer):
        given["answer"] = _kept("answer", values.get("answer"))
    changes = {name: text for name, text in given.items() if _as_shown(text) != _as_shown(getattr(entry, name))}
    return with_changes(entry, changes)


def is_editable(answer: str) -> bool:
    """Return whether a dialog has room for an answer, on either platform: else it would come back without its end."""
    return width(visible(answer)) <= LONGEST_ANSWER


def _as_shown(text: str) -> list[str]:
    return [line.rstrip() for line in visible(text).strip().split("\n")]


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
    if text is None:
        raise EntryFieldError(field, "", str(OF_ENTRY[field]))
    if redact(text).secret:
        raise EntryFieldError(field, "", str(NO_SECRETS))
    return text


def told_of_change(stored: StoredEntry) -> str:
    """Return what became of an entry that was changed, in words."""
    entry = stored.entry
    return entry_retired(entry.id) if entry.status is Status.RETIRED else entry_changed(entry.id, stored.version)
