"""List the formats in the order in which they are asked."""

from bot.formats import copied, dialogue, exact, exact_book, forum, listing, markdown, native, plain, webpage
from bot.formats.reader import FaqFile, Format
from bot.formats.tables import csv_format, json_format, rasa, xlsx_format

FORMATS: tuple[Format, ...] = (
    exact.LINES,
    exact.TABLE,
    exact_book.FORMAT,
    webpage.FORMAT,
    forum.FORMAT,
    csv_format.FORMAT,
    xlsx_format.FORMAT,
    json_format.FORMAT,
    native.FORMAT,
    rasa.FORMAT,
    copied.FORMAT,
    markdown.FORMAT,
    dialogue.FORMAT,
    listing.FORMAT,
    plain.FORMAT,
)
"""The first one that recognises the content reads the file, or else the first one that has its suffix."""

SUFFIXES = tuple(sorted({suffix for each in FORMATS for suffix in each.suffixes}))


def format_of(file: FaqFile) -> Format | None:
    """Return the format that reads a file, None when nothing speaks for any."""
    asked = (each for each in FORMATS if each.binary or not file.faults)
    recognised = next((each for each in asked if each.recognises(file)), None)
    return recognised or next((each for each in FORMATS if file.suffix in each.suffixes), None)
