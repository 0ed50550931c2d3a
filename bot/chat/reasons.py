"""Explain to moderators why the bot decided as it did, from the record of the decision."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from bot.core.deciding.decision import Thresholds
from bot.core.deciding.differences import Comparison
from bot.core.models import Answered, Audience, Decision, Ignored, Match, MessageRef, Suggested
from bot.core.searching.contrasts.comparison import Difference
from bot.core.searching.entry_index import EntryIndex
from bot.core.wording.cards import near
from bot.service.app import App
from bot.service.conversations import Conversation

_TIME = "%-d %B %Y, %H:%M UTC"
_ELSEWHERE = "an entry that is not for here"


async def reasons(
    app: App, *, platform: str, workspace_id: str, message_id: str, audience: Audience
) -> tuple[str, ...] | None:
    """Return in lines why a question was answered as it was, None where nobody here may know of one.

    The message is the question or what the bot said about it. The lines quote what members wrote.
    """
    found = await app.conversations.why(MessageRef(platform=platform, workspace_id=workspace_id, message_id=message_id))
    if found is None or not audience.sees(found.question.audience):
        return None
    return tuple(_lines(found, (await app.knowledge.index(audience)).entries))


def _lines(found: Conversation, known: EntryIndex) -> Iterator[str]:
    question, outcome = found.question, found.outcome
    yield f"{question.id}: {outcome.text or 'the text is not kept'}"
    yield f"Asked on {question.asked_at:{_TIME}} as {question.surface}, for an audience that is {question.audience}"
    yield f"Decided: {_decided(outcome.decision, known)}"
    if nearest := [_near(match) for match in outcome.candidates if match.entry_id in known]:
        yield f"Nearest: {', '.join(nearest)}"
    if (differs := _differences(outcome.text, outcome.candidates, known)) and isinstance(outcome.decision, Suggested):
        yield f"Not answered, since it differs: {'; '.join(map(str, differs))}"
    if outcome.thresholds is not None:
        yield f"Thresholds: {_listed(outcome.thresholds)}"
    yield f"Versions: scorer {outcome.scorer_version}, content {outcome.content_version}"
    yield f"Reply: {_reply(found)}"
    if found.item_id is not None:
        yield f"In the review: {found.item_id}"


def _decided(decision: Decision, known: EntryIndex) -> str:
    match decision:
        case Answered(match):
            return f"answered with {_name(match, known)}"
        case Suggested(matches):
            return f"offered {', '.join(_name(match, known) for match in matches)}"
        case Ignored(reason):
            return f"no question ({reason.replace('_', ' ')})"
    return "no answer fits"


def _differences(text: str | None, candidates: Sequence[Match], known: EntryIndex) -> tuple[Difference, ...]:
    """Return what differs between a question and the first of its candidates, as the FAQ is now."""
    if text is None or not candidates or candidates[0].entry_id not in known:
        return ()
    return Comparison(known, known.query(text)).differences(known.entry(candidates[0].entry_id))


def _near(match: Match) -> str:
    return near(match)


def _name(match: Match, known: EntryIndex) -> str:
    return match.entry_id if match.entry_id in known else _ELSEWHERE


def _listed(thresholds: Thresholds) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in asdict(thresholds).items())


def _reply(found: Conversation) -> str:
    facts = [found.reply_state or "nothing to say"]
    happened = {
        "only logged": found.shadow,
        "the question was edited": found.edited_at,
        "somebody asked for a human": found.human_asked_at,
        "the people on call were told": found.called_at,
        "the question was deleted": found.deleted_at,
    }
    return ", ".join([*facts, *(words for words, is_so in happened.items() if is_so)])
