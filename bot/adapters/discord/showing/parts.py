"""Build messages for Discord, their buttons and menus, within what Discord takes.

Everything that is needed to handle a press stands in the id of what was pressed, so that both buttons and menus work
after a restart; what somebody may do is decided again at each press.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self

import discord
from discord import ui

from bot.adapters.discord.showing.markup import label
from bot.chat.markdown import width
from bot.core.wording.labels import Words

CONTENT = 2_000
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4_096
EMBED_FIELD = 1_024
EMBED_FOOTER = 2_048
EMBED_TOTAL = 6_000
BUTTON_LABEL = 80
BUTTONS_IN_ROW = 5
OPTION = 100
OPTIONS = 25
PLACEHOLDER = 150
THREAD_NAME = 100
MODAL_TITLE = 45
MODAL_LABEL = 45
MODAL_FIELDS = 5
MODAL_HINT = 100
TEXT_INPUT = 4_000
CHOICE = 100
CHOICES = 25
NONCE = 25


PRESSED = "press"
"""The event that the client dispatches, to `on_press(interaction, press)`."""
NOBODY = discord.AllowedMentions.none()


class DiscordAction(StrEnum):
    """Name what buttons and menus do."""

    HELPFUL = "helpful"
    NOT_THIS = "wrong"
    HUMAN = "human"
    REMOVE = "remove"
    SHARE = "share"
    CHOOSE = "pick"
    SOLVED = "solved"
    STILL_OPEN = "open"
    RELATED = "related"

    ANSWER = "answer"
    LINK = "link"
    ACCEPT = "accept"
    MERGE = "merge"
    DISMISS = "dismiss"
    ASSIGN = "assign"
    SNOOZE = "snooze"
    REOPEN = "reopen"
    REVERT = "revert"
    SHOW = "show"
    SEVERAL = "several"
    PICK = "picks"
    ACCEPT_PICKS = "accept-picks"
    SEND = "send"
    REWRITE = "rewrite"
    SHOW_HELD = "draft"
    DROP = "drop"
    GRADE_RIGHT = "right"
    GRADE_WRONG = "mistaken"
    GRADE_SKIP = "skip"
    GRADE_OTHER = "name"
    CONFIRM = "confirm"
    CANCEL = "cancel"
    FORGET = "forget"
    SETTINGS = "settings"

    ENTRY_OF_ITEM = "of-item"
    ENTRY_OF_MESSAGE = "of-message"
    OTHER_ENTRY = "other"
    EDIT = "edit"
    EDIT_ANSWER = "edit-answer"
    CORRECT = "correct"
    ADD_PHRASING = "phrase"
    REMOVE_PHRASING = "unphrase"
    RETIRE = "retire"

    CONSENT = "consent"
    QUEUE = "queue"
    CATEGORY = "category"
    BROWSE = "browse"
    ENTRY = "entry"


_WHAT = rf"(?P<action>{'|'.join(DiscordAction)}):(?P<subject>[^:]{{1,60}})(?::(?P<detail>.+))?"
_BUTTON = re.compile(f"faq:{_WHAT}")
_MENU = re.compile(f"faq-menu:{_WHAT}")


@dataclass(frozen=True, slots=True)
class Press:
    """A button press: an action on a subject such as Q12 or R3; `values` are what was chosen from a menu.

    `detail` is the entry of a choice, the version of an item that the moderator saw, or the number of a page.
    """

    action: DiscordAction
    subject: str
    detail: str = ""
    values: tuple[str, ...] = ()

    @property
    def custom_id(self) -> str:
        """Return the id of the button that stands for this."""
        return f"faq:{self._what}"

    @property
    def menu_id(self) -> str:
        """Return the id of the menu that stands for this."""
        return f"faq-menu:{self._what}"

    @property
    def _what(self) -> str:
        return ":".join(filter(None, (self.action, self.subject, self.detail)))


def parsed(custom_id: str) -> Press | None:
    """Return what the id of a button or menu stands for, None when it is none of ours."""
    found = _BUTTON.fullmatch(custom_id) or _MENU.fullmatch(custom_id)
    return None if found is None else _press(found)


def number_in(detail: str) -> int | None:
    """Return the version or the page that a detail names, None where it names something else."""
    return int(detail) if detail.isascii() and detail.isdecimal() else None


class PressButton(ui.DynamicItem[ui.Button[Any]], template=_BUTTON):
    """A button that dispatches its press, after a restart too."""

    def __init__(
        self,
        press: Press,
        *,
        text: Words = "",
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        row: int | None = None,
    ) -> None:
        shown = label(text, BUTTON_LABEL)
        button: ui.Button[Any] = ui.Button(label=shown, style=style, custom_id=press.custom_id, row=row)
        super().__init__(button)
        self.press = press

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """Return the button that was pressed."""
        return cls(_press(match))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Pass on what was pressed."""
        interaction.client.dispatch(PRESSED, interaction, self.press)


class PressMenu(ui.DynamicItem[ui.Select[Any]], template=_MENU):
    """A menu that dispatches the choice, after a restart too."""

    def __init__(
        self,
        press: Press,
        *,
        options: Mapping[str, Words] | None = None,
        text: Words = "",
        row: int | None = None,
        several: bool = False,
    ) -> None:
        """Offer what each value stands for, to choose one or several; more than fits is left out."""
        shown = menu_options(options or {press.subject: press.subject})
        menu: ui.Select[Any] = ui.Select(
            custom_id=press.menu_id,
            placeholder=label(text, PLACEHOLDER),
            options=shown,
            row=row,
            max_values=len(shown) if several else 1,
        )
        super().__init__(menu)
        self.press = press

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """Return the menu that was used."""
        return cls(_press(match))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Pass on what was chosen."""
        press = replace(self.press, values=tuple(self.item.values))
        interaction.client.dispatch(PRESSED, interaction, press)


DYNAMIC_ITEMS: tuple[type[ui.DynamicItem[Any]], ...] = (PressButton, PressMenu)
"""What the client has to know before it starts."""


def menu_options(options: Mapping[str, Words]) -> list[discord.SelectOption]:
    """Return the lines of a menu, as many as it takes, by the values that they stand for."""
    return [
        discord.SelectOption(label=label(text, OPTION), value=value) for value, text in list(options.items())[:OPTIONS]
    ]


def view_of(items: Sequence[ui.Item[Any]]) -> ui.View:
    """Return what stands under a message; nothing of it is kept in memory."""
    view = ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    return view


def _press(found: re.Match[str]) -> Press:
    return Press(DiscordAction(found["action"]), found["subject"], found["detail"] or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordMessage:
    """What a message shows, its buttons and menus, and whom it may mention."""

    content: str = ""
    embed: discord.Embed | None = None
    items: tuple[ui.Item[Any], ...] = ()
    mentions: discord.AllowedMentions = NOBODY
    has_links: bool = False

    @property
    def sent(self) -> dict[str, Any]:
        """Return the arguments that send this message, which shows nothing of what its links lead to.

        Without previews a message has no embed of its own either: one that has an embed shows its links in there,
        where Discord makes no previews.
        """
        arguments: dict[str, Any] = {"allowed_mentions": self.mentions}
        if self.content:
            arguments["content"] = self.content
        if self.embed is not None:
            arguments["embed"] = self.embed
        elif self.has_links:
            arguments["suppress_embeds"] = True
        if self.items:
            arguments["view"] = view_of(self.items)
        return arguments

    @property
    def changed(self) -> dict[str, Any]:
        """Return the arguments that put this message in the place of an earlier one."""
        return {
            "content": self.content or None,
            "embeds": [] if self.embed is None else [self.embed],
            "view": view_of(self.items) if self.items else None,
            "allowed_mentions": self.mentions,
        }


def only(*, users: Sequence[int] = (), roles: Sequence[int] = ()) -> discord.AllowedMentions:
    """Return a permission to mention these people and roles and nobody else."""
    return discord.AllowedMentions(
        everyone=False,
        users=list(map(discord.Object, users)),
        roles=list(map(discord.Object, roles)),
        replied_user=False,
    )


def room(embed: discord.Embed) -> int:
    """Return how much more text an embed takes."""
    texts = [embed.title, embed.description, embed.footer.text]
    texts += [text for field in embed.fields for text in (field.name, field.value)]
    return EMBED_TOTAL - sum(width(text) for text in texts if text)


def nonce_of(message_id: int | str) -> str:
    """Return the mark by which Discord knows the reply to a message again when it is sent twice."""
    return f"faq-{message_id}"[:NONCE]
