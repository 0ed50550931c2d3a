"""Show that parts end where Slack's limits are, and that ids are read back as they were written."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk.models.blocks import Block, StaticSelectElement

from bot.adapters.slack.showing import ids, parts
from bot.adapters.slack.showing.parts import (
    Part,
    button,
    context,
    header,
    menu,
    options,
    plain_section,
    question_of,
    row,
    section,
    text_field,
    text_width,
    when,
)
from bot.chat.markdown import width

BLOCKS: dict[int, Callable[[str], Part]] = {
    parts.HEADER: header,
    parts.SECTION: plain_section,
    parts.BUTTON: lambda text: row([button(text, "a", "Q1")]),
    parts.FIELD_LABEL: lambda text: question_of("f", text, text_field()),
}


@pytest.mark.parametrize("limit", BLOCKS)
def test_what_is_shown_is_cut_one_character_after_the_limit(limit: int) -> None:
    for text, shown in (("a" * limit, "a" * limit), ("a" * (limit + 1), "a" * (limit - 1) + "…")):
        block = Block.parse(dict(BLOCKS[limit](text)))
        assert block is not None
        assert f"'{shown}'" in str(block.to_dict())


@pytest.mark.parametrize(("count", "kept"), [(25, 25), (26, 25)])
def test_a_row_takes_25_buttons(count: int, kept: int) -> None:
    block: Any = row([button("a", f"a_{number}", "Q1") for number in range(count)])
    assert len(block["elements"]) == kept


def test_a_menu_chooses_what_it_offers_only() -> None:
    assert "initial_option" not in menu({"a": "A"}, chosen="b")
    assert menu({"a": "A"}, chosen="a")["initial_option"] == {"text": header("A")["text"], "value": "a"}


def test_all_text_counts_and_nothing_else() -> None:
    assert text_width([section("👍a"), context("b", "c"), row([button("d", "action", "value")])]) == 6


def test_times_are_read_in_the_time_zone_of_the_reader() -> None:
    assert when(datetime(2026, 3, 4, 5, 6, tzinfo=UTC)).endswith("^{date_short_pretty} {time}|4 March 2026 05:06 UTC>")


def test_rows_are_read_back() -> None:
    assert ids.seen_item(ids.item_row("R12", 7)) == ("R12", 7)
    assert ids.asked_question(ids.choices_row("Q7")) == "Q7"
    assert ids.filter_name(ids.filter_id("kind")) == "kind"
    for block_id in ("", "item:R12", "item:R12:x", "question:R1", "question:Q1\n"):
        assert ids.seen_item(block_id) is None
        assert ids.asked_question(block_id) is None


def test_ids_are_short_and_each_there_once() -> None:
    names = [*ids.SlackAction, *ids.Dialog]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= parts.IDENTIFIER


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (100, 100), (101, 100)])
def test_a_menu_takes_a_hundred_entries(count: int, shown: int) -> None:
    entries = [("Q" * (number % 80 + 1), "a" * 80) for number in range(count)]
    found = options(entries)
    assert len(found) == shown
    assert all(
        StaticSelectElement(action_id="a", options=[option]).to_dict()["options"] == [option] for option in found
    )


@pytest.mark.parametrize(("length", "shown"), [(75, "a" * 75), (76, "a" * 74 + "…")])
def test_a_line_of_a_menu_is_cut_at_75(length: int, shown: str) -> None:
    (option,) = options([("a" * length, "id")])
    assert option["text"] == {"type": "plain_text", "text": shown, "emoji": False}
    assert width(shown) == 75
