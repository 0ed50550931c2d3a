"""Show what differs by the words around a word, and what a question says otherwise and means the same."""

import pytest

from bot.core.deciding.differences import comparison_of
from bot.core.models import Entry
from bot.core.searching.contrasts.comparison import Kind, between
from bot.core.searching.contrasts.reading import read
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.lexicon import parse_lexicon
from bot.core.searching.query import Query

LEXICON = parse_lexicon("late = delayed", name="test")


def found(text: str, question: str, answer: str = "So.", *aliases: str) -> dict[Kind, tuple[str, str]]:
    entry = Entry(id="it", question=question, answer=answer, aliases=aliases)
    differences = comparison_of(EntryIndex(LEXICON, [entry]), text).differences(entry)
    return {one.kind: (one.asked, one.entry) for one in differences}


@pytest.mark.parametrize(
    ("text", "question", "kind", "said"),
    [
        (
            "copying files from the server",
            "How do I copy files to the server?",
            Kind.OPPOSITE,
            ("from server", "to server"),
        ),
        ("how do i scroll down", "How do I scroll up?", Kind.OPPOSITE, ("scroll down", "scroll up")),
        ("when i walk out of the shop", "What if I walk into the shop?", Kind.OPPOSITE, ("walk out", "walk in")),
        ("stop recording a meeting", "How do I record a meeting?", Kind.OPPOSITE, ("stop recording", "recording")),
        ("how do i track my phone", "How do I stop tracking my phone?", Kind.OPPOSITE, ("tracking", "stop tracking")),
        ("how do i unistall the driver", "How do I install the driver?", Kind.OPPOSITE, ("unistall", "install")),
        ("turn of the night view", "How do I turn on the night view?", Kind.OPPOSITE, ("turn off", "turn on")),
        ("turn the night view of", "How do I turn on the night view?", Kind.OPPOSITE, ("turn off", "turn on")),
        ("how do i give a bike back", "How do I borrow a bike?", Kind.OPPOSITE, ("give back", "borrow")),
        ("how do i split the cells", "How do I merge the cells?", Kind.OPPOSITE, ("split", "merge")),
        ("how do i show a hidden layer", "How do I hide a layer?", Kind.OTHER, ("show", "")),
        ("is there a plan with 8gb", "Is there a plan with 4 GB?", Kind.NUMBER, ("8", "4")),
        ("book the room for three days", "How do I book the room for 2 days?", Kind.NUMBER, ("3", "2")),
        ("where is the third level", "Where is the second level?", Kind.NUMBER, ("3", "2")),
        ("set up the lua client", "How do I set up the Perl SDK client?", Kind.NAME, ("lua", "perl")),
        ("why was my order refused", "Why is my order pending?", Kind.OTHER, ("refused", "pending")),
        ("the invitation never arrives", "How do I send an invitation?", Kind.FAILURE, ("never arriv", "")),
        ("my key does not open the door", "I forgot my key, what now?", Kind.FAILURE, ("not open", "")),
        ("the call keeps dropping", "How do I start a call?", Kind.FAILURE, ("keeps dropping", "")),
    ],
)
def test_what_differs_is_named(text: str, question: str, kind: Kind, said: tuple[str, str]) -> None:
    assert found(text, question)[kind] == said


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("copy my files to the server", "How do I copy files to the server?"),
        ("how can i scroll up", "How do I scroll up?"),
        ("how can i stop tracking of my phone", "How do I stop tracking my phone?"),
        ("what do i send to", "How do I send to the bank?"),
        ("stop buffering of films", "Where do I watch films?"),
        ("a plan with 4gb", "Is there a plan with 4 GB?"),
        ("how do i return the jacket", "What if the jacket is too small?"),
        ("why will my card not open the door", "My card wont slide into the door?"),
        ("staking polkadot", "How do I stake DOT?"),
        ("what does a pass cost", "How much is a pass?"),
        ("my parcel has not come, where is it", "Where is my parcel?"),
        ("can the output be compressed", "How do I compress the output?"),
        ("money back for a delayed train", "My train is late, do I get money back?"),
        ("i cannot remember my key", "I forgot my key, what now?"),
    ],
)
def test_what_is_said_otherwise_and_means_the_same_does_not_differ(text: str, question: str) -> None:
    assert found(text, question) == {}


def test_what_an_alias_says_of_the_other_way_does_not_differ() -> None:
    assert found("copying from the server", "How do I copy to the server?", "So.", "copy from the server") == {}
    assert found("copying from the server", "How do I copy to the server?", "So.", "the server as a copy") == {}
    assert found("stop recording", "How do I record?", "So.", "stop the recording") == {}
    assert found("scroll down", "How do I scroll up?", "So.", "how to scroll down") == {}


def test_questions_of_people_that_go_opposite_ways_are_told_apart() -> None:
    assert between("scroll down the list", "scroll up the list", fold=LEXICON.fold)
    assert between("zoom in on the map", "zoom out of the map", fold=LEXICON.fold)


@pytest.mark.parametrize(
    ("text", "aspects"),
    [("i want to dispute a charge", set()), ("do you charge for it", {"cost"}), ("are there extra charges", {"cost"})],
)
def test_a_charge_is_a_cost_only_where_one_is_asked_for(text: str, aspects: set[str]) -> None:
    assert read(text).aspects == aspects


def test_a_word_of_a_contrast_is_not_read_as_a_slip_for_another() -> None:
    entries = [Entry(id="it", question="How do I decide who the payer is and what I mount?", answer="So.")]

    query: Query = EntryIndex(LEXICON, entries).query("decode never three payee umount decde")

    assert query.corrected == ("decode", "never", "three", "payee", "umount", "decide")
