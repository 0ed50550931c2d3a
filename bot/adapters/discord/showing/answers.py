"""Show replies on Discord: answers, choices, warnings, what came later, notices of secrets, and what the FAQ holds."""

from collections.abc import Collection, Sequence
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import discord
from discord import app_commands, ui

from bot.adapters.discord.showing import parts
from bot.adapters.discord.showing.markdown import rendered
from bot.adapters.discord.showing.markup import NameOf, label, line, linked, named, rest_at, shortened, unmarked
from bot.adapters.discord.showing.parts import DiscordAction, DiscordMessage, Press, PressButton, PressMenu, only, room
from bot.adapters.permalinks import on_discord
from bot.chat.markdown import width
from bot.core.models import Source
from bot.core.searching.past import PastQuestion
from bot.core.talk.asking import own_words
from bot.core.wording.labels import Label, Words
from bot.core.wording.languages import day
from bot.core.wording.outcomes import FollowUp
from bot.core.wording.replies import HELPED, SOLVED_BEFORE, WARNING, WRITTEN_BY, Choice, Reply, ReplyKind

_LEAD = 500
_ASKED = 120
_HUMAN = (Label.HUMAN, DiscordAction.HUMAN)
_REMOVE = (Label.REMOVE, DiscordAction.REMOVE)
_SHARE = (Label.SHARE, DiscordAction.SHARE)
_HELPFUL = (Label.HELPFUL, DiscordAction.HELPFUL)
_NOT_THIS = (Label.NOT_THIS, DiscordAction.NOT_THIS)
_CONTROLS = MappingProxyType({
    ReplyKind.ANSWER: (_HELPFUL, _NOT_THIS, _HUMAN, _REMOVE),
    ReplyKind.CHOICES: ((Label.NONE_OF_THESE, DiscordAction.NOT_THIS), _HUMAN, _REMOVE),
    ReplyKind.NOTHING_FITS: (_HUMAN, _REMOVE),
})  # fmt: skip
_COLOURS = MappingProxyType({
    ReplyKind.ANSWER: discord.Colour.green(),
    ReplyKind.CHOICES: discord.Colour.blue(),
    ReplyKind.WARNING: discord.Colour.red(),
})  # fmt: skip
_PLATFORM = frozenset({"discord.com"})
PAGE = parts.OPTIONS
_EVERY = "all"
_KEY_LENGTH = 12  # a category may be longer than an id


def reply_message(
    reply: Reply,
    *,
    question_id: str | None,
    domains: Collection[str],
    private: bool = False,
    embeds: bool = True,
) -> DiscordMessage:
    """Return a reply as a message; one that only the asker sees can be shared, and not removed.

    Without a question, as in a search, there is nothing to press. Where the bot may not embed, all is plain text.
    """
    items = () if question_id is None else tuple(_items(reply, question_id, private=private))
    if embeds:
        return DiscordMessage(embed=reply_embed(reply, domains=domains), items=items)
    return _in_words(reply, parts.CONTENT, domains, items=items)


def follow_up_message(
    follow_up: FollowUp,
    *,
    asker: int,
    domains: Collection[str],
    question_id: str | None = None,
    embeds: bool = True,
) -> DiscordMessage:
    """Return a later answer, which mentions who asked, once, and nobody else."""
    lead = f"<@{asker}> {line(follow_up.lead, _LEAD)}"
    reply, mentions = follow_up.reply, only(users=[asker])
    if reply is None:
        return DiscordMessage(content=lead, mentions=mentions)
    items = () if question_id is None else tuple(_items(reply, question_id, private=False))
    if embeds:
        return DiscordMessage(content=lead, embed=reply_embed(reply, domains=domains), items=items, mentions=mentions)
    words = _in_words(reply, parts.CONTENT - width(lead) - 1, domains)
    content = f"{lead}\n{words.content}"
    return DiscordMessage(content=content, items=items, mentions=mentions, has_links=words.has_links)


def call_message(words: Words, *, role: int | None) -> DiscordMessage:
    """Return a call for a person, with the role that is on call mentioned if there is one."""
    text = line(str(words), _LEAD)
    if role is None:
        return DiscordMessage(content=text)
    return DiscordMessage(content=f"<@&{role}> {text}", mentions=only(roles=[role]))


def reply_embed(reply: Reply, *, domains: Collection[str]) -> discord.Embed:
    """Return a reply in a frame: what is too long for it is cut, and says where the rest is."""
    embed = discord.Embed(colour=_COLOURS.get(reply.kind))
    if reply.title:
        embed.title = line(reply.title, parts.EMBED_TITLE)
    if reply.staff_note:
        note = shortened(rendered(reply.staff_note, domains=domains), parts.EMBED_FIELD)
        embed.add_field(name=str(Label.STAFF_NOTE), value=note, inline=False)
    if source := _source(reply.source, domains):
        embed.add_field(name=str(Label.SOURCE), value=shortened(source, parts.EMBED_FIELD), inline=False)
    if reply.category:
        embed.set_footer(text=label(reply.category, parts.EMBED_FOOTER // 4))
    embed.description = _body(reply, min(parts.EMBED_DESCRIPTION, room(embed)), domains)
    return embed


def _in_words(
    reply: Reply, limit: int, domains: Collection[str], *, items: tuple[ui.Item[Any], ...] = ()
) -> DiscordMessage:
    title = f"**{line(reply.title, parts.EMBED_TITLE)}**\n" if reply.title else ""
    small = [f"-# {part}" for part in (_source(reply.source, domains), _category(reply)) if part]
    ending = "".join(f"\n{shortened(part, parts.EMBED_FIELD // 4)}" for part in small)
    if reply.staff_note:
        note = shortened(rendered(reply.staff_note, domains=domains), limit // 4)
        ending = f"\n**{Label.STAFF_NOTE}**\n{note}{ending}"
    body = _body(reply, limit - width(title) - width(ending), domains)
    content = f"{title}{body}{ending}"
    return DiscordMessage(content=content, items=items, has_links="<http" in content)


def _body(reply: Reply, limit: int, domains: Collection[str]) -> str:
    text = rendered(reply.text, domains=domains)
    if any(width(choice.label) > parts.BUTTON_LABEL for choice in reply.choices):
        text += "".join(f"\n- {line(choice.label, parts.EMBED_TITLE)}" for choice in reply.choices)
    if past := _solved(reply.solved):
        text += f"\n\n{SOLVED_BEFORE}{past}"
    url = None if reply.source is None else reply.source.url
    if reply.helped:
        text = f"*{HELPED}*\n\n{text}"
    if reply.author is not None:
        text = f"-# {named(line(WRITTEN_BY.format(author=reply.author), _LEAD))}\n{text}"
    return shortened(text, limit, ending=rest_at(url, domains=domains))


def _solved(past: Sequence[PastQuestion]) -> str:
    """Return questions that were solved, each with the address of its message."""
    links = [(own_words(one.title), linked(on_discord(one.ref) or "", domains=_PLATFORM)) for one in past]
    return "".join(f"\n- {line(text, _ASKED)} {url}" for text, url in links)


def _source(source: Source | None, domains: Collection[str]) -> str:
    """Return where an answer comes from and how old it is, as far as that is known and may be shown."""
    if source is None:
        return ""
    link = linked(source.url, domains=domains) if source.url else None
    title = line(source.title, parts.EMBED_TITLE) if source.title else ""
    updated = source.updated or source.published
    return " · ".join(filter(None, (title, link, _day(updated) if updated else "")))


def _day(on: date) -> str:
    return f"{Label.UPDATED} {day(on)}"


def _category(reply: Reply) -> str:
    return line(reply.category, parts.EMBED_TITLE) if reply.category else ""


def _items(reply: Reply, question_id: str, *, private: bool) -> list[ui.Item[Any]]:
    controls = [each for each in _CONTROLS.get(reply.kind, ()) if not (reply.helped and each is _HUMAN)]
    if private:
        controls = [control for control in controls if control is not _REMOVE]
        controls[:0] = [_SHARE] if reply.kind is ReplyKind.ANSWER else []
    # What is shared is looked up again by its entry, and shown as those around may read it.
    details = {DiscordAction.SHARE: reply.entry_id or ""}
    buttons = [
        PressButton(Press(action, question_id, details.get(action, "")), text=text, row=1) for text, action in controls
    ]
    related = [
        PressButton(Press(DiscordAction.RELATED, question_id, one.entry_id), text=one.label, row=2)
        for one in reply.related
    ]
    return [*_choices(reply, question_id), *buttons, *related]


def _choices(reply: Reply, question_id: str) -> list[ui.Item[Any]]:
    if len(reply.choices) > parts.BUTTONS_IN_ROW:
        options = {choice.entry_id: choice.label for choice in reply.choices}
        return [PressMenu(Press(DiscordAction.CHOOSE, question_id), options=options, text=reply.text, row=0)]
    return [
        PressButton(
            Press(DiscordAction.CHOOSE, question_id, choice.entry_id),
            text=choice.label,
            style=discord.ButtonStyle.primary,
            row=0,
        )
        for choice in reply.choices
    ]


def warning_message(author: int, *, embeds: bool = True) -> DiscordMessage:
    """Return the warning to the author, who alone is mentioned."""
    warning = reply_message(
        Reply(kind=ReplyKind.WARNING, text=str(WARNING)), question_id=None, domains=(), embeds=embeds
    )
    content = " ".join(filter(None, (f"<@{author}>", warning.content)))
    return DiscordMessage(content=content, embed=warning.embed, mentions=only(users=[author]))


def notice_message(author: int, text: Words, *, url: str) -> DiscordMessage:
    """Return a notice to moderators: what it is about, who posted it and where."""
    words = f"{text} <@{author}> {linked(url, domains=_PLATFORM) or ''}"
    return DiscordMessage(content=words.strip(), has_links=True)


def category_key(category: str) -> str:
    """Return what stands for a category in ids."""
    return sha256(category.encode()).hexdigest()[:_KEY_LENGTH]


def categories_message(categories: Sequence[str], *, page: int = 0) -> DiscordMessage:
    """Return a menu of categories."""
    options = {category_key(each): each for each in categories[page * PAGE : (page + 1) * PAGE]}
    if not options:
        return DiscordMessage(content=str(Label.NOTHING_ELSE))
    menu = PressMenu(Press(DiscordAction.CATEGORY, _EVERY), options=options, text=Label.CATEGORY, row=0)
    return DiscordMessage(
        content=f"**{Label.CATEGORY}**", items=(menu, *turns(DiscordAction.CATEGORY, _EVERY, page, len(categories)))
    )


def entries_message(category: str, entries: Sequence[Choice], *, page: int = 0) -> DiscordMessage:
    """Return the questions of a category, to be chosen from."""
    shown = entries[page * PAGE : (page + 1) * PAGE]
    if not shown:
        return DiscordMessage(content=str(Label.NOTHING_ELSE))
    key, options = category_key(category), {each.entry_id: each.label for each in shown}
    menu = PressMenu(Press(DiscordAction.ENTRY, key), options=options, text=Label.QUESTION, row=0)
    title = f"**{line(category, parts.EMBED_TITLE)}**"
    return DiscordMessage(content=title, items=(menu, *turns(DiscordAction.BROWSE, key, page, len(entries))))


def turns(action: DiscordAction, subject: str, page: int, count: int, *, size: int = PAGE) -> list[ui.Item[Any]]:
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
        app_commands.Choice(name=label(each.label, parts.CHOICE), value=each.entry_id)
        for each in list(entries)[: parts.CHOICES]
    ]


def thread_name(text: str, name_of: NameOf) -> str:
    """Return the name of the thread that is made for a question: what is asked in it, to be read by people."""
    return label(unmarked(own_words(text), name_of), parts.THREAD_NAME, empty=Label.QUESTION)
