"""Show how moderators are told which wordings become phrasings, and which stay open."""

from bot.core.deciding.differences import Apart, SortedWordings
from bot.core.searching.contrasts.comparison import Difference, Kind
from bot.core.wording.replay import left_open, sorting

OPPOSITE = Difference(Kind.OPPOSITE, "disable", "enable")


def test_each_wording_is_told_with_its_reason() -> None:
    wordings = SortedWordings(taken=("a",), apart=(Apart("disable\nit", OPPOSITE),))

    assert sorting(["turn it on"], wordings) == (
        'New phrasing: "turn it on"',
        'Differs, stays open: "disable it", opposite (asked: disable, entry: enable)',
    )


def test_of_many_the_first_are_told_and_the_rest_is_counted() -> None:
    many = [f"w{number}" for number in range(7)]
    wordings = SortedWordings(apart=tuple(Apart(text, OPPOSITE) for text in many))
    lines = sorting(many, wordings)

    assert len(lines) == 12
    assert lines[5] == "New phrasings: 2 more"
    assert lines[-1] == "Differ, stay open: 2 more"


def test_a_link_against_the_words_is_warned_of() -> None:
    (line,) = sorting([], SortedWordings(despite=OPPOSITE))

    assert line == "Take care: what was asked differs from the entry, by opposite (asked: disable, entry: enable)."


def test_what_stays_open_is_told_after_the_act() -> None:
    one, two = (SortedWordings(apart=(Apart("a", OPPOSITE),) * number) for number in (1, 2))

    assert left_open(one, "R4") == " One wording differs from it and stays open as R4."
    assert left_open(two, "R4") == " 2 wordings differ from it and stay open as R4."
    assert left_open(two, None) == left_open(None, "R4") == ""
