"""Show that every reply becomes a message that Slack takes, says what it has to, and pings nobody else."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.slack.elements import older
from bot.adapters.slack.showing.answers import call_message, follow_up_message, reply_message, reply_parts
from bot.adapters.slack.showing.ids import CHOICES, SlackAction, asked_question
from bot.adapters.slack.showing.parts import SlackMessage
from bot.core.models import Source
from bot.core.wording.labels import Label
from bot.core.wording.outcomes import CORRECTED, LATER, WITHDRAWN, FollowUp
from bot.core.wording.replies import CHOOSE, NOTHING_FITS, WARNING, Choice, Reply, ReplyKind
from tests.loopback.slack.soundness import buttons, check_blocks, check_message

DOMAINS = {"example.com"}
SOURCE = Source(title="Passwords", url="https://example.com/a?b=1&c=2", updated=date(2026, 3, 4))
ANSWER = Reply(
    kind=ReplyKind.ANSWER,
    text="Press **Forgot password**.",
    entry_id="reset",
    title="How do I reset my password?",
    category="Login & more",
    source=SOURCE,
    staff_note="See the *runbook*.",
)
HOSTILE = st.sampled_from(
    ["<!channel>", "<@U123ABC>", "<https://evil.test|x>", "*", "`", "&", "👍", "\n", "@here ", "a" * 400]
)
PIECES = st.lists(HOSTILE | st.text(max_size=5), max_size=12).map("".join)
TEXTS = st.builds(lambda text, times: text * times, PIECES, st.sampled_from([1, 1, 1, 40]))


def shown(message: SlackMessage) -> str:
    """Return everything that a message holds."""
    return json.dumps([message.blocks, message.text], ensure_ascii=False)


def test_an_answer_shows_all_that_it_has() -> None:
    message = reply_message(ANSWER, question_id="Q7", domains=DOMAINS)
    check_message(message)
    answer, note, small, row, icons = message.blocks
    assert answer["text"] == "**How do I reset my password?**\n\nPress **Forgot password**."
    assert note["text"] == "**Staff note**\n\nSee the *runbook*."
    link = "<https://example.com/a?b=1&amp;c=2|Passwords>"
    assert f"Login &amp; more · Updated 4 March 2026 · {link}" in json.dumps(small, ensure_ascii=False)
    assert (row["type"], icons["type"]) == ("actions", "context_actions")
    assert message.text == "How do I reset my password?\nPress Forgot password."


def test_an_answer_has_four_buttons_that_hold_the_question() -> None:
    pressed = buttons(reply_message(ANSWER, question_id="Q7", domains=DOMAINS))
    assert pressed == dict.fromkeys(
        (SlackAction.HELPFUL, SlackAction.NOT_THIS, SlackAction.HUMAN, SlackAction.REMOVE), "Q7"
    )


def test_it_is_removed_by_an_icon_that_gets_a_new_id_with_each_change() -> None:
    icons = reply_message(ANSWER, question_id="Q7", domains=DOMAINS).blocks[-1]
    assert "block_id" not in icons
    assert json.dumps(icons).count('"icon": "trash"') == 1
    assert str(Label.REMOVE) in json.dumps(icons)


def test_where_icons_are_not_taken_the_buttons_are_in_one_row() -> None:
    message = reply_message(ANSWER, question_id="Q7", domains=DOMAINS)
    plain = older(message)
    check_message(plain)
    assert buttons(plain) == buttons(message)
    assert [block["type"] for block in plain.blocks].count("actions") == 1
    assert {block["type"] for block in plain.blocks}.isdisjoint({"context_actions"})
    assert older(plain) == plain


def test_an_icon_alone_becomes_a_button_alone() -> None:
    reply = Reply(kind=ReplyKind.NOTHING_FITS, text=str(NOTHING_FITS), helped=True)
    message = reply_message(reply, question_id="Q7", domains=())
    check_message(older(message))
    assert buttons(older(message)) == buttons(message) == {SlackAction.REMOVE: "Q7"}


def test_a_private_answer_is_shared_and_not_removed() -> None:
    pressed = buttons(reply_message(ANSWER, question_id="Q7", domains=DOMAINS, private=True))
    assert list(pressed) == [SlackAction.SHARE, SlackAction.HELPFUL, SlackAction.NOT_THIS, SlackAction.HUMAN]


def test_without_a_question_nothing_can_be_pressed() -> None:
    assert not buttons(reply_message(ANSWER, question_id=None, domains=DOMAINS))


def test_a_reply_without_a_staff_note_has_no_place_for_one() -> None:
    message = reply_message(replace(ANSWER, staff_note=None), question_id="Q7", domains=DOMAINS)
    assert "Staff" not in shown(message)
    assert "runbook" not in shown(message)


def test_the_message_is_known_by_its_metadata_and_unfurls_nothing() -> None:
    sent = reply_message(ANSWER, question_id="Q7", domains=DOMAINS).sent
    assert sent["metadata"] == {"event_type": "faqbot_reply", "event_payload": {"question": "Q7", "entry": "reset"}}
    assert sent["unfurl_links"] is sent["unfurl_media"] is False
    assert "unfurl_links" not in reply_message(ANSWER, question_id="Q7", domains=DOMAINS).changed


def test_a_source_elsewhere_is_named_and_not_linked() -> None:
    message = reply_message(ANSWER, question_id="Q7", domains=())
    assert "Passwords" in shown(message)
    assert "https://" not in shown(message)


def test_choices_are_buttons_that_hold_the_entries() -> None:
    choices = (Choice("a", "First?"), Choice("b", "S" * 76))
    message = reply_message(
        Reply(kind=ReplyKind.CHOICES, text=str(CHOOSE), choices=choices), question_id="Q7", domains=()
    )
    check_message(message)
    first, second = (block for block in message.blocks if block["type"] == "actions")
    assert asked_question(str(first["block_id"])) == "Q7"
    pressed = buttons(message)
    assert [value for name, value in pressed.items() if CHOICES.fullmatch(name)] == ["a", "b"]
    assert pressed[SlackAction.NOT_THIS] == pressed[SlackAction.HUMAN] == pressed[SlackAction.REMOVE] == "Q7"
    assert second is message.blocks[-2]
    assert "S" * 76 in str(message.blocks[0]["text"])


def test_short_choices_stand_on_their_buttons_only() -> None:
    reply = Reply(kind=ReplyKind.CHOICES, text=str(CHOOSE), choices=(Choice("a", "S" * 75),))
    message = reply_message(reply, question_id="Q7", domains=())
    assert message.blocks[0]["text"] == str(CHOOSE)
    assert "S" * 75 in shown(message)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (ReplyKind.NOTHING_FITS, str(NOTHING_FITS), {SlackAction.HUMAN: "Q7", SlackAction.REMOVE: "Q7"}),
        (ReplyKind.HINT, "Ask me.", {}),
        (ReplyKind.WARNING, str(WARNING), {}),
    ],
)
def test_other_replies_have_the_buttons_that_make_sense(kind: ReplyKind, text: str, expected: dict[str, str]) -> None:
    message = reply_message(Reply(kind=kind, text=text), question_id="Q7", domains=())
    check_message(message)
    assert buttons(message) == expected
    assert text in str(message.blocks[0]["text"])
    assert (":warning:" in shown(message)) is (kind is ReplyKind.WARNING)


@settings(max_examples=40, deadline=None)
@given(PIECES, TEXTS, TEXTS, st.sampled_from(list(ReplyKind)))
def test_whatever_it_says_slack_takes_it_and_nobody_is_pinged(
    title: str, text: str, note: str, kind: ReplyKind
) -> None:
    reply = replace(
        ANSWER,
        kind=kind,
        title=title[:300],
        text=text,
        staff_note=note,
        category=title[:100],
        source=Source(title=text[:300], url="https://example.com/" + "a" * 1_900),
        choices=tuple(Choice(str(number), title) for number in range(3)),
    )
    for message in (
        reply_message(reply, question_id="Q7", domains=DOMAINS),
        follow_up_message(FollowUp(str(LATER), reply), key="k", asker="U9", domains=DOMAINS),
    ):
        check_message(message)
        assert not re.search(r"<[!@#](?!U9>)|<https?://evil", shown(message))
    check_blocks(reply_parts(reply, domains=DOMAINS), most=100)


@pytest.mark.parametrize(("more", "cut"), [(0, False), (1, True)])
def test_an_answer_takes_all_the_room_and_links_the_rest(more: int, *, cut: bool) -> None:
    reply = Reply(kind=ReplyKind.HINT, text="a" * (12_000 + more), source=SOURCE)
    message = reply_message(reply, question_id="Q7", domains=DOMAINS)
    check_message(message)
    assert ("… [Read the rest](https://example.com/a?b=1&c=2)" in str(message.blocks[0]["text"])) is cut


def test_everything_that_is_long_shares_the_room() -> None:
    long = Source(title="t" * 300, url="https://example.com/" + "a" * 1_900)
    for note in (None, "n" * 3_000):
        reply = replace(ANSWER, text="a" * 12_000, source=long, staff_note=note)
        check_message(reply_message(reply, question_id="Q7", domains=DOMAINS))


@pytest.mark.parametrize(
    "follow_up", [FollowUp(str(LATER), ANSWER), FollowUp(str(CORRECTED), ANSWER), FollowUp(str(WITHDRAWN))]
)
def test_a_delivery_mentions_the_asker_once(follow_up: FollowUp) -> None:
    message = follow_up_message(follow_up, key="k1", asker="U123ABC", domains=DOMAINS)
    check_message(message)
    assert shown(message).count("<@U123ABC>") == 1
    assert follow_up.lead in shown(message)
    assert message.changed["metadata"] == {"event_type": "faqbot_delivery", "event_payload": {"key": "k1"}}
    assert ("Forgot password" in shown(message)) is (follow_up.reply is not None)
    assert not buttons(message)


def test_a_delivery_mentions_nobody_by_what_is_no_id() -> None:
    message = follow_up_message(FollowUp(str(WITHDRAWN)), key="k1", asker="!channel", domains=())
    assert "<!" not in shown(message)


def test_a_call_mentions_the_group_once() -> None:
    message = call_message("Somebody wants a human.", group="S123ABC")
    check_message(message)
    assert shown(message).count("<!subteam^S123ABC>") == 1
    assert "subteam" not in shown(call_message("Somebody wants a human.", group=None))
