"""Show that the languages of entries are known, and whose questions go to the encoder of many languages."""

from collections.abc import Sequence

import numpy as np

from bot.core.models import Entry
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.languages import Foreign
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.spelling import Dictionary
from bot.core.searching.text import word_set
from bot.core.searching.vectors import Vectors

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
