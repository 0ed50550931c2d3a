"""Show moderators why the bot decided as it did, and what their change would do before it is saved.

A dialog that comes back with all that was typed is a draft itself; what does not is kept by `DraftService`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace

from bot.chat.entries import CHANGES, revised, told_of_change
from bot.core.deciding.decision import adapted
from bot.core.deciding.differences import Comparison
from bot.core.deciding.ranking import model_of
from bot.core.deciding.replays import Redecided, Replay
from bot.core.manners import ChannelSettings
from bot.core.models import (
    Answered,
    Audience,
    Decision,
    Entry,
    Ignored,
    Match,
    MessageRef,
    Suggested,
    Surface,
    offered_by,
)
from bot.core.reader import Reader, Withheld
from bot.core.searching.contrasts.comparison import Difference
from bot.core.searching.entry_index import EntryIndex
from bot.core.wording import reasons as words
from bot.core.wording.cards import near
from bot.core.wording.edits import edits
from bot.core.wording.outcomes import (
    NEW_ENTRY,
    added,
    corrects,
    counted_as_wrong,
    left_open,
    resolved,
    sorting,
    told,
)
from bot.errors import EntryUnchangedError
from bot.service.app import App
from bot.service.conversations import Conversation
from bot.service.drafts import DraftKind, ModeratorDraft
from bot.service.grades import Corrected
from bot.service.privacy import Person
from bot.service.resolutions import NewAnswer, Proposal
from bot.service.review_queue import Reviewed


async def reasons(
    app: App, *, platform: str, workspace_id: str, message_id: str, audience: Audience
) -> tuple[str, ...] | None:
    """Return in lines why a question was answered as it was, None where nobody here may know of one.

    The message is the question or what the bot said about it. The lines quote what members wrote.
    """
    found = await app.conversations.why(MessageRef(platform=platform, workspace_id=workspace_id, message_id=message_id))
    if found is None or not audience.sees(found.question.audience):
        return None
    settings = await app.channels.behaviour(found.question.ref.channel)
    return tuple(_lines(found, (await app.knowledge.index(audience)).entries, settings))


def _lines(found: Conversation, known: EntryIndex, settings: ChannelSettings) -> Iterator[str]:
    question, outcome = found.question, found.outcome
    yield words.question(question.id, outcome.text)
    yield words.asked(question.asked_at, question.surface, question.audience)
    yield _decided(outcome.decision, known)
    if nearest := [near(match) for match in outcome.candidates if match.entry_id in known]:
        yield words.nearest(nearest)
    if (differs := _differences(found, known)) and isinstance(outcome.decision, Suggested):
        yield words.differs(differs)
    topics = settings.topics_of(question.surface)
    if withheld := [words.kept_back(entry, why) for entry, why in _withheld(found, known, topics)]:
        yield words.withheld(withheld)
    if outcome.thresholds is not None:
        yield words.thresholds(f"{name} {value:g}" for name, value in asdict(outcome.thresholds).items())
    yield words.versions(outcome.scorer_version, outcome.content_version)
    yield words.reply(_reply(found, known, settings))
    if found.item_id is not None:
        yield words.in_review(found.item_id)


def _decided(decision: Decision, known: EntryIndex) -> str:
    match decision:
        case Answered(match):
            return words.answered(_name(match, known))
        case Suggested(matches):
            return words.offered(_name(match, known) for match in matches)
        case Ignored(reason):
            return words.ignored(reason)
    return str(words.NO_ANSWER)


def _differences(found: Conversation, known: EntryIndex) -> tuple[Difference, ...]:
    """Return what differs between a question and the first of its candidates, as the FAQ is now."""
    outcome = found.outcome
    text, candidates = outcome.text, outcome.candidates
    if text is None or not candidates or candidates[0].entry_id not in known:
        return ()
    comparison = Comparison(known, known.query(text), model_of(outcome.scorer_version))
    return comparison.differences(known.entry(candidates[0].entry_id))


def _withheld(found: Conversation, known: EntryIndex, topics: frozenset[str]) -> Iterator[tuple[Entry, Withheld]]:
    """Yield the likely entries that were withheld when and where a question was asked, and so were not offered."""
    outcome, question = found.outcome, found.question
    reader = Reader(today=question.asked_at.date(), at=question.asked_at, place=question.ref.channel, topics=topics)
    if outcome.thresholds is None:
        return
    offered = {match.entry_id for match in offered_by(outcome.decision)}
    for match in adapted(outcome.candidates, outcome.thresholds.nothing):
        if match.entry_id not in known or match.entry_id in offered or match.confidence < outcome.thresholds.suggest:
            continue
        entry = known.entry(match.entry_id)
        if (why := reader.withholds(entry)) is not None:
            yield entry, why


def _was_given(found: Conversation, known: EntryIndex, *, cooldown: bool) -> bool:
    """Return whether nothing was said unasked since the channel had an answer: see `bot.service.limits`."""
    decision, question = found.outcome.decision, found.question
    if not isinstance(decision, Answered) or decision.match.entry_id not in known or found.reply_state is not None:
        return False
    is_overheard = question.surface is Surface.AMBIENT and (cooldown or question.ref.thread_id is None)
    return is_overheard and not (found.shadow or found.edited_at or found.helped_at or found.deleted_at)


def _name(match: Match, known: EntryIndex) -> str:
    return match.entry_id if match.entry_id in known else str(words.ELSEWHERE)


def _reply(found: Conversation, known: EntryIndex, settings: ChannelSettings) -> Iterator[str]:
    cooldown = bool(settings.cooldown)
    lately = words.SPOKE_LATELY if cooldown else words.GIVEN_LATELY
    yield found.reply_state or str(lately if _was_given(found, known, cooldown=cooldown) else words.NOTHING_TO_SAY)
    happened = {
        words.ONLY_LOGGED: found.shadow,
        words.EDITED: found.edited_at,
        words.HUMAN_ASKED: found.human_asked_at,
        words.CALLED: found.called_at,
        words.DELETED: found.deleted_at,
    }
    yield from (str(each) for each, is_so in happened.items() if is_so)


async def drafted(app: App, draft: ModeratorDraft) -> Proposal:
    """Return the entry as a draft would leave it, and what of an item goes with it; raise what it is refused for."""
    match draft.kind:
        case DraftKind.ANSWER:
            return await app.review.draft_answer(draft.item_id, answer_of(draft))
        case DraftKind.LINK:
            return await app.review.draft_link(draft.item_id, draft.values["entry"])
        case DraftKind.ENTRY:
            return Proposal(entry=entry_of(draft))
    return Proposal(entry=(await revised(app, draft, actor="", dry_run=True)).entry)


async def effect(app: App, draft: ModeratorDraft, *, audience: Audience) -> tuple[str, ...]:
    """Return in lines what a draft would change, of its entry and for past questions; the lines quote people."""
    before = (await app.catalogue.show(draft.entry_id, audience=audience)).entry  # refused where they may not read it
    if draft.kind is DraftKind.CORRECT:
        return await _correction(app, draft, audience=audience)
    proposal = await drafted(app, draft)
    if proposal.entry == (await app.catalogue.show(draft.entry_id)).entry:
        raise EntryUnchangedError(draft.entry_id)
    return (*edits(before, proposal.entry), *await preview(app, proposal, audience=audience))


async def _correction(app: App, draft: ModeratorDraft, *, audience: Audience) -> tuple[str, ...]:
    right = draft.values.get("entry")
    if right is not None:
        await app.catalogue.show(right, audience=audience)  # as above
    found = await _corrected(app, draft, actor="", dry_run=True)
    if found.proposal is None:
        return (corrects(found.question_id, None),)
    lines = await preview(app, found.proposal, audience=audience)
    return (corrects(found.question_id, found.proposal.entry), *lines)


async def _corrected(app: App, draft: ModeratorDraft, *, actor: str, dry_run: bool = False) -> Corrected:
    """Call the answer to a question wrong, by who is named as in the audit log; a dry run keeps nothing."""
    platform, _, user_id = actor.partition(":")
    return await app.corrections.correct(
        draft.question_id or "",
        wrong=draft.entry_id,
        right=draft.values.get("entry"),
        moderator=Person(platform, user_id),
        seen=draft.seen,
        reason=draft.values.get("reason"),
        dry_run=dry_run,
    )


async def saved(app: App, draft: ModeratorDraft, *, actor: str) -> str:
    """Save a draft, and return what to tell its author."""
    if draft.kind is DraftKind.ENTRY:
        return added((await app.catalogue.add(entry_of(draft), actor=actor)).entry.id)
    if draft.kind is DraftKind.CORRECT:
        corrected = await _corrected(app, draft, actor=actor)
        waits = counted_as_wrong(corrected.question_id, corrected.item_id)
        return waits if corrected.done is None else told_of(corrected.done)
    if draft.kind in CHANGES:
        return told_of_change(await revised(app, draft, actor=actor))
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
    return (*sorting(proposal.aliases, proposal.wordings), *await effects(app, [named], audience=audience))


async def effects(app: App, entries: Sequence[Entry], *, audience: Audience) -> tuple[str, ...]:
    """Return in lines what entries would change together, told to those who can read a place."""
    return told(_seen_by(await app.replays.replay(entries), audience))


def _seen_by(found: Replay, audience: Audience) -> Replay:
    def seen(questions: tuple[Redecided, ...]) -> tuple[Redecided, ...]:
        return tuple(each for each in questions if audience.sees(each.past.audience))

    return replace(found, changed=seen(found.changed), lost=seen(found.lost), won=seen(found.won))
