"""Show how replies look on Discord."""

from dataclasses import replace
from datetime import date
from typing import Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.discord.showing.answers import call_message, follow_up_message, reply_embed, reply_message
from bot.adapters.discord.showing.parts import DiscordMessage, nonce_of
from bot.chat.markdown import width
from bot.core.models import Source
from bot.core.wording.outcomes import LATER, WITHDRAWN, FollowUp
from bot.core.wording.replies import Choice, Reply, ReplyKind
from tests.adapters.discord.showing.fitting import fits, is_short, texts_of
from tests.adapters.discord.showing.test_markup import TEXTS
from tests.loopback.discord.reading import PINGS, links

DOMAINS = ("example.com",)
URL = "https://example.com/articles/1"
ANSWER = Reply(
    kind=ReplyKind.ANSWER,
    text="Open **Security**. See [the page](https://example.com/a).",
    entry_id="reset-password",
    title="How do I reset my *password*?",
    category="Login",
    source=Source(title="Passwords", url=URL, published=date(2025, 1, 2), updated=date(2026, 3, 4)),
)


def labels(message: DiscordMessage) -> list[str]:
    """Return what stands on the buttons of a message."""
    return [item["label"] for row in rows(message) for item in row]


def rows(message: DiscordMessage) -> list[list[dict[str, Any]]]:
    """Return what can be pressed below a message, row by row."""
    return [row["components"] for row in message.sent["view"].to_components()] if message.items else []


def test_an_answer_has_its_title_text_category_date_and_link() -> None:
    embed = reply_embed(ANSWER, domains=DOMAINS)
    assert embed.title == "How do I reset my \\*password\\*?"
    assert embed.description == "Open **Security**. See the page (<https://example.com/a>)."
    assert embed.footer.text == "Login"
    assert [(field.name, field.value) for field in embed.fields] == [
        ("Source", f"Passwords · <{URL}> · Updated 4 March 2026")
    ]


def test_a_source_out_of_the_domains_is_named_and_not_linked() -> None:
    embed = reply_embed(ANSWER, domains=())
    assert embed.fields[0].value == "Passwords · Updated 4 March 2026"


@pytest.mark.parametrize(
    ("kind", "private", "shown"),
    [
        (ReplyKind.ANSWER, False, ["Helpful", "Not what I asked", "Ask a human", "Remove"]),
        (ReplyKind.ANSWER, True, ["Share in channel", "Helpful", "Not what I asked", "Ask a human"]),
        (ReplyKind.NOTHING_FITS, False, ["Ask a human", "Remove"]),
        (ReplyKind.HINT, False, []),
        (ReplyKind.WARNING, False, []),
    ],
)
def test_each_kind_of_reply_has_its_buttons(kind: ReplyKind, private: bool, shown: list[str]) -> None:  # noqa: FBT001  # a column of the table
    message = reply_message(replace(ANSWER, kind=kind), question_id="Q12", domains=DOMAINS, private=private)
    assert labels(message) == shown
    assert fits(message)


def test_a_reply_to_no_question_has_nothing_to_press() -> None:
    assert reply_message(ANSWER, question_id=None, domains=DOMAINS).items == ()


@pytest.mark.parametrize(("count", "kinds"), [(1, [2]), (5, [2] * 5), (6, [3]), (25, [3]), (26, [3])])
def test_up_to_five_choices_are_buttons_and_more_are_a_menu(count: int, kinds: list[int]) -> None:
    choices = tuple(Choice(f"entry-{number}", f"Question {number}?") for number in range(count))
    message = reply_message(
        Reply(kind=ReplyKind.CHOICES, text="Which?", choices=choices), question_id="Q12", domains=DOMAINS
    )
    first, second = rows(message)
    assert [item["type"] for item in first] == kinds
    assert [item["label"] for item in second] == ["None of these", "Ask a human", "Remove"]
    assert fits(message)


@pytest.mark.parametrize(("length", "listed"), [(80, False), (81, True)])
def test_a_choice_that_a_button_has_no_room_for_stands_in_the_text(length: int, listed: bool) -> None:  # noqa: FBT001  # a column of the table
    choice = Choice("x" * 80, "x" * length)
    message = reply_message(
        Reply(kind=ReplyKind.CHOICES, text="Which?", choices=(choice,)), question_id="Q999999999", domains=DOMAINS
    )
    assert ("- xxx" in (message.embed.description or "" if message.embed else "")) is listed
    assert fits(message)


@pytest.mark.parametrize("embeds", [True, False])
def test_what_is_too_long_is_cut_and_says_where_the_rest_is(embeds: bool) -> None:  # noqa: FBT001  # a column of the table
    long = replace(ANSWER, text="word " * 2_000, title="t" * 300, staff_note="n" * 3_000, category="c" * 100)
    message = reply_message(long, question_id="Q12", domains=DOMAINS, embeds=embeds)
    assert fits(message)
    assert f"Read the rest: <{URL}>" in "".join(texts_of(message))


@pytest.mark.parametrize(("length", "cut"), [(4_096, False), (4_097, True)])
def test_a_description_is_cut_at_its_limit(length: int, cut: bool) -> None:  # noqa: FBT001  # a column of the table
    embed = reply_embed(Reply(kind=ReplyKind.ANSWER, text="x" * length), domains=())
    assert (embed.description or "").endswith("…") is cut


@pytest.mark.parametrize(("more", "cut"), [(0, False), (1, True)])
def test_all_texts_of_an_embed_together_are_cut_at_their_limit(more: int, cut: bool) -> None:  # noqa: FBT001  # a column of the table
    source = Source(title="s" * 256)
    title, note, category = "t" * 256, "n" * 1_024, "c" * 512
    reply = Reply(kind=ReplyKind.ANSWER, text="x", title=title, staff_note=note, category=category, source=source)
    room = 6_000 - len(reply_embed(reply, domains=()))
    embed = reply_embed(replace(reply, text="x" * (1 + room + more)), domains=())
    assert ((embed.description or "").endswith("…"), len(embed)) == (cut, 6_000)


@pytest.mark.parametrize(("length", "cut"), [(2_000, False), (2_001, True)])
def test_content_is_cut_at_its_limit(length: int, cut: bool) -> None:  # noqa: FBT001  # a column of the table
    message = reply_message(Reply(kind=ReplyKind.ANSWER, text="x" * length), question_id=None, domains=(), embeds=False)
    assert message.content.endswith("…") is cut
    assert width(message.content) == 2_000


def test_links_in_plain_text_have_no_previews() -> None:
    assert reply_message(ANSWER, question_id=None, domains=DOMAINS, embeds=False).sent["suppress_embeds"] is True
    assert "suppress_embeds" not in reply_message(ANSWER, question_id=None, domains=(), embeds=False).sent
    assert "suppress_embeds" not in reply_message(ANSWER, question_id=None, domains=DOMAINS).sent


@pytest.mark.parametrize("embeds", [True, False])
def test_what_came_later_mentions_the_asker_alone_and_once(embeds: bool) -> None:  # noqa: FBT001  # a column of the table
    message = follow_up_message(
        FollowUp(str(LATER), ANSWER), asker=42, domains=DOMAINS, question_id="Q1", embeds=embeds
    )
    assert message.content.startswith(f"<@42> {LATER}")
    assert PINGS.findall("".join(texts_of(message))) == ["<@42>"]
    assert dict(message.mentions.to_dict()) == {"parse": [], "users": [42], "roles": []}
    assert fits(message)


def test_a_withdrawn_answer_is_said_in_words() -> None:
    message = follow_up_message(FollowUp(str(WITHDRAWN)), asker=42, domains=DOMAINS)
    assert message.content == f"<@42> {WITHDRAWN}"
    assert message.embed is None


def test_a_call_mentions_the_role_that_is_on_call_or_nobody() -> None:
    assert dict(call_message("Come", role=7).mentions.to_dict()) == {"parse": [], "users": [], "roles": [7]}
    assert call_message("Come", role=None).mentions.to_dict() == discord.AllowedMentions.none().to_dict()


def test_a_later_version_takes_everything_of_the_earlier_one_away() -> None:
    assert DiscordMessage(content="gone").changed["embeds"] == []
    assert DiscordMessage(content="gone").changed["view"] is None


def test_a_nonce_is_short_and_the_same_at_every_try() -> None:
    assert nonce_of(2**64 - 1) == "faq-18446744073709551615"
    assert len(nonce_of("9" * 30)) == 25


@settings(max_examples=50)
@given(TEXTS, TEXTS, TEXTS, TEXTS, st.booleans())
def test_no_reply_pings_or_leads_out_of_the_domains(text: str, title: str, url: str, label: str, embeds: bool) -> None:  # noqa: FBT001  # generated
    reply = Reply(
        kind=ReplyKind.CHOICES,
        text=text,
        title=title,
        category=label,
        staff_note=text,
        source=Source(title=title, url=url),
        choices=(Choice("a", label), Choice("b", label * 10)),
    )
    message = reply_message(reply, question_id="Q1", domains=DOMAINS, embeds=embeds)
    assert is_short(message)
    for shown in texts_of(message):
        assert not PINGS.search(shown)
        assert all(link.startswith(("https://example.com", "http://example.com")) for link in links(shown))
