"""The content of a review card, once for all platforms."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.models import Audience, DismissReason, ItemKind, ItemStatus
from bot.core.wording.labels import KINDS, REASONS, STATUSES

SEALED = "For staff only: others read along here. Please look at it in the app."
_TIME = "%-d %B %Y, %H:%M UTC"


@dataclass(frozen=True, slots=True)
class Near:
    """An entry that comes near to what was asked."""

    entry_id: str
    question: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which it was asked, a link to the message, and the workspace that the message is in."""

    text: str
    url: str | None = None
    workspace_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How, by whom and when an item was resolved; people by the name that the platform shows."""

    actor: str
    at: datetime
    entry_id: str | None = None
    reason: DismissReason | None = None
    note: str | None = None
    merged_into: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What moderators see of a review item; `assignee` is the name of a person."""

    id: str
    version: int
    kind: ItemKind
    audience: Audience
    status: ItemStatus
    text: str
    count: int = 0
    askers: int = 0
    platforms: tuple[str, ...] = ()
    first_asked: datetime | None = None
    last_asked: datetime | None = None
    nearest: tuple[Near, ...] = ()
    wordings: tuple[Wording, ...] = ()
    entry_id: str | None = None
    assignee: str | None = None
    snoozed_until: datetime | None = None
    outcome: Outcome | None = None

    @property
    def is_open(self) -> bool:
        """Return whether somebody may still resolve it."""
        return self.status in {ItemStatus.OPEN, ItemStatus.SNOOZED}


def heading(card: Card) -> str:
    """Return the id of an item, what brought it into the review, and how it stands."""
    return f"{card.id} · {KINDS[card.kind]} · {STATUSES[card.status]}"


def often(card: Card) -> str:
    """Return how often and by how many people it was asked, and where."""
    times = "once" if card.count == 1 else f"{card.count} times"
    people = "one person" if card.askers == 1 else f"{card.askers} people"
    where = f" on {' and '.join(map(str.capitalize, card.platforms))}" if card.platforms else ""
    return f"Asked {times} by {people}{where}" if card.count else "Asked by nobody yet"


def state(card: Card) -> str:
    """Return what became of an item, or until when it sleeps; nothing of one that just waits."""
    if card.outcome is not None:
        return _resolved(card.status, card.outcome)
    if card.status is ItemStatus.SNOOZED and card.snoozed_until is not None:
        return f"Snoozed until {card.snoozed_until:{_TIME}}"
    return ""


def sealed(card: Card) -> Card:
    """Return a card without a word of what was asked, for a place where others than its audience read along."""
    outcome = None if card.outcome is None else replace(card.outcome, entry_id=None, note=None)
    return replace(card, text=SEALED, nearest=(), wordings=(), entry_id=None, outcome=outcome)


def near(match: Near) -> str:
    """Return how likely an entry is the right one, and which it is."""
    return f"{match.confidence:.0%} {match.entry_id}"


def _resolved(status: ItemStatus, outcome: Outcome) -> str:
    what = outcome.entry_id or outcome.merged_into or (REASONS[outcome.reason] if outcome.reason else None)
    done = f"{STATUSES[status]} by {outcome.actor} on {outcome.at:{_TIME}}"
    return ": ".join(filter(None, (done, what, outcome.note)))
