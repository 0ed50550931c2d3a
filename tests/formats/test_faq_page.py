"""docs/faq.md has all fields and suffixes, and its examples can be read."""

import re
from pathlib import Path

import pytest

from bot.core.fields import ALIAS_COUNT, ANSWER_LIMIT, LABEL_LIMIT, LINK_LIMIT, QUESTION_LIMIT, SCALARS
from bot.formats.reading import SUFFIXES, read

PAGE = (Path(__file__).parents[2] / "docs" / "faq.md").read_text(encoding="utf-8")


def table(head: str) -> str:
    """Return the table whose first column is headed so."""
    return PAGE[PAGE.index(f"| {head} |") :].partition("\n\n")[0]


def example(section: str) -> str:
    """Return the first block of code in a section."""
    found = re.search(r"(```+)\w+\n(.*?)\1", PAGE[PAGE.index(f"### {section}\n") :], re.DOTALL)
    assert found is not None
    return found[2]


def test_all_fields_are_there() -> None:
    named = {name for row in table("Field").splitlines()[2:] for name in re.findall(r"`([^`]+)`", row.split("|")[1])}
    assert named == {*SCALARS, "aliases", "answers", "never"}


def test_all_suffixes_are_there() -> None:
    assert set(re.findall(r"`(\.\w+)`", table("Form"))) == set(SUFFIXES)


def test_the_limits_are_those_of_the_readers() -> None:
    fields = table("Field")
    assert f"{ALIAS_COUNT}, each one line of {QUESTION_LIMIT} characters" in fields
    assert all(f"{limit:,} characters" in fields for limit in (ANSWER_LIMIT, LINK_LIMIT, LABEL_LIMIT))


@pytest.mark.parametrize(
    ("section", "name", "entries"),
    [
        ("YAML", "a.yaml", 1),
        ("Markdown", "a.md", 3),
        ("One file an entry", "a.md", 1),
        ("Web pages", "a.html", 1),
        ("Questions and answers", "a.txt", 2),
        ("Copied articles", "a.txt", 1),
        ("Pages of a help centre", "a.txt", 2),
        ("Forum threads", "a.json", 1),
    ],
)
def test_its_examples_are_read(section: str, name: str, entries: int) -> None:
    document = read(name, example(section).encode())
    assert (document.problems, len(document.records)) == ((), entries)
