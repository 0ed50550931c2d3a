"""The languages of entries and questions, and the encoder that each is for."""

from collections.abc import Sequence

import numpy as np
import pytest

from bot.core.models import Entry
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.languages import Foreign
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.query import NEAR, NEARER, Query, Readers
from bot.core.searching.spelling import Dictionary
from bot.core.searching.text import word_set
from bot.core.searching.vectors import Model, Vectors

ENGLISH = Entry(id="en", question="How do I reset my password?", answer="Choose forgot on the page.")
GERMAN = Entry(id="de", question="Wie kann ich mein Passwort ändern?", answer="Wähle es auf der Seite aus.")
POLISH = Entry(id="pl", question="Zmiana", answer="Ustawienia", locale="pl")
LEXICON = Lexicon(dictionary=Dictionary([*word_set("how do reset my password choose forgot on the page")]))


def ones(texts: Sequence[str]) -> Vectors:
    return np.ones((len(texts), 1), np.float32)


def index(*entries: Entry) -> EntryIndex:
    return EntryIndex(LEXICON, entries, ones, multilingual=ones)


def test_entries_are_in_a_language_by_their_words_or_their_locale() -> None:
    known = index(ENGLISH, GERMAN, POLISH)
    assert known.foreign == 2
    known.drop("pl")
    assert known.foreign == 1
    known.put(Entry(id="de", question="How do I reset my password?", answer="Choose forgot."))
    assert known.foreign == 0


def test_where_most_entries_are_in_another_language_all_questions_are_for_the_other_encoder() -> None:
    assert index(GERMAN).query("how do I reset my password").foreign is Foreign.YES
    assert index(ENGLISH).query("how do I reset my password").foreign is Foreign.NO
    assert index(ENGLISH, GERMAN).query("how do I reset my password").foreign is Foreign.NO


def test_who_asks_decides_where_a_text_does_not() -> None:
    assert index(ENGLISH).query("zmiana").foreign is Foreign.UNSURE
    assert index(ENGLISH).query("zmiana", locale="pl-PL").foreign is Foreign.YES
    assert index(ENGLISH).query("zmiana", locale="hi").foreign is Foreign.UNSURE
    assert index(ENGLISH, POLISH).query("zmiana").foreign is Foreign.UNSURE
    assert index(ENGLISH, POLISH).query("pasword rest").foreign is Foreign.UNSURE


def test_without_that_encoder_nothing_is_for_it() -> None:
    query = EntryIndex(LEXICON, [GERMAN], ones).query("wie kann ich das ändern")
    assert query.foreign is Foreign.NO


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
