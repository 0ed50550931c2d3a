"""Show the review on Discord: items and held replies as cards in the moderators' channel, and lines of the queue."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import discord
from discord import ui

from bot.adapters.discord.showing import parts
from bot.adapters.discord.showing.answers import turns
from bot.adapters.discord.showing.markdown import rendered
from bot.adapters.discord.showing.markup import APART, line, linked, named, shortened
from bot.adapters.discord.showing.parts import (
    NOBODY,
    DiscordAction,
    DiscordMessage,
    Press,
    PressButton,
    PressMenu,
    only,
    parsed,
)
from bot.adapters.permalinks import DOMAINS
from bot.chat.grading import SITTING, Sitting
from bot.chat.markdown import width
from bot.core.models import ItemKind, Permalink
from bot.core.review import ABOUT_ENTRIES, NO_DRAFTS, HeldPage, HeldReply, ItemQuestion, ReviewItem
from bot.core.wording.accepting import PICK
from bot.core.wording.cards import (
    IS_FIRST_RIGHT,
    drafts_waiting,
    grading_heading,
    heading,
    held_heading,
    held_line,
    held_until,
    near,
    nearest,
    often,
    quoted,
    state,
    suggested,
)
from bot.core.wording.labels import AUDIENCES, Label, Words
from bot.service.grades import Ungraded

QUEUE_PAGE = 10
_SHOWN = 5
_WORDING = 150
_STATE = 900
_SUGGESTED = 300
_MIDDLE_DOT = " · "
_WAITING = (
    (Label.ANSWER, DiscordAction.ANSWER, discord.ButtonStyle.primary),
    (Label.LINK, DiscordAction.LINK, discord.ButtonStyle.secondary),
    (Label.MERGE, DiscordAction.MERGE, discord.ButtonStyle.secondary),
    (Label.DISMISS, DiscordAction.DISMISS, discord.ButtonStyle.secondary),
    (Label.ASSIGN, DiscordAction.ASSIGN, discord.ButtonStyle.secondary),
    (Label.SNOOZE, DiscordAction.SNOOZE, discord.ButtonStyle.secondary),
)
_CHOSEN = ((Label.ACCEPT, DiscordAction.ACCEPT, discord.ButtonStyle.primary), *_WAITING[1:])
_DATED = _WAITING[3:]  # there is no question to answer
_RESOLVED = (
    (Label.REOPEN, DiscordAction.REOPEN, discord.ButtonStyle.secondary),
    (Label.REVERT, DiscordAction.REVERT, discord.ButtonStyle.secondary),
)
_HELD = (
    (Label.SEND, DiscordAction.SEND, discord.ButtonStyle.primary),
    (Label.EDIT, DiscordAction.REWRITE, discord.ButtonStyle.secondary),
    (Label.DROP, DiscordAction.DROP, discord.ButtonStyle.danger),
)
_GRADES = (
    (Label.RIGHT, DiscordAction.GRADE_RIGHT, discord.ButtonStyle.success),
    (Label.WRONG, DiscordAction.GRADE_WRONG, discord.ButtonStyle.danger),
    (Label.OTHER_ENTRY, DiscordAction.GRADE_OTHER, discord.ButtonStyle.secondary),
    (Label.SKIP, DiscordAction.GRADE_SKIP, discord.ButtonStyle.secondary),
)
_ON_CARDS = frozenset(action for _, action, _ in (*_WAITING, *_CHOSEN, *_RESOLVED, *_HELD))
_QUEUE = "all"


def card_message(item: ReviewItem, *, permalink: Permalink, calls: int | None = None) -> DiscordMessage:
    """Return an item as a message of the moderators' channel; a later version takes the place of an earlier one.

    The first may call somebody, by their id.
    """
    embed = discord.Embed(
        title=line(f"{heading(item)}{_MIDDLE_DOT}{AUDIENCES[item.audience]}", parts.EMBED_TITLE),
        description=line(item.text, parts.EMBED_DESCRIPTION // 2),
        colour=discord.Colour.orange() if item.is_open else discord.Colour.dark_grey(),
    )
    embed.add_field(name=APART, value=shortened(_facts(item), parts.EMBED_FIELD), inline=False)
    _add_list(embed, Label.NEAREST, (line(f"{near(each)}: {each.phrase}", _WORDING) for each in nearest(item)))
    _add_list(embed, Label.SUGGESTED, (line(each, _SUGGESTED) for each in suggested(item)))
    _add_list(embed, Label.QUESTIONS, (_asked(each, permalink(each.ref)) for each in quoted(item)))
    content, mentions = ("", NOBODY) if calls is None else (f"<@{calls}>", only(users=[calls]))
    return DiscordMessage(content=content, embed=embed, items=tuple(controls(item)), mentions=mentions)


def controls(item: ReviewItem) -> list[ui.Item[Any]]:
    """Return the buttons under an item; they know which version of it their reader saw."""
    waiting = _DATED if item.kind in ABOUT_ENTRIES else _CHOSEN if item.kind is ItemKind.CHOSEN else _WAITING
    shown = waiting if item.is_open else _RESOLVED
    if item.entry_id is not None:
        shown = (*shown, (Label.FAQ_ENTRY, DiscordAction.ENTRY_OF_ITEM, discord.ButtonStyle.secondary))
    return [
        PressButton(Press(action, item.id, str(item.version)), text=text, style=style, row=at // parts.BUTTONS_IN_ROW)
        for at, (text, action, style) in enumerate(shown)
    ]


def shows(message: discord.Message, subject: str) -> bool:
    """Return whether a message is the card of an item or of a held reply, which its buttons tell."""
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    presses = [parsed(str(getattr(child, "custom_id", ""))) for row in rows for child in row.children]
    return any(press is not None and press.action in _ON_CARDS and press.subject == subject for press in presses)


def held_message(held: HeldReply, *, permalink: Permalink, domains: Collection[str]) -> DiscordMessage:
    """Return a held reply as a message of the moderators' channel: what was asked, what would be said, and buttons."""
    embed = discord.Embed(
        title=line(f"{held_heading(held)}{_MIDDLE_DOT}{AUDIENCES[held.audience]}", parts.EMBED_TITLE),
        colour=discord.Colour.blue() if held.is_open else discord.Colour.dark_grey(),
    )
    if held.text:
        embed.description = line(held.text, parts.EMBED_DESCRIPTION // 4)
    _add_list(embed, Label.ENTRY, (line(f"{near(each)}: {each.phrase}", _WORDING) for each in held.matches))
    if held.answer:
        answer = shortened(rendered(held.answer, domains=domains), parts.EMBED_FIELD)
        embed.add_field(name=str(Label.ANSWER_TEXT), value=answer, inline=False)
    url = permalink(held.ref) if held.text else None
    link = None if url is None else linked(url, domains=DOMAINS)
    facts = "\n".join(filter(None, (link, named(line(held_until(held), _STATE)))))
    embed.add_field(name=APART, value=facts, inline=False)
    shown = _HELD if held.is_open else ()
    items = [
        PressButton(Press(action, held.question_id, str(held.version)), text=text, style=style)
        for text, action, style in shown
    ]
    return DiscordMessage(embed=embed, items=tuple(items))


def grading_message(shown: Ungraded, sitting: Sitting) -> DiscordMessage:
    """Return a past decision with the entries that came nearest, and the buttons to grade it."""
    heading = grading_heading(shown.question_id, sitting.place, SITTING, shown.decision)
    embed = discord.Embed(
        title=line(f"{heading}{_MIDDLE_DOT}{AUDIENCES[shown.audience]}", parts.EMBED_TITLE),
        description=line(shown.text, parts.EMBED_DESCRIPTION // 2),
    )
    _add_list(embed, Label.NEAREST, (line(f"{near(each)}: {each.phrase}", _WORDING) for each in shown.candidates))
    embed.set_footer(text=str(IS_FIRST_RIGHT))
    items = [
        PressButton(Press(action, shown.question_id, str(sitting)), text=text, style=style)
        for text, action, style in _GRADES
    ]
    return DiscordMessage(embed=embed, items=tuple(items))


def queue_message(
    shown: Sequence[ReviewItem], *, total: int, page: int = 0, held: HeldPage = NO_DRAFTS
) -> DiscordMessage:
    """Return a page of the queue, which has so many items in all, with menus that show one item or draft in full."""
    if not (shown or held.total):
        return DiscordMessage(content=str(Label.NOTHING_ELSE))
    embed = discord.Embed(title=str(Label.QUEUE))
    first = [f"**{drafts_waiting(held.total)}**"] if held.total else []
    lines = [f"**{item.id}** {line(item.text, _WORDING)}\n-# {line(often(item), _WORDING)}" for item in shown]
    embed.description = "\n".join((*first, *lines))
    menus = list[ui.Item[Any]]()
    if shown:
        options = {item.id: f"{item.id} {item.text}" for item in shown}
        menus.append(PressMenu(Press(DiscordAction.SHOW, _QUEUE), options=options, text=Label.SHOW, row=0))
        menus.append(PressButton(Press(DiscordAction.SEVERAL, _QUEUE), text=Label.ACCEPT_SEVERAL, row=1))
        menus += turns(DiscordAction.QUEUE, _QUEUE, page, total, size=QUEUE_PAGE)
    if held.total:
        drafts = {one.question_id: held_line(one) for one in held.replies}
        menus.append(PressMenu(Press(DiscordAction.SHOW_HELD, _QUEUE), options=drafts, text=Label.DRAFT, row=2))
    return DiscordMessage(embed=embed, items=tuple(menus))


def picking_message(offered: Mapping[str, str]) -> DiscordMessage:
    """Return a menu to pick suggestions from; each is a line, which the menu may have to cut, by its name."""
    embed = discord.Embed(title=str(Label.ACCEPT_SEVERAL))
    lines = [str(PICK), *(line(each, _WORDING) for each in offered.values())]
    embed.description = shortened("\n".join(lines), parts.EMBED_DESCRIPTION)
    press = Press(DiscordAction.PICK, _QUEUE)
    return DiscordMessage(
        embed=embed, items=(PressMenu(press, options=offered, text=Label.SUGGESTED, row=0, several=True),)
    )


def accepted_message(lines: Sequence[str]) -> DiscordMessage:
    """Return what became of suggestions that were picked."""
    words = "\n".join(named(line(each, _WORDING * 2)) for each in lines)
    return DiscordMessage(
        embed=discord.Embed(title=str(Label.ACCEPT_SEVERAL), description=shortened(words, parts.EMBED_DESCRIPTION))
    )


def replay_message(lines: Sequence[str], *, confirm: Press, label: Words = Label.SAVE) -> DiscordMessage:
    """Return what a change would do to other questions, to be saved or left."""
    embed = discord.Embed(title=str(Label.REPLAY))
    embed.description = shortened("\n".join(named(line(each, _WORDING * 2)) for each in lines), parts.EMBED_DESCRIPTION)
    save = PressButton(confirm, text=label, style=discord.ButtonStyle.primary)
    cancel = PressButton(Press(DiscordAction.CANCEL, confirm.subject, confirm.detail), text=Label.CANCEL)
    return DiscordMessage(embed=embed, items=(save, cancel))


def _facts(item: ReviewItem) -> str:
    lines = [line(often(item), _WORDING)]
    if item.first_asked is not None and item.last_asked is not None:
        # Discord shows these in the time zone and the language of each reader.
        lines.append(f"{discord.utils.format_dt(item.first_asked)} … {discord.utils.format_dt(item.last_asked, 'R')}")
    if item.entry_id:
        lines.append(f"{Label.ENTRY}: {line(item.entry_id, _WORDING)}")
    if item.assignee:
        lines.append(f"{Label.ASSIGNEE}: {named(line(item.assignee, _WORDING))}")
    if became := state(item):
        lines.append(named(line(became, _STATE // 2)))
    return "\n".join(lines)


def _asked(question: ItemQuestion, url: str | None) -> str:
    link = None if url is None else linked(url, domains=DOMAINS)
    return " ".join(filter(None, (line(question.text, _WORDING), link)))


def _add_list(embed: discord.Embed, name: Words, lines: Iterable[str]) -> None:
    """Add as many lines as there is room for, each of them whole."""
    value = ""
    for each in islice(lines, _SHOWN):
        if width(f"{value}\n- {each}") <= parts.EMBED_FIELD:
            value = f"{value}\n- {each}".lstrip("\n")
    if value:
        embed.add_field(name=str(name), value=value, inline=False)
