"""Links that are malformed, not encrypted, or not allowed."""

from datetime import date

import pytest

from bot.core.checking.answers import addresses, encrypted, in_links, mended
from bot.core.checking.findings import Checked, Severity
from bot.core.models import Entry, Source

DOMAINS = ("bakery.test",)


def found(answer: str, url: str | None = None) -> list[tuple[str | None, Severity, bool]]:
    """Return what is wrong with the links of an entry."""
    entry = Entry(id="one", question="Why?", answer=answer, source=Source(url=url, updated=date(2026, 1, 1)))
    return [(each.field, each.severity, each.fixable) for each in in_links(Checked(entry=entry), DOMAINS)]


@pytest.mark.parametrize(
    "answer",
    [
        "See https://bakery.test/a, [the list](https://help.bakery.test/a_(b)) and www.bakery.test.",
        "Write to [us](mailto:us@bakery.test) or call [us](tel:+123).",
        "Both and/or one: 12:30 and 1/2.",
    ],
)
def test_a_link_to_an_allowed_domain_is_sound(answer: str) -> None:
    assert found(answer) == []


@pytest.mark.parametrize(
    "answer",
    [
        "[here]()",
        "[here](/fees)",
        "[here](#fees)",
        "htps://bakery.test",
        "https:/bakery.test",
        "https://",
        "https://bakery",
    ],
)
def test_a_link_that_leads_nowhere_is_an_error(answer: str) -> None:
    assert found(answer) == [("answer", Severity.ERROR, False)]


def test_a_link_that_is_not_encrypted_is_mended_where_it_is_allowed() -> None:
    answer = "See http://bakery.test/a and http://elsewhere.test."
    assert found(answer) == [
        ("answer", Severity.WARNING, True),
        ("answer", Severity.NOTE, False),
        ("answer", Severity.WARNING, False),
    ]
    assert encrypted(answer, DOMAINS) == "See https://bakery.test/a and http://elsewhere.test."


def test_the_link_of_the_source_is_looked_at_too() -> None:
    assert found("Yes.", "http://bakery.test") == [("source.url", Severity.WARNING, True)]


def test_addresses_come_in_order_and_once_each_place() -> None:
    assert addresses("[a](https://a.test/x) https://b.test. <https://c.test>") == [
        "https://a.test/x",
        "https://b.test",
        "https://c.test",
    ]


def test_mending_leaves_nothing_fixable() -> None:
    untidy = Entry(
        id="one",
        question="Why\u200b?",
        aliases=("how\u00ad come",),
        answer="See http://bakery.test now.\n\nIt is so.\n\nSee  http://bakery.test now.",
        staff_note="http://bakery.test",
        source=Source(url="http://bakery.test"),
    )
    better = mended(untidy, DOMAINS)
    assert (better.question, better.aliases) == ("Why?", ("how come",))
    assert better.answer == "See https://bakery.test now.\n\nIt is so."
    assert (better.staff_note, better.source.url) == ("https://bakery.test", "https://bakery.test")
    assert mended(better, DOMAINS) == better
