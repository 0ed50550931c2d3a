"""Show that what is pressed is known again after a restart."""

from typing import Any

import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord.showing.parts import (
    DYNAMIC_ITEMS,
    DiscordAction,
    Press,
    PressButton,
    PressMenu,
    parsed,
    view_of,
)

ENTRY_IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,79}", fullmatch=True)


@given(st.sampled_from(DiscordAction), st.integers(1, 999_999_999), st.just("") | ENTRY_IDS)
def test_an_id_says_what_was_pressed_and_fits(action: DiscordAction, number: int, detail: str) -> None:
    press = Press(action, f"Q{number}", detail)
    assert parsed(press.custom_id) == press
    assert parsed(press.menu_id) == press
    assert len(Press(DiscordAction.CHOOSE, f"Q{number}", detail).custom_id) <= 100


@pytest.mark.parametrize(
    "custom_id",
    ["", "faq", "faq:", "faq:helpful", "faq:helpful:", "faq:launch:Q1", "other:helpful:Q1", "faq:helpfulQ1"],
)
def test_any_other_id_is_none_of_ours(custom_id: str) -> None:
    assert parsed(custom_id) is None


def test_no_id_belongs_to_a_button_and_a_menu() -> None:
    press = Press(DiscordAction.CHOOSE, "Q1", "reset")
    templates = [item.__discord_ui_compiled_template__ for item in DYNAMIC_ITEMS]
    assert [bool(template.fullmatch(press.custom_id)) for template in templates] == [True, False]
    assert [bool(template.fullmatch(press.menu_id)) for template in templates] == [False, True]


def test_the_ids_that_stand_under_old_messages_stay_the_same() -> None:
    assert Press(DiscordAction.HELPFUL, "Q12").custom_id == "faq:helpful:Q12"
    assert Press(DiscordAction.ANSWER, "R3", "7").custom_id == "faq:answer:R3:7"
    assert Press(DiscordAction.CHOOSE, "Q12").menu_id == "faq-menu:pick:Q12"


def test_nothing_of_a_message_is_kept_in_memory() -> None:
    items: list[ui.Item[Any]] = [
        PressButton(Press(DiscordAction.HELPFUL, "Q1"), text="Helpful"),
        PressMenu(Press(DiscordAction.CHOOSE, "Q1"), options={"a": "A"}),
    ]
    view = view_of(items)
    assert view.timeout is None
    assert all(isinstance(item, ui.DynamicItem) for item in view.children)


@pytest.mark.parametrize(("length", "shown"), [(80, 80), (81, 80)])
def test_the_text_of_a_button_fits(length: int, shown: int) -> None:
    assert len(PressButton(Press(DiscordAction.SHOW, "R1"), text="x" * length).item.label or "") == shown


@pytest.mark.parametrize(("count", "length"), [(25, 100), (26, 101)])
def test_a_menu_takes_25_lines_of_100_characters(count: int, length: int) -> None:
    options = {f"{number}": "x" * length for number in range(count)}
    menu = PressMenu(Press(DiscordAction.SHOW, "all"), options=options, text="p" * 151).item
    assert len(menu.options) == 25
    assert {len(option.label) for option in menu.options} == {100}
    assert len(menu.placeholder or "") == 150
