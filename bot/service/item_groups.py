"""Merge and split review items, in a transaction that has them locked."""

from collections.abc import Sequence

from bot.core.models import ItemStatus
from bot.core.review import ReviewItem
from bot.errors import ItemPartError, ItemsUnlikeError
from bot.service.resolutions import Act
from bot.store.feedback import move_suggestions, open_suggestions
from bot.store.items import all_asked
from bot.store.queue import QueueCandidate, open_item, put_into
from bot.store.records import from_question_id, to_item_id


def numbers(question_ids: Sequence[str]) -> list[int]:
    """Return the rows of questions."""
    return [number for number in map(from_question_id, question_ids) if number is not None]


async def merge(act: Act, target: ReviewItem) -> None:
    """Move all questions and suggestions of the item into another one."""
    item = act.item
    if item.number == target.number:
        raise ItemsUnlikeError(item.id, target.id, "they are the same")
    if item.audience is not target.audience:
        raise ItemsUnlikeError(item.id, target.id, "their audiences differ")
    suggestions = [one.id for one in await open_suggestions(act.tx, item.number)]
    questions = list(await all_asked(act.tx, item.number))
    await put_into(act.tx, target.number, numbers(questions), version=act.version)
    await move_suggestions(act.tx, suggestions, item=target.number)
    values = {
        "status": ItemStatus.MERGED,
        "resolved_by": act.by.actor,
        "resolved_at": act.by.at,
        "merged_into": target.number,
        "snoozed_until": None,
    }
    await act.change(ItemStatus.MERGED, values=values, into=target.id, questions=questions, suggestions=suggestions)


async def split(act: Act, question_ids: Sequence[str]) -> str:
    """Move some questions of the item into a new one, and return its id."""
    item = act.item
    inside = await all_asked(act.tx, item.number)
    wanted = [question_id.upper() for question_id in question_ids]
    for question_id in wanted:
        if question_id not in inside:
            raise ItemPartError(item.id, question_id)
    if not 0 < len(set(wanted)) < len(inside):
        raise ItemPartError(item.id, None)
    answered_with = next((inside[one] for one in wanted if inside[one]), None)
    about = QueueCandidate(0, item.audience, "", answered_with)
    part = await open_item(act.tx, item.kind, about, version=act.version, at=act.by.at)
    await put_into(act.tx, part, numbers(wanted), version=act.version)
    await act.change("split", values={}, into=to_item_id(part), questions=wanted)
    return to_item_id(part)
