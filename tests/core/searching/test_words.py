"""Show which words count as content, and what is only talk."""

import pytest
import snowballstemmer

from bench.stems import listed
from bot.core.searching.text import content, is_greeting, is_thanks, stem, tokens


@pytest.mark.parametrize("said", ["hi", "Hello everyone!", "good morning team", "gm", "hey there", "yo yo"])
def test_greetings(said: str) -> None:
    assert is_greeting(tokens(said))


@pytest.mark.parametrize(
    "said", ["thanks", "Thanks a lot!!", "thank you so much", "ok cool", "got it, thx", "it worked"]
)
def test_thanks(said: str) -> None:
    assert is_thanks(tokens(said))


@pytest.mark.parametrize("said", ["hi, I can't log in", "everyone", "so much", "a lot", "it", "good deposit"])
def test_what_is_neither(said: str) -> None:
    words = tokens(said)
    assert not is_greeting(words)
    assert not is_thanks(words)


def test_nothing_is_neither() -> None:
    assert not is_greeting([])
    assert not is_thanks([])


def test_content_leaves_out_what_holds_a_question_together() -> None:
    stems = [stem(word) for word in tokens("How can I please cancel the withdrawal that I made?")]
    assert content(stems) == [stem("cancel"), stem("withdrawal"), stem("made")]


def test_word_endings_do_not_matter() -> None:
    assert stem("withdrawals") == stem("withdrawal")
    assert stem("verified") == stem("verify")


def test_the_stems_on_file_are_those_of_the_stemmer() -> None:
    stemmer = snowballstemmer.stemmer("english")
    assert [word for word in listed() if stem(word) != stemmer.stemWord(word)] == []
    assert stem("zeppelining") == "zeppelin"
