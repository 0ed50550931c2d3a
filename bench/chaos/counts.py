"""Count at the loopbacks what became of each question, and say what was wrong."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.chaos.moderator import mark
from bench.chaos.plan import Asked, Key, Said, key_of
from bench.chaos.stores import Logged

Threads = Mapping[str, Sequence[Said]]
_EXAMPLES = 3


@dataclass
class Counts:
    """How often each question was logged and answered, and each later answer told."""

    asked: Sequence[Asked]
    logged: dict[Key, int]
    answered: dict[Key, int]
    told: dict[tuple[Key, int], int] = field(default_factory=dict)
    """How often somebody was told a later answer whom a moderator's answer was for, by question and topic."""
    first_reply: dict[Key, float] = field(default_factory=dict)
    last_told: dict[int, float] = field(default_factory=dict)
    """When the last of those whom a topic's answer was for was told, by topic."""
    told_twice: int = 0
    """How often others were told the same twice."""

    @property
    def unlogged(self) -> int:
        """Return how many questions are not logged."""
        return _none(self.logged)

    @property
    def unanswered(self) -> int:
        """Return how many questions have no reply."""
        return _none(self.answered)

    @property
    def untold(self) -> int:
        """Return how many later answers are not told."""
        return _none(self.told)

    def wrong(self) -> Iterator[str]:
        """Yield a line for each kind of what is wrong."""
        yield from _wrong("not logged", [key for key, times in self.logged.items() if times == 0])
        yield from _wrong("logged more than once", [key for key, times in self.logged.items() if times > 1])
        yield from _wrong("not answered", [key for key, times in self.answered.items() if times == 0])
        yield from _wrong("answered more than once", [key for key, times in self.answered.items() if times > 1])
        yield from _wrong("not told the later answer", [key for (key, _), times in self.told.items() if times == 0])
        yield from _wrong("told a later answer twice", [key for (key, _), times in self.told.items() if times > 1])
        if self.told_twice:
            yield f"{self.told_twice} others were told a later answer twice"

    def within(self, span: tuple[float, float]) -> tuple[int, int]:
        """Return how many of the questions that were asked in a time were answered in it, and how many were asked."""
        began, ended = span
        there = [key_of(one) for one in self.asked if began <= one.at <= ended]
        # Slack tells seconds alone.
        return sum(began - 1 <= self.first_reply.get(key, 0.0) <= ended for key in there), len(there)


def counted(
    asked: Sequence[Asked],
    threads: Mapping[str, Threads],
    logged: Logged,
    expected: Mapping[int, Sequence[Asked]],
) -> Counts:
    """Count; the threads are by platform, and those who are expected to be told a later answer by its topic."""
    counts = Counts(asked, {}, {})
    due = {(key_of(one), topic) for topic, askers in expected.items() for one in askers}
    for one in asked:
        key = key_of(one)
        said = threads[one.platform].get(one.message_id, ())
        later = [each for each in said if _mentions(each, one)]
        replies = [each for each in said if each not in later]
        counts.logged[key], counts.answered[key] = len(logged.get(key, ())), len(replies)
        if replies:
            counts.first_reply[key] = min(each.at for each in replies)
        for topic in expected:
            told = [each for each in later if mark(topic) in each.words]
            if (key, topic) in due:
                counts.told[key, topic] = len(told)
                counts.last_told[topic] = max([counts.last_told.get(topic, 0.0), *(each.at for each in told)])
            elif len(told) > 1:
                counts.told_twice += 1
    return counts


def spread(times: Iterable[int]) -> str:
    """Return how many there are none, one and several of."""
    few = Counter(min(each, 2) for each in times)
    return f"0: {few[0]}, 1: {few[1]}, more: {few[2]}"


def _none(times: Mapping[Any, int]) -> int:
    return sum(not each for each in times.values())


def _mentions(said: Said, asked: Asked) -> bool:
    return f"<@{asked.author}>" in said.words


def _wrong(what: str, keys: Sequence[Key]) -> Iterator[str]:
    if keys:
        shown = ", ".join("/".join(key) for key in keys[:_EXAMPLES])
        yield f"{len(keys)} {what}, such as {shown}"
