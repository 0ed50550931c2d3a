"""Show that buttons and menus tell the client what people did, and nothing else."""

from dataclasses import dataclass, field
from typing import Any, cast

import discord

from bot.adapters.discord.showing.parts import DiscordAction, Press, PressButton, PressMenu


@dataclass
class Listening:
    """A stand-in for an interaction, and for the client that it came to."""

    heard: list[tuple[str, object]] = field(default_factory=list)

    @property
    def client(self) -> "Listening":
        """Return what hears of it."""
        return self

    def dispatch(self, event: str, _: object, what: object) -> None:
        """Store what is dispatched."""
        self.heard.append((event, what))

    @property
    def interaction(self) -> discord.Interaction[Any]:
        """Return this as what the library passes."""
        return cast("discord.Interaction[Any]", self)


async def test_a_button_is_made_again_from_its_id() -> None:
    press, listening = Press(DiscordAction.CHOOSE, "Q12", "reset"), Listening()
    button = PressButton(press, text="Reset")
    match = button.template.fullmatch(button.custom_id)
    assert match is not None
    again = await PressButton.from_custom_id(listening.interaction, button.item, match)
    await again.callback(listening.interaction)
    assert listening.heard == [("press", press)]


async def test_a_menu_is_made_again_and_says_what_was_chosen() -> None:
    listening = Listening()
    menu = PressMenu(Press(DiscordAction.CHOOSE, "Q12"), options={"reset": "Reset"})
    match = menu.template.fullmatch(menu.custom_id)
    assert match is not None
    again = await PressMenu.from_custom_id(listening.interaction, menu.item, match)
    again._refresh_state(listening.interaction, {"values": ["reset"]})  # noqa: SLF001  # as the library does
    await again.callback(listening.interaction)
    assert listening.heard == [("press", Press(DiscordAction.CHOOSE, "Q12", values=("reset",)))]
