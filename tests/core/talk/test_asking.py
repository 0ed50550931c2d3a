"""What is asked in a message, and whether anything is."""

import os
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist

from bot.core.searching.kept_vectors import RecentVectors
from bot.core.searching.text import MAX_CHARACTERS
from bot.core.searching.vectors import Encode, TextVectors, Vectors
from bot.core.talk.asking import asks, clearness, own_words
from bot.encoder.encoder import Encoder
from bot.encoder.tolerant import TolerantEncoder
from bot.errors import EncoderError
from bot.formats.labelled import read_questions
from bot.resources import MODEL
from tests.shared import shared

QUESTIONS = Path(__file__).parents[2] / "questions" / "asking"
FITTED_ON = Path(__file__).parents[3] / "bench" / "asking"
ASKED, NOTHING_ASKED = "+ ", "- "
NEARLY_THE_SAME = 85


def lines(sign: str, name: str = "channels.txt") -> list[str]:
    written = (QUESTIONS / name).read_text("utf-8").splitlines()
    return [line.removeprefix(sign) for line in written if line.startswith(sign)]


def share(texts: list[str], encode: Encode | None = None) -> float:
    return sum(asks(text, encode) for text in texts) / len(texts)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "by_meaning", "left", "missed"),
    [
        ("channels.txt", False, 0.895, 0.09),
        ("channels.txt", True, 0.91, 0.035),
        ("communities.txt", False, 0.875, 0.13),
        ("communities.txt", True, 0.92, 0.07),
    ],
)
def test_lines_that_nothing_was_fitted_on_are_told_as_well_as_the_documentation_says(
    name: str,
    by_meaning: bool,  # noqa: FBT001  # of the table above
    left: float,
    missed: float,
) -> None:
    encode = RecentVectors(TolerantEncoder(partial(Encoder, MODEL))) if by_meaning else None
    silent, asked = lines(NOTHING_ASKED, name), lines(ASKED, name)
    assert len(silent) >= 240
    assert len(asked) >= 160
    assert 1 - share(silent, encode) >= left
    assert 1 - share(asked, encode) <= missed


def test_the_lines_of_communities_to_fit_by_are_none_that_are_held_out() -> None:
    written = (FITTED_ON / "communities.txt").read_text("utf-8").lower().splitlines()
    fitted_on = [line[2:] for line in written if line[:2] in {ASKED, NOTHING_ASKED}]
    held_out = [line.lower() for path in QUESTIONS.iterdir() for sign in "+-" for line in lines(f"{sign} ", path.name)]
    alike = cdist(fitted_on, held_out, scorer=ratio, score_cutoff=NEARLY_THE_SAME, dtype=np.uint8)
    assert [fitted_on[at] for at in np.flatnonzero(alike.any(axis=1))] == []


def test_vectors_of_another_encoder_change_nothing() -> None:
    texts = lines(ASKED)[:50]
    assert [asks(text, other) for text in texts] == [asks(text) for text in texts]
    assert [asks(text, lambda _: None) for text in texts] == [asks(text) for text in texts]


def test_an_encoder_that_fails_between_two_texts_leaves_the_words() -> None:
    shipped, doubtful = Encoder(MODEL), "maker taker"

    def fails(texts: Sequence[str]) -> Vectors:
        if doubtful in texts:
            raise EncoderError(str(MODEL), "it broke", "mend it")
        return shipped.encode(texts)

    class Failing:
        encode = staticmethod(fails)

        def read(self, texts: Sequence[str]) -> TextVectors:
            return TextVectors(fails(texts), shipped.read(texts).manners)

    encode = TolerantEncoder(Failing)
    assert clearness(doubtful, TolerantEncoder(lambda: shipped)) != clearness(doubtful)
    assert clearness(doubtful, encode) == clearness(doubtful)


def test_what_is_put_like_a_statement_is_one_though_its_words_occur_in_questions() -> None:
    encode = TolerantEncoder(partial(Encoder, MODEL))
    told = [
        "the other token is listed on thursday",
        "their help desk moved to the second floor",
        "whatever the release notes say, it feels quicker",
    ]
    assert not any(asks(text, encode) for text in told)


def other(texts: Sequence[str]) -> Vectors:
    vectors = np.zeros((len(texts), 384), np.float32)
    vectors[:, 0] = 1
    return vectors


@pytest.mark.parametrize(("name", "missed"), [("banking77/k10", 0.07), ("opertus_faq/k10", 0.05)])
def test_few_questions_of_other_people_are_missed(name: str, missed: float) -> None:
    path = shared("data", *name.split("/"), "queries.jsonl")
    texts = [each.text for each in read_questions(path.name, path.read_bytes())]
    assert 1 - share(texts) <= missed


@pytest.mark.parametrize(
    "text", ["", "   ", "?", "\U0001f600", "\u202e\u200b", "a" * 10_000, "\n" * 5_000, "no, " * 2_000]
)
def test_anything_can_be_read(text: str) -> None:
    assert asks(text) in {True, False}


def test_every_process_says_the_same_of_a_line_at_the_limit() -> None:
    program = "from bot.core.talk.asking import asks; print(asks('ranked decay after how many days'))"
    environments = [os.environ | {"PYTHONHASHSEED": str(seed)} for seed in range(4)]
    command = [sys.executable, "-c", program]
    said = {subprocess.check_output(command, env=each) for each in environments}  # noqa: S603  # our own interpreter
    assert len(said) == 1


def test_a_question_after_a_story_counts() -> None:
    story = "I bought a new phone yesterday and my brother got the old one."
    assert not asks(story)
    assert asks(f"{story} How do I move my account?")
    assert asks("I lost my old phone lol, how do I move my account")


def test_what_was_a_trouble_and_is_none_any_more_asks_nothing() -> None:
    assert asks("I cannot log in.")
    assert not asks("I could not log in yesterday. It works now, thanks.")


def test_where_there_are_no_wordings_every_message_may_ask() -> None:
    assert asks("\u30d1\u30b9\u30ef\u30fc\u30c9\u3092\u5fd8\u308c\u307e\u3057\u305f")
    assert asks("\u3042\u308a\u304c\u3068\u3046")


def test_chinese_is_read_without_spaces() -> None:
    assert asks("\u5bc6\u7801\u5fd8\u8bb0\u4e86\u600e\u4e48\u529e")
    assert not asks("\u8c22\u8c22\u5927\u5bb6")


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
