"""Show what a moderator's change would do to past questions, and save it once they have seen that, on each platform.

A dialog that comes back with all that was typed is a draft itself; what does not is kept by `DraftService`.
"""

from dataclasses import replace

from bot.core.deciding.replays import Redecided, Replay
from bot.core.models import Audience, Entry
from bot.core.wording.outcomes import NEW_ENTRY, added, left_open, resolved, sorting, told
from bot.service.app import App
from bot.service.drafts import DraftKind, ModeratorDraft
from bot.service.resolutions import NewAnswer, Proposal
from bot.service.review_queue import Reviewed


async def drafted(app: App, draft: ModeratorDraft) -> Proposal:
    """Return the entry as a draft would leave it, and what of an item goes with it; raise what it is refused for."""
    match draft.kind:
        case DraftKind.ANSWER:
            return await app.review.draft_answer(draft.item_id, answer_of(draft))
        case DraftKind.LINK:
            return await app.review.draft_link(draft.item_id, draft.values["entry"])
        case DraftKind.ENTRY:
            return Proposal(entry=entry_of(draft))


async def saved(app: App, draft: ModeratorDraft, *, actor: str) -> str:
    """Save a draft, and return what to tell its author."""
    if draft.kind is DraftKind.ENTRY:
        return added((await app.catalogue.add(entry_of(draft), actor=actor)).entry.id)
    return told_of(await _resolved(app, draft, actor=actor))


def told_of(done: Reviewed) -> str:
    """Return what became of an item, in words."""
    item, entry = done.item, done.entry
    words = resolved(item.id, item.status, None if entry is None else entry.entry.id, told=done.told)
    return words + left_open(done.wordings, done.apart)


async def _resolved(app: App, draft: ModeratorDraft, *, actor: str) -> Reviewed:
    item_id, seen, accepted = draft.item_id, draft.seen, draft.accepted
    if draft.kind is DraftKind.LINK:
        return await app.review.link(item_id, draft.values["entry"], actor=actor, seen=seen, accepted=accepted)
    return await app.review.answer(item_id, answer_of(draft), actor=actor, seen=seen, accepted=accepted)


def answer_of(draft: ModeratorDraft) -> NewAnswer:
    """Return the answer that was filled in for an item."""
    values = draft.values
    return NewAnswer(answer=values["answer"], question=values.get("question"), category=values.get("category"))


def entry_of(draft: ModeratorDraft) -> Entry:
    """Return the entry that was filled in."""
    values = draft.values
    return Entry(
        id="",
        question=values["question"],
        answer=values["answer"],
        category=values.get("category"),
        staff_note=values.get("staff_note"),
        audience=Audience(values["audience"]),
    )


async def preview(app: App, proposal: Proposal, *, audience: Audience) -> tuple[str, ...]:
    """Return in lines which wordings go with an entry, and what it would change, told to those who can read a place.

    The lines quote members.
    """
    entry = proposal.entry
    named = entry if entry.id else replace(entry, id=str(NEW_ENTRY))
    effect = told(_seen_by(await app.replays.replay([named]), audience))
    return (*sorting(proposal.aliases, proposal.wordings), *effect)


def _seen_by(found: Replay, audience: Audience) -> Replay:
    def seen(questions: tuple[Redecided, ...]) -> tuple[Redecided, ...]:
        return tuple(each for each in questions if audience.sees(each.past.audience))

    return replace(found, changed=seen(found.changed), lost=seen(found.lost), won=seen(found.won))
