"""Read pages and texts in which nothing is wrong."""

from bot.formats import Document
from bot.formats.reading import read


def document_of(text: str, name: str = "a.md") -> Document:
    """Return what a text holds."""
    document = read(name, text.encode())
    assert document.problems == ()
    return document


def pairs(text: str, name: str = "a.md") -> dict[str, str]:
    """Return question and answer of each record of a text in which nothing is in doubt."""
    document = document_of(text, name)
    assert document.doubtful == ()
    return {record.question: "\n\n".join(record.passages) for record in document.records}
