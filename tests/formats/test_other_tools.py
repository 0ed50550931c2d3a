"""Read pages and texts as other tools and other people write them."""

import pytest

from bot.formats import Document
from bot.formats.reading import read


def document_of(text: str, name: str) -> Document:
    document = read(name, text.encode())
    assert document.problems == ()
    return document


def pairs(text: str, name: str = "a.md") -> dict[str, str]:
    """Return question and answer of each record of a text in which nothing is in doubt."""
    document = document_of(text, name)
    assert document.doubtful == ()
    return {record.question: "\n\n".join(record.passages) for record in document.records}


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_the_first_letter_of_a_word_that_labels_questions_labels_them_too(name: str) -> None:
    text = "Frage: Wann?\nAntwort: Jetzt.\n\nF: Wo?\nA: Hier.\nD: ist kein Zeichen.\n"
    assert pairs(text, name) == {"Wann?": "Jetzt.", "Wo?": "Hier.\nD: ist kein Zeichen."}


@pytest.mark.parametrize("answer", ["F: is a drive.", "P: is one.\nA: is none."])
def test_a_letter_without_an_answer_below_it_or_of_another_word_is_text(answer: str) -> None:
    assert pairs(f"Frage: Wann?\nAntwort: Jetzt.\n\n{answer}\n", "a.txt") == {"Wann?": f"Jetzt.\n\n{answer}"}


def test_marks_of_a_site_builder_are_no_text() -> None:
    page = '## How?\n\nSo.\n\n{{< notice tip >}}\nMind it.\n{{< /notice >}}\n\n## Why?\n\n{{% include "a" %}}\nThus.\n'
    assert pairs(page) == {"How?": "So.\n\nMind it.", "Why?": "Thus."}
