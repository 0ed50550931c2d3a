"""Show which words are corrected, and to what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.searching.spelling import Dictionary, Vocabulary


def vocabulary(*words: str, always: tuple[str, ...] = ()) -> Vocabulary:
    known = Vocabulary(always)
    known.add(words)
    return known


@pytest.mark.parametrize("typed", ["depsoit", "deposi", "depposit", "deposyt"])
def test_one_edit_is_corrected(typed: str) -> None:
    assert vocabulary("deposit", "withdrawal").correct(typed) == "deposit"


def test_two_edits_are_corrected_in_long_words_only() -> None:
    known = vocabulary("withdrawal", "deposit")
    assert known.correct("withdrwaall") == "withdrawal"
    assert known.correct("depsiot") == "depsiot"


@pytest.mark.parametrize("typed", ["frm", "wait", "2fa5x", "about", "deposit"])
def test_short_known_and_numbered_words_stay(typed: str) -> None:
    assert vocabulary("deposit", "want", "from").correct(typed) == typed


def test_of_a_short_word_only_the_order_of_its_letters_is_corrected() -> None:
    assert vocabulary("mute").correct("mtue") == "mute"
    assert vocabulary("mute").correct("mule") == "mule"
    assert vocabulary("stat").correct("tats", Dictionary(["tats"])) == "tats"


def test_what_tells_texts_apart_stays() -> None:
    known = Vocabulary(stays=lambda word: word == "umont")
    known.add(["mount", "umount"])

    assert known.correct("umont") == known.intended("umont", Dictionary()) == "umont"
    assert known.intended("umoutn", Dictionary()) == "umount"


def test_the_nearest_then_the_commonest_then_the_first_wins() -> None:
    assert vocabulary("transfers", "transformed").correct("transferz") == "transfers"
    assert vocabulary("caste", "haste", "haste").correct("xaste") == "haste"
    assert vocabulary("haste", "caste").correct("xaste") == "caste"


def test_words_known_by_other_means_count() -> None:
    known = vocabulary(always=("verification",))
    assert known.correct("verificaton") == "verification"
    assert known.correct("verification") == "verification"


def test_what_is_taken_back_is_forgotten() -> None:
    known = vocabulary("deposit", "deposit")
    known.remove(["deposit"])
    assert known.correct("depsoit") == "deposit"
    known.remove(["deposit"])
    assert known.correct("depsoit") == "depsoit"


@given(st.lists(st.text("abcde", min_size=5, max_size=9)), st.text("abcde", max_size=10))
def test_correcting_twice_changes_nothing(words: list[str], typed: str) -> None:
    known = vocabulary(*words)
    assert known.correct(known.correct(typed)) == known.correct(typed)


COMMON = Dictionary(["with", "wit", "forgot", "cannot", "receive", "mistaken", "staking"])


@pytest.mark.parametrize(
    ("typed", "intended"),
    [
        ("pasword", "password"),  # corrected anyhow
        ("pasowrd", "password"),
        ("psasowrd", "password"),
        ("forgto", "forgot"),
        ("wiht", "with"),
        ("recievee", "receive"),
        ("staking", "staking"),
        ("mistaken", "mistaken"),
        ("crdit", "crdit"),
        ("zzzzzz", "zzzzzz"),
        ("dont", "don't"),
        ("wth", "with"),
        ("crd", "card"),
        ("wit", "wit"),
        ("th", "th"),
        ("2fa5x", "2fa5x"),
    ],
)
def test_an_encoder_reads_what_was_intended(typed: str, intended: str) -> None:
    assert vocabulary("password", "card", "unstaking").intended(typed, COMMON) == intended


def test_a_word_of_the_texts_goes_before_a_common_one_that_is_as_near() -> None:
    assert vocabulary("forget").intended("forgt", COMMON) == "forget"
    assert vocabulary("forgetting").intended("forgt", COMMON) == "forgot"


def test_a_word_that_the_texts_use_stays_unless_they_mostly_spell_it_otherwise() -> None:
    assert vocabulary("forgto").intended("forgto", COMMON) == "forgto"
    assert vocabulary("forgto", "forgot", "forgot").intended("forgto", COMMON) == "forgot"
    assert vocabulary("unstaking", "stakings", "staking").intended("stakings", COMMON) == "stakings"
    assert vocabulary("forgot", always=("forgto",)).intended("forgto", COMMON) == "forgot"


def test_what_was_intended_is_found_anew_when_the_texts_change() -> None:
    known = vocabulary("password")
    assert known.intended("unstakng", COMMON) == "unstakng"
    known.add(["unstaking"])
    assert known.intended("unstakng", COMMON) == "unstaking"
    known.remove(["unstaking"])
    assert known.intended("unstakng", COMMON) == "unstakng"


def test_without_common_words_those_of_the_texts_are_read() -> None:
    assert vocabulary("password").intended("forgto", Dictionary()) == "forgto"
    assert vocabulary("password").intended("pasowrd", Dictionary()) == "password"


def test_what_is_a_word_is_no_slip_for_one_of_the_texts() -> None:
    words, common = vocabulary("including", "rejected", "writing"), Dictionary(["excluding", "reflected", "quitting"])
    assert [words.correct(word, common) for word in ("excluding", "reflected", "quitted")] == [
        "excluding",
        "reflected",
        "quitted",
    ]
    assert words.correct("rejectde", common) == "rejected"


def test_of_words_as_near_the_likelier_slip_counts() -> None:
    words = vocabulary("create", "created", "create", "large", "barge", "barge")
    assert words.correct("creatde") == "created"
    assert words.correct("largr") == "large"
    assert Dictionary(["will", "sell"]).nearest("sill") == (1, "sell")
    assert Dictionary(["ones", "owns"]).nearest("onws") == (1, "owns")
    assert Dictionary(["finance", "what"]).nearest("binance") is None
    assert Dictionary(["finance", "what"]).nearest("hwat") == (1, "what")
