"""Show which encoder reads a question, and that the vectors of each are kept apart."""

from collections.abc import Sequence

import numpy as np
import pytest

from bot.core.searching.languages import Foreign
from bot.core.searching.query import Query
from bot.core.searching.readers import NEAR, NEARER, Readers
from bot.core.searching.vectors import Model, Vectors


def towards(*cosines: float) -> Vectors:
    return np.array([[cosine, np.sqrt(1 - cosine**2)] for cosine in cosines], np.float32)


def fixed(cosine: float, width: int = 2) -> "Fixed":
    return Fixed(cosine, width)


class Fixed:
    """An encoder that finds questions so near to all texts."""

    def __init__(self, cosine: float, width: int) -> None:
        self.cosine, self.width = cosine, width

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Return a vector for each text."""
        found = towards(*(self.cosine if text == "asked" else 1.0 for text in texts))
        return np.pad(found, ((0, 0), (0, self.width - 2)))


def query(foreign: Foreign) -> Query:
    return Query("asked", ("asked",), ("asked",), ("ask",), ("ask",), ("asked",), foreign)


def reader(english: float, many: float | None, foreign: Foreign) -> Model | None:
    readers = Readers(fixed(english), None if many is None else fixed(many, 3))
    readers.add(["said"])
    read = readers.read(query(foreign))
    return None if read is None else read.meanings.model


def test_a_question_is_read_by_the_encoder_of_its_language() -> None:
    assert reader(0.1, 0.9, Foreign.NO) is Model.ENGLISH
    assert reader(0.9, 0.1, Foreign.YES) is Model.MULTILINGUAL
    assert reader(0.9, None, Foreign.YES) is Model.ENGLISH


@pytest.mark.parametrize(
    ("english", "many", "by"),
    [
        (0.2, NEAR + 0.01, Model.MULTILINGUAL),
        (0.2, NEAR - 0.01, Model.ENGLISH),
        (0.7, 0.7 + NEARER + 0.01, Model.MULTILINGUAL),
        (0.7, 0.7 + NEARER - 0.01, Model.ENGLISH),
    ],
)
def test_where_nothing_tells_the_scores_do(english: float, many: float, by: Model) -> None:
    assert reader(english, many, Foreign.UNSURE) is by


def test_each_encoder_learns_its_own() -> None:
    readers = Readers(fixed(0.5), fixed(0.5, 3))
    readers.add(["said"], {model: lambda _: None for model in Model})
    assert [readers.missing(model) for model in Model] == [{0: "said"}, {0: "said"}]
    assert readers.read(query(Foreign.YES)) is None
    readers.learn({"said": fixed(1, 3)(["said"])[0]}, Model.MULTILINGUAL)
    assert [len(readers.missing(model)) for model in Model] == [1, 0]
    read = readers.read(query(Foreign.UNSURE))
    assert read is not None
    assert read.meanings.model is Model.MULTILINGUAL
    readers.remove(0)
    assert readers.missing(Model.ENGLISH) == {}
    assert Readers(None).missing(Model.MULTILINGUAL) == {}
