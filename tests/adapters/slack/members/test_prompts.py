"""Show that prompts and proposals are few, short and each there once."""

import pytest
from slack_sdk.models.blocks import StaticSelectElement

from bot.adapters.cutting import width
from bot.adapters.slack.members.prompts import entry_options, prompts


def test_the_most_asked_become_prompts_once_each() -> None:
    asked = ["How?", "Where?", "How?", " ", "a" * 76, "Who?", "When?"]
    shown = prompts(asked)
    assert [prompt["message"] for prompt in shown] == ["How?", "Where?", "a" * 76, "Who?"]
    assert shown[2]["title"] == "a" * 74 + "…"


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (100, 100), (101, 100)])
def test_a_menu_takes_a_hundred_entries(count: int, shown: int) -> None:
    entries = [("Q" * (number % 80 + 1), "a" * 80) for number in range(count)]
    found = entry_options(entries)["options"]
    assert len(found) == shown
    assert all(
        StaticSelectElement(action_id="a", options=[option]).to_dict()["options"] == [option] for option in found
    )


@pytest.mark.parametrize(("length", "shown"), [(75, "a" * 75), (76, "a" * 74 + "…")])
def test_a_line_of_a_menu_is_cut_at_75(length: int, shown: str) -> None:
    (option,) = entry_options([("a" * length, "id")])["options"]
    assert option["text"] == {"type": "plain_text", "text": shown, "emoji": False}
    assert width(shown) == 75
