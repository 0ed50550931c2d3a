"""Show what the FAQ holds, by category and page."""

from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import Any

from discord import app_commands, ui

from bot.adapters.discord.showing import limits
from bot.adapters.discord.showing.buttons import Action, Press, PressButton, PressMenu
from bot.adapters.discord.showing.markup import label
from bot.adapters.discord.showing.messages import Message
from bot.adapters.discord.showing.shortening import line
from bot.core.wording.labels import Label
from bot.core.wording.replies import Choice

PAGE = limits.OPTIONS
_EVERY = "all"
_KEY_LENGTH = 12  # a category may be longer than an id


def category_key(category: str) -> str:
    """Return what stands for a category in ids."""
    return sha256(category.encode()).hexdigest()[:_KEY_LENGTH]


def categories_message(categories: Sequence[str], *, page: int = 0) -> Message:
    """Return a menu of categories."""
    options = {category_key(each): each for each in categories[page * PAGE : (page + 1) * PAGE]}
    if not options:
        return Message(content=Label.NOTHING_ELSE)
    menu = PressMenu(Press(Action.CATEGORY, _EVERY), options=options, text=Label.CATEGORY, row=0)
    return Message(
        content=f"**{Label.CATEGORY}**", items=(menu, *turns(Action.CATEGORY, _EVERY, page, len(categories)))
    )


def entries_message(category: str, entries: Sequence[Choice], *, page: int = 0) -> Message:
    """Return the questions of a category, to be chosen from."""
    shown = entries[page * PAGE : (page + 1) * PAGE]
    if not shown:
        return Message(content=Label.NOTHING_ELSE)
    key, options = category_key(category), {each.entry_id: each.label for each in shown}
    menu = PressMenu(Press(Action.ENTRY, key), options=options, text=Label.QUESTION, row=0)
    title = f"**{line(category, limits.EMBED_TITLE)}**"
    return Message(content=title, items=(menu, *turns(Action.BROWSE, key, page, len(entries))))


def turns(action: Action, subject: str, page: int, count: int, *, size: int = PAGE) -> list[ui.Item[Any]]:
    """Return the buttons that lead to the pages before and after, as far as there are any."""
    pages = {Label.PREVIOUS_PAGE: page - 1, Label.NEXT_PAGE: page + 1}
    return [
        PressButton(Press(action, subject, str(to)), text=text, row=1)
        for text, to in pages.items()
        if 0 <= to * size < count
    ]


def autocompleted(entries: Collection[Choice]) -> list[app_commands.Choice[str]]:
    """Return what is offered while somebody types; the value is the entry."""
    return [
        app_commands.Choice(name=label(each.label, limits.CHOICE), value=each.entry_id)
        for each in list(entries)[: limits.CHOICES]
    ]


def thread_name(text: str) -> str:
    """Return the name of the thread that is made for a question."""
    return label(text, limits.THREAD_NAME, empty=Label.QUESTION)
