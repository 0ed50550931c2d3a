"""Show review items on the terminal and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from rich.console import Console

from bot.adapters.permalinks import permalink
from bot.cli.terminal import facts, one_line, table
from bot.core.models import ItemKind, ItemStatus, Rating
from bot.core.review import ItemQuestion, ReviewItem
from bot.core.wording.outcomes import left_open
from bot.service.review_queue import Review, Reviewed
from bot.store.feedback import Suggestion
from bot.store.records import AuditRecord

_TIME = "%Y-%m-%d %H:%M"
_MOST_QUESTIONS = 10


def item_fields(item: ReviewItem) -> dict[str, Any]:
    """Return everything about an item by name, as JSON takes it."""
    fields = asdict(item) | {
        "wordings": item.wordings,
        "questions": [_question_fields(question) for question in item.questions],
        "nearest": [{"entry_id": match.entry_id, "confidence": match.confidence} for match in item.nearest],
    }
    del fields["number"], fields["suggested"]  # the suggestions of an item stand in full beside it
    return fields


def _question_fields(question: ItemQuestion) -> dict[str, Any]:
    fields = asdict(question)
    return {"id": fields.pop("id"), **fields.pop("ref"), **fields, "link": permalink(question.ref)}


def review_fields(found: Review) -> dict[str, Any]:
    """Return everything about an item with its history by name."""
    history = [{name: getattr(line, name) for name in ("at", "actor", "action", "reason")} for line in found.history]
    return item_fields(found.item) | {"suggestions": list(map(asdict, found.suggestions)), "history": history}


def reviewed_fields(done: Reviewed) -> dict[str, Any]:
    """Return what became of an item by name."""
    entry_id = None if done.entry is None else done.entry.entry.id
    apart = () if done.wordings is None else done.wordings.apart
    differing = [{"text": one.text, "difference": str(one.difference)} for one in apart]
    fields = {"answered_by": entry_id, "told": done.told, "apart": done.apart, "differing": differing}
    return item_fields(done.item) | fields


def show_items(terminal: Console, items: Sequence[ReviewItem]) -> None:
    """Print items as a table."""
    if not items:
        terminal.print("No open questions.")
        return
    rows = [(item.id, str(item.askers), str(item.count), _nearest(item), item.text) for item in items]
    table(terminal, ("id", "askers", "asked", "nearest entry", "question"), rows)


def show_review(terminal: Console, found: Review) -> None:
    """Print everything that is known of one item."""
    item = found.item
    facts(
        terminal,
        {
            "id": item.id,
            "question": item.text or "not kept",
            "also asked": "\n".join(item.wordings[1:_MOST_QUESTIONS]),
            "asked": _asked(item),
            "audience": item.audience,
            "about": f"entry {item.entry_id}" if item.entry_id else None,
            "state": state_of(item),
            "assigned to": item.assignee,
            "nearest": "\n".join(f"{match.confidence:.3f}  {match.entry_id}" for match in item.nearest),
            "messages": "\n".join(map(_message, item.questions[-_MOST_QUESTIONS:])),
            "suggested": "\n".join(map(_suggested, found.suggestions)),
            "history": "\n".join(map(_done, found.history)),
        },
    )


def state_of(item: ReviewItem) -> str:
    """Return in words where an item is in its life."""
    if item.status is ItemStatus.SNOOZED and item.snoozed_until is not None:
        return f"snoozed until {_time(item.snoozed_until)}"
    if item.is_open or item.resolution is None:
        return item.status
    done = item.resolution
    entry = f"entry {done.entry_id}" if done.entry_id else None
    into = f"into {done.merged_into}" if done.merged_into else None
    by = f"{item.status} by {done.actor} on {_time(done.at)}"
    return ", ".join(filter(None, (by, entry, into, done.reason, done.note)))


def _asked(item: ReviewItem) -> str | None:
    if item.last_asked is None:
        return None
    times = "once" if item.count == 1 else f"{item.count:,} times"
    people = "one person" if item.askers == 1 else f"{item.askers:,} people"
    first = f", first {_time(item.first_asked)}" if item.first_asked and item.count > 1 else ""
    return f"{times} by {people} on {', '.join(item.platforms)}{first}, last {_time(item.last_asked)}"


def _nearest(item: ReviewItem) -> str:
    if item.kind is not ItemKind.UNANSWERED:
        return f"{item.kind}: {item.entry_id}"
    return f"{item.nearest[0].entry_id} ({item.nearest[0].confidence:.2f})" if item.nearest else ""


def _message(question: ItemQuestion) -> str:
    rated = f", got {question.answered_with}: not what was asked" if question.rating is Rating.WRONG else ""
    reason = f" ({one_line(question.rating_reason, limit=80)})" if question.rating_reason else ""
    return (
        f"{question.id}  {_time(question.asked_at)}  {permalink(question.ref) or question.ref.platform}{rated}{reason}"
    )


def _suggested(suggestion: Suggestion) -> str:
    what = f"link {suggestion.entry_id}" if suggestion.entry_id else one_line(suggestion.answer or "", limit=80)
    marks = (", solved it" if suggestion.solves else "") + ("" if suggestion.consented else ", not agreed to publish")
    return f"{suggestion.id}  {what}  ({suggestion.suggested_by}{marks})"


def _done(line: AuditRecord) -> str:
    return f"{_time(line.at)}  {line.action} by {line.actor}"


def _time(at: datetime) -> str:
    return f"{at:{_TIME}} UTC"


def told(done: Reviewed, verb: str) -> str:
    """Return what became of an item in one sentence."""
    item = done.item
    often = f", asked {item.count:,} times," if item.count > 1 else ""
    entry = f" with {done.entry.entry.id}" if done.entry else ""
    people = f" {_people(done.told)} told." if done.told else ""
    return f"{item.id}{often} is {verb}{entry}.{people}{left_open(done.wordings, done.apart)}"


def _people(count: int) -> str:
    return "One person will be" if count == 1 else f"{count:,} people will be"
