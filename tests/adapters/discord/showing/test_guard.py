"""Show what is said when somebody posts a secret."""

import pytest

from bot.adapters.discord.showing.answers import notice_message, warning_message
from bot.core.wording.notices import LEAKED
from tests.adapters.discord.showing.fitting import fits, texts_of
from tests.loopback.discord.reading import links

URL = "https://discord.com/channels/1/2/3"


@pytest.mark.parametrize("embeds", [True, False])
def test_the_author_alone_is_warned(embeds: bool) -> None:  # noqa: FBT001  # a column of the table
    message = warning_message(42, embeds=embeds)
    assert "Delete your message now" in "".join(texts_of(message))
    assert message.content.startswith("<@42>")
    assert dict(message.mentions.to_dict()) == {"parse": [], "users": [42], "roles": []}
    assert fits(message)


def test_moderators_are_told_who_and_where_and_nobody_is_mentioned() -> None:
    message = notice_message(42, LEAKED[False], url=URL)
    assert "<@42>" in message.content
    assert links(message.content) == [URL]
    assert dict(message.mentions.to_dict()) == {"parse": []}
    assert message.sent["suppress_embeds"] is True


def test_moderators_are_told_whether_the_message_is_gone() -> None:
    assert "Please see that the message goes" in notice_message(42, LEAKED[False], url=URL).content
    assert "I have deleted the message" in notice_message(42, LEAKED[True], url=URL).content
