"""`faqbot ask`: the reply, why it came about, and questions of every kind."""

import asyncio
from pathlib import Path

import pytest

from bot.store import Database
from bot.store.questions import get_question
from bot.store.records import LoggedQuestion
from tests.cli.commands import Commands

SEED = "abandon ability able about above absent absorb abstract absurd abuse access accident"


def logged(url: str, question_id: str) -> LoggedQuestion:
    """Return a question of the log."""

    async def read() -> LoggedQuestion:
        database = Database(url)
        async with database.snapshot() as tx:
            found = await get_question(tx, question_id)
        await database.aclose()
        return found

    return asyncio.run(read())


@pytest.mark.slow
def test_an_answer_has_its_title_and_source(faqbot: Commands) -> None:
    result = faqbot("ask", "what are the withdrawal fees?")
    assert (result.code, result.err) == (0, "")
    assert result.out == (
        "What are the fees for a withdrawal?\n\nSee the list of fees.\n\n"
        "Source: Fees, updated 24 April 2026, https://example.com/fees\n"
    )


def test_what_is_meant_counts_by_default(faqbot: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    lexical = faqbot("ask", "lock my login from my phone", "--why")
    monkeypatch.delenv("FAQBOT_MODEL_DIR")
    semantic = faqbot("ask", "lock my login from my phone", "--why")
    assert semantic.code == 0
    assert [" lexical," in each.out for each in (lexical, semantic)] == [True, False]
    assert "How do I freeze my account in the app?" in semantic.out


def test_what_is_bold_reads_plain_and_markup_stays_text(faqbot: Commands) -> None:
    result = faqbot("ask", "How do I freeze my account in the app?")
    assert result.out == (
        "How do I freeze my account in the app?\n\n1. Open Profile > Security.\n2. Tap [red]Freeze[/red] :warning:.\n"
    )


def test_near_ties_are_choices(faqbot: Commands) -> None:
    result = faqbot("ask", "freeze my account")
    first, *choices = result.out.splitlines()
    assert first == "Which of these do you mean?"
    assert {choice[3:] for choice in choices} == {
        "How do I freeze my account in the app?",
        "How do I freeze my account on the website?",
    }
    assert [choice[:3] for choice in choices] == ["1. ", "2. "]


def test_what_had_no_answer_is_logged_each_time(faqbot: Commands) -> None:
    for question_id in ("Q1", "Q2"):
        result = faqbot("ask", "do you sell umbrellas?")
        assert result.code == 0
        assert result.out.startswith("I have no answer to that yet.")
        assert result.err == (
            f'Logged as {question_id}. Moderators answer it with: faqbot review answer {question_id} "…"\n'
        )
    first, second = (logged(faqbot.database, question_id) for question_id in ("Q1", "Q2"))
    assert (first.ref.platform, first.surface, first.audience) == ("console", "console", "public")
    assert first.ref.message_id != second.ref.message_id
    assert first.author == second.author
    assert "ann" not in first.author


def test_staff_see_more(faqbot: Commands) -> None:
    assert "payments team" in faqbot("ask", "who approves manual payouts?", "--audience", "internal").out
    assert "payments team" not in faqbot("ask", "who approves manual payouts?").out
    note = "Staff only\nOnly the member may do it.\n"
    assert note in faqbot("ask", "How do I freeze my account in the app?", "--audience", "internal").out
    assert logged(faqbot.database, "Q1").audience == "internal"


def test_why_tells_what_led_to_the_reply(faqbot: Commands) -> None:
    result = faqbot("ask", "How much is a withdrawl??", "--why")
    reply, facts, candidates, features = result.out.split("\n\n")[-4:]
    assert "https://example.com/fees" in reply
    named = dict(line.split(maxsplit=1) for line in facts.splitlines())
    assert named["normalised"] == "how much is a withdrawl"
    assert named["decision"] == "answered with withdrawal-fees"
    assert named["guards"] == "none"
    assert named["thresholds"].startswith("answer 0.")
    assert named["versions"].startswith("scorer ")
    assert named["versions"].endswith(", content 1")
    assert candidates.splitlines()[0].split() == ["CONFIDENCE", "ENTRY", "NEAREST", "PHRASING"]
    assert candidates.splitlines()[1].endswith("withdrawal-fees  how much is a withdrawal")
    header, *rows = (line.split() for line in features.splitlines())
    assert header[0] == "FEATURE"
    assert all(len(row) == len(header) for row in rows)


def test_why_names_what_has_ended(faqbot: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    faqbot("faq", "edit", "withdrawal-fees", "--set", "valid_until=2025-12-31", "--yes")
    result = faqbot("ask", "How much is a withdrawal?", "--why")
    assert "I have no answer to that yet." in result.out
    assert "withdrawal-fees, whose last day was 31 December 2025" in result.out

    monkeypatch.setenv("FAQBOT_EXPIRED", "hedge")
    hedged = faqbot("ask", "How much is a withdrawal?")
    assert "This answer was meant to hold until 31 December 2025" in hedged.out
    assert "See the list of fees." in hedged.out


def test_why_is_not_logged_twice(faqbot: Commands) -> None:
    faqbot("ask", "do you sell umbrellas?", "--why")
    assert "Q2" in faqbot("ask", "do you sell umbrellas?").err


def test_a_secret_brings_a_warning_and_is_repeated_nowhere(faqbot: Commands) -> None:
    result = faqbot("ask", f"my phrase is {SEED}", "--why")
    assert result.out.startswith("That looks like a seed phrase")
    assert "ignored (secret)" in result.out
    assert "absorb" not in result.out + result.err
    outcome = logged(faqbot.database, "Q1").outcome
    assert outcome is not None
    assert outcome.text is None


def test_an_empty_store_says_what_to_do_and_logs_nothing(empty: Commands, faq_file: Path) -> None:
    result = empty("ask", "do you sell umbrellas?")
    assert (result.code, result.out) == (3, "")
    assert "has no entries to answer from" in result.err
    assert "faqbot faq import --pack" in result.err
    assert empty("faq", "import", str(faq_file)).code == 0
    assert "Q1" in empty("ask", "do you sell umbrellas?").err


STRANGE = {
    "empty": "",
    "blank": " \n\t",
    "long": "fees " * 20_000,
    "long without words": "?" * 100_000,
    "control characters": "\x00\x01\x02\x7f\x9b\x1b[2J",
    "bytes and half a pair": "\udcff\udcfe\udc80 fees \ud83d",
    "right to left": "כמה עולה משיכה?",
    "direction changes": "\u202efees\u202c \u2066x\u2069",
    "emoji": "🧊🧊❄️👩\u200d🚀",
    "sql": "'; DROP TABLE questions; --",
    "markup": "%s {0} [bold]x[/bold]",
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_no_question_is_too_strange(faqbot: Commands, text: str) -> None:
    result = faqbot("ask", "--why", "--", text)
    assert result.code == 0
    assert result.out.splitlines()[0]
    assert result.err == "" or result.err.startswith("Logged as Q1.")
    assert not set(result.out) & set("\x00\x1b\x7f\x9b\u202e\u2066\ud83d")
    assert max(map(len, result.out.splitlines())) < 450
