"""A file with words is a question, one without is none."""

from tests.adapters.slack.bots import QUESTION, Office

TEXTS = ("name", "title", "mimetype", "filetype", "pretty_type", "external_type", "username", "user")
SWITCHES = ("editable", "is_external", "is_public", "public_url_shared", "display_as_bot")
FILE = {
    "id": "F0000001",
    "created": 1700000000,
    "size": 7,
    "mode": "hosted",
    "permalink": "https://acme.slack.example/files/bill.png",
    "channels": [],
    "groups": [],
    **dict.fromkeys(TEXTS, "png"),
    **dict.fromkeys(SWITCHES, False),
}


async def test_the_words_beside_a_file_are_answered(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice, mode="ambient")

    asked = await alice.says(channel, QUESTION, subtype="file_share", files=[FILE])
    direct = await alice.says(alice.direct, QUESTION, subtype="file_share", files=[FILE])

    assert {message.thread_ts for message in await office.slack.posted(2)} == {asked.ts, direct.ts}


async def test_a_file_alone_is_no_question(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice, mode="ambient")

    await alice.says(channel, "", subtype="file_share", files=[FILE])
    await office.quiet()

    assert office.slack.visible() == []
