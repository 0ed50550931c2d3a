"""Collect what the bot says from the source, and bring the files of translations in line with it.

`python -m tests.catalogues` adds what is new to each file, without a translation, and drops what is said no more.
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.core.wording.languages import CATALOGUES, ENGLISH, LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
WORDING = CATALOGUES.parent
TRANSLATED = tuple(language for language in LANGUAGES if language != ENGLISH)
_WIDTH = 116


def said() -> Catalog:
    """Return all messages, in the order of the source."""
    template = Catalog(charset="utf-8")
    for name, _, message, _, _ in extract_from_dir(
        WORDING, method_map=[("**.py", "python")], keywords={"Message": None, "Counted": (1, 2)}
    ):
        template.add(message, locations=[((WORDING / name).relative_to(ROOT).as_posix(), 0)])
    return template


def translated(language: str) -> Catalog:
    """Return the translations into a language."""
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def write(catalogue: Catalog, language: str) -> None:
    """Write the translations into a language, in an order that does not depend on the file system."""
    with (CATALOGUES / f"{language}.po").open("wb") as file:
        write_po(file, catalogue, width=_WIDTH, ignore_obsolete=True, include_lineno=False, sort_by_file=True)


def update(language: str) -> None:
    """Add what a file does not have yet, and drop what is said no more; make the file if there is none."""
    there = (CATALOGUES / f"{language}.po").exists()
    catalogue = translated(language) if there else Catalog(locale=language, charset="utf-8", fuzzy=False)
    catalogue.update(said(), no_fuzzy_matching=True, update_creation_date=False)
    write(catalogue, language)


if __name__ == "__main__":
    for each in TRANSLATED:
        update(each)
