"""Show what of YAML is refused, by libyaml and without it, and that no text grows by being read."""

from collections.abc import Iterator

import pytest
import yaml

from bot.errors import Problem
from bot.formats.reading import read

SOUND = "- id: a\n  question: Why?\n  answer: So.\n"


@pytest.fixture(autouse=True, params=["CSafeLoader", "SafeLoader"])
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with libyaml and without it."""
    monkeypatch.setattr("bot.formats.nodes._Loader", getattr(yaml, request.param))


def only(text: str) -> Problem:
    document = read("faq.yaml", text.encode())
    assert document.records == ()
    (problem,) = document.problems
    return problem


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("# only a comment\n", 1, "there are no entries"),
        ("[]", 1, "there are no entries"),
        ("\n\nid: a\n", 3, "not a list of entries"),
        ("plain text", 1, "not a list of entries"),
        (f"{SOUND}---\n{SOUND}", 4, "a second document"),
        (f"{SOUND}  owner: !!python/object/apply:os.system [x]\n", 4, "the tag !!python/object/apply:os.system is"),
        (f"{SOUND}  owner: !x y\n", 4, "the tag !x is"),
        ("- &a\n  id: a\n", 1, "the anchor &a is"),
        (f"{SOUND}- *a\n", 4, "the alias *a is"),
        (f"{SOUND}  <<: {{owner: x}}\n", 4, "merge keys are"),
    ],
)
def test_what_is_no_plain_list_of_entries_is_refused(text: str, line: int, what: str) -> None:
    problem = only(text)
    assert problem.line == line
    assert what in problem.what


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ("- id: a\n\tquestion: b\n", 2, "with spaces, not with tabs"),
        ("- id: a\n  question: What: why\n", 2, "': ' in quotes"),
        ("- id: a\n  question: @home\n", 2, "put the text in quotes"),
        ("- id: a\n  question: 'It\n  answer: x\n", 2, "close the quotes"),
        ('- id: a\n  question: "C:\\q"\n', 2, "a backslash"),
        ("- id: a\n  question: b\n answer: c\n", 3, "check the indentation"),
    ],
)
def test_syntax_errors_have_a_line_and_a_remedy(text: str, line: int, remedy: str) -> None:
    problem = only(text)
    assert problem.line == line
    assert problem.what.startswith("this is not YAML: ")
    assert remedy in problem.remedy


def _laughs() -> Iterator[str]:
    """Yield the lines of a file whose ten small lists stand for ten billion words."""
    yield "- &l0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"
    for level in range(1, 10):
        yield f"- &l{level} [{', '.join([f'*l{level - 1}'] * 10)}]"
    yield "- {id: a, question: Why?, answer: *l9}"


def test_a_yaml_bomb_does_not_go_off() -> None:
    document = read("faq.yaml", "\n".join(_laughs()).encode())
    assert document.records == ()
    assert (document.problems[0].line, document.problems[0].what) == (1, "the anchor &l0 is not allowed")
    assert len(document.problems) == 10 + 9 * 10 + 1


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_deep_nesting_stops_early(opening: str) -> None:
    problem = only(opening * 100_000)
    assert (problem.line, problem.what) == (1, "lists and fields are nested more than 8 deep")


def test_a_plain_list_is_read() -> None:
    document = read("faq.yaml", SOUND.encode())
    assert (len(document.records), document.problems) == (1, ())
