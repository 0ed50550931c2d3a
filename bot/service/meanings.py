"""Encode questions, each by the encoder that reads it, to compare them by their meaning."""

import asyncio
from collections.abc import Mapping, Sequence

from bot.core.searching.groups import Meaning
from bot.core.searching.languages import Foreign, foreign
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.text import is_latin, normalise
from bot.core.searching.vectors import Encode, Model


class QuestionMeanings:
    """The encoders that there are, which may be none."""

    def __init__(self, lexicon: Lexicon, encoders: Mapping[Model, Encode]) -> None:
        self._lexicon = lexicon
        self._encoders = encoders

    def __bool__(self) -> bool:
        """Return whether there is an encoder."""
        return bool(self._encoders)

    async def of(self, texts: Sequence[str]) -> Sequence[Meaning | None]:
        """Return what encoders make of texts that they read, in a thread: it takes about a millisecond for each."""
        if not self._encoders:
            return [None] * len(texts)
        wordings = list(map(normalise, texts))
        reader = {wording: self._reader(wording) for wording in wordings}
        found: dict[str, Meaning] = {}
        for model, encode in self._encoders.items():
            read = [wording for wording, by in reader.items() if by is model]
            vectors = await asyncio.to_thread(encode, read) if read else None
            if vectors is not None:
                found |= {wording: Meaning(vector, model) for wording, vector in zip(read, vectors, strict=True)}
        return [found.get(wording) for wording in wordings]

    def _reader(self, wording: str) -> Model | None:
        """Return which encoder reads a question; by what entries say it might be another one, rarely."""
        if Model.MULTILINGUAL in self._encoders:
            spoken = foreign(wording, wording.split(), self._lexicon.dictionary.__contains__)
            if spoken is Foreign.YES:
                return Model.MULTILINGUAL
        return Model.ENGLISH if is_latin(wording) else None
