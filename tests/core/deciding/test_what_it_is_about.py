"""Show what differs by what a question is about: which one, for whom, what of it, and what has happened."""

import pytest

from bot.bootstrap import load_lexicon
from bot.config import Settings
from bot.core.deciding.differences import comparison_of
from bot.core.models import Entry
from bot.core.searching.contrasts.comparison import Kind
from bot.core.searching.entry_index import EntryIndex

LEXICON = load_lexicon(Settings())


def found(text: str, *questions: str, answer: str = "So.") -> dict[Kind, tuple[str, str]]:
    entry = Entry(id="it", question=questions[0], answer=answer, aliases=questions[1:])
    differences = comparison_of(EntryIndex(LEXICON, [entry]), text).differences(entry)
    return {one.kind: (one.asked, one.entry) for one in differences}


@pytest.mark.parametrize(
    ("text", "question", "kind", "said"),
    [
        # One of two sides is another one.
        ("how do i bridge usdc to tron", "How do I bridge USDT to Tron?", Kind.OPPOSITE, ("usdc", "usdt")),
        # The same two, the other way round.
        (
            "can i turn pounds into yen",
            "Can I turn yen into pounds?",
            Kind.OPPOSITE,
            ("pounds into yen", "yen into pounds"),
        ),
        (
            "can i turn wool into felt",
            "Can I turn felt into wool?",
            Kind.OPPOSITE,
            ("wool into felt", "felt into wool"),
        ),
        ("go from 3.2 to 3.1", "How do I go from 3.1 to 3.2?", Kind.NUMBER, ("3.2 3.1", "3.1 3.2")),
        # Another of a sort that no entry speaks of.
        (
            "lagging a lot on the velvet edition",
            "Can I play on the copper edition?",
            Kind.OTHER,
            ("velvet edit", "copper edit"),
        ),
        # Another one than who asks.
        ("how do i get a key for a guest", "How do I get a key?", Kind.OTHER, ("for a guest", "")),
        ("how do i see my sister's marks", "How do I see my marks?", Kind.OTHER, ("my sisters marks", "")),
        # Something else of the same thing.
        ("when is the pool heated", "How do I heat the pool?", Kind.ASPECT, ("time", "")),
        ("how often do you clean the pool", "How do I clean the pool?", Kind.ASPECT, ("frequency", "")),
        ("who pays the rates of the pool", "When are the rates of the pool due?", Kind.ASPECT, ("person", "")),
        ("how much are the rates of the pool", "When are the rates of the pool due?", Kind.ASPECT, ("cost", "")),
        ("where is the sauna", "Who may use the sauna?", Kind.ASPECT, ("place", "")),
        ("why do i need a towel", "How do I get a towel?", Kind.ASPECT, ("reason", "")),
        ("which colours does the towel have", "How do I get a towel?", Kind.ASPECT, ("colours", "")),
        # Something else is done to the same thing.
        ("can i pay the rent of my locker", "How do I change the rent of my locker?", Kind.OTHER, ("pay", "change")),
        ("how do i step down as a guard", "How do I become a guard?", Kind.OPPOSITE, ("step down", "become")),
        ("how do i cancel a transfer", "How do I transfer a pass?", Kind.OTHER, ("cancel transfer", "transfer")),
        ("how do i remove one lap from my log", "How do I clear my log?", Kind.OTHER, ("one lap", "")),
        ("can my sister use the sauna", "Can I use the sauna?", Kind.OTHER, ("can my sister", "")),
        ("what does the pass not include", "How long is the pass valid?", Kind.ASPECT, ("", "time")),
        ("what do the marks of my swimming test mean", "How do I see my marks?", Kind.ASPECT, ("meaning", "")),
        ("when do whales leave the bay", "When do whales come out?", Kind.OPPOSITE, ("leave", "come out")),
        # Something is or has happened.
        ("my watch loses its strap", "How do I connect my watch?", Kind.STATE, ("loses", "")),
        ("a guard reported me", "How do I report a guard?", Kind.STATE, ("reported", "report")),
        ("my towel was not delivered", "How do I get a towel?", Kind.STATE, ("delivered", "")),
        ("there is a mistake in my bill", "How do I get a bill?", Kind.FAILURE, ("mistake", "")),
    ],
)
def test_what_is_about_something_else_differs(text: str, question: str, kind: Kind, said: tuple[str, str]) -> None:
    assert found(text, question)[kind] == said


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("how do i get a key for a guest", ("How do I get a key for the people who visit me?",)),
        ("when will my parcel come", ("Where is my parcel?",)),
        ("may i use the sauna", ("Who may use the sauna?",)),
        ("which steps does the renewal have", ("How do I renew the pass?",)),
        ("which towel can i take", ("How do I take a towel?",)),
        ("where do i see my bill", ("How do I pay the bill?", "bill of the month")),
        ("how do i change the lock", ("How do I change the lock?", "How do I pay for the lock?")),
        ("the pump hangs, how do i restart it", ("How do I restart the pump?",)),
        ("i was banned and want to appeal", ("How do I appeal a ban?",)),
        ("i am interested in a towel", ("How do I get a towel?",)),
        ("how many months of the pass are left", ("How long is the pass valid?",)),
        ("i want to stop my pass", ("How do I cancel my pass?",)),
        ("i lost my badge, can i restore it", ("How do I get my badge back?",)),
        ("run it on ubuntu", ("Run it on linux",)),
        ("how do i request a transfer", ("How do I transfer a pass?",)),
        ("how do i take a lap from my log", ("How do I take laps out of my log?",)),
        ("i have yet to receive my towel", ("How do I get a towel?",)),
        ("i am allowed to sit on a towel", ("How do I sit on a towel?",)),
        ("somebody hacked me", ("How do I freeze my account?",)),
        ("parcel not showing up", ("My parcel has not arrived",)),
        ("my parcel is still not in the box", ("My parcel has not arrived",)),
        ("i want to buy a towel, where", ("How do I buy a towel?", "buy a sheet")),
        ("my pump does not load anymore", ("My pump is not reachable",)),
        ("cant remember my key", ("I forgot my key", "reset my key")),
        ("how do i add a key", ("What does a new key need?",)),
        ("go from 3.1 to 3.2", ("How do I go from 3.1 to 3.2?", "from 3.2 to 3.1")),
        ("turn wool into felt", ("How do I turn wool into felt?", "turn felt into wool")),
    ],
)
def test_what_is_about_the_same_does_not_differ(text: str, questions: tuple[str, ...]) -> None:
    assert found(text, *questions) == {}
