"""Store the vectors that each sentence encoder gives the texts of an index, and choose the encoder for a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bot.core.searching.languages import Foreign
from bot.core.searching.meanings import Meanings, Model, VectorOf
from bot.core.searching.query import Query
from bot.core.searching.vectors import Encode, Vectors

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
        many = None if query.foreign is Foreign.NO else self._by(Model.MULTILINGUAL, query.text)
        if many is not None and query.foreign is Foreign.YES:
            return many
        english = self._by(Model.ENGLISH, query.meant)
        if many is None or english is None:
            return english or many
        return many if many.closest >= max(NEAR, english.closest + NEARER) else english

    def _by(self, model: Model, text: str) -> Read | None:
        vector = self._of[model].vector(text) if model in self._of else None
        return None if vector is None else Read(self._of[model], vector)
