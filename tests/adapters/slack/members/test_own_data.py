"""All that is kept of somebody is shown, in a dialog that Slack takes, and can be read back."""

import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from bot.adapters.slack.members.homes import kept_dialog
from tests.loopback.slack import limits


def _blocks(view: dict[str, Any]) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = view["blocks"]
    return blocks


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs", "Mn", "Me", "Mc"]), max_size=4_000))
@example(text="\U000e0000\u202e\u200b\x00")
@example(text="\u2028\u2029")
def test_it_can_be_read_back(text: str) -> None:
    blocks = _blocks(kept_dialog({"questions": [{"text": text}]}))

    parts = [block["text"]["text"].removeprefix("```").removesuffix("```") for block in blocks]
    assert json.loads("".join(parts).replace("\u2060", "")) == {"questions": [{"text": text}]}


@given(piece=st.sampled_from(["<", "&", "`", "\U0001f99c", "@here ", "x"]))
def test_slack_takes_it_however_much_it_is(piece: str) -> None:
    view = kept_dialog({"questions": [{"text": piece * 90_000}]})

    assert limits.view_problems(view) == []
    assert "Whoever runs this bot" in str(_blocks(view)[-1])
