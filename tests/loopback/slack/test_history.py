"""Show that channels and threads are read as Slack lets them be read, a page at a time."""

from typing import Any

import pytest

from tests.loopback.slack.member import Member
from tests.loopback.slack.outcomes import code_of
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import PAGE, Channel, Json, Message

MANY = 40


@pytest.fixture
def alice(slack: Slack) -> Member:
    return slack.member("alice")


@pytest.fixture
def channel(slack: Slack, alice: Member) -> Channel:
    return slack.space.channel("ask", alice.user)


@pytest.fixture
def written(alice: Member, channel: Channel) -> list[Message]:
    """Return what was written, the oldest first."""
    return [alice.writes(channel, f"message {number}") for number in range(MANY)]


async def _history(slack: Slack, channel: Channel, **arguments: Any) -> Json:  # noqa: ANN401  # arguments of the method
    page = await slack.client().conversations_history(channel=channel.id, **arguments)
    assert isinstance(page.data, dict)
    return page.data


def _texts(page: Json) -> list[str]:
    return [message["text"] for message in page["messages"]]


async def _all(slack: Slack, channel: Channel, **arguments: Any) -> list[list[str]]:  # noqa: ANN401  # as above
    pages, cursor = [], None
    while cursor != "":
        page = await _history(slack, channel, cursor=cursor, **arguments)
        pages.append(_texts(page))
        cursor = page.get("response_metadata", {}).get("next_cursor", "")
        assert page["has_more"] == bool(cursor)
    return pages


async def test_a_page_holds_fifteen_whatever_is_asked_for(
    slack: Slack, channel: Channel, written: list[Message]
) -> None:
    pages = await _all(slack, channel, limit=200)

    assert [len(page) for page in pages] == [PAGE, PAGE, 10]
    assert [text for page in pages for text in page] == [message.text for message in reversed(written)]


async def test_a_smaller_limit_is_kept(slack: Slack, channel: Channel, written: list[Message]) -> None:
    page = await _history(slack, channel, limit=2)

    assert _texts(page) == [written[-1].text, written[-2].text]


async def test_new_messages_do_not_shift_pages(
    slack: Slack, alice: Member, channel: Channel, written: list[Message]
) -> None:
    first = await _history(slack, channel, limit=1)
    alice.writes(channel, "newer")

    second = await _history(slack, channel, limit=1, cursor=first["response_metadata"]["next_cursor"])

    assert _texts(second) == [written[-2].text]


async def test_the_oldest_alone_begins_there(slack: Slack, channel: Channel, written: list[Message]) -> None:
    page = await _history(slack, channel, oldest=written[9].ts, limit=3)

    assert _texts(page) == ["message 12", "message 11", "message 10"]
    assert [len(each) for each in await _all(slack, channel, oldest=written[9].ts)] == [PAGE, PAGE]


@pytest.mark.parametrize(("inclusive", "texts"), [(False, [11]), (True, [12, 11, 10])])
async def test_the_ends_belong_to_it_on_demand(
    slack: Slack,
    channel: Channel,
    written: list[Message],
    inclusive: bool,  # noqa: FBT001  # a parameter of the test
    texts: list[int],
) -> None:
    page = await _history(slack, channel, oldest=written[10].ts, latest=written[12].ts, inclusive=inclusive)

    assert _texts(page) == [f"message {number}" for number in texts]


async def test_the_latest_alone_goes_back_from_there(slack: Slack, channel: Channel, written: list[Message]) -> None:
    page = await _history(slack, channel, latest=written[12].ts, limit=2)

    assert _texts(page) == ["message 11", "message 10"]


async def test_a_root_tells_of_its_thread_whose_replies_are_elsewhere(
    slack: Slack, alice: Member, channel: Channel
) -> None:
    root = alice.writes(channel, "question")
    alice.writes(channel, "reply", thread=root)
    last = alice.writes(channel, "for all", thread=root, subtype="thread_broadcast")
    alice.writes(channel, "seen by one", visible_to=alice.id)

    page = await _history(slack, channel)

    broadcast, shown = page["messages"]
    assert (broadcast["text"], broadcast["thread_ts"], broadcast["parent_user_id"]) == ("for all", root.ts, alice.id)
    assert (shown["thread_ts"], shown["reply_count"], shown["latest_reply"]) == (root.ts, 2, last.ts)
    assert shown["reply_users"] == [alice.id]


async def test_what_is_deleted_is_gone_and_a_root_leaves_a_stone(slack: Slack, alice: Member, channel: Channel) -> None:
    root, gone = alice.writes(channel, "question"), alice.writes(channel, "gone")
    alice.writes(channel, "reply", thread=root)
    root.deleted = gone.deleted = True

    page = await _history(slack, channel)

    assert [message.get("subtype") for message in page["messages"]] == ["tombstone"]
    assert _texts(page) == ["This message was deleted."]


async def test_metadata_comes_on_demand(slack: Slack, channel: Channel) -> None:
    metadata = {"event_type": "faq_answer", "event_payload": {"q": 1}}
    await slack.client().chat_postMessage(channel=channel.id, text="x", metadata=metadata)

    (without,) = (await _history(slack, channel))["messages"]
    (with_it,) = (await _history(slack, channel, include_all_metadata=True))["messages"]

    assert "metadata" not in without
    assert with_it["metadata"] == metadata


async def test_threads_come_in_pages_from_the_root_on(slack: Slack, alice: Member, channel: Channel) -> None:
    root = alice.writes(channel, "question")
    for number in range(PAGE):
        alice.writes(channel, f"reply {number}", thread=root)
    client = slack.client()

    first = await client.conversations_replies(channel=channel.id, ts=root.ts, limit=200)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_replies(channel=channel.id, ts=root.ts, limit=200, cursor=cursor)

    assert (first["messages"][0]["text"], len(first["messages"]), first["has_more"]) == ("question", PAGE, True)
    assert ([message["text"] for message in second["messages"]], second["has_more"]) == (["reply 14"], False)


async def test_only_where_the_bot_is_it_reads(slack: Slack, alice: Member) -> None:
    foreign = slack.space.channel("foreign", alice.user, with_bot=False)
    private = slack.space.channel("private", alice.user, with_bot=False, is_private=True)

    codes = [await code_of(slack, "conversations.history", channel=place.id) for place in (foreign, private)]

    assert codes == ["not_in_channel", "channel_not_found"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"limit": 1000}, "invalid_limit"), ({"limit": 0}, "invalid_limit"), ({"cursor": "?"}, "invalid_cursor")],
)
async def test_wrong_pages_are_refused(slack: Slack, channel: Channel, wrong: Json, code: str) -> None:
    assert await code_of(slack, "conversations.history", channel=channel.id, **wrong) == code
    assert len(slack.take_problems()) == 1
