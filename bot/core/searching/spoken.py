"""Detect the languages of entries, and which questions are for the encoder of many languages."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from bot.core.local_answers import language_of
from bot.core.models import Entry
from bot.core.searching.languages import ENGLISH, SUPPORTED, Foreign, foreign, language
from bot.core.searching.spelling import Dictionary, Vocabulary


class SpokenLanguages:
    """The languages of entries, by their locale or by what they say."""

    def __init__(self, dictionary: Dictionary, vocabulary: Vocabulary) -> None:
        self._dictionary = dictionary
        self._vocabulary = vocabulary
        self._of: dict[str, str] = {}
        self._languages: dict[str, tuple[str, ...]] = {}
        self._counted = Counter[str]()

    def add(self, entry: Entry, texts: Iterable[str], written: Sequence[Sequence[str]]) -> None:
        """Note the languages of an entry, its own by its texts and the words of these; English needs no note."""
        self.remove(entry.id)
        spoken = language_of(entry.locale)
        if spoken == ENGLISH:
            spoken = (
                language(" ".join(texts), list(chain.from_iterable(written)), self._dictionary.__contains__) or ENGLISH
            )
        if spoken != ENGLISH:
            self._of[entry.id] = spoken
        further = {language_of(one.locale) for one in entry.answers if one.locale is not None}
        if spoken != ENGLISH or further:
            self._languages[entry.id] = tuple({spoken, *further} - {ENGLISH})
            self._counted.update(self._languages[entry.id])

    def remove(self, entry_id: str) -> None:
        """Forget an entry."""
        self._of.pop(entry_id, None)
        self._counted.subtract(self._languages.pop(entry_id, ()))

    @property
    def foreign(self) -> int:
        """Return how many entries are not in English."""
        return len(self._of)

    def of_question(self, text: str, words: Sequence[str], *, entries: int, locale: str | None = None) -> Foreign:
        """Return whether a question is for the encoder of many languages: all are where most entries are not English.

        `locale` is that of who asks, if it is known.
        """
        if 2 * len(self._of) > entries:
            return Foreign.YES
        expected = {name for name, count in self._counted.items() if count}
        spoken = None if locale is None else language_of(locale)
        known = self._dictionary.__contains__ if self._languages else self._is_known
        return foreign(text, words, known, expected, author=spoken if spoken in SUPPORTED else None)

    def _is_known(self, word: str) -> bool:
        return word in self._dictionary or self._vocabulary.knows(word) or not word.isalpha()
