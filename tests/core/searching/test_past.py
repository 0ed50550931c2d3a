"""Show which past questions a new one is like."""

import numpy as np
import pytest

from bot.core.models import MessageRef
from bot.core.searching.groups import Meaning
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.past import PastQuestion, most_alike

LEXICON = Lexicon()


def asked(text: str, *, thread: str | None = None) -> PastQuestion:
    """Return a question, which is a post if its thread is called as its message is."""
    return PastQuestion(ref=MessageRef(platform="discord", message_id="m", thread_id=thread), text=text)


def found(text: str, *past: str, most: int = 2) -> list[str]:
    """Return the texts that a text is most like."""
    there = [asked(each) for each in past]
    return [one.text for one in most_alike(LEXICON, asked(text), there, most=most)]


def test_the_same_words_lead_and_the_newest_of_them() -> None:
    past = ("where does the green parrot live", "where is the green parrot", "Where is the green parrot?")

    assert found("where is the green parrot", *past) == list(past[1:])
    assert found("where is the green parrot", *past, most=3) == [*past[1:], past[0]]


@pytest.mark.parametrize(
    "past",
    [
        "where is the red bicycle",
        "where is the green parrot not allowed",
        "",
        "???",
    ],
)
def test_what_is_not_alike_or_says_the_opposite_is_not_found(past: str) -> None:
    assert found("where is the green parrot allowed", past) == []


@pytest.mark.parametrize("text", ["", "???", "how do you do it?"])
def test_where_no_word_says_what_is_asked_nothing_is_found(text: str) -> None:
    assert found(text, text) == []


STORY = "I came home at six and it was not in its cage, and nobody in the whole house knows a thing about it."


def test_posts_are_compared_by_their_titles() -> None:
    post = asked(f"Where is the green parrot?\n{STORY}", thread="m")
    other = asked(
        "Where is that green parrot\nIt bites, so take care of your fingers when you have found it.", thread="m"
    )

    assert most_alike(LEXICON, other, [post], most=2) == (post,)
    assert most_alike(LEXICON, asked(other.text), [asked(post.text)], most=2) == ()


@pytest.mark.parametrize(
    ("text", "thread", "title"),
    [
        ("The parrot and its cage\nWhere is it?", "m", "The parrot and its cage"),
        ("Help\nWhere is it?", "m", "Help\nWhere is it?"),
        ("Good morning to the parrot\nWhere is it?", None, "Good morning to the parrot\nWhere is it?"),
        ("Good morning to the parrot\nWhere is it?", "t", "Good morning to the parrot\nWhere is it?"),
    ],
)
def test_a_title_is_that_of_a_post_and_says_something(text: str, thread: str | None, title: str) -> None:
    assert asked(text, thread=thread).title == title


def test_what_means_the_same_comes_before_what_has_like_words() -> None:
    text, words = "where is the green parrot allowed", "where is that green parrot allowed now"
    means, opposite = "rooms that birds may enter", "where is the green parrot not allowed"
    near, far = Meaning(np.array([1, 0], np.float32)), Meaning(np.array([0, 1], np.float32))
    meanings = {text: near, means: near, words: far, opposite: near}

    assert found(text, words, means, opposite) == [words]
    alike = most_alike(LEXICON, asked(text), [*map(asked, (words, means, opposite))], most=3, meanings=meanings)
    assert [one.text for one in alike] == [means, words]
