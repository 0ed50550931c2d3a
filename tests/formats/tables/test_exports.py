"""What help centres and bots export is read with all that it says, also in its less usual forms."""

import json

import pytest

from bot.formats import Record
from bot.formats.reading import read


def records(value: object, name: str = "a.json") -> list[Record]:
    """Return the records of an export of which nothing is wrong or in doubt."""
    document = read(name, json.dumps(value).encode())
    assert (document.problems, document.doubtful) == ((), ())
    return list(document.records)


def pairs(value: object) -> list[tuple[str, str, str | None]]:
    """Return question, answer and locale of each record."""
    return [(each.question, each.passages[0], each.locale) for each in records(value)]


@pytest.mark.parametrize("metadata", [{"category": "coins"}, [{"name": "category", "value": "coins"}, "x"]])
def test_metadata_are_an_object_or_a_list(metadata: object) -> None:
    (record,) = records([{"questions": ["How?"], "answer": "So.", "metadata": metadata, "source": "https://e.org/a"}])
    assert (record.category, record.source.url) == ("coins", "https://e.org/a")


def test_of_several_embeds_titles_texts_and_fields_are_the_answer() -> None:
    embeds = [
        {"title": "Rules", "description": "Be kind."},
        {"title": "More", "fields": [{"name": "One", "value": "No spam"}, 3]},
    ]
    (record,) = records([{"name": "rules", "embeds": embeds}])
    assert (record.question, record.aliases) == ("Rules", ("rules",))
    assert record.passages == ("Be kind.\n\n**More**\n\n**One**\nNo spam",)


def test_translations_within_an_article_are_entries_of_their_own() -> None:
    english = {"title": "How?", "body": "<p>So.</p>", "locale": "en-us"}
    translations = [{"title": "Wie?", "body": "<p>Eben so.</p>", "locale": "de"}, english]
    article = {"id": 1, "section_id": 3, **english, "translations": translations}
    assert pairs({"articles": [article]}) == [("How?", "So.", "en-US"), ("Wie?", "Eben so.", "de")]


def test_the_keys_of_sections_may_be_languages() -> None:
    german = [{"question": "Wie?", "answer": "Eben so."}]
    found = pairs({"en": [{"question": "How?", "answer": "So."}], "de": german})
    assert found == [("How?", "So.", "en"), ("Wie?", "Eben so.", "de")]


@pytest.mark.parametrize("answer", ['{"other": 1}', "{cut", "[1]"])
def test_an_answer_in_braces_that_is_no_card_stays_as_it_is(answer: str) -> None:
    (record,) = records([{"questions": ["How?"], "answer": answer, "metadata": {}, "source": "Editorial"}])
    assert record.passages == (answer,)


def test_an_answer_that_is_a_card_is_its_text_and_its_link() -> None:
    card = json.dumps({"title": "More", "description": "So.", "redirectionUrl": "https://e.org/a"})
    (record,) = records([{"questions": ["How?"], "answer": card, "metadata": {}, "source": "Editorial"}])
    assert record.passages == ("So.\n\n[More](https://e.org/a)",)
