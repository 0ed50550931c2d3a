"""Show that an index changes without a rebuild and without a trace."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.deciding.judgement import judge
from bot.core.deciding.ranking import rank
from bot.core.models import Answered, Entry, Surface
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.spelling import Dictionary
from tests.core.faqs import ENTRIES, LEXICON, index

WORD = st.sampled_from(
    ["freeze", "account", "password", "withdrawal", "pending", "\u5fd8\u5bc6\u7801", "phone", "lost"]
)
TEXT = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
ENTRY = st.builds(
    Entry,
    id=st.sampled_from(["a", "b", "c", "d"]),
    question=TEXT,
    aliases=st.lists(TEXT, max_size=3).map(tuple),
    answer=TEXT,
)


def test_a_new_alias_is_found_at_once() -> None:
    changing = index()
    freeze = changing.entry("freeze-app")
    changing.put(replace(freeze, aliases=("panic button on the phone",)))
    first = rank(changing, "where is the panic button").matches[0]
    assert (first.entry_id, first.phrase) == ("freeze-app", "panic button on the phone")


def test_a_removed_alias_is_forgotten() -> None:
    changing = index()
    reset = changing.entry("reset-password")
    changing.put(replace(reset, aliases=()))
    assert "forgot my password" not in {match.phrase for match in rank(changing, "forgot my password").matches}


def test_a_changed_answer_counts() -> None:
    changing = index()
    before = rank(changing, "trezor").matches[0].confidence
    changing.put(replace(changing.entry("withdraw"), answer="Connect your Trezor."))
    first = rank(changing, "trezor").matches[0]
    assert first.entry_id == "withdraw"
    assert first.confidence > 3 * before


def test_chinese_is_found_by_its_characters() -> None:
    asked = "\u6211\u5fd8\u8bb0\u5bc6\u7801\u4e86"  # I forgot the password
    forgot = Entry(id="forgot", question="\u6211\u5fd8\u8bb0\u4e86\u5bc6\u7801\u600e\u4e48\u529e\uff1f", answer="1")
    refund = Entry(id="refund", question="\u600e\u4e48\u7533\u8bf7\u9000\u6b3e\uff1f", answer="2")
    first = rank(index(*ENTRIES, refund, forgot), asked).matches[0]
    assert first.entry_id == "forgot"
    assert first.confidence > 0.3


def test_two_burmese_words_that_differ_in_a_sign_get_their_own_answers() -> None:
    both = index(Entry(id="a", question="\u1019\u102d", answer="1"), Entry(id="b", question="\u1019\u102f", answer="2"))
    decisions = [
        judge(both, text, surface=Surface.MENTION).decided.decision for text in ("\u1019\u102d", "\u1019\u102f")
    ]
    assert [isinstance(one, Answered) and one.match.entry_id for one in decisions] == ["a", "b"]


def test_a_dropped_entry_is_gone() -> None:
    changing = index()
    changing.drop("withdraw")
    changing.drop("withdraw")
    assert "withdraw" not in changing
    assert len(changing) == len(ENTRIES) - 1
    with pytest.raises(KeyError):
        changing.entry("withdraw")
    assert all(match.entry_id != "withdraw" for match in rank(changing, "withdrawal pending").matches)


def test_a_sentence_that_becomes_a_phrasing_is_read_as_one() -> None:
    long = "freeze account password withdrawal pending reset phone lost card cash gold coin bank home"
    other = Entry(id="b", question="freeze home", answer="")
    changed = EntryIndex(LEXICON, [Entry(id="a", question="reset phone", answer=f"{long}. Done."), other])
    now = Entry(id="a", question="reset phone", aliases=(f"{long}.",), answer="")
    changed.put(now)
    assert rank(changed, "bank home").matches == rank(EntryIndex(LEXICON, [other, now]), "bank home").matches


@pytest.mark.slow
@settings(max_examples=60)
@given(before=st.lists(ENTRY), changes=st.lists(ENTRY | st.sampled_from(["a", "b", "c", "d"])), asked=TEXT)
def test_a_changed_index_ranks_like_a_new_one(before: list[Entry], changes: list[Entry | str], asked: str) -> None:
    changed = EntryIndex(LEXICON, before)
    standing = {entry.id: entry for entry in before}
    for change in changes:
        if isinstance(change, str):
            changed.drop(change)
            standing.pop(change, None)
        else:
            changed.put(change)
            standing[change.id] = change
    expected = rank(EntryIndex(LEXICON, standing.values()), asked).matches
    found = rank(changed, asked).matches
    assert {match.entry_id: match.confidence for match in found} == pytest.approx(
        {match.entry_id: match.confidence for match in expected}, abs=1e-3
    )


@pytest.mark.slow
@settings(max_examples=40)
@given(before=st.lists(ENTRY, min_size=1), change=ENTRY, asked=TEXT)
def test_a_copy_answers_the_same_and_neither_sees_what_changes_in_the_other(
    before: list[Entry], change: Entry, asked: str
) -> None:
    known = EntryIndex(LEXICON, before)
    first = rank(known, asked)
    copied = known.copy()
    assert rank(copied, asked) == first
    copied.put(change)
    assert rank(known, asked) == first
    known.drop(before[0].id)
    changed = EntryIndex(LEXICON, before)
    changed.put(change)
    assert rank(copied, asked) == rank(changed, asked)


def test_neighbours_are_the_entries_that_can_be_ranked() -> None:
    known = index()
    query = known.query("freeze my account")
    assert known.neighbours(query) == {match.entry_id for match in rank(known, "freeze my account").matches}
    assert known.neighbours(known.query("\u0436\u0436")) == frozenset()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("How do I reset my password?", "How do I reset my password?"),
        ("How do I rest my PASWORD?", "How do I rest my password?"),
        ("forgot my passs-word, pasword!", "forgot my pass-word, password!"),
        ("my paswwword", "my password"),
        ("is itttt my PASWORD or my pasword?", "is itt my password or my password?"),
        ("I can\u2019t reset my PASWORD and dont ask", "I can\u2019t reset my password and don't ask"),
        ("my p\u0430ssword", "my password"),
        ("\u043f\u0430\u0440\u043e\u043b\u044c", "\u043f\u0430\u0440\u043e\u043b\u044c"),
    ],
)
def test_an_encoder_reads_words_as_they_were_meant(text: str, meant: str) -> None:
    entries = [Entry(id="a", question="How do I reset my password?", answer="Do rest.")]
    assert EntryIndex(Lexicon(), entries, lambda _: None).query(text).meant == meant


def test_a_common_word_is_known_where_there_is_an_encoder() -> None:
    lexicon = Lexicon(dictionary=Dictionary(["parrot"]))
    index, plain = EntryIndex(lexicon, ENTRIES, lambda _: None), EntryIndex(lexicon, ENTRIES)
    assert (index.query("parrto").meant, plain.query("parrto").meant) == ("parrot", "parrto")
    assert index.query("parrto").corrected == ("parrto",)
    assert index.copy().query("parrto").meant == "parrot"
