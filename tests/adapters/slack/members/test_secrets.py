"""Show what follows when somebody posts a seed phrase: its author is warned, and the moderators are told, once."""

from datetime import timedelta

import pytest

from bot.adapters.slack.bot import SlackBot
from bot.adapters.slack.members import messages
from bot.chat import intake, posting
from bot.service.deliveries import Fault, NotSent
from tests.adapters.slack.bots import Office, StartBot
from tests.loopback.slack.faults import refused
from tests.loopback.slack.member import Member
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import BOT_USER, Channel, Message

SEED = "legal winner thank year wave sausage worth useful legal winner thank yellow"
LEAK = f"my wallet is stuck {SEED}"
WARNED = "Delete your message now"


class Scene:
    """The bot with a review channel, and somebody who posts."""

    def __init__(self, office: Office, alice: Member, review: Channel) -> None:
        self.office, self.alice, self.review = office, alice, review
        self.slack: Slack = office.slack
        self.bot: SlackBot = office.bot

    def notices(self) -> list[Message]:
        """Return what the moderators were told."""
        return self.slack.visible(self.review)


@pytest.fixture
async def scene(slack: Slack, start_bot: StartBot) -> Scene:
    """Return the bot with a review channel."""
    alice, mod = slack.member("alice"), slack.member("mod")
    review = slack.space.channel("review", mod.user)
    return Scene(await start_bot(review_channel=review.id), alice, review)


@pytest.mark.parametrize("behaves", ["mention", "ambient"])
@pytest.mark.parametrize("text", [LEAK, f"<@{BOT_USER}> {LEAK}", f"<@U0SOMEBODY> {LEAK}"])
async def test_its_author_is_warned_and_moderators_are_told(scene: Scene, behaves: str, text: str) -> None:
    channel = await scene.office.channel(scene.alice, mode=behaves)

    said = await scene.alice.says(channel, text)
    await scene.office.quiet()

    (warning,) = scene.slack.visible(channel)
    assert WARNED in warning.text
    assert warning.thread_ts == said.ts
    (notice,) = scene.notices()
    link = await scene.slack.client().chat_getPermalink(channel=channel.id, message_ts=said.ts)
    assert f"<{link['permalink']}|" in str(notice.blocks)
    assert "Please see that the message goes" in str(notice.blocks)
    assert "Alice" in str(notice.blocks)
    assert "<@" not in str(notice.blocks)
    _nothing_of_it(scene.slack)


async def test_a_secret_within_a_thread_is_linked_there(scene: Scene) -> None:
    channel = await scene.office.channel(scene.alice)
    root = await scene.alice.says(channel, "Morning all")

    said = await scene.alice.says(channel, LEAK, thread=root)
    await scene.office.quiet()

    assert [message.thread_ts for message in scene.slack.visible(channel)] == [root.ts]
    link = await scene.slack.client().chat_getPermalink(channel=channel.id, message_ts=said.ts)
    assert link["permalink"].replace("&", "&amp;") in str(scene.notices()[0].blocks)


@pytest.mark.parametrize("text", ["Morning all", f"<@{BOT_USER}> How much does a withdrawal cost?"])
async def test_a_secret_that_an_edit_brings_is_one_too(scene: Scene, text: str) -> None:
    channel = await scene.office.channel(scene.alice)
    said = await scene.alice.says(channel, text)
    await scene.office.quiet()

    await scene.alice.edits(said, LEAK)
    await scene.office.quiet()

    (warning,) = scene.slack.visible(channel)
    assert WARNED in warning.text
    assert len(scene.notices()) == 1
    _nothing_of_it(scene.slack)


async def test_moderators_are_told_once_however_often_slack_tells_of_it(scene: Scene, start_bot: StartBot) -> None:
    channel = await scene.office.channel(scene.alice)
    said = await scene.alice.says(channel, LEAK)
    await scene.office.quiet()
    other = await start_bot(review_channel=scene.review.id)

    for delivery in list(scene.slack.deliveries):
        await scene.slack.deliver(delivery.payload)
    await scene.alice.edits(said, f"{LEAK} please")
    await scene.office.quiet()
    await other.quiet()

    assert len(scene.slack.visible(channel)) == 1
    assert len(scene.notices()) == 1


async def test_where_the_moderators_could_not_be_told_they_are_when_it_comes_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "AGAIN", (0.0, 0.0))
    channel = await scene.office.channel(scene.alice, mode="shadow")
    scene.slack.fail("chat.postMessage", refused("internal_error"), times=2)
    await scene.alice.says(channel, LEAK)
    await scene.office.quiet()
    assert scene.notices() == []

    await scene.slack.deliver(scene.slack.deliveries[-1].payload)
    await scene.office.quiet()

    assert len(scene.notices()) == 1


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what is left tried again in the next round."""
    monkeypatch.setattr(posting, "AGAIN", (0.0, 0.0))
    monkeypatch.setattr(intake, "LEFT_FOR", timedelta())
    monkeypatch.setattr(intake, "_SHORTEST_WAIT", timedelta())
    monkeypatch.setattr(messages, "LEFT", NotSent(Fault.UNREACHABLE))


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("tries", [2, 4])
async def test_where_the_moderators_could_not_be_told_they_are_after_a_while(scene: Scene, tries: int) -> None:
    channel = await scene.office.channel(scene.alice, mode="shadow")
    scene.slack.fail("chat.postMessage", refused("internal_error"), times=tries)
    await scene.alice.says(channel, LEAK)
    await scene.office.quiet()
    assert scene.notices() == []

    await scene.bot.intake.take_up()
    await scene.office.quiet()

    assert len(scene.notices()) == 1
    assert scene.bot.intake.spool.waiting() == ()


@pytest.mark.parametrize(("behaves", "notices"), [("off", 0), ("shadow", 1)])
async def test_where_the_bot_says_nothing_its_author_is_not_warned(scene: Scene, behaves: str, notices: int) -> None:
    channel = await scene.office.channel(scene.alice, mode=behaves)

    await scene.alice.says(channel, LEAK)
    await scene.office.quiet()

    assert scene.slack.visible(channel) == []
    assert len(scene.notices()) == notices


async def test_in_a_direct_message_nobody_else_is_told(scene: Scene) -> None:
    await scene.alice.says(scene.alice.direct, LEAK)
    await scene.office.quiet()

    assert WARNED in scene.slack.visible(scene.alice.direct)[0].text
    assert scene.notices() == []


def _nothing_of_it(slack: Slack) -> None:
    assert [call for call in slack.calls if "sausage" in str(call.arguments)] == []
