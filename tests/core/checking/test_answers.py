"""Answers that are empty, cut, unfinished, or point at what is not there."""

import pytest

from bot.core.checking.answers import distinct_paragraphs, in_answer
from bot.core.checking.findings import Check, Checked, Severity
from bot.core.local_answers import LocalAnswer
from bot.core.models import Entry

SOUND = "Open **Settings > Profile** and choose **Change**.\n\n1. Confirm with the code.\n2. Log in again."


def found(answer: str = SOUND, *, excerpt: bool = False, **fields: str) -> list[tuple[Check, str | None]]:
    """Return the checks that an entry fails, with the fields."""
    entry = Entry(id="one", question=fields.pop("question", "How do I change it?"), answer=answer, **fields)  # type: ignore[arg-type]  # all are texts
    return [(each.check, each.field) for each in in_answer(Checked(entry=entry, excerpt=excerpt))]


@pytest.mark.parametrize(
    "answer",
    [
        SOUND,
        "Yes.",
        "See [the steps](https://help.bakery.test/steps) below.",
        "Click the button below: https://help.bakery.test/steps",
        "Write `{{name}}` where the name belongs.",
        "```\nTODO: your text\n```\nThat is the form.",
        "It costs 5 €",
        "Choose **Not now** (below **OK**)",
        "Tap [here](https://help.bakery.test).",
        "Balances below the minimum stay.",
        "It ends on Monday; then it begins again",
        "1. Open the menu of the shop\n2. Press the round yellow button",
        "We take cards of many kinds, e.g. Those of your own bank",
        "We have moved. See Old Market",
        "We have moved. Find us at:\nOld Market 5, second door to the left",
    ],
)
def test_a_sound_answer_is_left_alone(answer: str) -> None:
    assert found(answer) == []


@pytest.mark.parametrize("answer", ["-", "…", "**  **", "How do I  change it?"])
def test_an_answer_without_words_of_its_own_is_empty(answer: str) -> None:
    assert (Check.EMPTY, "answer") in found(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "Open the menu and",
        "First choose the",
        "You need:",
        "We looked at it and...",
        "Run this:\n```\nmake",
        "It is (",
        "Use what is called",
        "Open the menu. There you see a field that they have",
        "Les frais sont bas. Vous payez pour chaque ordre que vous",
    ],
)
def test_an_answer_that_breaks_off_is_cut(answer: str) -> None:
    assert found(answer) == [(Check.CUT, "answer")]


@pytest.mark.parametrize(("answer", "severity"), [("which", Severity.WARNING), ("they have", Severity.NOTE)])
def test_where_only_a_stop_is_missing_it_is_a_note(answer: str, severity: Severity) -> None:
    entry = Entry(id="one", question="Why?", answer=f"Open the menu. There you see the field {answer}")
    assert [each.severity for each in in_answer(Checked(entry=entry))] == [severity]


def test_a_phrasing_that_is_never_answered_is_found() -> None:
    local = LocalAnswer(locale="de", question="Warum?", answer="Darum.")
    entry = Entry(id="one", question="Why?", answer="So.", never=("WHY", "warum", "when"), answers=(local,))
    (one, two) = in_answer(Checked(entry=entry))
    assert {(each.check, each.severity, each.field) for each in (one, two)} == {
        (Check.EXCLUDED, Severity.WARNING, "never")
    }
    assert (one.what, "'Warum?'" in two.what) == ("'Why?' is a phrasing, and the entry is never to answer it", True)


def test_an_excerpt_is_cut_by_nature() -> None:
    checked = Checked(entry=Entry(id="one", question="Why?", answer="It is so because..."), excerpt=True)
    assert [each.severity for each in in_answer(checked)] == [Severity.NOTE]


@pytest.mark.parametrize(
    "answer",
    [
        "For quick access, click the button below.",
        "Choose it as shown in the picture.",
        "The steps are in the screenshot above.",
        "To learn more, click here.",
        "Use the link below to go on.",
    ],
)
def test_an_answer_that_points_at_nothing_is_found(answer: str) -> None:
    assert found(answer) == [(Check.POINTER, "answer")]


@pytest.mark.parametrize(
    "text",
    [
        "TODO ask Kim.",
        "Lorem ipsum dolor sit amet.",
        "Hello {{name}}.",
        "Write to help@example.com.",
        "Call [your name].",
    ],
)
def test_a_placeholder_is_found_in_any_text(text: str) -> None:
    assert (Check.PLACEHOLDER, "answer") in found(text)
    assert (Check.PLACEHOLDER, "staff_note") in found(staff_note=text)


def test_a_character_that_nobody_sees_is_found() -> None:
    assert found(question="How do I change\u200b it?") == [(Check.UNSEEN, "question")]


def test_a_paragraph_that_repeats_is_found_and_kept_once() -> None:
    twice = "Open the long menu.\n\nThen wait a while.\n\nOpen the  long menu."
    assert found(twice) == [(Check.REPEATED, "answer")]
    assert distinct_paragraphs(twice) == "Open the long menu.\n\nThen wait a while."
    assert (
        distinct_paragraphs("Or:\n\nthis one here\n\nOr:\n\nthat one there")
        == "Or:\n\nthis one here\n\nOr:\n\nthat one there"
    )


def test_answers_for_some_readers_are_looked_at_too() -> None:
    german = LocalAnswer(locale="de", question="Wie ändere ich das?", answer="TODO: auf Deutsch schreiben.")
    entry = Entry(id="one", question="How do I change it?", answer=SOUND, answers=(german,))
    assert [(each.check, each.field) for each in in_answer(Checked(entry=entry))] == [(Check.PLACEHOLDER, "answers")]


@pytest.mark.parametrize(
    ("answer", "check"),
    [
        ("Wann?", Check.EMPTY),
        ("Öffne das Menü und dann:", Check.CUT),
        ("Siehe [image] or click the button below.", Check.POINTER),
        ("Eins und zwei und drei.\n\nEins und zwei und drei.", Check.REPEATED),
    ],
)
def test_answers_for_a_locale_are_looked_at_too(answer: str, check: Check) -> None:
    german = LocalAnswer(locale="de", question="Wann?", answer=answer)
    (one,) = in_answer(Checked(entry=Entry(id="one", question="When?", answer=SOUND, answers=(german,))))

    assert (one.check, one.field) == (check, "answers")
    assert one.what.startswith("for de, ")


def test_a_word_that_ends_sentences_in_another_language_cuts_nothing() -> None:
    german = LocalAnswer(locale="de", question="Wann?", answer="Ruf uns an")
    assert found(answers=(german,)) == []  # type: ignore[arg-type]  # all but this are texts
    assert found("Ruf uns an", locale="de") == []
