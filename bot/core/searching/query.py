"""Define a question that is made ready for matching, and choose the sentence encoder that reads it by its language."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from bot.core.local_answers import language_of
from bot.core.models import Entry
from bot.core.searching.arrays import Floats, Numbers
from bot.core.searching.languages import ENGLISH, SUPPORTED, Foreign, foreign, language
from bot.core.searching.spelling import Dictionary, Vocabulary
from bot.core.searching.text import latin, without_long_runs
from bot.core.searching.vectors import Encode, Meanings, Model, VectorOf, Vectors


@dataclass(frozen=True, slots=True)
class Query:
    """A text made ready for matching.

    The text without links and mentions, its words as typed, the same with misspelt ones corrected, folded to stems,
    and those that carry meaning; what an encoder is to read for each word; and whether the text is for the encoder of
    many languages.
    """

    text: str
    words: tuple[str, ...]
    corrected: tuple[str, ...]
    stems: tuple[str, ...]
    content: tuple[str, ...]
    intended: tuple[str, ...] = ()
    foreign: Foreign = Foreign.NO

    @property
    def normalised(self) -> str:
        """Return the words in one line."""
        return " ".join(self.words)

    @property
    def for_models(self) -> Mapping[Model, str]:
        """Return what each encoder that may be asked is to read; words of another language are not misspelt English."""
        return {
            **({} if self.foreign is Foreign.YES else {Model.ENGLISH: self.meant}),
            **({} if self.foreign is Foreign.NO else {Model.MULTILINGUAL: self.text}),
        }

    @property
    def meant(self) -> str:
        """Return the text with misspelt words corrected: an encoder takes them for others, or for noise."""
        text = latin(without_long_runs(self.text))
        for word, right in dict.fromkeys(zip(self.words, self.intended, strict=True)):
            if word != right:
                text, found = re.subn(rf"(?<!\w){re.escape(word)}(?!\w)", right, text, flags=re.IGNORECASE)
                if not found and word != right.replace("'", ""):  # it was not only misspelt
                    return " ".join(self.intended)
        return text


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The texts around a question, by row: how near each is and how much it explains; see `explained`.

    `model` tells which sentence encoder took part.
    """

    rows: Numbers
    near: Floats
    explained: Floats
    model: Model | None


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


Encoders = Mapping[Model, Encode]
VectorsOf = Mapping[Model, VectorOf]
NONE: Mapping[Model, VectorOf] = MappingProxyType({})
# Where words do not tell the language of a question, it is for the encoder of many languages if that finds something
# so near, and so much nearer than the other one does.
NEAR, NEARER = 0.45, 0.05


@dataclass(frozen=True, slots=True)
class Read:
    """A question's vector, and the meanings to compare it with."""

    meanings: Meanings
    vector: Vectors

    @property
    def closest(self) -> float:
        """Return the cosine of the question to the text nearest in meaning."""
        return self.meanings.closest(self.vector)


class Readers:
    """The meanings of texts by one encoder, or by two."""

    def __init__(self, encode: Encode | None, multilingual: Encode | None = None) -> None:
        self._of = {Model.ENGLISH: Meanings(encode)}
        if multilingual is not None:
            self._of[Model.MULTILINGUAL] = Meanings(multilingual, Model.MULTILINGUAL)

    def __contains__(self, model: Model) -> bool:
        """Return whether there is such an encoder."""
        return model in self._of and self._of[model].encode is not None

    @property
    def encoders(self) -> Sequence[Encode | None]:
        """Return the encoders."""
        return [meanings.encode for meanings in self._of.values()]

    def replace(self, encode: Encode) -> None:
        """Use another encoder that gives the same vectors as the one that ships."""
        self._of[Model.ENGLISH].encode = encode

    def add(self, texts: Sequence[str], vectors_of: VectorsOf = NONE) -> None:
        """Add texts as the next rows."""
        for model, meanings in self._of.items():
            meanings.add(texts, vectors_of.get(model))

    def remove(self, row: int) -> None:
        """Remove a row."""
        for meanings in self._of.values():
            meanings.remove(row)

    def missing(self, model: Model) -> Mapping[int, str]:
        """Return the texts that have no vector of a model yet, by row."""
        return self._of[model].missing if model in self._of else {}

    def learn(self, vectors: Mapping[str, Vectors], model: Model) -> None:
        """Add the vectors of texts that had none."""
        self._of[model].learn(vectors)

    def read(self, query: Query) -> Read | None:
        """Return the vector of a question by the encoder that reads it, None where it is to go by its words."""
        many = None if query.foreign is Foreign.NO else self._by(Model.MULTILINGUAL, query)
        if many is not None and query.foreign is Foreign.YES:
            return many
        english = self._by(Model.ENGLISH, query)
        if many is None or english is None:
            return english or many
        return many if many.closest >= max(NEAR, english.closest + NEARER) else english

    def _by(self, model: Model, query: Query) -> Read | None:
        if model not in self:
            return None
        vector = self._of[model].vector(query.meant if model is Model.ENGLISH else query.text)
        return None if vector is None else Read(self._of[model], vector)
