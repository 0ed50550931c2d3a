"""What people say back to an answer is understood in five languages, and no question is taken for it."""

from pathlib import Path

import pytest

from bot.core.talk.said_back import SaidBack, said_back

LINES = Path(__file__).parents[2] / "questions" / "said_back"
LANGUAGES = ("en", "de", "es", "fr", "ru")
UNDERSTOOD, MISTAKEN = 0.9, 2
KINDS = {
    "solved": {SaidBack.SOLVED, SaidBack.THANKS},
    "thanks": {SaidBack.SOLVED, SaidBack.THANKS},
    "wait": {SaidBack.WAIT},
    "not_helped": {SaidBack.NOT_HELPED},
    "human": {SaidBack.HUMAN},
}


@pytest.mark.parametrize("first", [0, 1], ids=["built on", "held out"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_back_is_understood(language: str, first: int) -> None:
    lines = [line.split("\t") for line in (LINES / f"{language}.txt").read_text("utf-8").splitlines()]
    assert len(lines) == 40
    understood = [said_back(text) in KINDS[kind] for kind, text in lines[first::2]]
    assert sum(understood) / len(understood) >= UNDERSTOOD


def test_questions_are_not_taken_for_it() -> None:
    lines = (LINES / "questions.txt").read_text("utf-8").splitlines()
    assert len(lines) >= 200
    assert len([line for line in lines if said_back(line) is not None]) <= MISTAKEN


def test_real_questions_are_not_taken_for_it() -> None:
    lines = (LINES.parent / "asking" / "asked.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if said_back(line) is not None] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("no", SaidBack.NO),
        ("none of these", SaidBack.NO),
        ("no thanks, get me a human", SaidBack.HUMAN),
        ("no, it works now", SaidBack.SOLVED),
        ("see pic", SaidBack.PICTURE),
        ("siehe Screenshot", SaidBack.PICTURE),
        ("ok", SaidBack.WAIT),
        ("\U0001f44d", SaidBack.THANKS),
        ("hello", None),
        ("", None),
        ("a" * 5_000, None),
        ("no " * 3_000, None),
    ],
)
def test_short_and_odd_ones(text: str, kind: SaidBack | None) -> None:
    assert said_back(text) == kind
