"""What people say back to an answer: choices by number or words, thanks, and questions that follow on it."""

from pathlib import Path

import pytest

from bot.core.models import Answered, Match, Suggested, Unanswered
from bot.core.talk.said_back import SaidBack, chosen, in_context, is_better, may_answer, may_follow, said_back

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
    lines = (LINES.parent / "asking" / "channels.txt").read_text("utf-8").splitlines()
    asked = [line.removeprefix("+ ") for line in lines if line.startswith("+ ")]
    assert len(asked) >= 200
    assert [line for line in asked if said_back(line) is not None] == []


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
        ("ok I will try", SaidBack.WAIT),
        ("one moment", SaidBack.WAIT),
        ("yes, it is still open", SaidBack.WAIT),
        ("ja, ist noch offen", SaidBack.WAIT),
        ("s\u00ed, sigue abierto", SaidBack.WAIT),
        ("oui, toujours d'actualit\u00e9", SaidBack.WAIT),
        ("\u0434\u0430, \u0435\u0449\u0451 \u0430\u043a\u0442\u0443\u0430\u043b\u044c\u043d\u043e", SaidBack.WAIT),
        ("that solved it", SaidBack.SOLVED),
        ("great, closing this", SaidBack.SOLVED),
        ("das hat geholfen", SaidBack.SOLVED),
        ("no, that did not help", SaidBack.NOT_HELPED),
        ("still not working", SaidBack.NOT_HELPED),
        ("\U0001f44d", SaidBack.THANKS),
        ("hello", None),
        ("", None),
        ("a" * 5_000, None),
        ("no " * 3_000, None),
    ],
)
def test_short_and_odd_ones(text: str, kind: SaidBack | None) -> None:
    assert said_back(text) == kind


def test_in_a_thread_words_in_no_set_order_are_understood() -> None:
    lines = [line.split("\t") for line in (LINES / "loosely.txt").read_text("utf-8").splitlines()]
    understood = [said_back(text, loosely=True) in KINDS[kind] for kind, text in lines]
    assert sum(understood) / len(lines) >= UNDERSTOOD
    assert sum(said_back(text) is None for _, text in lines) / len(lines) >= UNDERSTOOD


@pytest.mark.parametrize(
    "text",
    [
        "working hours",
        "wait times",
        "I can't change my answer",
        "I need to change my manager",
        "kann jemand anders das machen",
        "no puedo cambiar mi respuesta",
        "je ne peux pas changer ma r\u00e9ponse",
        "my card still does not work",
        "the second card fails",
        "can I do it myself",
        "can I get help in person",
        "ich habe einen Fehler gefunden",
        "Bestellung nicht gefunden",
        "it works now?",
        "und jetzt?",
        "\u00bfy ahora?",
        "and then",
        "et si \u00e7a ne marche pas ?",
    ],
)
def test_what_names_or_asks_something_is_a_question_in_a_thread_too(text: str) -> None:
    assert said_back(text, loosely=True) is None


@pytest.mark.parametrize("name", ["questions.txt", "channels.txt"])
def test_questions_are_not_taken_for_it_in_a_thread(name: str) -> None:
    if name == "questions.txt":
        asked = (LINES / name).read_text("utf-8").splitlines()
    else:
        lines = (LINES.parent / "asking" / name).read_text("utf-8").splitlines()
        asked = [line.removeprefix("+ ") for line in lines if line.startswith("+ ")]
    assert len([line for line in asked if said_back(line, loosely=True) is not None]) * 100 <= len(asked)


@pytest.mark.parametrize(
    "text", ["falsche Antwort", "you misunderstood my question", "\u0431\u0435\u0437 \u0442\u043e\u043b\u043a\u0443"]
)
def test_each_wording_of_a_line_counts(text: str) -> None:
    assert said_back(text) is SaidBack.NOT_HELPED


TITLES = ["How do I freeze my account (web)?", "How do I freeze my account (app)?", "What does a withdrawal cost?"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1", 0),
        ("2.", 1),
        ("#3", 2),
        ("the second one", 1),
        ("option 2 please", 1),
        ("der zweite", 1),
        ("la primera", 0),
        ("le premier", 0),
        ("\u0432\u0442\u043e\u0440\u043e\u0439", 1),
        ("the last one", 2),
        ("app", 1),
        ("the app", 1),
        ("web please", 0),
        ("withdrawal cost", 2),
        ("freeze my account", None),
        ("4", None),
        ("7", None),
        ("app and web", None),
        ("yes", None),
        ("how do I freeze my card", None),
        ("the", None),
        ("and what does it cost?", None),
        ("", None),
        ("2 " * 500, None),
    ],
)
def test_by_number_or_by_words_of_its_title(text: str, place: int | None) -> None:
    assert chosen(text, TITLES) == place


def test_yes_takes_the_only_one() -> None:
    assert chosen("yes", TITLES[:1]) == 0
    assert chosen("ja genau", TITLES[:1]) == 0


@pytest.mark.parametrize(
    "text",
    ["and what does it cost?", "on android?", "what about deposits", "y en android?", "und im Web?", "is it safe"],
)
def test_what_may_follow(text: str) -> None:
    assert may_follow(text)


@pytest.mark.parametrize(
    "text",
    ["", "?", "deposit crypto", "and then I went to the shop where nobody had the thing that I looked for", "\u202e\n"],
)
def test_what_stands_by_itself(text: str) -> None:
    assert not may_follow(text)


@pytest.mark.parametrize(
    ("before", "text", "meant"),
    [
        ("how do I deposit crypto", "and what does it cost?", "what does deposit crypto cost?"),
        ("how do I create an api key", "how do I delete it?", "how do I delete api key?"),
        ("how do I freeze my account in the app", "and on the website?", "on the website freeze account"),
        ("how long does the check take", "and which documents?", "which documents check"),
        ("", "and then?", "then"),
    ],
)
def test_the_words_of_the_question_before_take_their_place(before: str, text: str, meant: str) -> None:
    assert in_context(text, before) == meant


def test_only_another_answer_or_choices_count() -> None:
    one, other = (Answered(Match(entry_id=each, phrase="", confidence=0.9)) for each in ("one", "other"))
    assert is_better(Unanswered(), other, before=one)
    assert is_better(Unanswered(), Suggested((other.match, one.match)), before=one)
    assert not is_better(Unanswered(), one, before=one)
    assert not is_better(one, other, before=one)
    assert not is_better(Unanswered(), Unanswered(), before=one)


@pytest.mark.parametrize("text", ["\u202e it " * 200, "it", "\\1 it \\g<0>", "(" * 50 + "it"])
def test_anything_is_put_in_context(text: str) -> None:
    assert isinstance(in_context(text, text[::-1]), str)
    may_follow(text)


@pytest.mark.parametrize(
    "text",
    [
        "Go to Settings, then Security.",
        "It does not work because you have to verify your email first.",
        "What error do you see? With 403, sign in again.",
        "ответ есть в настройках профиля",
        "\u70b9\u51fb\u8bbe\u7f6e\u91cc\u7684\u51bb\u7ed3",
    ],
)
def test_what_tells_something_may_answer(text: str) -> None:
    assert may_answer(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_back_answers_nobody(language: str) -> None:
    lines = [line.split("\t")[1] for line in (LINES / f"{language}.txt").read_text("utf-8").splitlines()]
    assert [line for line in lines if may_answer(line)] == []


@pytest.mark.parametrize(
    "text",
    [
        *("", "?", "ok", "yes", "which version do you use", "Did you restart it?", "x" * 2_000, "\u202e\u202e"),
        *("looking into it", "one moment please"),
    ],
)
def test_questions_back_and_scraps_answer_nobody(text: str) -> None:
    assert not may_answer(text)
