"""Show how further answers of an entry are read, and what is refused with its line."""

from textwrap import indent

import pytest

from bot.core.local_answers import LocalAnswer
from bot.formats import collect
from bot.formats.reading import read

ENTRY = "- id: soup\n  question: Which soup is there?\n  answer: Leek.\n  answers:\n"


def problems(answers: str) -> list[tuple[int | None, str | None, str]]:
    """Return the line, the field and the fault of each problem of an entry with these answers."""
    found = read("faq.yaml", (ENTRY + indent(answers, "    ")).encode())
    return [(each.line, each.field, each.what) for each in found.problems]


def test_all_fields_are_read() -> None:
    text = (
        "- {region: EU, answer: Tomato.}\n- {locale: de, question: Welche Suppe?, aliases: [Suppe], answer: Lauch.}\n"
    )
    (draft,) = collect([read("faq.yaml", (ENTRY + indent(text, "    ")).encode())]).entries
    assert draft.entry.answers == (
        LocalAnswer(region="EU", answer="Tomato."),
        LocalAnswer(locale="de", question="Welche Suppe?", aliases=("Suppe",), answer="Lauch."),
    )


@pytest.mark.parametrize(
    ("answers", "line", "field", "what"),
    [
        ("EU: Tomato.", 5, "answers", "a list of at most 50 answers is expected here"),
        ("- Tomato.", 5, "answers", "this is not an answer"),
        ("- region: EU", 5, "answers", "the answer is missing"),
        ("- {region: EU, answer: x, colour: red}", 5, "answers.colour", "there is no such field"),
        ("- answer: Tomato.", 1, "answers", "an answer is for no locale and no region of its own"),
        ("- {region: EU, answer: a}\n- {region: eu, answer: b}", 1, "answers", "two answers are for en and eu"),
        ("- {locale: en, answer: a}", 1, "answers", "two answers are for en"),
        ("- {region: EU, aliases: [x], answer: a}", 1, "answers", "the phrasings of en are in two places"),
        ("- {locale: deutsch, answer: a}", 5, "answers.locale", "'deutsch' is no locale"),
    ],
)
def test_what_is_wrong_is_told(answers: str, line: int, field: str, what: str) -> None:
    assert problems(answers) == [(line, field, what)]


def test_a_phrasing_of_another_locale_is_on_one_entry_too() -> None:
    text = "- id: {}\n  question: {}\n  answer: a\n  answers: [{{locale: de, question: Welche Suppe?, answer: b}}]\n"
    documents = [read(f"{name}.yaml", text.format(name, name).encode()) for name in ("soup", "stew")]
    (problem,) = collect(documents).problems
    assert (problem.field, problem.what) == ("answers", "'Welche Suppe?' is already a phrasing of 'soup' (soup.yaml:1)")
