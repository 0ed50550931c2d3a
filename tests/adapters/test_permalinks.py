"""Show that links lead to the message itself, in its thread."""

from dataclasses import replace

import pytest

from bot.adapters.permalinks import permalink
from bot.core.models import MessageRef


@pytest.mark.parametrize(
    ("platform", "workspace_id", "thread_id", "link"),
    [
        ("slack", "T1", None, "https://slack.com/archives/C1/p17001"),
        ("slack", "T1", "170.01", "https://slack.com/archives/C1/p17001"),
        ("slack", "T1", "160.01", "https://slack.com/archives/C1/p17001?thread_ts=160.01&cid=C1"),
        ("discord", "G1", None, "https://discord.com/channels/G1/C1/170.01"),
        ("discord", "G1", "H1", "https://discord.com/channels/G1/H1/170.01"),
        ("discord", "", None, "https://discord.com/channels/@me/C1/170.01"),
        ("console", "", None, None),
    ],
)
def test_a_link_leads_to_the_message(platform: str, workspace_id: str, thread_id: str | None, link: str | None) -> None:
    ref = MessageRef(
        platform=platform, workspace_id=workspace_id, channel_id="C1", thread_id=thread_id, message_id="170.01"
    )

    assert permalink(ref) == link
    assert permalink(replace(ref, channel_id="")) is None
