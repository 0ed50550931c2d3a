"""What somebody asks is found among quotes, code, frames and pastes."""

import pytest

from bot.core.searching.text import MAX_CHARACTERS
from bot.core.talk.own_words import own_words

QUESTION = "how do I reset my pin"
OTHER = "how do I close my account"
LOG = "2026-03-01 12:00:00 worker 7 done in 12 ms\n"


@pytest.mark.parametrize(
    "text",
    [
        f"> {OTHER}\n{QUESTION}",
        f"{QUESTION}\n>>> {OTHER}\nand so on",
        f"&gt; {OTHER}\n&gt; {OTHER}\n{QUESTION}",
        f"~~{OTHER}~~ {QUESTION}",
        f"~{OTHER}~ {QUESTION}",
        f"```\n{OTHER}\n```\n{QUESTION}",
        f"`{OTHER}` {QUESTION}",
        f"Hi team,\n\nI hope you are all well. {QUESTION}\n\nBest regards,\nAnn Lee\nAcme",
        f"Hello, {QUESTION}. Thanks in advance!",
        f"{QUESTION}\n\nSent from my phone",
        f"{QUESTION}\n-- \nAnn Lee, Acme\n+1 555 0100",
        f"{QUESTION}\n\nThis email is confidential and intended for its addressee only.\nIf it is not you, delete it.",
        f"Guten Tag, {QUESTION}\nMit freundlichen Gr\u00fc\u00dfen\nAnn",
        f"Hola, {QUESTION}\nSaludos cordiales\nAna",
        f"Bonjour, {QUESTION}\nCordialement\nAnne",
        f"{LOG * 300}{QUESTION}",
        f"{QUESTION}\n{LOG * 300}",
    ],
)
def test_only_the_question_counts(text: str) -> None:
    assert own_words(text).rstrip(" .") == QUESTION


@pytest.mark.parametrize("text", [f"> {OTHER}", f">>> {OTHER}", f"```\n{OTHER}\n```", f"&gt; {OTHER}"])
def test_where_there_is_nothing_else_a_quote_counts(text: str) -> None:
    assert OTHER in own_words(text)


@pytest.mark.parametrize(
    "text", [QUESTION, "what does `E42` mean", "Hello my card is stuck. What now", "Best regards", ""]
)
def test_what_has_no_frame_stays_as_it_is(text: str) -> None:
    assert own_words(text) == text


def test_a_long_text_without_a_question_stays_long() -> None:
    assert len(own_words("and so on " * 2_000)) > MAX_CHARACTERS


@pytest.mark.parametrize(
    "text",
    ["> " * 5_000, "~" * 20_000, "`" * 20_000, "thanks\n" * 5_000, "regards " * 5_000, ">>>" * 9_000, "hi " * 9_000],
)
@pytest.mark.timeout(20)
def test_anything_is_read_in_time(text: str) -> None:
    assert isinstance(own_words(text), str)
