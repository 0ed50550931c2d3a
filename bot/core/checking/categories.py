"""Find the category that a question is of by the words of its name, and by the order in which questions stand."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from bot.core.checking.findings import Check, Checked, CheckFinding, Severity, finding_in
from bot.core.fields import shown
from bot.core.searching.text import STOP_WORDS

_WORD = re.compile(r"[^\W_]+")
# "Log in" and "login" are one word, as are "sign up" and "signup".
_PARTED = re.compile(r"\b(log|sign)(?:ged|ging|s)?[ -](in|up|out)\b", re.IGNORECASE)
_SHORTEST, _STEM, _LONG = 3, 4, 6
_SEVERAL = 2
# So many questions of a run have to speak of its category.
_MOST = 0.5


def categories_of(questions: Sequence[str], names: Sequence[str]) -> list[str | None]:
    """Return the category of each question of a file that lists its categories first, and repeats none further on.

    Questions stand in the order of the list: of all ways to cut them into runs, that counts which agrees with most of
    their words. None is given to a run that has little to say for it.
    """
    topics = _Topics(names)
    fit = [topics.fit(question) for question in questions]
    runs = _runs(fit, len(names))
    evident = Counter(at for at, row in zip(runs, fit, strict=True) if row[at] > 0)
    total = Counter(runs)
    return [names[at] if evident[at] > _MOST * total[at] else None for at in runs]


def _runs(fit: Sequence[Sequence[float]], many: int) -> list[int]:
    """Return the number of the category for each question; numbers never fall, and the sum of what fits is largest."""
    best = [0.0] * many
    came_from: list[list[int]] = []
    for row in fit:
        origins: list[int] = []
        leader = 0
        for at in range(many):
            leader = at if best[at] > best[leader] else leader
            origins.append(leader)
        came_from.append(origins)
        best = [best[origin] + row[at] for at, origin in enumerate(origins)]
    at = max(range(many), key=lambda number: best[number]) if many else 0
    found: list[int] = []
    for origins in reversed(came_from):
        found.append(at)
        at = origins[at]
    return found[::-1]


def uncategorised(checked: Sequence[Checked], listed: Collection[str] = ()) -> Iterator[CheckFinding]:
    """Yield the entries without a category that speak of one that others have, or that a file has `listed`."""
    names = sorted({*listed, *(one.entry.category for one in checked if one.entry.category)})
    if len(names) < _SEVERAL:
        return
    topics = _Topics(names)
    for one in checked:
        fit = [] if one.entry.category else topics.fit(one.entry.question)
        most = max(fit, default=0.0)
        if most > 0 and fit.count(most) == 1:
            name = shown(names[fit.index(most)])
            what, remedy = (
                f"it has no category, and speaks of '{name}'",
                f"file it: faqbot faq edit {one.entry.id} --set category='{name}'",
            )
            yield finding_in(one, Check.NO_CATEGORY, Severity.NOTE, field="category", what=what, remedy=remedy)


class _Topics:
    """The words of the names of categories."""

    def __init__(self, names: Sequence[str]) -> None:
        self._words = [set(_words(name)) for name in names]
        self._counts = Counter(word for each in self._words for word in each)
        self._known: dict[str, list[float]] = {}

    def fit(self, question: str) -> list[float]:
        """Return how much a question speaks of each category; a word of several names tells less."""
        found = [0.0] * len(self._words)
        for word in set(_words(question)):
            if word not in self._known:
                self._known[word] = [self._weight(word, each) for each in self._words]
            found = list(map(max, found, self._known[word]))
        return found

    def _weight(self, word: str, words: set[str]) -> float:
        return max((1 / self._counts[each] for each in words if _alike(word, each)), default=0.0)


def _words(text: str) -> list[str]:
    joined = _PARTED.sub(r"\1\2", text).casefold()
    return [word for word in _WORD.findall(joined) if len(word) >= _SHORTEST and word not in STOP_WORDS]


def _alike(word: str, other: str) -> bool:
    """Return whether two words are forms of one, as "fee" and "fees", "register" and "registration"."""
    short, long = sorted((word, other), key=len)
    if long in {short, f"{short}s"}:
        return True
    same = max(_STEM, min(len(short), _LONG) - 1)  # what comes behind is an ending
    return len(short) >= _STEM and short[:same] == long[:same]
