"""Plan how large a run is, and record what happens in it."""

import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")
Key: TypeAlias = tuple[str, str, str]
"""The platform, channel and id of a message."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The size of a run; times are in seconds."""

    questions: int = 2_000
    rate: float = 10.0
    seed: int = 11
    channels: int = 12
    """Channels on each platform."""
    authors: int = 200
    """People who ask, on each platform."""
    topics: int = 4
    """Questions that a moderator answers in the course of the run; several people ask each."""
    askers: int = 4
    duplicates: float = 0.2
    late: float = 20.0
    """The longest after which a message comes once more."""
    kills: tuple[float, float] = (4.0, 10.0)
    """The shortest and longest between two kills."""
    away: float = 20.0
    locked: float = 40.0
    patience: float = 180.0
    """The longest to wait for the backlog after the last fault."""
    within: float = 60.0
    """When the backlog is to be gone after the last fault."""
    settle: float = 5.0
    """How long to look for what comes twice when all that was sent has arrived."""
    limits: bool = False
    """Whether Slack takes one message a second and channel."""
    calm: bool = False
    """Whether nothing goes wrong, though messages come twice: what is wrong then is no matter of faults."""

    @property
    def asking(self) -> float:
        """Return how long questions are asked."""
        return self.questions / self.rate

    @property
    def deadline(self) -> float:
        """Return when the run is broken off, whatever it waits for."""
        return 120 + max(self.asking, self.away + self.locked + 30) + self.late + self.patience

    @property
    def away_at(self) -> float:
        """Return when the database goes away."""
        return self.asking * 0.15

    @property
    def locked_at(self) -> float:
        """Return when it is locked."""
        return self.asking * 0.5


SHORT = Plan(
    questions=200,
    topics=2,
    askers=2,
    late=6.0,
    kills=(5.0, 8.0),
    away=5.0,
    locked=11.0,
    patience=60.0,
    settle=3.0,
)
"""Some of each fault, in about a minute."""


@dataclass(frozen=True)
class Asked:
    """A question that was asked; one that has a topic is to be answered by a moderator."""

    platform: str
    channel_id: str
    message_id: str
    author: str
    at: float
    topic: int | None = None


def key_of(asked: Asked) -> Key:
    """Return what a question is known by."""
    return asked.platform, asked.channel_id, asked.message_id


@dataclass(frozen=True)
class Said:
    """A message of the bot in the thread of a question, with all its words."""

    at: float
    words: str


@dataclass
class Journal:
    """What went wrong on purpose, and when; print what a reader wants to follow."""

    began: float = field(default_factory=time.time)
    faults: Counter[str] = field(default_factory=Counter)
    last_fault: float = 0.0

    def fault(self, kind: str, *, quiet: bool = True) -> None:
        """Record a fault."""
        self.faults[kind] += 1
        self.last_fault = time.time()
        if not quiet:
            self.tell(kind)

    def tell(self, what: str) -> None:
        """Print a line with the time."""
        print(f"{time.time() - self.began:7.1f}  {what}", flush=True)


class Deck(Generic[T]):
    """Deal faults in a random order, each kind as often as its cards say, so that a short run has each."""

    def __init__(self, cards: Sequence[T], chance: random.Random) -> None:
        self._cards = cards
        self._chance = chance
        self._left: list[T] = []

    def deal(self) -> T:
        """Return the next fault."""
        if not self._left:
            self._left = self._chance.sample(self._cards, len(self._cards))
        return self._left.pop()
